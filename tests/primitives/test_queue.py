"""Queues as services use them: an item is delivered until it is settled."""

from __future__ import annotations

import asyncio
import time
from functools import partial

import pytest
import redis

from quikstate_server.errors import KeyTypeConflict, QueueFull
from quikstate_server.primitives.queue.model import (
    EnqueuedItem,
    PurgeScope,
    QueueName,
    QueueView,
    SettlementAction,
    SettlementOutcome,
)
from quikstate_server.primitives.queue.queues import Queues
from support.harness.eventually import eventually
from support.queue.requests import (
    KEY,
    MAIL,
    SPACE,
    ack,
    counts,
    entries,
    get,
    item,
    keys_left,
    nack,
    payloads,
    send,
    settle,
    time_of,
)
from support.redis.clients import assert_too_few_replicas
from support.redis.command_counts import commands_of


async def test_queue_is_the_stream_of_the_legacy_layout_and_has_no_key_when_empty(
    queues: Queues, raw: redis.Redis
) -> None:
    ids = await send(queues, "one", "two")
    assert [entry for entry, _ in entries(raw)] == ids
    assert entries(raw)[0][1]["payload"] == "one"
    deliveries = await get(queues)
    assert payloads(deliveries) == ["one", "two"]
    assert await get(queues) == ()
    assert await counts(queues) == (0, 0, 2, 0)
    assert await ack(queues, *deliveries) == [SettlementOutcome.SETTLED] * 2
    assert not keys_left(raw)


async def test_queue_receive_of_an_empty_queue_writes_nothing(queues: Queues, raw: redis.Redis) -> None:
    assert await get(queues) == ()
    assert raw.dbsize() == 0


async def test_queue_item_is_delivered_as_it_was_enqueued(queues: Queues) -> None:
    (sent,) = await send(queues, "p\0\xff", attributes={"trace": "é"}, max_attempts=7, ordering_key="a b\n")
    (delivery,) = await get(queues)
    received = delivery.item
    assert (received.payload.decode(), received.attributes, received.ordering_key) == (
        "p\0\xff",
        {"trace": "é"},
        "a b\n",
    )
    assert (received.item_id, received.attempt, received.max_attempts) == (sent, 1, 7)
    assert abs(received.enqueued_ms / 1_000 - time.time()) < 60


async def test_queue_item_of_a_raw_client_is_delivered(queues: Queues, raw: redis.Redis) -> None:
    raw.xadd(KEY, {"payload": "raw"})
    await send(queues, "ours")
    raw.xadd(KEY, {"whatever": "it is", "ordering_key": "k"})
    deliveries = await get(queues)
    assert payloads(deliveries) == ["raw", "ours", ""]
    assert [delivery.item.max_attempts for delivery in deliveries] == [5, 5, 5]
    await ack(queues, *deliveries)
    assert not keys_left(raw)


async def test_queue_item_that_a_raw_client_deletes_blocks_no_other(queues: Queues, raw: redis.Redis) -> None:
    ids = await send(queues, "gone", "next", ordering_key="k")
    raw.xdel(KEY, ids[0])
    (delivery,) = await get(queues)
    assert delivery.item.payload == b"next"
    raw.delete(KEY)
    assert await ack(queues, delivery) == [SettlementOutcome.SETTLED]  # nobody else will get it
    assert not keys_left(raw)


async def test_queue_key_of_another_type_is_refused(queues: Queues, raw: redis.Redis) -> None:
    raw.rpush(KEY, "a job of the legacy layout")
    with pytest.raises(KeyTypeConflict):
        await send(queues, "x")
    with pytest.raises(KeyTypeConflict):
        await get(queues)
    assert raw.lrange(KEY, 0, -1) == ["a job of the legacy layout"]


async def test_queue_lease_that_ends_returns_the_item_and_invalidates_its_receipt(
    queues: Queues,
) -> None:
    await send(queues, "x")
    (first,) = await get(queues, lease=1.5)
    assert await get(queues) == ()
    (second,) = await get(queues, wait=30)
    assert second.item.item_id == first.item.item_id
    assert (second.item.attempt, time.monotonic() - first.leased_at > 1.49) == (2, True)
    for action in SettlementAction:
        assert await settle(queues, action, first, seconds=1) == [SettlementOutcome.NOT_HELD]
    assert await ack(queues, second) == [SettlementOutcome.SETTLED]
    assert await ack(queues, second) == [SettlementOutcome.NOT_HELD]


async def test_queue_lease_that_ended_can_be_settled_until_the_item_is_delivered_again(
    queues: Queues,
) -> None:
    await send(queues, "x")
    (delivery,) = await get(queues, lease=0.01)
    await eventually(partial(is_counted, queues, (1, 0, 0, 0)))
    assert await ack(queues, delivery) == [SettlementOutcome.SETTLED]


async def test_queue_extend_extends_the_lease(queues: Queues) -> None:
    await send(queues, "x")
    (delivery,) = await get(queues, lease=1.5)
    assert await settle(queues, SettlementAction.EXTEND, delivery, seconds=30) == [SettlementOutcome.SETTLED]
    assert await get(queues, wait=2) == ()
    assert await settle(queues, SettlementAction.EXTEND, delivery, seconds=0.1) == [SettlementOutcome.SETTLED]
    assert len(await get(queues, wait=30)) == 1


async def test_queue_nack_delivers_again_and_the_last_attempt_is_dead(queues: Queues) -> None:
    await send(queues, "x", max_attempts=2)
    (first,) = await get(queues)
    assert await nack(queues, first) == [SettlementOutcome.SETTLED]
    (second,) = await get(queues)
    assert await nack(queues, second) == [SettlementOutcome.DEAD]
    assert await get(queues) == ()
    assert await counts(queues) == (0, 0, 0, 1)


