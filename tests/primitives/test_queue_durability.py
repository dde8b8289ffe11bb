"""Queues on a Redis that is full or restarts, and with a replica that lags."""

from __future__ import annotations

import asyncio

import pytest

from quikstate_server.drain import Drain
from quikstate_server.errors import QuikstateError, RedisOutOfMemory, ReplicasNotReached
from quikstate_server.primitives.queue.model import PurgeScope, SettlementAction, SettlementOutcome
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.settings import Limits
from support.harness.eventually import PATIENCE_SECONDS, eventually
from support.queue.requests import KEY, MAIL, ack, counts, get, item, keys_left, nack, payloads, send, settle
from support.redis.clients import Connect
from support.redis.redis_process import StartRedis


async def test_queue_can_be_emptied_when_redis_is_out_of_memory(
    start_redis: StartRedis, connect: Connect
) -> None:
    process = start_redis()
    queues = Queues(await connect(process.address), Limits(), Drain())
    await send(queues, "a", "b", "c", "d")
    with process.client() as client:
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("maxmemory", "1")
        with pytest.raises(RedisOutOfMemory):
            await send(queues, "x")
        one, two, three, four = await get(queues)
        assert await ack(queues, one) == [SettlementOutcome.SETTLED]
        assert await nack(queues, two) == [SettlementOutcome.SETTLED]
        assert await settle(queues, SettlementAction.EXTEND, three, seconds=60) == [SettlementOutcome.SETTLED]
        assert await ack(queues, four) == [SettlementOutcome.SETTLED]
        assert await queues.purge(MAIL, PurgeScope.ITEMS, ()) == 2
        assert not keys_left(client)


async def test_queue_enqueue_returns_how_many_replicas_have_the_items(
    start_redis: StartRedis, connect: Connect
) -> None:
    master, replica = start_redis(tcp=True), start_redis()
    with replica.client() as client, master.client() as direct:
        client.replicaof("127.0.0.1", str(master.port))
        direct.set("first", "1")
        assert direct.wait(1, 15_000) == 1
        queues = Queues(await connect(master.address), Limits(), Drain())
        assert (await queues.enqueue([item("x")], min_replicas=1)).replicas == 1
        assert client.xlen(KEY) == 1
        replica.pause()
        with pytest.raises(ReplicasNotReached):
            await queues.enqueue([item("y")], min_replicas=1)
        replica.resume()


async def test_queue_receive_waits_through_a_restart_of_redis(
    start_redis: StartRedis, connect: Connect
) -> None:
    process = start_redis(appendonly="yes", appendfsync="always")
    queues = Queues(await connect(process.address), Limits(), Drain())
    await send(queues, "first")
    (delivery,) = await get(queues)
    waiting = asyncio.create_task(get(queues, wait=30))
    await eventually(lambda: queues.waiters.queue_count == 1)
    process.restart()

    async def is_sent() -> None:
        try:
            await send(queues, "second")
        except QuikstateError as error:
            raise AssertionError from error

    await eventually(is_sent)
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert payloads(await waiting) == ["second"]
    assert await ack(queues, delivery) == [SettlementOutcome.SETTLED]
    assert (await counts(queues))[2] >= 1
