"""Raw clients damage a queue's keys: no item is lost or stuck, or blocks others."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import pytest
import redis

from quikstate_server.errors import KeyTypeConflict
from quikstate_server.primitives.queue.model import (
    ItemState,
    PurgeScope,
    QueueView,
    SettlementOutcome,
    StoredItem,
)
from quikstate_server.primitives.queue.queues import Queues
from support.harness.eventually import eventually
from support.queue.requests import (
    KEY,
    MAIL,
    ack,
    counts,
    entries,
    get,
    keys_left,
    nack,
    payloads,
    send,
    stats,
)

LAST = f"{2**64 - 1}-{2**64 - 1}"
SIDECARS = ["leases", "delayed", "deliveries", "cursor", "dead", "ordered", "nacked", "expiries"]

UNREADABLE = [
    pytest.param({"payload": "x" * 4_000_000}, "*", id="payload-of-4-mb"),
    pytest.param({"payload": "x", "other": "y" * 200_000}, "*", id="large-field"),
    pytest.param({str(number): "" for number in range(2_000)}, "*", id="many-fields"),
    *[
        pytest.param({"payload": "x", "max_attempts": text}, "*", id=f"max-attempts-{text}")
        for text in ("9999999999999999999", "1e999", "nan", "inf", "-1", "0", "0x10", "2147483648", "", " 5")
    ],
    *[
        pytest.param({"payload": "x", "expires_at": text}, "*", id=f"expires-at-{text}")
        for text in ("1e999", "nan", "-5", "soon", "99999999999999999999")
    ],
    pytest.param({"payload": "x"}, LAST, id="last-id"),
]


@pytest.mark.parametrize(("fields", "item_id"), UNREADABLE)
async def test_queue_unreadable_item_is_a_dead_letter_at_once(
    queues: Queues, raw: redis.Redis, fields: dict[str, str], item_id: str
) -> None:
    await send(queues, "before")
    raw.xadd(KEY, cast(Any, fields), id=item_id)
    assert (await shown(queues, QueueView.ITEMS))[0].payload == b"before"
    await send(queues, "after")
    deliveries = [*await get(queues), *await get(queues)]  # not all at once beside what is large
    assert payloads(deliveries) == ["before", "after"]
    assert await counts(queues) == (0, 0, 2, 1)
    for view in (QueueView.DEAD_LETTERS, QueueView.ITEMS):
        (dead,) = [
            queue_item for queue_item in await shown(queues, view) if queue_item.state is ItemState.DEAD
        ]
        assert (dead.payload, dead.attempt, dead.max_attempts) == (b"", 0, 5)
    await ack(queues, *deliveries)
    await send(queues, "later")
    await ack(queues, *await get(queues))
    assert await queues.purge(MAIL, PurgeScope.DEAD_LETTERS, ()) == 1
    assert not keys_left(raw)


async def shown(queues: Queues, view: QueueView) -> list[StoredItem]:
    items: list[StoredItem] = []
    page = ""
    while True:
        seen = await queues.inspect(MAIL, view, page, 10)
        items += seen.items
        page = seen.next_page
        if not page:
            return items


async def test_queue_unreadable_item_stays_a_dead_letter_when_all_are_redriven(
    queues: Queues, raw: redis.Redis
) -> None:
    for text in ("nan", "1e999"):
        raw.xadd(KEY, {"payload": text, "max_attempts": text})
    await send(queues, "x", max_attempts=1)
    await nack(queues, *await get(queues))
    raw.zadd(f"{{{KEY}}}:dead", {entries(raw)[0][0]: "inf"})
    assert await queues.redrive(MAIL, (), 0) == 1
    assert payloads(await get(queues)) == ["x"]
    assert await counts(queues) == (0, 0, 1, 2)


async def test_queue_item_with_the_last_id_can_be_redriven(queues: Queues, raw: redis.Redis) -> None:
    raw.xadd(KEY, {"payload": "raw"}, id=LAST)
    await send(queues, "ours")
    assert payloads(await get(queues)) == ["ours"]
    assert await queues.redrive(MAIL, (), 0) == 1
    assert payloads(await get(queues)) == ["raw"]


async def test_queue_ids_of_a_far_future_are_delivered(queues: Queues, raw: redis.Redis) -> None:
    raw.xadd(KEY, {"payload": "raw"}, id=f"{2**64 - 1}-7")
    await send(queues, "ours")
    assert (await stats(queues)).oldest_age == 0
    deliveries = await get(queues)
    assert payloads(deliveries) == ["raw", "ours"]
    assert {delivery.item.enqueued_ms for delivery in deliveries} == {253_402_300_799_999}
    await nack(queues, *deliveries)
    deliveries = await get(queues)
    assert payloads(deliveries) == ["raw", "ours"]
    await ack(queues, *deliveries)
    assert not keys_left(raw)


async def test_queue_invalid_attributes_are_left_out(queues: Queues, raw: redis.Redis) -> None:
    odd: list[str | bytes] = [
        "[" * 60_000,
        '{"a": "\\ud800"}',
        "no json",
        "[]",
        '{"n": [1], "o": null}',
        b"\xff",
    ]
    for text in odd:
        raw.xadd(KEY, {"payload": "x", "attributes": text})
    received = [delivery.item.attributes for delivery in await get(queues)]
    assert received == [{}, {"a": "?"}, {}, {}, {"n": "[1]", "o": "null"}, {}]


async def test_queue_ordering_keys_of_raw_clients_do_not_block_others(
    queues: Queues, raw: redis.Redis
) -> None:
    for key in ("a\0z", "a", "a\0", b"\xff", "\1", "x" * 1_000 + "\0y"):
        raw.xadd(KEY, {"payload": "x", "ordering_key": key})
    assert len(await get(queues)) == 6


@pytest.mark.parametrize("sidecar", SIDECARS)
async def test_queue_recovers_when_a_raw_client_deletes_a_sidecar(
    queues: Queues, raw: redis.Redis, sidecar: str
) -> None:
    await send(queues, "nacked", "leased")
    await send(queues, "dead", max_attempts=1)
    deliveries = await get(queues, lease=1)
    await nack(queues, deliveries[0], deliveries[2])
    await send(queues, "1", "2", "3", ordering_key="k")
    await send(queues, "late", delay=1)
    await send(queues, "timed", ttl=3_600)
    (nacked,) = await get(queues, 1)
    await nack(queues, nacked)
    await get(queues, lease=1)  # so that some are blocked
    assert raw.delete(f"{{{KEY}}}:{sidecar}") == (sidecar != "nacked")
    want = {"nacked", "leased", "1", "2", "3", "late", "timed"}

    async def are_settled() -> None:
        while deliveries := await get(queues):
            await ack(queues, *deliveries)
            want.difference_update(payloads(deliveries))
        assert not want

    await eventually(are_settled, within=60)
    await queues.purge(MAIL, PurgeScope.DEAD_LETTERS, ())
    assert not keys_left(raw)


async def test_queue_nacked_items_are_found_again(queues: Queues, raw: redis.Redis) -> None:
    await send(queues, "x", "y", max_attempts=9)
    await nack(queues, *await get(queues))
    assert raw.delete(f"{{{KEY}}}:nacked") == 1
    assert sorted(payloads(await get(queues))) == ["x", "y"]


async def test_queue_leases_deleted_by_a_raw_client_are_delivered_again_at_once_and_once(
    queues: Queues, raw: redis.Redis
) -> None:
    await send(queues, *map(str, range(300)))
    while await get(queues):
        pass
    raw.delete(f"{{{KEY}}}:leases")
    again = [delivery for _ in range(4) for delivery in await get(queues)]
    assert payloads(again) == [*map(str, range(300))]
    assert {delivery.item.attempt for delivery in again} == {2}
    assert await ack(queues, *again[:100]) == [SettlementOutcome.SETTLED] * 100
    assert await get(queues) == ()


async def test_queue_items_deleted_by_a_raw_client_do_not_hide_others(
    queues: Queues, raw: redis.Redis
) -> None:
    """Detect a lost lease beside a deleted entry, though the counts are equal again."""
    ids = await send(queues, "deleted", "lost", max_attempts=1)
    deliveries = await get(queues)
    await nack(queues, deliveries[0])
    raw.xdel(KEY, ids[0])
    raw.zrem(f"{{{KEY}}}:leases", ids[1])
    await eventually(partial(is_counted, queues, (0, 0, 0, 2)))


async def is_counted(queues: Queues, expected: tuple[int, int, int, int]) -> None:
    await get(queues)
    assert await counts(queues) == expected


ODD = [
    pytest.param(lambda raw, key: raw.zadd(f"{key}:leases", {"garbage": 0, LAST + "0": 1}), id="leases"),
    pytest.param(lambda raw, key: raw.zadd(f"{key}:delayed", {"garbage": 0, "1-1": 1}), id="delayed"),
    pytest.param(lambda raw, key: raw.zadd(f"{key}:nacked", {"garbage": "-inf", "1-1": 1}), id="nacked"),
    pytest.param(lambda raw, key: raw.zadd(f"{key}:expiries", {"garbage": 0, "1-1": 1}), id="expiries"),
    pytest.param(
        lambda raw, key: raw.zadd(f"{key}:dead", {"garbage": 0, b"\xff": 1, "1-1": "inf"}), id="dead"
    ),
    pytest.param(lambda raw, key: raw.zadd(f"{key}:ordered", {"1:k\0garbage": 0}), id="ordered"),
    pytest.param(lambda raw, key: raw.set(f"{key}:cursor", "garbage"), id="cursor"),
    pytest.param(lambda raw, key: raw.set(f"{key}:cursor", LAST), id="cursor-at-the-end"),
    pytest.param(lambda raw, key: raw.set(f"{key}:cursor", LAST + "0"), id="cursor-beyond-the-end"),
    pytest.param(lambda raw, key: raw.set(f"{key}:cursor", "0-0 nan inf"), id="cursor-with-a-note"),
    pytest.param(lambda raw, key: raw.hset(f"{key}:deliveries", mapping={"1-1": "x"}), id="deliveries"),
]


@pytest.mark.parametrize("odd", ODD)
async def test_queue_sidecars_with_invalid_members_block_nobody(
    queues: Queues, raw: redis.Redis, odd: object
) -> None:
    await send(queues, "first", "second", ordering_key="k")
    odd(raw, f"{{{KEY}}}")  # type: ignore[operator]
    await queues.inspect(MAIL, QueueView.DEAD_LETTERS, "", 10)
    received: list[str] = []

    async def both() -> None:
        deliveries = await get(queues)
        await ack(queues, *deliveries)
        received.extend(payloads(deliveries))
        assert received == ["first", "second"]

    await eventually(both, within=30)
    await queues.redrive(MAIL, (), 0)
    await queues.purge(MAIL, PurgeScope.DEAD_LETTERS, ())
    assert raw.xlen(KEY) == 0


@pytest.mark.parametrize("row", ["999999999999999999999999 5 - 0 0-0 ", "1 9e9 - nan garbage k", "", "5"])
async def test_queue_rows_that_a_raw_client_wrote_cause_no_error(
    queues: Queues, raw: redis.Redis, row: str
) -> None:
    (item_id,) = await send(queues, "x", delay=3_600)
    raw.hset(f"{{{KEY}}}:deliveries", item_id, row)
    seen = await queues.inspect(MAIL, QueueView.ITEMS, "", 10)
    assert seen.items[0].attempt <= 2**31 - 1
    raw.zadd(f"{{{KEY}}}:delayed", {item_id: 0})
    await get(queues)
    assert sum(await counts(queues)) == 1


@pytest.mark.parametrize("sidecar", [name for name in SIDECARS if name != "cursor"])
async def test_queue_sidecar_of_another_type_is_refused(
    queues: Queues, raw: redis.Redis, sidecar: str
) -> None:
    await send(queues, "x")
    await send(queues, "x", ordering_key="k")
    raw.set(f"{{{KEY}}}:{sidecar}", "x")

    async def use_it() -> None:
        await queues.inspect(MAIL, QueueView.DEAD_LETTERS, "", 10)
        await nack(queues, *await get(queues))
        await get(queues)

    with pytest.raises(KeyTypeConflict):
        await use_it()
    assert raw.get(f"{{{KEY}}}:{sidecar}") == "x"


async def test_queue_false_expiry_of_a_raw_client_deletes_nothing(queues: Queues, raw: redis.Redis) -> None:
    ids = await send(queues, "ready", "leased", "dead", max_attempts=1, ttl=3_600)
    deliveries = await get(queues)
    await nack(queues, deliveries[2])
    plain = await send(queues, "plain")
    raw.zadd(f"{{{KEY}}}:expiries", dict.fromkeys([*ids, *plain], 1))
    assert payloads(await get(queues)) == ["plain"]
    assert await ack(queues, *deliveries[:2]) == [SettlementOutcome.SETTLED] * 2
