"""Items with an ordering key are delivered one after another."""

from __future__ import annotations

from quikstate_server.primitives.queue.model import (
    PurgeScope,
)
from quikstate_server.primitives.queue.queues import Queues
from support.queue.requests import (
    MAIL,
    ack,
    counts,
    get,
    nack,
    payloads,
    send,
)


async def test_queue_ordering_key_has_one_outstanding_item_and_keeps_its_order(queues: Queues) -> None:
    for number in range(4):
        await send(queues, f"a{number}", ordering_key="a", max_attempts=2)
        await send(queues, f"b{number}", ordering_key="b", max_attempts=2)
    seen: list[str] = []
    attempts = 0
    while deliveries := await get(queues):
        assert len({delivery.item.ordering_key for delivery in deliveries}) == len(deliveries)
        for delivery in deliveries:
            attempts += 1
            if delivery.item.attempt == 1:
                await nack(queues, delivery)  # it comes again before those behind it
            else:
                seen.append(delivery.item.payload.decode())
                await ack(queues, delivery)
    assert attempts == 16
    assert [queue_item for queue_item in seen if queue_item[0] == "a"] == [
        f"a{number}" for number in range(4)
    ]
    assert [queue_item for queue_item in seen if queue_item[0] == "b"] == [
        f"b{number}" for number in range(4)
    ]


async def test_queue_ordering_key_waits_for_an_item_that_is_delayed_or_leased(queues: Queues) -> None:
    await send(queues, "first", ordering_key="k", delay=1.5, max_attempts=1)
    await send(queues, "second", ordering_key="k")
    await send(queues, "other", ordering_key="l")
    assert payloads(await get(queues)) == ["other"]
    assert payloads(await get(queues, wait=30, lease=0.1)) == ["first"]
    assert payloads(await get(queues, wait=30)) == ["second"]
    assert (await counts(queues))[3] == 1


async def test_queue_ordering_key_goes_on_when_its_first_is_purged(queues: Queues) -> None:
    ids = await send(queues, "first", "second", ordering_key="k", delay=30)
    await send(queues, "third", ordering_key="k")
    assert await get(queues) == ()
    assert await queues.purge(MAIL, PurgeScope.ITEMS, ids) == 2
    assert payloads(await get(queues)) == ["third"]
