"""Outages of Redis: detected at once, waited for if they are short, and ended by a reconnect."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from quikstate_server import repeated_warning
from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client import subscriber
from support.harness.eventually import eventually, timely
from support.redis.clients import COUNT, ECHO, Connect
from support.redis.redis_process import StartRedis


async def test_a_killed_redis_is_unavailable_until_it_is_back(
    start_redis: StartRedis, connect: Connect
) -> None:
    server = start_redis()
    changes: list[bool] = []
    redis_client = await connect(server.address, changes=changes)
    server.kill()
    await eventually(lambda: not redis_client.is_available and not redis_client.subscriber.is_live)
    server.start()
    await eventually(lambda: redis_client.is_available and redis_client.subscriber.is_live)
    assert changes == [True, False, True]
    assert await redis_client.run(COUNT, ("n",)) == 1, "its scripts are loaded anew"


async def test_an_outage_is_logged_once_and_its_end_once(
    start_redis: StartRedis, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a connection is tried: a longer outage is logged once a minute."""
    monkeypatch.setattr(repeated_warning, "_FIRST_SECONDS", 600)
    monkeypatch.setattr(subscriber, "_QUIET_SECONDS", 600)
    server = start_redis()
    redis_client = await connect(server.address, shared_connections=2)
    outage = redis_client.router.node_for("")._outage
    with capture_logs() as lines:
        server.kill()
        await eventually(lambda: outage.count >= 5)
        server.start()
        await eventually(lambda: redis_client.is_available and redis_client.subscriber.is_live)
    assert [(line["event"], line["log_level"]) for line in lines] == [
        ("redis.connection_lost", "warning"),
        ("redis.connected", "warning"),
    ]


async def test_a_short_outage_is_not_noticed_by_callers(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis()
    redis_client = await connect(server.address, connect_seconds=60, command_seconds=60)
    await redis_client.run(COUNT, ("loaded",))
    server.kill()
    await eventually(lambda: not redis_client.is_available)
    calls = [asyncio.create_task(redis_client.run(COUNT, ("n",))) for _ in range(50)]
    server.start()
    assert sorted(await asyncio.gather(*calls)) == list(range(1, 51))  # type: ignore[type-var] # numbers


async def test_in_a_long_outage_calls_are_refused_at_once(start_redis: StartRedis, connect: Connect) -> None:
    """So callers that can do without Redis get their answer, and others do not pile up."""
    server = start_redis()
    redis_client = await connect(server.address, connect_seconds=0.3)
    server.kill()
    with pytest.raises(RedisUnavailable, match="there is no connection"):
        await redis_client.run(ECHO, ("k",), 1)
    async with timely(1):
        for _ in range(100):
            with pytest.raises(RedisUnavailable, match="there is no connection"):
                await redis_client.run(ECHO, ("k",), 1)


async def test_a_client_starts_before_its_redis(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis()
    server.kill()
    redis_client = await connect(server.address, down=True, connect_seconds=0.1)
    assert not redis_client.is_available
    with pytest.raises(RedisUnavailable):
        await redis_client.run(COUNT, ("n",))
    with pytest.raises(RedisUnavailable):
        await redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1)
    server.start()
    await eventually(lambda: redis_client.is_available)
    assert await redis_client.run(COUNT, ("n",)) == 1


async def test_dropped_connections_are_dialled_anew(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis()
    redis_client = await connect(server.address, shared_connections=3)
    node = redis_client.router.node_for("")
    before = list(node.shared)
    await node.drop_connections()
    await eventually(lambda: all(one and one not in before and not one.is_lost for one in node.shared))
    assert redis_client.is_available
    assert await redis_client.run(ECHO, ("k",), "new") == b"new"


async def test_one_of_several_connections_is_enough(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis()
    changes: list[bool] = []
    redis_client = await connect(server.address, shared_connections=2, changes=changes)
    node = redis_client.router.node_for("")
    await eventually(lambda: all(node.shared))
    lost = node.shared[0]
    assert lost
    await lost.close()
    replies = await asyncio.gather(*(redis_client.run(ECHO, ("k",), n) for n in range(10)))
    assert replies == [b"%d" % n for n in range(10)]
    assert changes == [True]
