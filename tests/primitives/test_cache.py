"""The cache for callers of the API, and for raw Redis clients that use the same keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, cast

import pytest
import redis

from quikstate_server import keys
from quikstate_server.errors import (
    KeyTypeConflict,
    QuikstateError,
    RedisOutOfMemory,
    ResponseTooLarge,
    ValueTooLarge,
)
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.model import (
    CacheRead,
    CacheReadResult,
    CacheWriteResult,
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
    put,
    setex,
    store,
    take_lease,
)
from support.harness.eventually import eventually
from support.redis.clients import Connect
from support.redis.command_counts import commands_of
from support.redis.redis_process import StartRedis

ABSENT: dict[str, Any] = {"condition": WriteCondition.ABSENT}


async def test_cache_set_is_a_plain_value_with_its_ttl_for_raw_clients(
    cache: Cache, raw: redis.Redis
) -> None:
    await store(cache, new_entry(json.dumps({"hits": [1, 2]}).encode(), ttl=300))
    assert json.loads(cast("str", raw.get(NAME))) == {"hits": [1, 2]}
    assert 290_000 < raw.pttl(NAME) <= 300_000
    assert list(raw.scan_iter("*")) == [NAME]


async def test_cache_get_finds_what_a_raw_client_wrote(cache: Cache, raw: redis.Redis) -> None:
    setex(raw, NAME, 300, json.dumps("raw"))
    entry = await get(cache)
    assert (entry.outcome, entry.value) == (ReadOutcome.HIT, b'"raw"')
    assert entry.etag == hashlib.sha1(b'"raw"', usedforsecurity=False).hexdigest()
    assert 290 < cast("float", entry.expires_in) <= 300
    raw.set(NAME, "")
    empty = await get(cache)
    assert (empty.outcome, empty.value, empty.expires_in) == (ReadOutcome.HIT, b"", None)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("name", "cache:search:a"),
        ("user", "user:search%3Aa"),
        ("workspace", "workspace:search%3Aa"),
        ("channel_members", "channel:search%3Aa:members"),
    ],
)
async def test_cache_keys_are_the_legacy_keys(cache: Cache, raw: redis.Redis, kind: str, key: str) -> None:
    await store(cache, new_entry(name=keys.cached(kind, "search:a")))
    assert raw.get(key) == "v"


async def test_cache_keys_have_the_namespace_and_the_prefix(cache: Cache, raw: redis.Redis) -> None:
    keyspace = Keyspace(prefix="QuikApp:", namespace="other")
    await cache.set(keyspace, [new_entry(tags=["t"])])
    prefix = "QuikApp:ns.other:cache:"
    assert set(raw.scan_iter("*")) == {
        f"{prefix}search:9f86d0",
        f"{{{prefix}search:9f86d0}}:meta",
        f"{{{prefix}tag:t}}:version",
    }
    assert (await get(cache)).outcome is ReadOutcome.MISS


async def test_cache_entry_named_as_a_tag_is_no_tag(cache: Cache) -> None:
    await store(cache, new_entry(b"tagged", tags=["t"]))
    await store(cache, new_entry(b"named", name=keys.cached("name", "tag:t")))
    await cache.delete(KEYSPACE, [keys.cached("name", "tag:t")], [])
    assert (await get(cache)).value == b"tagged"


async def test_cache_get_and_set_are_one_script_each_and_tags_one_more(
    cache: Cache, raw: redis.Redis
) -> None:
    for tags in ((), ("t",)):
        await put(cache, new_entry(tags=tags))  # the scripts are loaded now
        await get(cache)
    await cache.delete(KEYSPACE, [NAME], ["t"])
    with commands_of(raw) as commands:
        await put(cache, new_entry())
        await get(cache)
        await get(cache, **LEASED)
        await cache.delete(KEYSPACE, [NAME], [])
    assert (commands["evalsha"], commands["mget"], commands["get"]) == (4, 0, 4)
    with commands_of(raw) as commands:
        await put(cache, new_entry(tags=["t"]))
        await get(cache)
    assert (commands["evalsha"], commands["mget"]) == (3, 1)


async def test_cache_get_of_many_is_in_their_order(cache: Cache, raw: redis.Redis) -> None:
    names = [keys.cached("name", str(number)) for number in range(100)]
    await cache.set(KEYSPACE, [new_entry(str(n).encode(), name, tags=["t"]) for n, name in enumerate(names)])
    raw.delete(names[7])
    entries = cast("list[CacheReadResult]", await cache.get(CacheRead(KEYSPACE, names)))
    assert entries[7].outcome is ReadOutcome.MISS
    assert [each.value for each in entries] == [b"" if n == 7 else str(n).encode() for n in range(100)]


async def test_cache_ttl_is_shortened_by_the_jitter(cache: Cache, raw: redis.Redis) -> None:
    names = [keys.cached("name", str(number)) for number in range(50)]
    results = await cache.set(KEYSPACE, [new_entry(name=name, ttl=100, jitter=50) for name in names])
    lives = [each.expires_in for each in results if not isinstance(each, QuikstateError)]
    assert all(50 <= seconds <= 100 for seconds in lives)
    assert max(lives) - min(lives) > 10
    assert raw.pttl(names[0]) <= lives[0] * 1_000


async def test_cache_negative_entry_is_nothing_to_raw_clients(cache: Cache, raw: redis.Redis) -> None:
    await store(cache, new_entry(b"old"))
    assert await store(cache, new_entry(None, ttl=30)) == ""
    assert raw.get(NAME) is None
    entry = await get(cache, **LEASED)
    assert (entry.outcome, entry.lease, entry.is_being_filled) == (ReadOutcome.NEGATIVE, "", False)
    assert 20 < cast("float", entry.expires_in) <= 30
    setex(raw, NAME, 30, "raw")
    assert (await get(cache)).value == b"raw"
    await store(cache, new_entry(b"new"))
    assert (await get(cache)).value == b"new"


async def test_cache_negative_entry_is_absent_to_a_condition_and_lapses(
    cache: Cache, raw: redis.Redis
) -> None:
    await store(cache, new_entry(None))
    raw.pexpire(META, 1)
    await eventually(lambda: not raw.exists(META))
    assert (await get(cache)).outcome is ReadOutcome.MISS
    await store(cache, new_entry(None))
    await store(cache, new_entry(b"v", **ABSENT))


async def test_cache_set_if_absent_leaves_what_is_there(cache: Cache, raw: redis.Redis) -> None:
    first = await store(cache, new_entry(b"first", **ABSENT))
    result = await put(cache, new_entry(b"second", **ABSENT))
    assert (result.outcome, result.etag) == (WriteOutcome.EXISTS, first)
    raw.set(NAME, "raw")
    assert (await put(cache, new_entry(b"second", **ABSENT))).outcome is WriteOutcome.EXISTS
    assert raw.get(NAME) == "raw"


async def test_cache_set_if_etag_compares_with_what_raw_clients_wrote_too(
    cache: Cache, raw: redis.Redis
) -> None:
    first = await store(cache, new_entry(b"first"))
    second = await store(cache, new_entry(b"second", condition=WriteCondition.ETAG, expected=first))
    result = await put(cache, new_entry(b"third", condition=WriteCondition.ETAG, expected=first))
    assert (result.outcome, result.etag) == (WriteOutcome.CHANGED, second)
    raw.set(NAME, "raw", keepttl=True)
    seen = (await get(cache)).etag
    assert (
        await put(cache, new_entry(condition=WriteCondition.ETAG, expected=second))
    ).outcome is WriteOutcome.CHANGED
    await store(cache, new_entry(b"third", condition=WriteCondition.ETAG, expected=seen))
    raw.delete(NAME)
    result = await put(cache, new_entry(condition=WriteCondition.ETAG, expected=seen))
    assert (result.outcome, result.etag) == (WriteOutcome.CHANGED, "")


async def test_cache_delete_removes_all_there_is_of_an_entry(cache: Cache, raw: redis.Redis) -> None:
    await store(cache, new_entry(soft_ttl=10))
    await take_lease(cache, name="cache:other")
    assert await cache.delete(KEYSPACE, [NAME, "cache:other"], []) == ([True, False], [])
    assert list(raw.scan_iter("*")) == []


async def test_cache_tag_makes_misses_of_all_that_carry_it(cache: Cache) -> None:
    for number in range(3):
        await store(cache, new_entry(name=f"cache:{number}", tags=[f"even:{number % 2 == 0}", "all"]))
    await store(cache, new_entry(None, name="cache:negative", tags=["all"]))
    await cache.delete(KEYSPACE, [], ["even:True"])
    outcomes = [(await get(cache, f"cache:{number}")).outcome for number in range(3)]
    assert outcomes == [ReadOutcome.MISS, ReadOutcome.HIT, ReadOutcome.MISS]
    await cache.delete(KEYSPACE, [], ["all", "nobody's"])
    assert (await get(cache, "cache:1")).outcome is ReadOutcome.MISS
    assert (await get(cache, "cache:negative")).outcome is ReadOutcome.MISS


async def test_cache_entry_that_a_tag_invalidated_is_absent_to_a_condition(cache: Cache) -> None:
    etag = await store(cache, new_entry(tags=["t"]))
    await cache.delete(KEYSPACE, [], ["t"])
    result = await put(cache, new_entry(condition=WriteCondition.ETAG, expected=etag))
    assert (result.outcome, result.etag) == (WriteOutcome.CHANGED, "")
    await store(cache, new_entry(b"new", tags=["t"], **ABSENT))
    assert (await get(cache)).value == b"new"
    assert (await put(cache, new_entry(**ABSENT))).outcome is WriteOutcome.EXISTS


async def test_cache_tag_whose_version_is_lost_makes_misses(cache: Cache, raw: redis.Redis) -> None:
    await store(cache, new_entry(tags=["t"]))
    raw.delete("{cache:tag:t}:version")
    assert (await get(cache)).outcome is ReadOutcome.MISS
    await store(cache, new_entry(name="cache:other", tags=["t"]))
    assert (await get(cache)).outcome is ReadOutcome.MISS
    assert (await get(cache, "cache:other")).outcome is ReadOutcome.HIT


async def test_cache_tags_are_kept_for_the_metadata_of_the_longest_entry_and_no_longer(
    cache: Cache, raw: redis.Redis
) -> None:
    version = "{cache:tag:t}:version"
    for ttl, least in ((60, 60), (6_000, 6_000), (60, 6_000)):
        await store(cache, new_entry(tags=["t"], ttl=ttl))
        assert ttl * 1_000 < raw.pttl(META) <= (ttl + 600) * 1_000
        assert (least + 600) * 1_000 < raw.pttl(version) <= (least + 600 + 60) * 1_000
    await cache.delete(KEYSPACE, [], ["t"])
    assert raw.pttl(version) <= 120_000
    assert set(raw.scan_iter("*")) == {NAME, META, version}


async def test_cache_tags_of_a_value_that_a_raw_client_replaced_do_not_count(
    cache: Cache, raw: redis.Redis
) -> None:
    await store(cache, new_entry(tags=["t"], soft_ttl=0.001))
    raw.set(NAME, "raw", keepttl=True)
    await cache.delete(KEYSPACE, [], ["t"])
    entry = await get(cache, **LEASED)
    assert (entry.outcome, entry.value, entry.lease) == (ReadOutcome.HIT, b"raw", "")


async def test_cache_leaves_keys_of_others_alone(cache: Cache, raw: redis.Redis) -> None:
    raw.hset("user:1", "name", "a hash")
    results = await cache.set(KEYSPACE, [new_entry(name="user:1"), new_entry(name="user:2")])
    assert isinstance(results[0], KeyTypeConflict)
    assert isinstance(results[1], CacheWriteResult), results[1]
    assert results[1].outcome is WriteOutcome.STORED
    entries = await cache.get(CacheRead(KEYSPACE, ["user:1", "user:2"], lease_seconds=30))
    assert isinstance(entries[0], KeyTypeConflict)
    assert cast("CacheReadResult", entries[1]).outcome is ReadOutcome.HIT
    (deleted, _) = await cache.delete(KEYSPACE, ["user:1", "user:2"], [])
    assert isinstance(deleted[0], KeyTypeConflict)
    assert deleted[1] is True
    assert raw.hgetall("user:1") == {"name": "a hash"}
    with pytest.raises(KeyTypeConflict):
        await get(cache, "user:1")


async def test_cache_answer_is_bounded_and_says_what_did_not_fit(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    cache = Cache(redis_client, Limits(max_message_bytes=52_288, max_cache_value_bytes=12_000))
    names = [f"cache:{number}" for number in range(8)]
    for name in names:
        raw.set(name, "v" * 9_000)
    raw.set(names[1], "v" * 12_001)
    raw.set(names[7], "small")
    entries = await cache.get(CacheRead(KEYSPACE, names))
    assert isinstance(entries[1], ValueTooLarge)
    fitted = [each for each in entries if isinstance(each, CacheReadResult)]
    assert sum(len(each.value) for each in fitted) == 3 * 9_000 + len("small")
    assert sum(isinstance(each, ResponseTooLarge) for each in entries) == 3
    assert isinstance(entries[7], CacheReadResult)


async def test_cache_of_a_full_redis_still_reads_and_deletes(
    connect: Connect, start_redis: StartRedis
) -> None:
    process = start_redis()
    cache = Cache(await connect(process.address), Limits())
    await store(cache, new_entry(b"there", tags=["t"]))
    with process.client() as client:
        client.config_set("maxmemory", "1")
        assert (await get(cache, **LEASED)).value == b"there"
        missed = await get(cache, "cache:none", **LEASED)
        assert (missed.outcome, missed.lease) == (ReadOutcome.MISS, "")
        with pytest.raises(RedisOutOfMemory):
            await put(cache, new_entry())
        await cache.delete(KEYSPACE, [], ["t"])
        assert (await get(cache, **LEASED)).outcome is ReadOutcome.MISS
        assert await cache.delete(KEYSPACE, [NAME], []) == ([True], [])
        assert not client.exists(NAME)


async def test_cache_in_a_redis_that_evicts_knows_nothing_of_a_value_without_its_metadata_alone(
    connect: Connect, start_redis: StartRedis
) -> None:
    """It evicts values without their metadata, metadata without their values, and tags."""
    process = start_redis(maxmemory_policy="allkeys-random")
    cache = Cache(await connect(process.address), Limits())
    names = [keys.cached("name", str(number)) for number in range(2_000)]
    with process.client() as client:
        client.config_set("maxmemory", client.info("memory")["used_memory"] + 1_000_000)
        for batch in range(0, len(names), 100):
            chosen = names[batch : batch + 100]
            await cache.set(KEYSPACE, [new_entry(b"v" * 500, name, tags=["t", name]) for name in chosen])
        assert client.info("stats")["evicted_keys"] > 1_000
        assert any(client.exists(name) for name in names)
        await cache.delete(KEYSPACE, [], ["t"])
        entries = [each for batch in range(0, len(names), 100) for each in await _batch(cache, names, batch)]
        hits = [
            name for name, entry in zip(names, entries, strict=True) if entry.outcome is not ReadOutcome.MISS
        ]
        assert [name for name in hits if client.exists(f"{{{name}}}:meta")] == []
        for batch in range(0, len(names), 100):
            await cache.delete(KEYSPACE, names[batch : batch + 100], [])
    for batch in range(0, len(names), 100):
        assert [each.outcome for each in await _batch(cache, names, batch)] == [ReadOutcome.MISS] * 100


async def _batch(cache: Cache, names: Sequence[str], first: int) -> Sequence[CacheReadResult]:
    return cast("list[CacheReadResult]", await cache.get(CacheRead(KEYSPACE, names[first : first + 100])))


async def test_cache_reply_of_redis_is_bounded(cache: Cache, raw: redis.Redis) -> None:
    """Values of 1 MiB come in a reply each, so that no caller on the shared connection waits long."""
    names = [keys.cached("name", str(number)) for number in range(3)]
    for name in names:
        raw.set(name, "v" * 1_000_000)
    entries = await cache.get(CacheRead(KEYSPACE, names))
    sizes = [len(each.value) for each in entries if isinstance(each, CacheReadResult)]
    assert sizes == [1_000_000] * 3


async def test_cache_lease_key_is_readable(cache: Cache, raw: redis.Redis) -> None:
    token = await take_lease(cache, lease_seconds=50.0)
    kept = cast("str", raw.get(LEASE)).split(" ")
    assert kept[0] == token
    assert 40_000 < raw.pttl(LEASE) <= 50_000
