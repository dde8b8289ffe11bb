"""What goes wrong for hours is told at once, then now and then, and when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from quikstate_server import repeated_warning
from quikstate_server.repeated_warning import RepeatedWarning

Lines = list[Any]


@pytest.fixture
def said() -> Iterator[Lines]:
    with capture_logs() as lines:
        yield lines


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(repeated_warning, "monotonic", clock)
    return clock


def test_an_outage_of_an_hour_is_a_line_a_minute_with_how_often_it_was_tried(
    said: Lines, clock: Clock
) -> None:
    warning = RepeatedWarning("redis.connect_failed")
    for _ in range(7_200):
        warning.warn(node="a")
        clock.now += 0.5
    assert {(line["event"], line["log_level"], line["node"]) for line in said} == {
        ("redis.connect_failed", "warning", "a")
    }
    assert [(line["times"], line["seconds"]) for line in said[:3]] == [(1, 0.0), (121, 60.0), (241, 120.0)]
    assert len(said) == 60
    warning.resolve("redis.connected", node="a")
    assert said[-1] == {
        "event": "redis.connected",
        "log_level": "warning",
        "node": "a",
        "times": 7_200,
        "seconds": 3_600.0,
    }


def test_what_is_known_to_begin_is_said_once_and_its_repeats_only_if_it_lasts(
    said: Lines, clock: Clock
) -> None:
    warning = RepeatedWarning("redis.connect_failed")
    warning.begin("redis.connection_lost")
    warning.begin("redis.connection_lost")  # of another connection
    warning.warn()
    clock.now += 4
    warning.warn()
    warning.resolve("redis.connected")
    assert [line["event"] for line in said] == ["redis.connection_lost", "redis.connected"]
    warning.begin("redis.connection_lost")
    clock.now += 5
    warning.warn()
    assert [line["event"] for line in said][2:] == ["redis.connection_lost", "redis.connect_failed"]


def test_what_may_be_quiet_at_first_says_nothing_of_what_is_soon_over(said: Lines, clock: Clock) -> None:
    warning = RepeatedWarning("redis.subscriber_connect_failed", first_after=5)
    warning.warn()
    clock.now += 4
    warning.warn()
    warning.resolve("redis.subscriber_connected")
    assert not said
    warning.warn()
    clock.now += 5
    warning.warn()
    warning.resolve("redis.subscriber_connected")
    assert [line["event"] for line in said] == [
        "redis.subscriber_connect_failed",
        "redis.subscriber_connected",
    ]


def test_nothing_is_over_that_never_was(said: Lines) -> None:
    RepeatedWarning("redis.connect_failed").resolve("redis.connected")
    assert not said
