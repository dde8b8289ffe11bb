"""Log lines have one form, name their trace, and keep secrets."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextvars import Context
from typing import Literal

import pytest
import structlog

from quikstate_server import call_context, logs

SECRET = "hunter2"  # noqa: S105 - made up


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_json_lines_are_one_object_each_for_ours_and_the_libraries(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json")
    structlog.get_logger().info("server.ready", address="127.0.0.1:1")
    logging.getLogger("grpc").warning("from %s", "a library")
    structlog.get_logger().debug("not.written")
    ours, theirs = map(json.loads, capfd.readouterr().err.splitlines())
    assert (ours["event"], ours["level"], ours["address"]) == ("server.ready", "info", "127.0.0.1:1")
    assert (theirs["event"], theirs["level"]) == ("from a library", "warning")
    assert ours["timestamp"].endswith("Z")


def test_lines_name_the_trace_they_belong_to(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("info", "json")

    def log_inside() -> None:
        call_context.enter(call_context.CallContext(trace_id="abc"))
        structlog.get_logger().info("inside")

    Context().run(log_inside)
    structlog.get_logger().info("outside")
    inside, outside = map(json.loads, capfd.readouterr().err.splitlines())
    assert inside["trace_id"] == "abc"
    assert "trace_id" not in outside


@pytest.mark.parametrize("form", ["console", "json"])
def test_tracebacks_show_no_local_variables(
    capfd: pytest.CaptureFixture[str], form: Literal["console", "json"]
) -> None:
    logs.configure("info", form)
    try:
        log_in(SECRET)
    except ValueError as error:
        structlog.get_logger().error("call.failed", exc_info=error)
    written = capfd.readouterr().err
    assert "in log_in" in written
    assert SECRET not in written


def log_in(password: str) -> None:
    raise ValueError(f"{len(password)} characters are too few")
