"""ListQueues shows each queue that has items, by name and in pages."""

from __future__ import annotations

import random
from functools import partial

import pytest
import redis

from quikstate_server.keys import QUEUE_INDEX, Keyspace
from quikstate_server.primitives.queue.queues import Queues
from support.harness.eventually import eventually
from support.queue.listing import CONFIRMED, NAMES, forget_when_it_was_used, is_listed, listed, named
from support.queue.requests import SPACE, ack, get, item, nack, send

HOSTILE = [
    "a%41",
    "a:b",
    "a{b}c",
    "a*",
    "a?[x]\\",
    "é",
    "\U0001f512",
    "a b",
    "names",
    QUEUE_INDEX,
    "(a",
    "[a",
]


async def test_queue_list_has_each_queue_with_its_counts(queues: Queues) -> None:
    await send(queues, "1", "2", "3", name=named("a"))
    await send(queues, "late", name=named("b"), delay=60)
    await send(queues, "x", name=named("c"), max_attempts=1)
    await nack(queues, *await get(queues, name=named("c")))
    await get(queues, 1, name=named("a"))
    page = await queues.list_queues(SPACE, "", "", 100)
    stats = {row.queue: row.stats for row in page.queues}
    assert [*stats] == ["a", "b", "c"]
    ages = [row.oldest_age is not None for row in stats.values()]
    assert (ages, page.next_after) == ([True, True, False], "")
    assert [(row.ready, row.delayed, row.leased, row.dead) for row in stats.values()] == [
        (2, 0, 1, 0),
        (0, 1, 0, 0),
        (0, 0, 0, 1),
    ]


async def test_queue_list_has_what_one_enqueue_added_to_many_queues(queues: Queues) -> None:
    names = [f"q{number:03}" for number in range(100)]
    await queues.enqueue([item("x", named(name)) for name in names])
    assert await listed(queues) == names


async def test_queue_list_by_prefix_and_pages(queues: Queues) -> None:
    names = sorted(f"{prefix}-{number}" for prefix in ("shop", "shop2", "mail") for number in range(7))
    await queues.enqueue([item("x", named(name)) for name in names])
    for size in (1, 2, 7, 20, 21, 100):
        assert await listed(queues, page_size=size) == names
        assert await listed(queues, "shop-", page_size=size) == [
            name for name in names if name.startswith("shop-")
        ]
    assert await listed(queues, "shop-9") == []
    assert await listed(queues, "zoo") == []


@pytest.mark.parametrize("after", ["", "a", "mail-0", "shop-", "shop-0", "shop-9", "shop2", "zoo", "\0"])
async def test_queue_list_never_leaves_its_prefix_whatever_its_page_token_says(
    queues: Queues, after: str
) -> None:
    for name in ("mail-0", "shop", "shop-0", "shop-1", "shop2", "shopping"):
        await send(queues, "x", name=named(name))
    page = await queues.list_queues(SPACE, "shop-", after, 100)
    assert all(row.queue.startswith("shop-") for row in page.queues)


async def test_queue_list_has_hostile_names(queues: Queues) -> None:
    for name in HOSTILE:
        await send(queues, "x", name=named(name))
    in_order = sorted(HOSTILE, key=str.encode)
    assert await listed(queues) == in_order
    assert await listed(queues, page_size=1) == in_order
    for name in HOSTILE:
        assert name in await listed(queues, name)


async def test_queue_list_of_a_namespace_has_its_own_queues_alone(queues: Queues) -> None:
    spaces = [SPACE, Keyspace(namespace="a"), Keyspace(namespace="a:b"), Keyspace("p:", "a")]
    for number, space in enumerate(spaces):
        await send(queues, "x", name=named(f"q{number}", space))
    for number, space in enumerate(spaces):
        assert await listed(queues, keyspace=space) == [f"q{number}"]


async def test_queue_list_pages_are_stable_while_queues_come_and_go(queues: Queues) -> None:
    names = [f"q{number:02}" for number in range(40)]
    await queues.enqueue([item("x", named(name)) for name in names])
    kept, seen, after = set(names[::2]), [], ""
    while True:
        page = await queues.list_queues(SPACE, "", after, 7)
        seen += [row.queue for row in page.queues]
        if not (after := page.next_after):
            break
        gone = random.choice(names[1::2])  # noqa: S311 - any of them
        await ack(queues, *await get(queues, name=named(gone)))
        await send(queues, "x", name=named(f"{after}-new"))
    assert seen == sorted(set(seen))
    assert kept <= set(seen)


async def test_queue_list_leaves_out_empty_queues_and_forgets_them_once_they_are_stale(
    queues: Queues, raw: redis.Redis
) -> None:
    for name in ("empty", "full"):
        await send(queues, "x", name=named(name))
    await ack(queues, *await get(queues, name=named("empty")))
    assert await listed(queues) == ["full"]
    assert raw.zrange(NAMES, 0, -1) == ["empty", "full"]  # a server may count it as confirmed
    forget_when_it_was_used(raw, "empty", "full")
    assert await listed(queues) == ["full"]

    def is_forgotten() -> None:
        assert raw.zrange(NAMES, 0, -1) == raw.zrange(CONFIRMED, 0, -1) == ["full"]

    await eventually(is_forgotten)


async def test_queue_list_leaves_out_a_queue_whose_items_have_expired(queues: Queues) -> None:
    await send(queues, "x", ttl=0.01)
    await eventually(partial(is_listed, queues))


async def test_queue_list_leaves_out_a_key_of_another_type(queues: Queues, raw: redis.Redis) -> None:
    for name in ("a", "b"):
        await send(queues, "x", name=named(name))
    raw.delete("queue:a")
    raw.set("queue:a", "no queue")
    assert await listed(queues) == ["b"]
