"""The order in which items are delivered, and which items count."""

from __future__ import annotations

import time
from collections import Counter
from functools import partial
from typing import Any

import pytest
import redis

from quikstate_server.errors import QueueFull
from quikstate_server.primitives.queue.model import (
    ItemState,
    PurgeScope,
    QueueView,
    SettlementAction,
    SettlementOutcome,
)
from quikstate_server.primitives.queue.queues import Queues
from support.harness.eventually import eventually
from support.queue.requests import KEY, MAIL, ack, counts, get, nack, payloads, send, settle
from support.redis.command_counts import commands_of

MANY = 1_000


async def send_many(queues: Queues, count: int = MANY, **fields: Any) -> None:
    for first in range(0, count, 100):
        await send(queues, *map(str, range(first, min(count, first + 100))), **fields)


async def test_queue_nacked_item_goes_behind_ready_items(queues: Queues) -> None:
    await send(queues, "failing", *map(str, range(10)), max_attempts=100)
    received: list[str] = []
    for _ in range(22):
        (delivery,) = await get(queues, 1)
        received += payloads([delivery])
        await nack(queues, delivery)
    in_turn = ["failing", *map(str, range(10))]
    assert received == in_turn * 2


async def test_queue_nacked_item_comes_before_items_enqueued_later(queues: Queues) -> None:
    await send(queues, "failing", "before")
    (delivery,) = await get(queues, 1)
    await nack(queues, delivery)
    await send(queues, "after")
    assert payloads(await get(queues)) == ["before", "failing", "after"]


async def test_queue_item_nacked_with_a_short_delay_does_not_go_first(queues: Queues) -> None:
    await send(queues, "failing", *map(str, range(20)), max_attempts=100)
    received: list[str] = []
    for _ in range(21):
        (delivery,) = await get(queues, 1)
        received += payloads([delivery])
        await (
            nack(queues, delivery, delay=0.001)
            if delivery.item.payload == b"failing"
            else ack(queues, delivery)
        )
    assert Counter(received).most_common(1)[0][1] == 1


async def test_queue_order_does_not_depend_on_the_clock(queues: Queues, raw: redis.Redis) -> None:
    """Use ids of the future, as there are after a clock that went back an hour."""
    raw.xadd(KEY, {"payload": "failing"}, id=f"{round(time.time() * 1_000) + 3_600_000}-0")
    await send(queues, *map(str, range(5)))
    received: list[str] = []
    for _ in range(6):
        (delivery,) = await get(queues, 1)
        received += payloads([delivery])
        await nack(queues, delivery)
    assert received == ["failing", "0", "1", "2", "3", "4"]


async def test_queue_dead_letters_keep_their_order_if_the_clock_goes_back(
    queues: Queues, raw: redis.Redis
) -> None:
    await send(queues, "first", "second", max_attempts=1)
    first, second = await get(queues)
    await nack(queues, first)
    raw.zadd(f"{{{KEY}}}:dead", {first.item.item_id: time.time() * 1e6 + 3_600e6})
    await nack(queues, second)
    seen = await queues.inspect(MAIL, QueueView.DEAD_LETTERS, "", 10)
    assert [queue_item.payload for queue_item in seen.items] == [b"first", b"second"]
    assert await queues.redrive(MAIL, (), 0) == 2


async def test_queue_item_behind_a_thousand_blocked_ones_is_received(
    queues: Queues, raw: redis.Redis
) -> None:
    await send(queues, "out", ordering_key="k")
    out = await get(queues)
    await send_many(queues, ordering_key="k")
    await send(queues, "available")
    with commands_of(raw) as commands:
        assert payloads(await get(queues, 1)) == ["available"]
    assert commands["evalsha"] + commands["eval"] >= MANY / 200  # none of which takes long
    assert await counts(queues) == (MANY, 0, 2, 0)
    await ack(queues, *out)
    for number in range(3):
        (delivery,) = await get(queues, 5)
        assert delivery.item.payload == str(number).encode()
        await ack(queues, delivery)


