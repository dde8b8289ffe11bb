"""The cache under all that may happen to it, at random and at once: what was invalidated never comes back.

A database has one row with a version. A writer of the row invalidates the entry, by its key or its tag; a
caller that misses the entry reads the row and fills. So no hit may be older than the last invalidation that
ended before the read began.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
import redis
import uvloop
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.model import CacheWrite, ReadOutcome, WriteCondition, WriteOutcome
from quikstate_server.settings import Limits
from support.cache.requests import (
    KEYSPACE,
    LEASE,
    META,
    NAME,
    get,
    new_abandon,
    new_entry,
    new_fill,
    put,
    setex,
)
from support.harness.eventually import turns
from support.redis.clients import closed, patient, started
from support.redis.deployments import Deployment

VERSION = "{cache:tag:t}:version"
EXAMPLES = 25
STORIES_AT_ONCE = 24
Servers = tuple[Cache, Cache]


class Laboratory:
    """Two servers with connections of their own, and the loop they run in."""

    def __init__(self, deployment: Deployment) -> None:
        self._stack = ExitStack()
        self.runner = self._stack.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop))
        self.raw = self._stack.enter_context(deployment.client())
        self.raw.flushall()
        built = (deployment.redis_client(patient()) for _ in range(2))
        self._redis_clients = [self.runner.run(started(redis_client)) for redis_client in built]
        first, second = (Cache(redis_client, Limits()) for redis_client in self._redis_clients)
        self.servers = first, second

    def world(self) -> World:
        self.raw.flushall()
        return World(self.servers, self.raw)

    def close(self) -> None:
        for redis_client in self._redis_clients:
            self.runner.run(closed(redis_client))
        self._stack.close()


@pytest.fixture
def laboratory(deployment: Deployment) -> Iterator[Laboratory]:
    opened = Laboratory(deployment)
    yield opened
    opened.close()


@dataclass
class World:
    """The row, the servers, and the leases that callers hold with what they read."""

    servers: Servers
    raw: redis.Redis
    row: int = 0
    floor: int = 0
    """No hit may be older."""
    fills: list[tuple[str, int]] = field(default_factory=list)
    hits: int = 0
    raw_value: bool = False
    """True if a raw Redis client may have stored the present value, which has no tag."""

    async def get(self, at: int, *, leased: bool, stale: bool = False) -> None:
        floor = self.floor
        seconds = 5.0 if leased else None
        entry = await get(self.servers[at], accept_stale=stale, lease_seconds=seconds)
        if entry.outcome in (ReadOutcome.HIT, ReadOutcome.STALE):
            assert int(entry.value) >= floor, (entry, floor)
            self.hits += 1
        if entry.lease:
            self.fills.append((entry.lease, self.row))

    async def fill(self, at: int, which: int, tags: tuple[str, ...], **how: Any) -> WriteOutcome | None:
        if not self.fills:
            return None
        token, row = self.fills.pop(which % len(self.fills))
        return await self.put(at, new_fill(token, str(row).encode(), tags=tags, **how))

    async def put(self, at: int, write: CacheWrite) -> WriteOutcome:
        """Store an entry with its tags: it replaces a value of raw Redis clients."""
        outcome = (await put(self.servers[at], write)).outcome
        self.raw_value = self.raw_value and outcome is not WriteOutcome.STORED
        return outcome

    async def abandon(self, at: int, which: int) -> None:
        if self.fills:
            await put(self.servers[at], new_abandon(self.fills.pop(which % len(self.fills))[0]))

    async def write_and_invalidate(self, at: int, *, by_tag: bool) -> None:
        self.row += 1
        row = self.row
        by_key = not by_tag or self.raw_value
        self.raw_value = self.raw_value and not by_key
        await self.servers[at].delete(KEYSPACE, [NAME] if by_key else [], ["t"] if by_tag else [])
        self.floor = max(self.floor, row)

    async def write_through(self, at: int) -> None:
        """Write the row and store it: that ends all fills of the value before."""
        self.row += 1
        row = self.row
        await self.put(at, new_entry(str(row).encode(), tags=("t",)))
        self.floor = max(self.floor, row)

    async def compare_and_set(self, at: int) -> None:
        entry = await get(self.servers[at], accept_stale=True)
        how = (
            {"condition": WriteCondition.ETAG, "expected": entry.etag}
            if entry.etag
            else {"condition": WriteCondition.ABSENT}
        )
        await self.put(at, new_entry(str(self.row).encode(), tags=("t",), **how))

    async def read_beside_raw(self, at: int) -> None:
        """Store the row as a raw Redis client that missed it does; no read deletes that."""
        self.raw_value = True
        setex(self.raw, NAME, 6_000, str(self.row))
        for leased in (False, True):
            await self.get(at, leased=leased)
        await self.servers[at].close()
        assert self.raw.get(NAME) == str(self.row)

    def prolong(self, seconds: int | None) -> None:
        """Change the TTL as a raw Redis client does."""
        self.raw.expire(NAME, seconds) if seconds else self.raw.persist(NAME)

    async def evict(self, key: str) -> None:
        """Delete a key as an evicting policy does; a tag's version only while nobody fills.

        A value without its metadata counts as a raw Redis client's, even if a tag invalidated it before.
        """
        value = self.raw.get(NAME)
        if key == META and value is not None:
            self.floor = min(self.floor, int(value))
        if key != VERSION or not self.fills:
            self.raw.delete(key)
        self.raw_value = self.raw_value or key == META


AT, WHICH, FLAG = st.integers(0, 1), st.integers(0, 9), st.booleans()
TAGS = st.sampled_from([("t",), ("t", "u")])
STEPS = st.one_of(
    st.tuples(st.just("get"), AT, FLAG, FLAG),
    st.tuples(st.just("get"), AT, st.just(True), FLAG),
    st.tuples(st.just("fill"), AT, WHICH, TAGS, st.sampled_from([0.0, 0.001])),
    st.tuples(st.just("fill"), AT, WHICH, TAGS, st.just(0.0)),
    st.tuples(st.just("abandon"), AT, WHICH),
    st.tuples(st.just("invalidate"), AT, FLAG),
    st.tuples(st.just("write"), AT),
    st.tuples(st.just("compare"), AT),
    st.tuples(st.just("raw set"), AT),
    st.tuples(st.just("prolong"), st.sampled_from([30, 600, 86_400, None])),
    st.tuples(st.just("evict"), st.sampled_from([NAME, META, LEASE, VERSION])),
)


async def take(world: World, step: tuple[Any, ...]) -> None:
    match step:
        case "get", at, leased, stale:
            await world.get(at, leased=leased, stale=stale)
        case "fill", at, which, tags, soft:
            await world.fill(at, which, tags, soft_ttl=soft)
        case "abandon", at, which:
            await world.abandon(at, which)
        case "invalidate", at, by_tag:
            await world.write_and_invalidate(at, by_tag=by_tag)
        case "write", at:
            await world.write_through(at)
        case "compare", at:
            await world.compare_and_set(at)
        case "evict", key:
            await world.evict(key)
        case "prolong", seconds:
            world.prolong(seconds)
        case _, at:
            await world.read_beside_raw(at)


def test_cache_serves_nothing_older_than_its_last_invalidation(laboratory: Laboratory) -> None:
    profile = settings.get_profile(settings.get_current_profile_name())
    endurance = settings.get_current_profile_name() == "endurance"

    @settings(
        profile,
        max_examples=profile.max_examples if endurance else EXAMPLES,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.lists(STEPS, min_size=10, max_size=40))
    def holds(steps: list[tuple[Any, ...]]) -> None:
        laboratory.runner.run(_story(laboratory.world(), steps))

    holds()


async def _story(world: World, steps: list[tuple[Any, ...]]) -> None:
    for step in steps:
        await take(world, step)
        await world.get(0, leased=False)


def test_cache_serves_nothing_old_while_many_fill_and_invalidate_at_once(laboratory: Laboratory) -> None:
    world = laboratory.world()
    laboratory.runner.run(_at_once(world))
    assert world.hits


async def _at_once(world: World) -> None:
    """Callers on both servers, each with a seed of its own, so that acts overlap in every way."""

    async def caller(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - the same callers in every run
        for _ in range(30):
            at = chance.randrange(2)
            await turns(chance.randrange(20))
            match chance.randrange(30):
                case 0:
                    await world.write_and_invalidate(at, by_tag=chance.random() < 0.5)
                case number if number < 10:
                    await world.get(at, leased=False)
                case number if number < 20:
                    await world.get(at, leased=True)
                case _:
                    await world.fill(at, 0, ("t",))

    await asyncio.gather(*(caller(number) for number in range(STORIES_AT_ONCE)))
