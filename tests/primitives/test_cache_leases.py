"""Leases to fill: one caller fills what many miss, and nothing old comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import cast

import pytest
import redis

from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.model import Condition, Found, Outcome, SetOutcome, Wanted
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits, RedisSettings
from support.cache.requests import (
    LEASE,
    LEASED,
    NAME,
    SPACE,
    abandoned,
    filling,
    get,
    item,
    lease,
    put,
    refilled,
    setex,
    stored,
)
from support.harness.eventually import eventually, timely, turns
from support.redis.clients import OpenRedisClient


@pytest.fixture
async def other(open_redis_client: OpenRedisClient, redis_settings: RedisSettings) -> AsyncIterator[Cache]:
    """Another server on the same Redis, with connections of its own."""
    started = Cache(await open_redis_client(redis_settings), Limits())
    yield started
    await started.close()


async def test_cache_lease_is_given_once(cache: Cache, other: Cache) -> None:
    first = await lease(cache)
    second = await get(other, **LEASED)
    assert (second.outcome, second.lease, second.filling) == (Outcome.MISS, "", True)
    plain = await get(other)
    assert (plain.outcome, plain.lease, plain.filling) == (Outcome.MISS, "", True)
    await stored(cache, filling(first))
    assert (await get(other, **LEASED)).outcome is Outcome.HIT


async def test_cache_misses_of_many_are_filled_once(cache: Cache, other: Cache) -> None:
    fills = 0

    async def caller(server: Cache) -> bytes:
        nonlocal fills
        while True:
            found = await get(server, wait=10.0, **LEASED)
            if found.outcome is Outcome.HIT:
                return found.value
            if found.lease:
                fills += 1
                await asyncio.wait([asyncio.create_task(server.get(Wanted(SPACE, ["cache:else"])))])
                await stored(server, filling(found.lease, b"filled"))

    values = await asyncio.gather(*(caller(server) for server in (cache, other) for _ in range(50)))
    assert (fills, set(values)) == (1, {b"filled"})


async def test_cache_waiter_is_woken_at_once_by_a_fill(cache: Cache, other: Cache, raw: redis.Redis) -> None:
    token = await lease(cache)
    waiting = asyncio.create_task(get(other, wait=20.0, **LEASED))
    await eventually(lambda: listens(raw))
    async with timely(5):  # a hint, not the lease's 30 s
        await stored(cache, filling(token, b"filled"))
        assert (await waiting).value == b"filled"


def listens(raw: redis.Redis) -> bool:
    return raw.pubsub_channels("*:changed") != []


async def test_cache_waiter_takes_over_from_a_filler_who_died(cache: Cache, other: Cache) -> None:
    dead = await lease(cache, lease_seconds=0.3)
    found = await get(other, wait=20.0, **LEASED)
    assert found.lease
    assert found.lease != dead
    await stored(other, filling(found.lease, b"filled"))
    assert (await put(cache, filling(dead, b"late"))).outcome is SetOutcome.LEASE_LOST
    assert (await get(cache)).value == b"filled"


async def test_cache_waiter_takes_over_from_a_filler_who_gives_up(cache: Cache, other: Cache) -> None:
    token = await lease(cache)
    waiting = asyncio.create_task(get(other, wait=20.0, **LEASED))
    assert (await put(cache, abandoned(token))).outcome is SetOutcome.ABANDONED
    assert (await waiting).lease
    assert (await put(cache, abandoned(token))).outcome is SetOutcome.LEASE_LOST


async def test_cache_waiter_waits_no_longer_than_it_said(cache: Cache) -> None:
    await lease(cache)
    began = time.monotonic()
    found = await get(cache, wait=0.2, **LEASED)
    assert (found.outcome, found.filling) == (Outcome.MISS, True)
    assert time.monotonic() - began >= 0.2


async def test_cache_waiter_who_lost_all_hints_finds_the_fill(cache: Cache, raw: redis.Redis) -> None:
    await lease(cache)
    waiting = asyncio.create_task(get(cache, wait=20.0, **LEASED))
    await eventually(lambda: listens(raw))
    setex(raw, NAME, 60, "raw")  # nobody is told
    assert (await waiting).value == b"raw"


async def test_cache_waiter_has_room_for_what_it_waits_for(
    redis_client: RedisClient, cache: Cache, raw: redis.Redis
) -> None:
    narrow = Cache(redis_client, Limits(max_message_bytes=4_096, max_cache_value_bytes=2_000))
    await stored(cache, item(b"o" * 2_000, soft_ttl=0.001))
    tokens: list[str] = []

    async def leased() -> bool:
        tokens.append((await get(cache, accept_stale=True, **LEASED)).lease)
        return bool(tokens[-1])

    await eventually(leased)
    waiting = asyncio.create_task(get(narrow, wait=20.0))
    await eventually(lambda: listens(raw))
    for _ in range(3):
        raw.publish(f"{{{NAME}}}:changed", "lease")  # it looks again, and finds what is stale
        await turns(10)
    await stored(cache, filling(tokens[-1], b"n" * 2_000))
    assert (await waiting).value == b"n" * 2_000


async def test_cache_batch_with_a_lease_does_not_wait_for_others(cache: Cache, other: Cache) -> None:
    await lease(other, "cache:b")
    found = await cache.get(Wanted(SPACE, ["cache:a", "cache:b"], lease_seconds=30, wait=20))
    ours, theirs = cast("list[Found]", found)
    assert ours.lease
    assert theirs.filling


@pytest.mark.parametrize("moment", range(6))
async def test_cache_call_that_is_cancelled_gives_its_leases_back(
    cache: Cache, raw: redis.Redis, moment: int
) -> None:
    await lease(cache, "cache:loaded")
    calling = asyncio.create_task(get(cache, **LEASED))
    await turns(moment)
    calling.cancel()
    await asyncio.wait([calling])
    await cache.close()
    assert calling.cancelled() == (raw.exists(LEASE) == 0)


async def test_cache_late_fill_after_a_delete_is_refused(cache: Cache, other: Cache) -> None:
    token = await lease(cache)
    await other.delete(SPACE, [NAME], [])
    assert (await put(cache, filling(token, b"old"))).outcome is SetOutcome.LEASE_LOST
    fresh = await lease(other)
    assert (await put(cache, filling(token, b"old"))).outcome is SetOutcome.LEASE_LOST
    await stored(other, filling(fresh, b"new"))
    assert (await get(cache)).value == b"new"


async def test_cache_fill_of_a_tag_invalidated_meanwhile_is_refused(cache: Cache, other: Cache) -> None:
    token = await lease(cache)
    await other.delete(SPACE, [], ["t"])
    told = await put(cache, filling(token, b"old", tags=["other", "t"]))
    assert told.outcome is SetOutcome.INVALIDATED
    await refilled(other, b"new", ["other", "t"])  # the lease was given back
    assert (await get(cache)).value == b"new"


async def test_cache_fill_of_a_tag_that_another_entry_made_meanwhile_is_stored(cache: Cache) -> None:
    token = await lease(cache)
    await stored(cache, item(name="cache:other", tags=["t"]))
    await stored(cache, filling(token, b"new", tags=["t"]))
    assert (await get(cache)).value == b"new"


async def test_cache_fill_does_not_undo_what_was_stored_meanwhile(cache: Cache, raw: redis.Redis) -> None:
    token = await lease(cache)
    await stored(cache, item(b"newer"))
    assert (await put(cache, filling(token, b"old"))).outcome is SetOutcome.LEASE_LOST
    await cache.delete(SPACE, [NAME], [])
    token = await lease(cache)
    setex(raw, NAME, 60, "raw")
    assert (await put(cache, filling(token, b"old"))).outcome is SetOutcome.LEASE_LOST
    assert raw.get(NAME) == "raw"
    assert not raw.exists(LEASE)


async def test_cache_past_its_soft_ttl_one_refreshes_and_the_others_take_it_stale(
    cache: Cache, other: Cache
) -> None:
    etag = await stored(cache, item(b"old", soft_ttl=1))
    assert (await get(cache)).outcome is Outcome.HIT

    async def stale() -> None:
        assert (await get(cache, accept_stale=True)).outcome is Outcome.STALE

    await eventually(stale)
    first = await get(cache, accept_stale=True, **LEASED)
    second = await get(other, accept_stale=True, wait=20.0, **LEASED)
    assert (first.value, first.etag, bool(first.lease)) == (b"old", etag, True)
    assert (second.outcome, second.value, second.filling) == (Outcome.STALE, b"old", True)
    strict = await get(other, **LEASED)
    assert (strict.outcome, strict.value, strict.filling) == (Outcome.MISS, b"", True)
    await stored(cache, filling(first.lease, b"new", soft_ttl=30))
    assert (await get(other)).value == b"new"


async def test_cache_refresh_survives_the_expiry_of_what_it_refreshes(cache: Cache, raw: redis.Redis) -> None:
    await stored(cache, item(b"old", soft_ttl=0.05))
    tokens: list[str] = []

    async def leased() -> None:
        found = await get(cache, accept_stale=True, **LEASED)
        assert found.outcome is Outcome.STALE
        tokens.append(found.lease)

    await eventually(leased)
    raw.pexpire(NAME, 1)
    await eventually(lambda: not raw.exists(NAME))
    await stored(cache, filling(tokens[0], b"new"))


async def test_cache_conditions_do_not_take_a_lease_away_unless_they_store(cache: Cache) -> None:
    token = await lease(cache)
    told = await put(cache, item(condition=Condition.ETAG, wanted="x"))
    assert told.outcome is SetOutcome.CHANGED
    await stored(cache, filling(token))
