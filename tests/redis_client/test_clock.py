"""What a client knows of Redis's clock, and what follows when that was wrong."""

from __future__ import annotations

import time

import redis
from hypothesis import given
from hypothesis import strategies as st

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.redis_clock import RedisClock
from support.redis.clients import COUNT, make_script
from support.redis.command_counts import commands_of

_SECONDS = st.floats(0, 1_000_000)
_TRIPS = st.lists(st.tuples(st.floats(0, 2), st.floats(0, 1), st.floats(0, 100)), min_size=1, max_size=20)


@given(start=_SECONDS, ahead=st.integers(10**15, 2 * 10**15), trips=_TRIPS)
def test_a_deadline_in_redis_time_is_never_later_than_it_truly_is(
    start: float, ahead: int, trips: list[tuple[float, float, float]]
) -> None:
    clock, now = RedisClock(), start
    shortest = float("inf")
    for there, back, pause in trips:
        asked, now = now, now + there
        reading = int(ahead + now * 1e6)
        now += back
        clock.observe(reading, asked, now)
        shortest = min(shortest, there + back)
        now += pause
        assert clock.at(now) <= ahead + now * 1e6 + 1, "µs, as floats hold them"
        assert clock.at(now) >= ahead + (now - shortest) * 1e6 - 3, "and as near as the quickest look"


@given(jump=st.floats(-86_400, 86_400), trip=st.floats(0.0001, 0.01))
def test_a_clock_that_was_set_is_followed_at_the_next_reading(jump: float, trip: float) -> None:
    clock = RedisClock()
    clock.observe(10**15, 100.0, 100.0 + trip)
    clock.observe(int(10**15 + (1 + jump) * 1e6), 101.0, 101.0 + trip)
    assert abs(clock.at(101.0) - (10**15 + (1 + jump) * 1e6)) <= 2 * trip * 1e6 + 2


async def test_a_call_under_a_wrong_clock_is_answered_all_the_same(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    """Redis refuses it as late and returns its time; the call is sent again."""
    await redis_client.run(COUNT, ("{n}:loaded",))
    clock = redis_client.router.node_for("n").clock
    clock.observe(int((time.time() - 3_600) * 1e6), time.monotonic(), time.monotonic())
    with commands_of(raw) as commands:
        assert await redis_client.run(COUNT, ("n",)) == 1
    assert commands == {"evalsha": 2, "incr": 1}
    with commands_of(raw) as commands:
        assert await redis_client.run(COUNT, ("n",)) == 2
    assert commands == {"evalsha": 1, "incr": 1}


async def test_a_script_sees_redis_time_and_not_its_own_deadline(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    seconds, microseconds = raw.time()
    told = await redis_client.run(
        make_script("return {string.format('%.0f', now), #ARGV, ARGV[1]}"), ("k",), "own"
    )
    assert isinstance(told, list)
    assert 0 <= int(told[0]) - (seconds * 1_000_000 + microseconds) < 5_000_000
    assert told[1:] == [1, b"own"]
