"""`quikstate top`, on a terminal and without one, and while its server goes away."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.harness.eventually import wait_until
from support.server.callers import AuthFile, caller
from support.server.command import ON_A_TERMINAL, Started, StartServing, quikstate

OFTEN = "--interval", "100ms"
TOKEN = "t"  # noqa: S105 - of a test's own server


def test_top_prints_one_interval_and_ends(address: str) -> None:
    result = quikstate("top", "--once", *OFTEN, QUIKSTATE_ADDR=address)
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert re.fullmatch(rf"quikstate \S+  {re.escape(address)}  \d\d:\d\d:\d\d", lines[0])
    assert re.match(r"calls [\d.,]+/s  failed 0/s  p50 \S+  p99 \S+", lines[1])
    assert any(line.startswith("Redis standalone  master /") for line in lines)
    assert any(line.startswith("Admin/GetServerInfo ") for line in lines)


def test_top_as_json_prints_an_object_a_line(address: str) -> None:
    with Started("top", "--json", *OFTEN, QUIKSTATE_ADDR=address) as command:
        wait_until(lambda: command.said.count("\n") >= 3)
        told = [json.loads(line) for line in command.said.splitlines()[:3]]
    assert {each["address"] for each in told} == {address}
    assert all(each["workers"][0]["number"] == 0 and each["redis"]["available"] for each in told)
    assert told[-1]["total"]["calls"] > 0
    methods = {each["method"] for each in told[-1]["methods"]}
    assert "quikstate.v1.AdminService/GetServerInfo" in methods


@pytest.mark.parametrize("keys", ["q", "\x03"], ids=["q", "ctrl-c"])
def test_top_on_a_terminal_redraws_until_it_is_ended(address: str, keys: str) -> None:
    with Started("top", *OFTEN, program=ON_A_TERMINAL, QUIKSTATE_ADDR=address) as command:
        wait_until(lambda: command.said.count("\x1b[H") >= 3)
        command.enter(keys)
        assert command.ended() == 0
        assert command.said.startswith("\x1b[?1049h")
        assert command.said.rstrip().endswith("\x1b[?1049l")


def test_top_waits_for_a_server_that_restarts(serve: StartServing, redis_url: str) -> None:
    with serve("--redis-url", redis_url) as first:
        address = first.address
        with Started("top", "--json", *OFTEN, QUIKSTATE_ADDR=address) as command:
            command.says(r'("version")')
            first.terminate()
            first.ended()
            command.says(r'("error": ".+")')
            before = command.said.count('"version"')
            with serve("--redis-url", redis_url, "--listen", address):
                wait_until(lambda: command.said.count('"version"') >= before + 2)


def test_top_says_on_its_screen_that_a_server_is_away(serve: StartServing, redis_url: str) -> None:
    with serve("--redis-url", redis_url) as server:
        words = "top", *OFTEN
        with Started(*words, program=ON_A_TERMINAL, QUIKSTATE_ADDR=server.address) as command:
            command.says("(WORKER)")
            server.kill()
            command.says("(not answering: .+)")
            command.enter("q")
            assert command.ended() == 0


def test_top_that_reaches_no_server_ends_with_one_line() -> None:
    result = quikstate("top", "--addr", "unix:/nonexistent/quikstate.sock")
    assert (result.returncode, result.stdout) == (69, "")
    assert result.stderr.count("\n") == 1


def test_top_of_a_caller_of_one_namespace_is_refused(
    serve: StartServing, redis_url: str, tmp_path: Path
) -> None:
    auth = AuthFile(tmp_path / "auth.yaml").write(callers={"team": caller(TOKEN, namespace="n")})
    with serve("--redis-url", redis_url, "--auth", str(auth)) as server:
        result = quikstate("top", "--once", QUIKSTATE_ADDR=server.address, QUIKSTATE_TOKEN=TOKEN)
    assert result.returncode == 2
    assert "without a namespace" in result.stderr


@pytest.mark.parametrize("interval", ["10ms", "2h", "often"])
def test_top_refuses_an_interval_out_of_bounds(interval: str) -> None:
    result = quikstate("top", "--interval", interval)
    assert result.returncode == 2
    assert "interval" in result.stderr
