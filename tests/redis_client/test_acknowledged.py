"""Writes that wait for replicas, on connections of their own."""

from __future__ import annotations

import asyncio
import gc
import time
from contextlib import suppress

import pytest
import redis

from quikstate_server.errors import (
    KeyTypeConflict,
    OutcomeUnknown,
    Overloaded,
    RedisUnavailable,
    ReplicasNotReached,
)
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.dispatch import Acknowledged
from support.harness.eventually import eventually, timely
from support.redis.clients import (
    COUNT,
    ECHO,
    Connect,
    assert_too_few_replicas,
    count_on_own_connection,
    within,
)
from support.redis.redis_process import RedisProcess, StartRedis

NOWHERE = 9
"""More replicas than a master has in any cell."""


@pytest.fixture
async def master(start_redis: StartRedis) -> RedisProcess:
    """Return a master with a replica that follows it."""
    master, replica = start_redis(tcp=True), start_redis()
    with replica.client() as client:
        client.replicaof("127.0.0.1", str(master.port))
    with master.client() as client:
        client.set("first", "1")
        assert client.wait(1, 15_000) == 1
    return master


async def test_a_write_that_a_replica_has_is_acknowledged(master: RedisProcess, connect: Connect) -> None:
    redis_client = await connect(master.address)
    for expected in (1, 2):  # loaded by the first, by its digest the second
        answer = await redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1)
        assert answer == Acknowledged(expected, 1)


async def test_too_few_replicas_are_reported_with_their_number(
    master: RedisProcess, connect: Connect
) -> None:
    redis_client = await connect(master.address)

    async def told() -> None:  # the replica, or Redis, may be kept waiting
        with pytest.raises((ReplicasNotReached, OutcomeUnknown)) as missed:
            await within(1, redis_client.run_acknowledged(COUNT, ("n",), min_replicas=2))
        assert missed.value.metadata == {"replicas_acked": "1", "min_replicas": "2"}

    await eventually(told)


async def test_acknowledged_by_too_few_replicas_is_not_reached(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    await assert_too_few_replicas(lambda: redis_client.run_acknowledged(COUNT, ("n",), min_replicas=NOWHERE))
    assert raw.get("n"), "the write itself ran"


async def test_a_write_that_needs_no_replica_waits_for_none(redis_client: RedisClient) -> None:
    """It goes over the shared connection, as any other."""
    assert await redis_client.run_acknowledged(COUNT, ("n",), min_replicas=0) == Acknowledged(1, 0)


async def test_an_error_reply_does_not_wait_for_replicas(redis_client: RedisClient, raw: redis.Redis) -> None:
    raw.set("text", "none")
    raw.rpush("list", "1")
    async with timely(0.5):
        with pytest.raises(KeyTypeConflict):
            await redis_client.run_acknowledged(COUNT, ("list",), min_replicas=1)


async def test_waiting_for_replicas_keeps_nobody_else_waiting(redis_client: RedisClient) -> None:
    waiting = asyncio.create_task(
        within(5, redis_client.run_acknowledged(COUNT, ("n",), min_replicas=NOWHERE))
    )
    for n in range(10):
        assert await redis_client.run(ECHO, ("k",), n) == b"%d" % n
    assert not waiting.done()
    with pytest.raises(ReplicasNotReached):
        await waiting


async def test_when_all_dedicated_connections_are_held_a_call_is_refused_soon(
    start_redis: StartRedis, connect: Connect
) -> None:
    server = start_redis()
    redis_client = await connect(server.address, dedicated_connections=2)
    held = [
        asyncio.create_task(within(0.8, redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1)))
        for _ in range(2)
    ]
    with server.client() as raw:
        await eventually(lambda: raw.info("clients")["blocked_clients"] == 2)
    begun = time.monotonic()
    async with timely(0.5):
        with pytest.raises(Overloaded) as refused:
            await redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1)
    assert time.monotonic() - begun > 0.09
    assert refused.value.metadata == {"limit": "redis.dedicated_connections"}
    outcomes = await asyncio.gather(*held, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {ReplicasNotReached}
    await count_on_own_connection(redis_client, "n")
    assert await redis_client.run(COUNT, ("n",)) == 4


def _clients(raw: redis.Redis) -> set[int]:
    """Return the ids of the connections that are no replicas' and no subscribers'."""
    return {int(client["id"]) for client in raw.client_list(_type="normal")}


async def test_dedicated_connections_are_used_again_but_not_while_a_reply_is_due(
    master: RedisProcess, connect: Connect
) -> None:
    redis_client = await connect(master.address, stall_seconds=30)
    with master.client() as raw:
        others = _clients(raw)  # a replica that connects anew is none of them
        for _ in range(10):
            await redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1)
        (first,) = _clients(raw) - others
        master.pause()
        with pytest.raises(OutcomeUnknown):
            await within(0.1, redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1))
        master.resume()
        await redis_client.run_acknowledged(COUNT, ("m",), min_replicas=1)
        (second,) = _clients(raw) - others - {first}
        assert second > first
        assert raw.get("n") == "10"


async def test_a_cancelled_wait_frees_its_connection(start_redis: StartRedis, connect: Connect) -> None:
    redis_client = await connect(start_redis().address, dedicated_connections=1)
    for _ in range(5):
        waiting = asyncio.create_task(redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1))
        await eventually(lambda: bool(redis_client.router.node_for("").dedicated._held))
        waiting.cancel()
        await asyncio.wait([waiting])
    await assert_too_few_replicas(lambda: redis_client.run_acknowledged(COUNT, ("n",), min_replicas=NOWHERE))


async def test_a_fault_of_both_replies_is_reported_once(master: RedisProcess, connect: Connect) -> None:
    """The caller gets one, and the event loop does not report the other as never retrieved."""
    redis_client = await connect(master.address)
    await redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1)
    master.pause()
    with suppress(OutcomeUnknown):  # which pytest.raises would keep alive, and with it what it came from
        await within(0.1, redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1))
    gc.collect()


async def test_a_deadline_bounds_the_making_of_a_connection_too(
    start_redis: StartRedis, connect: Connect
) -> None:
    server = start_redis()
    redis_client = await connect(server.address, connect_seconds=5, command_seconds=5)
    server.pause()
    async with timely(1):
        with pytest.raises(RedisUnavailable):
            await within(0.1, redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1))
