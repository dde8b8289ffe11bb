"""Raw Redis clients: values they write stay theirs, and entries they prolong keep tags and soft TTL."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
import redis

from quikstate_server import keys
from quikstate_server.errors import QuikstateError, ValueTooLarge
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.model import (
    CacheRead,
    CacheReadResult,
    CacheWrite,
    ReadOutcome,
    WriteCondition,
    WriteOutcome,
)
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.cache.requests import (
    KEYSPACE,
    LEASE,
    LEASED,
    META,
    NAME,
    get,
    new_entry,
    new_fill,
    put,
    refill,
    setex,
    store,
    take_lease,
)
from support.harness.eventually import eventually
from support.redis.command_counts import commands_of

VERSION = "{cache:tag:t}:version"
PROLONGED: list[Callable[[redis.Redis], object]] = [
    lambda raw: raw.expire(NAME, 600),
    lambda raw: raw.persist(NAME),
    lambda raw: raw.getex(NAME, ex=600),
    lambda raw: raw.getex(NAME, persist=True),
]
prolonging = pytest.mark.parametrize(
    "prolong", PROLONGED, ids=["expire", "persist", "getex", "getex-persist"]
)


async def ended(raw: redis.Redis, milliseconds: int) -> None:
    """Wait until every key that exists now with this TTL has expired."""
    raw.set("cache:later", "v", px=milliseconds)
    await eventually(lambda: not raw.exists("cache:later"), within=30)


async def prolonged(
    cache: Cache, raw: redis.Redis, write: CacheWrite, prolong: Callable[[redis.Redis], object], *tags: str
) -> None:
    """Store an entry, invalidate `tags`, prolong it before it ends, and wait until it would have ended."""

    async def in_time() -> bool:
        await store(cache, write)
        await cache.delete(KEYSPACE, [], tags)
        return bool(prolong(raw))

    await eventually(in_time, within=30)
    await ended(raw, round(write.ttl * 1_000))


async def test_cache_raw_value_is_a_hit_and_stays_whenever_it_expires(cache: Cache, raw: redis.Redis) -> None:
    names = [keys.cached("name", str(number)) for number in range(1_000)]
    (seconds, _) = raw.time()
    for number, name in enumerate(names):
        raw.set(name, "raw", pxat=(seconds + 600) * 1_000 + number)
    for first in range(0, len(names), 100):
        entries = await cache.get(CacheRead(KEYSPACE, names[first : first + 100], lease_seconds=30))
        assert {cast("CacheReadResult", each).outcome for each in entries} == {ReadOutcome.HIT}
    assert sum(map(raw.exists, names)) == len(names)


@prolonging
async def test_cache_entry_that_a_tag_deleted_stays_a_miss_when_a_raw_client_prolongs_it(
    cache: Cache, raw: redis.Redis, prolong: Callable[[redis.Redis], object]
) -> None:
    await prolonged(cache, raw, new_entry(b"old", ttl=0.3, tags=["t"]), prolong, "t")
    assert (await get(cache)).outcome is ReadOutcome.MISS
    await eventually(lambda: raw.pttl(META) > 600_000)  # as long as the value may be there
    assert (await get(cache)).outcome is ReadOutcome.MISS
    assert raw.get(NAME) == "old"  # a raw Redis client may have written the same value
    await refill(cache, b"new", ["t"])
    assert (await get(cache)).value == b"new"


@prolonging
async def test_cache_entry_that_a_raw_client_prolongs_keeps_its_tags(
    cache: Cache, raw: redis.Redis, prolong: Callable[[redis.Redis], object]
) -> None:
    await prolonged(cache, raw, new_entry(b"old", ttl=0.3, tags=["t"]), prolong)
    assert (await get(cache)).value == b"old"
    await eventually(lambda: raw.pttl(META) > 600_000 and raw.pttl(VERSION) > 600_000)
    assert (await get(cache)).value == b"old"
    await cache.delete(KEYSPACE, [], ["t"])
    assert (await get(cache)).outcome is ReadOutcome.MISS


async def test_cache_entry_that_a_raw_client_prolongs_keeps_its_soft_ttl(
    cache: Cache, raw: redis.Redis
) -> None:
    await prolonged(cache, raw, new_entry(b"old", ttl=0.3, soft_ttl=0.2), PROLONGED[0])
    assert (await get(cache)).outcome is ReadOutcome.MISS
    assert (await get(cache, accept_stale=True)).outcome is ReadOutcome.STALE


async def test_cache_metadata_is_prolonged_once_and_not_by_each_read(cache: Cache, raw: redis.Redis) -> None:
    await store(cache, new_entry(tags=["t"]))
    kept = raw.get(META)
    raw.expire(NAME, 200)  # its metadata outlives that anyhow
    await get(cache)
    await cache.close()
    assert raw.get(META) == kept
    raw.expire(NAME, 86_400)
    await get(cache)
    await cache.close()
    once = raw.get(META)
    assert once != kept
    assert raw.pttl(META) > 86_400_000
    await get(cache)
    await cache.close()
    assert raw.get(META) == once


async def test_cache_entry_that_a_tag_deleted_is_removed_by_the_first_read(
    cache: Cache, raw: redis.Redis
) -> None:
    for how in ({}, LEASED):
        await store(cache, new_entry(b"old", tags=["t"]))
        await cache.delete(KEYSPACE, [], ["t"])
        assert raw.get(NAME) == "old"
        assert (await get(cache, **how)).outcome is ReadOutcome.MISS
        await eventually(lambda: not raw.exists(NAME, META))


async def test_cache_value_that_a_raw_client_wrote_anew_is_never_deleted_by_a_read(
    cache: Cache, raw: redis.Redis
) -> None:
    """It equals a value that a tag invalidated: so it is a miss, and can be filled."""
    await store(cache, new_entry(b"same", tags=["t"]))
    await cache.delete(KEYSPACE, [], ["t"])
    setex(raw, NAME, 6_000, "same")
    for how in ({}, LEASED):
        assert (await get(cache, **how)).outcome is ReadOutcome.MISS
        await cache.close()
        assert (raw.get(NAME), raw.pttl(NAME) > 5_000_000) == ("same", True)
    raw.delete(LEASE)
    await refill(cache, b"new", ["t"])
    assert (await get(cache)).value == b"new"


async def test_cache_value_without_its_metadata_is_a_raw_value(cache: Cache, raw: redis.Redis) -> None:
    """As an evicting policy may leave it: no tag reaches it, and nothing but its key deletes it."""
    await store(cache, new_entry(b"v", tags=["t"]))
    raw.delete(META)
    await cache.delete(KEYSPACE, [], ["t"])
    assert (await get(cache, **LEASED)).value == b"v"
    assert await cache.delete(KEYSPACE, [NAME], []) == ([True], [])
    assert (await get(cache)).outcome is ReadOutcome.MISS


async def test_cache_delete_finds_no_entry_where_metadata_alone_is_left(
    cache: Cache, raw: redis.Redis
) -> None:
    await store(cache, new_entry(tags=["t"]))
    raw.delete(NAME)
    assert await cache.delete(KEYSPACE, [NAME], []) == ([False], [])
    assert not raw.exists(META)
    await store(cache, new_entry(None))
    assert await cache.delete(KEYSPACE, [NAME], []) == ([True], [])


ODD = ["", "garbage", "a b c d e", "- 1 1 1 [[", "0" * 40 + " 1 1 1 {", "- " + "9" * 5_000, "\x00\xff\n"]


@pytest.mark.parametrize("odd", [*ODD, None])
async def test_cache_metadata_of_a_raw_client_says_nothing(
    cache: Cache, raw: redis.Redis, odd: str | None
) -> None:
    def write() -> None:
        raw.delete(META)
        raw.set(META, odd) if odd is not None else raw.hset(META, "a", "hash")

    write()
    assert (await get(cache)).outcome is ReadOutcome.MISS
    raw.set(NAME, "raw")
    assert (await get(cache, **LEASED)).value == b"raw"
    assert (await put(cache, new_entry(condition=WriteCondition.ABSENT))).outcome is WriteOutcome.EXISTS
    await store(cache, new_entry(b"ours", tags=["t"], soft_ttl=30))
    write()
    assert (await get(cache)).value == b"ours"
    assert await cache.delete(KEYSPACE, [NAME], []) == ([True], [])


@pytest.mark.parametrize("odd", [*ODD, None])
async def test_cache_lease_of_a_raw_client_is_none(cache: Cache, raw: redis.Redis, odd: str | None) -> None:
    raw.set(LEASE, odd) if odd is not None else raw.hset(LEASE, "a", "hash")
    assert (await put(cache, new_fill("x"))).outcome is WriteOutcome.LEASE_LOST
    token = await take_lease(cache)
    raw.persist(LEASE)  # it would never expire
    other = await take_lease(cache)
    assert (await put(cache, new_fill(token))).outcome is WriteOutcome.LEASE_LOST
    await store(cache, new_fill(other))


@pytest.mark.parametrize("odd", [*ODD, None, "-1", "1e999", "inf", "9" * 400, str(2**53 + 1), str(2**64 - 1)])
async def test_cache_tag_whose_version_a_raw_client_wrote_still_deletes(
    cache: Cache, raw: redis.Redis, odd: str | None
) -> None:
    raw.set(VERSION, odd) if odd is not None else raw.hset(VERSION, "a", "hash")
    for _ in range(2):
        await store(cache, new_entry(tags=["t"]))
        assert (await get(cache)).outcome is ReadOutcome.HIT
        assert await cache.delete(KEYSPACE, [], ["t"]) == ([], [True])
        assert (await get(cache)).outcome is ReadOutcome.MISS


async def test_cache_fill_from_before_the_clock_stepped_back_is_refused(
    cache: Cache, raw: redis.Redis
) -> None:
    token = await take_lease(cache)
    (seconds, _) = raw.time()
    raw.set(LEASE, f"{token} {(seconds + 60) * 1_000_000} ", keepttl=True)
    await cache.delete(KEYSPACE, [], ["t"])
    assert (await put(cache, new_fill(token, b"old", tags=["t"]))).outcome is WriteOutcome.INVALIDATED


async def test_cache_value_of_a_raw_client_may_live_for_ever(cache: Cache, raw: redis.Redis) -> None:
    raw.set(NAME, "raw", pxat=2**63 - 1_000)
    assert cast("float", (await get(cache)).expires_in) == 315_576_000_000


async def test_cache_soft_ttl_is_never_jittered_away(cache: Cache, raw: redis.Redis) -> None:
    names = [keys.cached("name", str(number)) for number in range(50)]
    await cache.set(KEYSPACE, [new_entry(name=name, soft_ttl=0.001, jitter=59.999) for name in names])
    metas = [cast("str", raw.get(f"{{{name}}}:meta")) for name in names]
    assert [meta for meta in metas if meta and meta.split(" ")[3] == "0"] == []


async def test_cache_script_compares_with_no_more_than_the_largest_value(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    """Redis digests each byte of it while all other callers wait."""
    cache = Cache(redis_client, Limits(max_cache_value_bytes=1_000))
    names = [keys.cached("name", f"{{t}}{number}") for number in range(10)]
    for name in names:
        raw.set(name, "v" * 900)
    raw.set(names[0], "v" * 1_001)
    absent = [new_entry(b"new", name, condition=WriteCondition.ABSENT) for name in names]
    await cache.set(KEYSPACE, absent)  # the script is loaded now
    with commands_of(raw) as commands:
        results = await cache.set(KEYSPACE, absent)
    assert commands["evalsha"] >= len(names) - 1
    assert isinstance(results[0], ValueTooLarge)
    outcomes = [each.outcome for each in results if not isinstance(each, QuikstateError)]
    assert outcomes == [WriteOutcome.EXISTS] * (len(names) - 1)
    assert (await put(cache, new_entry(b"new", names[0]))).outcome is WriteOutcome.STORED
    missed = await take_lease(cache, "cache:none")
    raw.set("cache:none", "v" * 1_001)
    assert (await put(cache, new_fill(missed, name="cache:none"))).outcome is WriteOutcome.LEASE_LOST
