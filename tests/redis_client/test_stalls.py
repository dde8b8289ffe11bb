"""A Redis that does not answer is detected and not waited for, and late writes do nothing."""

from __future__ import annotations

import asyncio
import time

import pytest

from quikstate_server.errors import DeadlineExceeded, OutcomeUnknown, RedisUnavailable
from support.harness.eventually import eventually, timely, turns
from support.redis.clients import COUNT, ECHO, Connect, make_script, within
from support.redis.redis_process import RedisProcess, StartRedis

_BUSY = make_script("for _ = 1, ARGV[1] do end\nreturn 'done'")  # a script sees no clock that runs
_SAMPLE = 20_000_000
_AT_ONCE = 0.5
"""Seconds that tell what is refused at once from what waits for Redis."""


@pytest.fixture
def server(start_redis: StartRedis) -> RedisProcess:
    return start_redis()


async def test_a_slow_script_is_noticed_and_its_end_too(server: RedisProcess, connect: Connect) -> None:
    changes: list[bool] = []
    redis_client = await connect(server.address, stall_seconds=0.5, command_seconds=60, changes=changes)
    connection = redis_client.router.node_for("").shared[0]
    begun = time.monotonic()
    await redis_client.run(_BUSY, ("k",), _SAMPLE)
    rounds = int(_SAMPLE * 4 / (time.monotonic() - begun))
    slow = asyncio.create_task(redis_client.run(_BUSY, ("k",), rounds))
    while redis_client.is_available:
        if slow.done():  # the machine has become faster since the sample
            rounds *= 2
            slow = asyncio.create_task(redis_client.run(_BUSY, ("k",), rounds))
        await asyncio.sleep(0.01)
    async with timely(_AT_ONCE):
        with pytest.raises(RedisUnavailable, match="does not answer in time"):
            await redis_client.run(ECHO, ("k",), "refused")
    assert await slow == b"done"

    async def answers() -> bool:
        return await redis_client.run(ECHO, ("k",), "again") == b"again"

    await eventually(answers)  # a busy machine may stall Redis once more
    await eventually(lambda: redis_client.is_available)
    assert redis_client.router.node_for("").shared[0] is connection, "it was kept"
    assert changes[:3] == [True, False, True]


async def test_callers_of_a_paused_redis_leave_at_their_deadline(
    server: RedisProcess, connect: Connect
) -> None:
    redis_client = await connect(server.address)
    server.pause()
    async with timely(0.2 + _AT_ONCE):
        with pytest.raises(OutcomeUnknown):
            await within(0.2, redis_client.run(COUNT, ("n",)))
    async with timely(0.2 + _AT_ONCE):
        with pytest.raises(RedisUnavailable):
            await within(0.2, redis_client.run(ECHO, ("k",), "a read changes nothing"))


async def test_without_a_deadline_command_seconds_bounds_the_wait(
    server: RedisProcess, connect: Connect
) -> None:
    redis_client = await connect(server.address, command_seconds=0.3)
    server.pause()
    async with timely(0.3 + _AT_ONCE):
        with pytest.raises(OutcomeUnknown):
            await redis_client.run(COUNT, ("n",))


async def test_a_passed_deadline_sends_nothing(server: RedisProcess, connect: Connect) -> None:
    redis_client = await connect(server.address)
    with pytest.raises(DeadlineExceeded):
        await within(-1, redis_client.run(COUNT, ("n",)))
    with server.client() as raw:
        assert raw.get("n") is None


async def test_writes_to_a_paused_redis_do_nothing_when_it_goes_on(
    server: RedisProcess, connect: Connect
) -> None:
    """They are in its socket buffer and cannot be recalled; their not_after has passed."""
    redis_client = await connect(server.address, command_seconds=0.3)
    await redis_client.run(COUNT, ("loaded",))
    server.pause()
    calls = [asyncio.create_task(redis_client.run(COUNT, ("n",))) for _ in range(100)]
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {OutcomeUnknown}
    server.resume()
    await eventually(lambda: redis_client.is_available)
    with server.client() as raw:
        await eventually(lambda: _late(raw.info("errorstats")) == 100)
        assert raw.get("n") is None
    assert await redis_client.run(COUNT, ("n",)) == 1


def _late(errors: object) -> int:
    assert isinstance(errors, dict)
    row = errors.get("errorstat_LATE", {"count": 0})
    return int(row["count"])


async def test_a_long_pause_costs_no_more_than_the_pause(server: RedisProcess, connect: Connect) -> None:
    """Its connections are closed meanwhile; new ones are dialled until it goes on."""
    redis_client = await connect(
        server.address, stall_seconds=0.1, command_seconds=0.2, connect_seconds=0.2, probe_seconds=0.2
    )
    connection = redis_client.router.node_for("").shared[0]
    assert connection
    server.pause()
    with pytest.raises(OutcomeUnknown):
        await redis_client.run(COUNT, ("n",))
    await eventually(lambda: connection.is_lost and not redis_client.subscriber.is_live)
    server.resume()
    await eventually(lambda: redis_client.is_available and redis_client.subscriber.is_live)


async def test_closing_does_not_wait_for_a_paused_redis(server: RedisProcess, connect: Connect) -> None:
    redis_client = await connect(server.address)
    server.pause()
    large = asyncio.create_task(redis_client.run(ECHO, ("k",), b"x" * 4_000_000))
    await turns(3)
    async with timely(1):
        await redis_client.close()
    with pytest.raises((OutcomeUnknown, RedisUnavailable)):
        await large
