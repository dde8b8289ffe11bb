"""Enqueueing once: dedup keys of items, and ids of requests."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import redis

from quikstate_server.errors import InvalidRequest
from quikstate_server.primitives.queue.model import EnqueuedItem, NewQueueItem, PurgeScope, QueueName
from quikstate_server.primitives.queue.queues import Queues
from support.harness.eventually import eventually
from support.queue.requests import KEY, MAIL, SPACE, ack, get, item, nack, payloads, send, time_of

PUSH = QueueName(SPACE, "push")


async def test_queue_dedup_key_adds_one_item_a_window_even_if_it_is_settled(
    queues: Queues, raw: redis.Redis
) -> None:
    first = await queues.enqueue([item(dedup_key="k"), item(dedup_key="k"), item(dedup_key="l")])
    new, again, other = first.results
    assert isinstance(new, EnqueuedItem)
    assert isinstance(other, EnqueuedItem)
    assert again == EnqueuedItem(new.item_id, duplicate=True)
    assert not other.duplicate
    deliveries = await get(queues)
    assert len(deliveries) == 2
    await ack(queues, *deliveries)
    assert (await queues.enqueue([item(dedup_key="k")])).results == [
        EnqueuedItem(new.item_id, duplicate=True)
    ]
    assert await get(queues) == ()
    await send(queues, "x", dedup_key="short", dedup_window=0.02)
    await eventually(partial(is_over, raw, "short"))
    await send(queues, "y", dedup_key="short", dedup_window=0.02)
    assert payloads(await get(queues)) == ["x", "y"]


async def test_queue_enqueue_repeated_with_its_request_id_adds_once(queues: Queues) -> None:
    items = [item("one"), item("two")]
    first = await queues.enqueue(items, request_id="r")
    assert (await queues.enqueue(items, request_id="r")).results == first.results
    assert payloads(await get(queues)) == ["one", "two"]


async def add(queues: Queues, **fields: Any) -> EnqueuedItem:
    (outcome,) = (await queues.enqueue([item(**fields)])).results
    assert isinstance(outcome, EnqueuedItem)
    return outcome


async def test_queue_dedup_key_is_freed_by_the_end_of_an_unsettled_item(
    queues: Queues, raw: redis.Redis
) -> None:
    async def is_new() -> EnqueuedItem:
        added = await add(queues, dedup_key="k", dedup_window=3_600)
        assert not added.duplicate
        assert (await add(queues, dedup_key="k")) == EnqueuedItem(added.item_id, duplicate=True)
        return added

    first = await is_new()
    assert await queues.purge(MAIL, PurgeScope.ITEMS, [first.item_id]) == 1
    await is_new()
    assert await queues.purge(MAIL, PurgeScope.ITEMS, ()) == 1
    raw.xdel(KEY, (await is_new()).item_id)
    await is_new()
    raw.delete(KEY)
    await is_new()
    await ack(queues, *await get(queues))
    assert (await add(queues, dedup_key="k")).duplicate


async def test_queue_dedup_key_is_freed_by_an_item_that_expires(queues: Queues) -> None:
    async def is_new() -> None:
        assert not (await add(queues, dedup_key="k", ttl=0.05)).duplicate

    await is_new()
    await eventually(is_new)


async def test_queue_dedup_key_stands_for_a_dead_letter_and_for_the_redriven_item(
    queues: Queues,
) -> None:
    first = await add(queues, dedup_key="k", max_attempts=1)
    await nack(queues, *await get(queues))
    assert await add(queues, dedup_key="k") == EnqueuedItem(first.item_id, duplicate=True)
    assert await queues.redrive(MAIL, (), 0) == 1
    (again,) = await get(queues)
    assert again.item.item_id != first.item_id
    assert await add(queues, dedup_key="k") == EnqueuedItem(again.item.item_id, duplicate=True)
    await ack(queues, again)
    assert await add(queues, dedup_key="k") == EnqueuedItem(again.item.item_id, duplicate=True)


async def test_queue_dedup_windows_leave_no_key_behind(queues: Queues, raw: redis.Redis) -> None:
    await add(queues, dedup_key="long", dedup_window=3_600)
    await add(queues, name=PUSH, dedup_key="k", dedup_window=0.1)
    for number in range(10):
        await add(queues, dedup_key=str(number), dedup_window=0.001)
        await eventually(partial(is_over, raw, str(number)))
    assert raw.hlen(f"{{{KEY}}}:dedup") <= 6
    assert 3_500 < raw.ttl(f"{{{KEY}}}:dedup") <= 3_600
    await ack(queues, *await get(queues, name=PUSH))
    await eventually(lambda: not raw.keys("*push*"))


def is_over(raw: redis.Redis, dedup_key: str) -> None:
    assert time_of(raw) > float(raw.zscore(f"{{{KEY}}}:windows", dedup_key) or 0)


CHANGED = [
    pytest.param([item("one"), item("three")], id="payload"),
    pytest.param([item("one")], id="fewer"),
    pytest.param([item("two"), item("one")], id="order"),
    pytest.param([item("one", delay=1), item("two")], id="delay"),
    pytest.param([item("one"), item("two", dedup_key="k")], id="dedup-key"),
    pytest.param([item("one"), item("two", attributes={"a": "b"})], id="attributes"),
    pytest.param([item("one"), item("two"), item("two", PUSH)], id="another-queue-too"),
]


@pytest.mark.parametrize("changed", CHANGED)
async def test_queue_request_id_of_other_items_is_refused_and_drops_nothing_silently(
    queues: Queues, raw: redis.Redis, changed: list[NewQueueItem]
) -> None:
    await queues.enqueue([item("one"), item("two")], request_id="r")
    of_mail = [new_item for new_item in changed if new_item.name == MAIL]
    if of_mail == changed:
        with pytest.raises(InvalidRequest) as refused:
            await queues.enqueue(changed, request_id="r")
        assert [*refused.value.violations] == ["request_id"]
    else:
        outcomes = (await queues.enqueue(changed, request_id="r")).results
        assert [isinstance(result, InvalidRequest) for result in outcomes] == [True, True, False]
    assert raw.xlen(KEY) == 2


async def test_queue_request_id_does_not_depend_on_the_order_of_attributes(queues: Queues) -> None:
    first = await queues.enqueue([item(attributes={"a": "1", "b": "2"})], request_id="r")
    again = await queues.enqueue([item(attributes={"b": "2", "a": "1"})], request_id="r")
    assert again.results == first.results


@pytest.mark.parametrize("value", ["", "nonsense", b"\xc1", b"\x92\xc0\xc0"])
async def test_queue_request_id_whose_kept_result_a_raw_client_wrote_is_refused(
    queues: Queues, raw: redis.Redis, value: bytes
) -> None:
    raw.set(f"{{{KEY}}}:request:r", value)
    with pytest.raises(InvalidRequest):
        await queues.enqueue([item()], request_id="r")
    assert raw.xlen(KEY) == 0
