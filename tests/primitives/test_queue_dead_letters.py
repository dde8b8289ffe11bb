"""What a person does to a queue: looks at its items, redrives dead letters, and purges."""

from __future__ import annotations

import redis

from quikstate_server.primitives.queue.model import (
    ItemState,
    PurgeScope,
    QueueView,
    SettlementOutcome,
)
from quikstate_server.primitives.queue.queues import Queues
from support.queue.requests import (
    KEY,
    MAIL,
    ack,
    counts,
    get,
    keys_left,
    nack,
    send,
)


async def test_queue_purge_of_named_items_spares_leased_ones(queues: Queues) -> None:
    (item_id,) = await send(queues, "x")
    (delivery,) = await get(queues)
    assert await queues.purge(MAIL, PurgeScope.ITEMS, [item_id]) == 0
    assert await ack(queues, delivery) == [SettlementOutcome.SETTLED]


async def test_queue_dead_letters_are_shown_redriven_and_purged(queues: Queues, raw: redis.Redis) -> None:
    ids = await send(queues, "a", "b", "c", max_attempts=1, ttl=3_600)
    await nack(queues, *await get(queues))
    seen = await queues.inspect(MAIL, QueueView.DEAD_LETTERS, "", 2)
    assert [queue_item.item_id for queue_item in seen.items] == ids[:2]
    assert {queue_item.state for queue_item in seen.items} == {ItemState.DEAD}
    rest = await queues.inspect(MAIL, QueueView.DEAD_LETTERS, seen.next_page, 2)
    assert ([queue_item.item_id for queue_item in rest.items], rest.next_page) == (ids[2:], "")
    assert await queues.redrive(MAIL, [ids[1], ids[1][:-1] + "9"], 0) == 1
    assert await queues.redrive(MAIL, (), 1) == 1
    again = await get(queues)
    assert [(delivery.item.payload, delivery.item.attempt) for delivery in again] == [(b"b", 1), (b"a", 1)]
    await ack(queues, *again)
    assert await queues.purge(MAIL, PurgeScope.ITEMS, ()) == 0
    assert await queues.purge(MAIL, PurgeScope.DEAD_LETTERS, ()) == 1
    assert not keys_left(raw)


async def test_queue_redrive_and_purge_of_many_items_handle_all(queues: Queues, raw: redis.Redis) -> None:
    for _ in range(3):
        await send(queues, *map(str, range(90)), max_attempts=1)
    for _ in range(3):
        await nack(queues, *await get(queues, 90))
    await send(queues, *map(str, range(50)))
    assert await counts(queues) == (50, 0, 0, 270)
    assert await queues.redrive(MAIL, (), 0) == 270
    assert await counts(queues) == (320, 0, 0, 0)
    assert await queues.purge(MAIL, PurgeScope.ITEMS, ()) == 320
    assert not keys_left(raw)


async def test_queue_redrive_skips_items_that_a_raw_client_deleted(queues: Queues, raw: redis.Redis) -> None:
    ids = await send(queues, *map(str, range(100)), max_attempts=1)
    await nack(queues, *await get(queues))
    await send(queues, "last", max_attempts=1)
    await nack(queues, *await get(queues))
    raw.xdel(KEY, *ids[:50])
    assert await queues.redrive(MAIL, (), 0) == 51


async def test_queue_purge_of_all_items_deletes_leased_ones_too(queues: Queues) -> None:
    await send(queues, "a", "b")
    (delivery,) = await get(queues, 1)
    assert await queues.purge(MAIL, PurgeScope.ITEMS, ()) == 2
    assert await ack(queues, delivery) == [SettlementOutcome.NOT_HELD]


async def test_queue_peek_shows_states_and_leases_nothing(queues: Queues) -> None:
    await send(queues, "dead", max_attempts=1)
    await nack(queues, *await get(queues))
    await send(queues, "leased")
    await get(queues)
    await send(queues, "later", delay=30)
    await send(queues, "ready")
    first = await queues.inspect(MAIL, QueueView.ITEMS, "", 3)
    second = await queues.inspect(MAIL, QueueView.ITEMS, first.next_page, 3)
    shown = [(result.payload.decode(), result.state) for result in (*first.items, *second.items)]
    assert shown == [
        ("dead", ItemState.DEAD),
        ("leased", ItemState.LEASED),
        ("later", ItemState.DELAYED),
        ("ready", ItemState.READY),
    ]
    assert second.next_page == ""
    assert await counts(queues) == (1, 1, 1, 1)
    assert second.stats.oldest_age is not None
    assert 0 <= second.stats.oldest_age < 60
