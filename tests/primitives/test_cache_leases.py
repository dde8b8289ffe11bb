"""Fill leases: one caller fills what many miss, and no outdated value comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import cast

import pytest
import redis

from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.model import (
    CacheRead,
    CacheReadResult,
    ReadOutcome,
    WriteCondition,
    WriteOutcome,
)
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits, RedisSettings
from support.cache.requests import (
    KEYSPACE,
    LEASE,
    LEASED,
    NAME,
    get,
    new_abandon,
    new_entry,
    new_fill,
    put,
    refill,
    setex,
    store,
    take_lease,
)
from support.harness.eventually import eventually, timely, turns
from support.redis.clients import OpenRedisClient


@pytest.fixture
async def other(open_redis_client: OpenRedisClient, redis_settings: RedisSettings) -> AsyncIterator[Cache]:
    """Another server on the same Redis, with connections of its own."""
    started = Cache(await open_redis_client(redis_settings), Limits())
    yield started
    await started.close()


async def test_cache_lease_is_granted_once(cache: Cache, other: Cache) -> None:
    first = await take_lease(cache)
    second = await get(other, **LEASED)
    assert (second.outcome, second.lease, second.is_being_filled) == (ReadOutcome.MISS, "", True)
    plain = await get(other)
    assert (plain.outcome, plain.lease, plain.is_being_filled) == (ReadOutcome.MISS, "", True)
    await store(cache, new_fill(first))
    assert (await get(other, **LEASED)).outcome is ReadOutcome.HIT


async def test_cache_misses_of_many_are_filled_once(cache: Cache, other: Cache) -> None:
    fills = 0

    async def caller(server: Cache) -> bytes:
        nonlocal fills
        while True:
            entry = await get(server, wait_seconds=10.0, **LEASED)
            if entry.outcome is ReadOutcome.HIT:
                return entry.value
            if entry.lease:
                fills += 1
                await asyncio.wait([asyncio.create_task(server.get(CacheRead(KEYSPACE, ["cache:else"])))])
                await store(server, new_fill(entry.lease, b"filled"))

    values = await asyncio.gather(*(caller(server) for server in (cache, other) for _ in range(50)))
    assert (fills, set(values)) == (1, {b"filled"})


async def test_cache_waiter_is_woken_at_once_by_a_fill(cache: Cache, other: Cache, raw: redis.Redis) -> None:
    token = await take_lease(cache)
    waiting = asyncio.create_task(get(other, wait_seconds=20.0, **LEASED))
    await eventually(lambda: listens(raw))
    async with timely(5):  # by a notification, not when the lease expires after 30 s
        await store(cache, new_fill(token, b"filled"))
        assert (await waiting).value == b"filled"


def listens(raw: redis.Redis) -> bool:
    return raw.pubsub_channels("*:changed") != []


async def test_cache_waiter_takes_over_from_a_filler_that_died(cache: Cache, other: Cache) -> None:
    dead = await take_lease(cache, lease_seconds=0.3)
    entry = await get(other, wait_seconds=20.0, **LEASED)
    assert entry.lease
    assert entry.lease != dead
    await store(other, new_fill(entry.lease, b"filled"))
    assert (await put(cache, new_fill(dead, b"late"))).outcome is WriteOutcome.LEASE_LOST
    assert (await get(cache)).value == b"filled"


async def test_cache_waiter_takes_over_from_a_filler_that_gives_up(cache: Cache, other: Cache) -> None:
    token = await take_lease(cache)
    waiting = asyncio.create_task(get(other, wait_seconds=20.0, **LEASED))
    assert (await put(cache, new_abandon(token))).outcome is WriteOutcome.ABANDONED
    assert (await waiting).lease
    assert (await put(cache, new_abandon(token))).outcome is WriteOutcome.LEASE_LOST


async def test_cache_waiter_waits_no_longer_than_asked(cache: Cache) -> None:
    await take_lease(cache)
    began = time.monotonic()
    entry = await get(cache, wait_seconds=0.2, **LEASED)
    assert (entry.outcome, entry.is_being_filled) == (ReadOutcome.MISS, True)
    assert time.monotonic() - began >= 0.2


async def test_cache_waiter_that_lost_all_notifications_finds_the_fill(
    cache: Cache, raw: redis.Redis
) -> None:
    await take_lease(cache)
    waiting = asyncio.create_task(get(cache, wait_seconds=20.0, **LEASED))
    await eventually(lambda: listens(raw))
    setex(raw, NAME, 60, "raw")  # nobody is notified
    assert (await waiting).value == b"raw"


async def test_cache_waiter_has_room_for_what_it_waits_for(
    redis_client: RedisClient, cache: Cache, raw: redis.Redis
) -> None:
    narrow = Cache(redis_client, Limits(max_message_bytes=4_096, max_cache_value_bytes=2_000))
    await store(cache, new_entry(b"o" * 2_000, soft_ttl=0.001))
    tokens: list[str] = []

    async def leased() -> bool:
        tokens.append((await get(cache, accept_stale=True, **LEASED)).lease)
        return bool(tokens[-1])

    await eventually(leased)
    waiting = asyncio.create_task(get(narrow, wait_seconds=20.0))
    await eventually(lambda: listens(raw))
    for _ in range(3):
        raw.publish(f"{{{NAME}}}:changed", "lease")  # it reads again, and finds the stale value
        await turns(10)
    await store(cache, new_fill(tokens[-1], b"n" * 2_000))
    assert (await waiting).value == b"n" * 2_000


async def test_cache_batch_with_a_lease_does_not_wait_for_others(cache: Cache, other: Cache) -> None:
    await take_lease(other, "cache:b")
    entries = await cache.get(CacheRead(KEYSPACE, ["cache:a", "cache:b"], lease_seconds=30, wait_seconds=20))
    ours, theirs = cast("list[CacheReadResult]", entries)
    assert ours.lease
    assert theirs.is_being_filled


@pytest.mark.parametrize("moment", range(6))
async def test_cache_call_that_is_cancelled_gives_its_leases_back(
    cache: Cache, raw: redis.Redis, moment: int
) -> None:
    await take_lease(cache, "cache:loaded")
    calling = asyncio.create_task(get(cache, **LEASED))
    await turns(moment)
    calling.cancel()
    await asyncio.wait([calling])
    await cache.close()
    assert calling.cancelled() == (raw.exists(LEASE) == 0)


async def test_cache_late_fill_after_a_delete_is_refused(cache: Cache, other: Cache) -> None:
    token = await take_lease(cache)
    await other.delete(KEYSPACE, [NAME], [])
    assert (await put(cache, new_fill(token, b"old"))).outcome is WriteOutcome.LEASE_LOST
    fresh = await take_lease(other)
    assert (await put(cache, new_fill(token, b"old"))).outcome is WriteOutcome.LEASE_LOST
    await store(other, new_fill(fresh, b"new"))
    assert (await get(cache)).value == b"new"


async def test_cache_fill_of_a_tag_invalidated_meanwhile_is_refused(cache: Cache, other: Cache) -> None:
    token = await take_lease(cache)
    await other.delete(KEYSPACE, [], ["t"])
    result = await put(cache, new_fill(token, b"old", tags=["other", "t"]))
    assert result.outcome is WriteOutcome.INVALIDATED
    await refill(other, b"new", ["other", "t"])  # the lease was given back
    assert (await get(cache)).value == b"new"


async def test_cache_fill_of_a_tag_that_another_entry_made_meanwhile_is_stored(cache: Cache) -> None:
    token = await take_lease(cache)
    await store(cache, new_entry(name="cache:other", tags=["t"]))
    await store(cache, new_fill(token, b"new", tags=["t"]))
    assert (await get(cache)).value == b"new"


async def test_cache_fill_does_not_undo_what_was_stored_meanwhile(cache: Cache, raw: redis.Redis) -> None:
    token = await take_lease(cache)
    await store(cache, new_entry(b"newer"))
    assert (await put(cache, new_fill(token, b"old"))).outcome is WriteOutcome.LEASE_LOST
    await cache.delete(KEYSPACE, [NAME], [])
    token = await take_lease(cache)
    setex(raw, NAME, 60, "raw")
    assert (await put(cache, new_fill(token, b"old"))).outcome is WriteOutcome.LEASE_LOST
    assert raw.get(NAME) == "raw"
    assert not raw.exists(LEASE)


async def test_cache_past_its_soft_ttl_one_refreshes_and_the_others_take_it_stale(
    cache: Cache, other: Cache
) -> None:
    etag = await store(cache, new_entry(b"old", soft_ttl=1))
    assert (await get(cache)).outcome is ReadOutcome.HIT

    async def stale() -> None:
        assert (await get(cache, accept_stale=True)).outcome is ReadOutcome.STALE

    await eventually(stale)
    first = await get(cache, accept_stale=True, **LEASED)
    second = await get(other, accept_stale=True, wait_seconds=20.0, **LEASED)
    assert (first.value, first.etag, bool(first.lease)) == (b"old", etag, True)
    assert (second.outcome, second.value, second.is_being_filled) == (ReadOutcome.STALE, b"old", True)
    strict = await get(other, **LEASED)
    assert (strict.outcome, strict.value, strict.is_being_filled) == (ReadOutcome.MISS, b"", True)
    await store(cache, new_fill(first.lease, b"new", soft_ttl=30))
    assert (await get(other)).value == b"new"


async def test_cache_refresh_survives_the_expiry_of_what_it_refreshes(cache: Cache, raw: redis.Redis) -> None:
    await store(cache, new_entry(b"old", soft_ttl=0.05))
    tokens: list[str] = []

    async def leased() -> None:
        entry = await get(cache, accept_stale=True, **LEASED)
        assert entry.outcome is ReadOutcome.STALE
        tokens.append(entry.lease)

    await eventually(leased)
    raw.pexpire(NAME, 1)
    await eventually(lambda: not raw.exists(NAME))
    await store(cache, new_fill(tokens[0], b"new"))


async def test_cache_conditions_do_not_take_a_lease_away_unless_they_store(cache: Cache) -> None:
    token = await take_lease(cache)
    result = await put(cache, new_entry(condition=WriteCondition.ETAG, expected="x"))
    assert result.outcome is WriteOutcome.CHANGED
    await store(cache, new_fill(token))
