"""Connections that end: a command not sent is sent again; one that may have run has an unknown outcome."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import redis
from hypothesis import given, settings
from hypothesis import strategies as st

from quikstate_server.errors import OutcomeUnknown, RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.connection import SharedConnection
from quikstate_server.redis_client.connection.dial import Credentials, dial
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually, timely, turns
from support.redis.clients import COUNT, ECHO, Connect, make_script, within
from support.redis.proxy import Proxy, proxy
from support.redis.redis_process import RedisProcess, StartRedis

_SET = make_script("return redis.call('SET', KEYS[1], ARGV[1])")
_OWN = make_script("return {ARGV[1], redis.call('INCR', KEYS[1]), ARGV[2]}")


@pytest.fixture
def server(start_redis: StartRedis) -> RedisProcess:
    return start_redis()


@pytest.fixture
async def flaky(server: RedisProcess) -> AsyncIterator[Proxy]:
    async with proxy(server.path) as running:
        yield running


@pytest.fixture
async def redis_client(flaky: Proxy, connect: Connect) -> RedisClient:
    started: RedisClient = await connect(flaky.address)
    for script in (COUNT, ECHO, _SET):
        await started.run(script, ("loaded",), "1")
    return started


@pytest.fixture
def raw(server: RedisProcess) -> redis.Redis:
    return server.client()


def _shared(redis_client: RedisClient) -> SharedConnection:
    connection = redis_client.router.node_for("").shared[0]
    assert connection
    return connection


async def test_a_write_whose_reply_is_lost_has_an_unknown_outcome(
    redis_client: RedisClient, flaky: Proxy, raw: redis.Redis
) -> None:
    flaky.pause()
    call = asyncio.create_task(redis_client.run(COUNT, ("n",)))
    await eventually(lambda: raw.get("n") == "1")
    flaky.drop()
    flaky.resume()
    with pytest.raises(OutcomeUnknown):
        await call
    assert await redis_client.run(COUNT, ("n",)) == 2, "and it was not sent again"


async def test_a_write_that_is_safe_to_repeat_is_sent_again_when_its_reply_is_lost(
    redis_client: RedisClient, flaky: Proxy, raw: redis.Redis
) -> None:
    flaky.pause()
    call = asyncio.create_task(redis_client.run(_SET, ("k",), "v", safe_to_repeat=True))
    await eventually(lambda: raw.get("k") == "v")
    flaky.drop()
    flaky.resume()
    assert await call == b"OK"


async def test_a_read_whose_reply_is_lost_is_sent_again(redis_client: RedisClient, flaky: Proxy) -> None:
    flaky.pause()
    reads = [
        asyncio.create_task(redis_client.run(ECHO, ("k",), "again")),
        asyncio.create_task(redis_client.command("ECHO", "again", key="k", read_only=True)),
    ]
    await turns(20)
    flaky.drop()
    flaky.resume()
    assert await asyncio.gather(*reads) == [b"again", b"again"]


async def test_what_was_not_sent_yet_is_sent_over_the_next_connection(redis_client: RedisClient) -> None:
    calls = [asyncio.create_task(redis_client.run(COUNT, (f"n:{n}",))) for n in range(10)]
    await turns()
    _shared(redis_client)._transport.abort()  # they stand in its outbox
    assert await asyncio.gather(*calls) == [1] * 10


async def test_callers_wait_for_a_connection_that_is_being_made(
    redis_client: RedisClient, flaky: Proxy
) -> None:
    connection = _shared(redis_client)
    flaky.drop()
    await eventually(lambda: connection.is_lost)
    assert await asyncio.gather(*(redis_client.run(COUNT, (f"n:{n}",)) for n in range(100))) == [1] * 100


async def test_a_repeated_write_that_may_have_run_has_an_unknown_outcome(
    redis_client: RedisClient, flaky: Proxy, server: RedisProcess
) -> None:
    """After a lost reply, a refusal says nothing of the first attempt."""
    flaky.pause()
    call = asyncio.create_task(within(0.5, redis_client.run(_SET, ("k",), "v", safe_to_repeat=True)))
    await turns(20)
    server.kill()
    flaky.drop()
    with pytest.raises(OutcomeUnknown):
        await call
    with pytest.raises(RedisUnavailable):
        await within(0.2, redis_client.run(_SET, ("k",), "v", safe_to_repeat=True))


@given(
    cuts=st.lists(st.integers(1, 20_000), min_size=1, max_size=4),
    sizes=st.lists(st.integers(0, 3_000), min_size=1, max_size=30),
)
@settings(max_examples=25)
async def test_no_reply_reaches_another_caller_however_connections_end(
    redis_client: RedisClient, flaky: Proxy, raw: redis.Redis, cuts: list[int], sizes: list[int]
) -> None:
    raw.flushall()

    async def caller(own: int, size: int) -> None:
        ran: tuple[int, ...] = (0,)
        try:
            reply = await redis_client.run(_OWN, (f"n:{own}",), own, b"%d," % own * size)
        except OutcomeUnknown:
            ran = (0, 1)
        except RedisUnavailable:
            pass
        else:
            assert reply == [b"%d" % own, 1, b"%d," % own * size]
            ran = (1,)
        outcomes[own] = ran

    outcomes: dict[int, tuple[int, ...]] = {}
    for wave, cut in enumerate(cuts):
        flaky.cut_after(cut)
        await asyncio.gather(*(caller(wave * 100 + n, size) for n, size in enumerate(sizes)))
    for own, possible in outcomes.items():
        assert int(raw.get(f"n:{own}") or 0) in possible


async def test_a_connection_that_redis_ended_just_after_the_handshake_is_lost_at_once(
    server: RedisProcess, raw: redis.Redis
) -> None:
    dialled = await dial(server.address, Credentials(), RedisSettings())
    raw.client_kill_filter(skipme=True)
    reader = dialled._reader
    await eventually(lambda: reader is not None and reader.at_eof())
    connection = SharedConnection(dialled, RedisSettings())
    async with timely(1.0):
        await asyncio.wait([connection.ended])
    assert connection.is_lost


async def test_a_silent_connection_is_replaced(flaky: Proxy, connect: Connect) -> None:
    """As when a host vanishes: TCP alone would wait for a quarter of an hour."""
    redis_client = await connect(flaky.address, stall_seconds=0.2, command_seconds=0.3)
    connection = _shared(redis_client)
    flaky.pause()
    with pytest.raises(OutcomeUnknown):
        await redis_client.run(COUNT, ("n",))
    await eventually(lambda: connection.is_lost)
    flaky.resume()
    await eventually(lambda: redis_client.is_available)
    assert await redis_client.run(ECHO, ("k",), "new") == b"new"


@pytest.mark.reported
async def test_a_reply_that_breaks_the_protocol_ends_the_connection_and_not_the_service(
    redis_client: RedisClient, flaky: Proxy
) -> None:
    connection = _shared(redis_client)
    for client in flaky.links:
        client.write(b"HTTP/1.1 400 Bad Request\r\n")
    await eventually(lambda: connection.is_lost)
    assert await redis_client.run(ECHO, ("k",), "new") == b"new"