async def test_queue_item_behind_a_thousand_invalid_ones_is_received(
    queues: Queues, raw: redis.Redis
) -> None:
    with raw.pipeline(transaction=False) as pipeline:
        for number in range(MANY):
            pipeline.xadd(KEY, {"expires_at": "1"} if number % 2 else {"max_attempts": "nan"})
        pipeline.execute()
    await send(queues, "available")
    assert payloads(await get(queues, 1)) == ["available"]
    assert await counts(queues) == (0, 0, 1, MANY // 2)


async def test_queue_expired_items_count_for_nothing(small_queues: Queues, raw: redis.Redis) -> None:
    await send(small_queues, *map(str, range(5)), ttl=3)
    with pytest.raises(QueueFull):
        await send(small_queues, "more")
    await eventually(partial(is_counted, small_queues, (0, 0, 0, 0)))
    assert raw.xlen(KEY) == 5
    seen = await small_queues.inspect(MAIL, QueueView.ITEMS, "", 10)
    assert (seen.items, seen.stats.oldest_age) == ([], None)
    await send(small_queues, *"abcde")
    assert raw.xlen(KEY) == 5
    assert payloads(await get(small_queues)) == [*"abcde"]


async def is_counted(queues: Queues, expected: tuple[int, int, int, int]) -> None:
    assert await counts(queues) == expected


async def test_queue_leased_item_counts_after_its_ttl(queues: Queues) -> None:
    await send(queues, "x", ttl=2)
    (delivery,) = await get(queues)
    await eventually(lambda: time.monotonic() > delivery.leased_at + 2.1)
    assert await counts(queues) == (0, 0, 1, 0)
    assert await settle(queues, SettlementAction.EXTEND, delivery, seconds=60) == [SettlementOutcome.SETTLED]
    assert await counts(queues) == (0, 0, 1, 0)
    assert await nack(queues, delivery) == [SettlementOutcome.SETTLED]
    assert await counts(queues) == (0, 0, 0, 0)
    assert await get(queues) == ()


async def test_queue_item_that_expires_before_it_is_due_counts_until_then(queues: Queues) -> None:
    await send(queues, "x", ttl=3)
    (delivery,) = await get(queues)
    await nack(queues, delivery, delay=30)
    assert await counts(queues) == (0, 1, 0, 0)
    await eventually(partial(is_counted, queues, (0, 0, 0, 0)))


async def test_queue_blocked_items_expire_too(queues: Queues) -> None:
    await send(queues, "first", ordering_key="k")
    await send(queues, "second", ordering_key="k", ttl=0.2)
    await send(queues, "third", ordering_key="k")
    out = await get(queues)
    await eventually(partial(is_counted, queues, (1, 0, 1, 0)))
    await ack(queues, *out)
    assert payloads(await get(queues)) == ["third"]


async def test_queue_redrive_of_an_item_that_is_not_dead_does_nothing(queues: Queues) -> None:
    ids = await send(queues, "out", "ready")
    out = await get(queues, 1)
    assert await queues.redrive(MAIL, ids, 0) == 0
    assert await ack(queues, *out) == [SettlementOutcome.SETTLED]
    assert payloads(await get(queues)) == ["ready"]


async def test_queue_large_dead_letters_are_redriven_and_purged_in_parts(queues: Queues) -> None:
    for _ in range(4):
        await send(queues, *["x" * 60_000] * 20, max_attempts=1)
    while deliveries := await get(queues):
        await nack(queues, *deliveries)
    ids = [
        queue_item.item_id
        for queue_item in (await queues.inspect(MAIL, QueueView.DEAD_LETTERS, "", 100)).items
    ]
    assert await queues.redrive(MAIL, ids, 0) == len(ids)
    assert await queues.redrive(MAIL, (), 0) == 80 - len(ids)
    seen = await queues.inspect(MAIL, QueueView.ITEMS, "", 1)
    assert (seen.items[0].state, seen.stats.ready) == (ItemState.READY, 80)
    assert await queues.purge(MAIL, PurgeScope.ITEMS, ()) == 80
