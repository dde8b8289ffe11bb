"""Watches: each watcher receives the invalidations that it watches, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import redis

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.model import Invalidation
from quikstate_server.primitives.cache.watch import InvalidationFilter
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, Mailbox, Overflow
from support.cache.requests import KEYSPACE, NAME, new_abandon, new_entry, new_fill, put, store, take_lease
from support.harness.eventually import eventually


class Watch:
    """A watcher, and the invalidations that it received."""

    def __init__(self) -> None:
        self.invalidations: list[Invalidation] = []
        self.gaps = 0
        self._mailbox: Mailbox[Invalidation] = Mailbox(Bounds(1_000, 1_000_000), Overflow.DROP_OLDEST)

    async def begin(
        self, stack: AsyncExitStack, cache: Cache, watched: InvalidationFilter, keyspace: Keyspace = KEYSPACE
    ) -> Watch:
        await stack.enter_async_context(cache.watch(keyspace, watched, self._mailbox))
        return self

    def has(self, count: int) -> bool:
        """Return True once it received this number of invalidations."""
        for each in self._mailbox.take():
            if isinstance(each, Gap):
                self.gaps += 1
            else:
                self.invalidations.append(each)
        return len(self.invalidations) == count

    async def receives(self, *expected: Invalidation) -> None:
        """Wait for just these, in their order."""
        await eventually(lambda: self.has(len(expected)))
        assert self.invalidations == [*expected]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as entered:
        yield entered


async def test_cache_watch_of_a_key_receives_stores_and_deletions(
    cache: Cache, stack: AsyncExitStack
) -> None:
    watch = await Watch().begin(stack, cache, InvalidationFilter([NAME]))
    token = await take_lease(cache)
    await put(cache, new_abandon(token))  # nothing changed
    etag = await store(cache, new_fill(await take_lease(cache)))
    await store(cache, new_entry(None))
    await cache.delete(KEYSPACE, [NAME, "cache:other"], [])
    named = "name", "search:9f86d0"
    await watch.receives(Invalidation(*named, etag), Invalidation(*named), Invalidation(*named))


async def test_cache_watch_of_a_prefix_receives_its_kind_alone(
    cache: Cache, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    prefixes = [keys.cached_prefix("user", ""), keys.cached_prefix("channel_members", "c")]
    watch = await Watch().begin(stack, cache, InvalidationFilter(prefixes=prefixes))
    raw.publish("{user:1:status}:changed", "deleted")  # another service's
    raw.publish("{user:1}:sessions", "deleted")
    names = ["cache:user:1", "workspace:1", "user:1", "channel:d:members", "channel:c1:members"]
    await cache.delete(KEYSPACE, names, [])

    await eventually(lambda: watch.has(2))
    assert {(each.kind, each.id) for each in watch.invalidations} == {
        ("user", "1"),
        ("channel_members", "c1"),
    }


async def test_cache_watch_of_a_tag_receives_it_alone(cache: Cache, stack: AsyncExitStack) -> None:
    watch = await Watch().begin(stack, cache, InvalidationFilter(tags=["t:1"]))
    await store(cache, new_entry(tags=["t:1"]))
    await store(cache, new_entry(name=keys.cached("name", "tag:t:1")))
    await cache.delete(KEYSPACE, [], ["t:2", "t:1"])
    await watch.receives(Invalidation("", "t:1"))


async def test_cache_watch_stays_in_its_namespace_and_takes_names_literally(
    cache: Cache, stack: AsyncExitStack
) -> None:
    ours, theirs = Keyspace("Quik*:", "ours"), Keyspace("Quik*:", "theirs")
    watch = await Watch().begin(stack, cache, InvalidationFilter(prefixes=["cache:"]), ours)
    for keyspace in (theirs, Keyspace("QuikApp:", "ours"), ours):
        await cache.set(keyspace, [new_entry(None)])
    await watch.receives(Invalidation("name", "search:9f86d0"))


async def test_cache_watch_says_that_it_may_have_missed_something(
    cache: Cache, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    watch = await Watch().begin(stack, cache, InvalidationFilter([NAME], tags=["t"]))
    raw.client_kill_filter(_type="pubsub")

    async def has_a_gap() -> None:
        assert watch.has(0)
        assert watch.gaps

    await eventually(has_a_gap)