async def test_queue_nack_with_delay_delays_the_item(queues: Queues) -> None:
    await send(queues, "x")
    (first,) = await get(queues)
    nacked = time.monotonic()
    await nack(queues, first, delay=1.5)
    assert await counts(queues) == (0, 1, 0, 0)
    assert await get(queues) == ()
    assert len(await get(queues, wait=30)) == 1
    assert time.monotonic() - nacked > 1.49


async def test_queue_item_whose_consumers_vanish_is_a_dead_letter_after_its_attempts(queues: Queues) -> None:
    await send(queues, "x", max_attempts=2)
    for attempt in (1, 2):
        (delivery,) = await get(queues, wait=30, lease=0.05)
        assert delivery.item.attempt == attempt
    assert await get(queues, wait=0.3) == ()
    assert await counts(queues) == (0, 0, 0, 1)


async def test_queue_item_with_a_delay_is_delivered_later_and_can_be_cancelled(queues: Queues) -> None:
    (late,) = await send(queues, "late", delay=30)
    await send(queues, "soon", delay=1.5)
    await send(queues, "now")
    assert payloads(await get(queues)) == ["now"]
    assert await queues.purge(MAIL, PurgeScope.ITEMS, [late]) == 1
    assert await queues.purge(MAIL, PurgeScope.ITEMS, [late]) == 0
    assert payloads(await get(queues, wait=30)) == ["soon"]
    assert await counts(queues) == (0, 0, 2, 0)


async def test_queue_item_past_its_ttl_is_dropped(queues: Queues, raw: redis.Redis) -> None:
    await send(queues, "old", ttl=0.05)
    await send(queues, "new")
    await eventually(lambda: time_of(raw) > int(entries(raw)[0][1]["expires_at"]))
    deliveries = await get(queues)
    assert payloads(deliveries) == ["new"]
    await ack(queues, *deliveries)
    assert not keys_left(raw)


async def test_queue_that_is_full_refuses_and_trims_nothing(small_queues: Queues) -> None:
    outcome = await small_queues.enqueue([item(str(number)) for number in range(7)], request_id="r")
    assert [isinstance(result, EnqueuedItem) for result in outcome.results] == [True] * 5 + [False] * 2
    with pytest.raises(QueueFull):
        await small_queues.enqueue([item("more")])
    deliveries = await get(small_queues)
    assert payloads(deliveries) == ["0", "1", "2", "3", "4"]
    await ack(small_queues, *deliveries[:1])
    again = await small_queues.enqueue([item(str(number)) for number in range(7)], request_id="r")
    assert [isinstance(result, EnqueuedItem) for result in again.results] == [True] * 6 + [False]
    assert payloads(await get(small_queues)) == ["5"]


async def test_queue_large_items_are_received_in_replies_of_bounded_size(queues: Queues) -> None:
    await send(queues, *["x" * 60_000] * 5)
    received = [len(await get(queues)) for _ in range(4)]
    assert sum(received) == 5
    assert max(received) == 2
    assert len((await queues.inspect(MAIL, QueueView.ITEMS, "", 100)).items) == 2


async def test_queue_enqueue_with_too_few_replicas_is_unavailable(queues: Queues) -> None:
    await assert_too_few_replicas(lambda: queues.enqueue([item()], min_replicas=9))


async def test_queue_operations_are_one_command_each(queues: Queues, raw: redis.Redis) -> None:
    async def each_act() -> None:
        await send(queues, "x")
        deliveries = await get(queues)
        await settle(queues, SettlementAction.EXTEND, *deliveries, seconds=30)
        await ack(queues, *deliveries)
        await counts(queues)
        await queues.redrive(MAIL, (), 0)
        await queues.purge(MAIL, PurgeScope.ITEMS, ())

    await each_act()  # all scripts are loaded now
    with commands_of(raw) as commands:
        await each_act()
    assert commands["evalsha"] == 7
    assert commands["eval"] == commands["keys"] == commands["scan"] == 0


async def test_queue_namespace_is_part_of_the_name(queues: Queues) -> None:
    other = QueueName(type(SPACE)(namespace="n"), "mail")
    await send(queues, "theirs", name=other)
    assert await get(queues) == ()
    assert payloads(await get(queues, name=other)) == ["theirs"]


async def is_counted(queues: Queues, expected: tuple[int, int, int, int]) -> None:
    assert await counts(queues) == expected


async def test_queue_batches_over_several_queues_have_results_in_order(
    small_queues: Queues,
) -> None:
    names = [QueueName(SPACE, f"user:{number}") for number in range(3)]
    await send(small_queues, *"abcde", name=names[1])
    outcome = await small_queues.enqueue([item(name=names[number % 3]) for number in range(6)])
    added = [isinstance(result, EnqueuedItem) for result in outcome.results]
    assert added == [True, False, True, True, False, True]
    deliveries = [delivery for name in names for delivery in await get(small_queues, 1, name=name)]
    assert await ack(small_queues, *deliveries) == [SettlementOutcome.SETTLED] * 3


async def test_queue_receive_of_several_queues_favours_none(queues: Queues) -> None:
    names = [QueueName(SPACE, f"user:{number}") for number in range(3)]
    for name in names:
        await send(queues, *map(str, range(10)), name=name)
    received = [delivery.name.queue for _ in range(9) for delivery in await queues.receive(names, 1, 0, 30)]
    assert sorted(received) == sorted([name.queue for name in names] * 3)


async def test_queue_concurrent_receives_get_different_items(queues: Queues) -> None:
    await send(queues, *map(str, range(100)))
    received = await asyncio.gather(*(get(queues, 10) for _ in range(20)))
    assert sorted(payloads([delivery for some in received for delivery in some]), key=int) == [
        *map(str, range(100))
    ]
