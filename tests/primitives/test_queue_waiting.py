"""Waiting receives: they get items at once, cost Redis nothing, and leave nothing behind."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from functools import partial

import pytest
import redis

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown
from quikstate_server.primitives.queue.model import Delivery, QueueName, SettlementOutcome
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits, RedisSettings
from support.harness.eventually import PATIENCE_SECONDS, eventually, throughout, timely
from support.queue.requests import KEY, MAIL, SPACE, ack, counts, get, keys_left, nack, payloads, send
from support.redis.clients import OpenRedisClient
from support.redis.command_counts import commands_of

CROWD = 200
"""Waiters in one cell of the matrix; 10,000 in `make endurance`."""
WAVE = 250
"""Waiters that begin at once: Redis clients refuse more commands than may be in flight."""
AT_ONCE_SECONDS = 1.0
"""Far below the time until the next look at the queue."""


@pytest.fixture
async def other_process(
    open_redis_client: OpenRedisClient, redis_settings: RedisSettings
) -> AsyncIterator[Queues]:
    """Return the queues of another server on the same Redis."""
    started = Queues(await open_redis_client(redis_settings), Limits(), Drain())
    yield started
    await started.close()


async def test_queue_receive_wakes_at_once_when_another_process_enqueues(
    queues: Queues, other_process: Queues
) -> None:
    waiting = asyncio.create_task(get(queues, wait=30))
    await eventually(lambda: idle(queues) == 1)
    async with timely(AT_ONCE_SECONDS):
        await send(other_process, "x")
        assert payloads(await waiting) == ["x"]


def idle(queues: Queues, name: QueueName = MAIL) -> int:
    """Return how many waiters are idle until the queue has an item."""
    return queues.waiters.idle_count(name)


async def test_queue_receive_of_several_wakes_for_any_and_serves_all_waiters(
    queues: Queues, other_process: Queues
) -> None:
    names = [MAIL, QueueName(SPACE, "push"), QueueName(SPACE, "sms")]
    waiting = [asyncio.create_task(queues.receive(names, 1, 30, 30)) for _ in range(30)]
    await eventually(lambda: idle(queues) == 30)
    for name in names:
        await send(other_process, *map(str, range(10)), name=name)
    async with asyncio.timeout(PATIENCE_SECONDS):
        received = await asyncio.gather(*waiting)
    assert sorted(
        (delivery.name.queue, delivery.item.payload) for some in received for delivery in some
    ) == sorted((name.queue, str(number).encode()) for name in names for number in range(10))


async def test_queue_receive_gets_an_item_that_is_enqueued_while_it_begins(
    queues: Queues, other_process: Queues
) -> None:
    for number in range(20):
        waiting = asyncio.create_task(get(queues, wait=30))
        for _ in range(number):
            await asyncio.sleep(0)
        await send(other_process, "x")
        async with timely(AT_ONCE_SECONDS):
            await ack(queues, *await waiting)


async def test_queue_items_of_a_vanished_consumer_return_within_the_lease_and_a_second(
    queues: Queues, other_process: Queues
) -> None:
    await send(queues, "x")
    async with timely(0.5 + 1):
        (lost,) = await get(other_process, lease=0.5)
        (delivery,) = await get(queues, wait=30)
    assert time.monotonic() - lost.leased_at > 0.49
    assert delivery.item.attempt == 2


async def test_queue_receive_wakes_for_the_end_of_a_lease_that_began_while_it_waited(
    queues: Queues, other_process: Queues
) -> None:
    waiting = asyncio.create_task(get(queues, wait=30))
    await eventually(lambda: idle(queues) == 1)
    racing = asyncio.create_task(get(other_process, wait=30, lease=0.3))
    await eventually(lambda: idle(other_process) == 1)
    await send(queues, "x")
    async with timely(0.3 + 1):
        await asyncio.wait((waiting, racing), return_when=asyncio.FIRST_COMPLETED)
        if racing.done():
            assert payloads(await waiting) == ["x"]
        else:
            await ack(queues, *waiting.result())
            racing.cancel()
            await asyncio.wait((racing,))


async def test_queue_receive_wakes_for_a_nack_and_for_the_next_item_of_an_ordering_key(
    queues: Queues, other_process: Queues
) -> None:
    await send(queues, "first", "second", ordering_key="k")
    (first,) = await get(other_process)
    waiting = asyncio.create_task(get(queues, wait=30))
    await eventually(lambda: idle(queues) == 1)
    await nack(other_process, first)
    async with timely(AT_ONCE_SECONDS):
        (again,) = await waiting
    waiting = asyncio.create_task(get(queues, wait=30))
    await eventually(lambda: idle(queues) == 1)
    await ack(other_process, again)
    async with timely(AT_ONCE_SECONDS):
        assert payloads(await waiting) == ["second"]


async def test_queue_receive_wakes_when_a_delayed_item_is_due(queues: Queues, other_process: Queues) -> None:
    waiting = asyncio.create_task(get(queues, wait=30))
    await eventually(lambda: idle(queues) == 1)
    await send(other_process, "x", delay=0.3)
    async with timely(0.3 + AT_ONCE_SECONDS):
        assert payloads(await waiting) == ["x"]


async def test_queue_receive_without_items_ends_in_time(queues: Queues, raw: redis.Redis) -> None:
    began = time.monotonic()
    async with timely(0.2 + AT_ONCE_SECONDS):
        assert await get(queues, wait=0.2) == ()
    assert time.monotonic() - began > 0.15
    assert not keys_left(raw)


async def test_queue_receive_that_is_cancelled_gives_back_its_items_at_once(
    queues: Queues, raw: redis.Redis
) -> None:
    await get(queues, wait=0.01)  # the script is loaded
    for number in range(12):
        receiving = asyncio.create_task(get(queues, wait=30))
        if number % 2:
            await eventually(lambda: idle(queues) == 1)
        sending = asyncio.create_task(send(queues, "x"))
        for _ in range(number // 2):
            await asyncio.sleep(0)
        receiving.cancel()
        (outcome,) = await asyncio.gather(receiving, return_exceptions=True)
        await sending
        if not isinstance(outcome, BaseException):
            assert await ack(queues, *outcome) == [SettlementOutcome.SETTLED]
            continue
        async with timely(AT_ONCE_SECONDS):
            (delivery,) = await get(queues, wait=5)
        assert delivery.item.attempt == 1  # that one was never begun
        await ack(queues, delivery)
    assert queues.waiters.queue_count == 0
    assert not keys_left(raw)


async def test_queue_receive_ends_when_the_server_drains(redis_client: RedisClient) -> None:
    drain = Drain()
    queues = Queues(redis_client, Limits(), drain)
    waiting = asyncio.create_task(get(queues, wait=30))
    await eventually(lambda: idle(queues) == 1)
    drain.begin()
    with pytest.raises(ShuttingDown):
        await waiting
    assert queues.waiters.queue_count == 0


async def are_idle(queues: Queues, names: Sequence[QueueName], count: int) -> None:
    assert sum(idle(queues, name) for name in {*names}) == count


async def test_queue_crowd_of_waiters_costs_no_connections_commands_or_tasks(
    queues: Queues, raw: redis.Redis, request: pytest.FixtureRequest
) -> None:
    endurance = request.config.getoption("--hypothesis-profile") == "endurance"
    crowd = 10_000 if endurance else CROWD
    tasks, connections = asyncio.all_tasks(), len(raw.client_list())
    half = [QueueName(SPACE, f"notifications:{number}") for number in range(crowd // 2)]
    names = [*half, *[MAIL] * (crowd - len(half))]
    waiting: list[asyncio.Task[Sequence[Delivery]]] = []
    for first in range(0, crowd, WAVE):
        waiting += [
            asyncio.create_task(get(queues, 1, name=name, wait=120)) for name in names[first : first + WAVE]
        ]
        await eventually(partial(are_idle, queues, names, len(waiting)))
    await eventually(
        lambda: asyncio.all_tasks() - tasks == set(waiting)
    )  # a Redis client has some now and then
    assert len(raw.client_list()) <= connections
    assert not keys_left(raw)
    began = time.monotonic()
    with commands_of(raw) as commands:
        await throughout(lambda: True, seconds=0.5)
    halves = (time.monotonic() - began) / 0.5  # of a second, more on a busy machine
    assert commands["evalsha"] <= halves * crowd / 10  # each queue is looked at every 8 to 10 s
    for name in half:
        await send(queues, "x", name=name)
    for _ in range(0, crowd - len(half), 50):
        await send(queues, *["y"] * 50)
    async with asyncio.timeout(PATIENCE_SECONDS):
        received = await asyncio.gather(*waiting)
    assert sum(map(len, received)) == crowd
    assert queues.waiters.queue_count == 0
    assert len(raw.client_list()) <= connections
    assert (await counts(queues))[2] == crowd - len(half)
    assert raw.xlen(KEY) == crowd - len(half)
