"""Watching invalidations: what is stored and deleted is told, once, to those whom it concerns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import redis

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.model import Invalidation
from quikstate_server.primitives.cache.watch import Subjects
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, Mailbox, Overflow
from support.cache.requests import NAME, SPACE, abandoned, filling, item, lease, put, stored
from support.harness.eventually import eventually


class Watch:
    """One who watches, and what was told so far."""

    def __init__(self) -> None:
        self.told: list[Invalidation] = []
        self.gaps = 0
        self._mailbox: Mailbox[Invalidation] = Mailbox(Bounds(1_000, 1_000_000), Overflow.DROP_OLDEST)

    async def begin(
        self, stack: AsyncExitStack, cache: Cache, subjects: Subjects, keyspace: Keyspace = SPACE
    ) -> Watch:
        await stack.enter_async_context(cache.watching(keyspace, subjects, self._mailbox))
        return self

    async def has(self, count: int) -> bool:
        """Whether it was told so much by now."""
        for one in await self._mailbox.take(0.01):
            if isinstance(one, Gap):
                self.gaps += 1
            else:
                self.told.append(one)
        return len(self.told) == count

    async def hears(self, *expected: Invalidation) -> None:
        """Just these, in their order."""
        await eventually(lambda: self.has(len(expected)))
        assert self.told == [*expected]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as entered:
        yield entered


async def test_cache_watch_of_a_key_hears_of_stores_and_deletions(
    cache: Cache, stack: AsyncExitStack
) -> None:
    watch = await Watch().begin(stack, cache, Subjects([NAME]))
    token = await lease(cache)
    await put(cache, abandoned(token))  # nothing changed
    etag = await stored(cache, filling(await lease(cache)))
    await stored(cache, item(None))
    await cache.delete(SPACE, [NAME, "cache:other"], [])
    named = "name", "search:9f86d0"
    await watch.hears(Invalidation(*named, etag), Invalidation(*named), Invalidation(*named))


async def test_cache_watch_of_a_beginning_hears_of_its_kind_alone(
    cache: Cache, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    beginnings = [keys.cached_beginning("user", ""), keys.cached_beginning("channel_members", "c")]
    watch = await Watch().begin(stack, cache, Subjects(beginnings=beginnings))
    raw.publish("{user:1:status}:changed", "deleted")  # another service's
    raw.publish("{user:1}:sessions", "deleted")
    names = ["cache:user:1", "workspace:1", "user:1", "channel:d:members", "channel:c1:members"]
    await cache.delete(SPACE, names, [])

    await eventually(lambda: watch.has(2))
    assert {(one.kind, one.id) for one in watch.told} == {("user", "1"), ("channel_members", "c1")}


async def test_cache_watch_of_a_tag_hears_of_it_alone(cache: Cache, stack: AsyncExitStack) -> None:
    watch = await Watch().begin(stack, cache, Subjects(tags=["t:1"]))
    await stored(cache, item(tags=["t:1"]))
    await stored(cache, item(name=keys.cached("name", "tag:t:1")))
    await cache.delete(SPACE, [], ["t:2", "t:1"])
    await watch.hears(Invalidation("", "t:1"))


async def test_cache_watch_stays_in_its_namespace_and_takes_names_literally(
    cache: Cache, stack: AsyncExitStack
) -> None:
    ours, theirs = Keyspace("Quik*:", "ours"), Keyspace("Quik*:", "theirs")
    watch = await Watch().begin(stack, cache, Subjects(beginnings=["cache:"]), ours)
    for keyspace in (theirs, Keyspace("QuikApp:", "ours"), ours):
        await cache.set(keyspace, [item(None)])
    await watch.hears(Invalidation("name", "search:9f86d0"))


async def test_cache_watch_says_that_it_may_have_missed_something(
    cache: Cache, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    watch = await Watch().begin(stack, cache, Subjects([NAME], tags=["t"]))
    raw.client_kill_filter(_type="pubsub")

    async def told() -> None:
        assert await watch.has(0)
        assert watch.gaps

    await eventually(told)
