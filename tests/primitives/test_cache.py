"""The cache as services ask for it, and as raw clients of the seed's document meet it."""

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
from quikstate_server.primitives.cache.model import Condition, Found, Outcome, SetOutcome, Stored, Wanted
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.cache.requests import (
    LEASE,
    LEASED,
    META,
    NAME,
    SPACE,
    get,
    item,
    lease,
    put,
    setex,
    stored,
)
from support.harness.eventually import eventually
from support.redis.clients import Connect
from support.redis.command_counts import commands_of
from support.redis.redis_process import StartRedis

ABSENT: dict[str, Any] = {"condition": Condition.ABSENT}


async def test_cache_set_is_a_plain_value_with_its_ttl_for_raw_clients(
    cache: Cache, raw: redis.Redis
) -> None:
    await stored(cache, item(json.dumps({"hits": [1, 2]}).encode(), ttl=300))
    assert json.loads(cast("str", raw.get(NAME))) == {"hits": [1, 2]}
    assert 290_000 < raw.pttl(NAME) <= 300_000
    assert list(raw.scan_iter("*")) == [NAME]


async def test_cache_get_finds_what_a_raw_client_wrote(cache: Cache, raw: redis.Redis) -> None:
    setex(raw, NAME, 300, json.dumps("raw"))
    found = await get(cache)
    assert (found.outcome, found.value) == (Outcome.HIT, b'"raw"')
    assert found.etag == hashlib.sha1(b'"raw"', usedforsecurity=False).hexdigest()
    assert 290 < cast("float", found.expires_in) <= 300
    raw.set(NAME, "")
    empty = await get(cache)
    assert (empty.outcome, empty.value, empty.expires_in) == (Outcome.HIT, b"", None)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("name", "cache:search:a"),
        ("user", "user:search%3Aa"),
        ("workspace", "workspace:search%3Aa"),
        ("channel_members", "channel:search%3Aa:members"),
    ],
)
async def test_cache_keys_are_those_of_the_seed(cache: Cache, raw: redis.Redis, kind: str, key: str) -> None:
    await stored(cache, item(name=keys.cached(kind, "search:a")))
    assert raw.get(key) == "v"


async def test_cache_keys_have_the_namespace_and_the_prefix(cache: Cache, raw: redis.Redis) -> None:
    keyspace = Keyspace(prefix="QuikApp:", namespace="other")
    await cache.set(keyspace, [item(tags=["t"])])
    prefix = "QuikApp:ns.other:cache:"
    assert set(raw.scan_iter("*")) == {
        f"{prefix}search:9f86d0",
        f"{{{prefix}search:9f86d0}}:meta",
        f"{{{prefix}tag:t}}:version",
    }
    assert (await get(cache)).outcome is Outcome.MISS


async def test_cache_entry_named_as_a_tag_is_no_tag(cache: Cache) -> None:
    await stored(cache, item(b"tagged", tags=["t"]))
    await stored(cache, item(b"named", name=keys.cached("name", "tag:t")))
    await cache.delete(SPACE, [keys.cached("name", "tag:t")], [])
    assert (await get(cache)).value == b"tagged"


async def test_cache_get_and_set_are_one_script_each_and_tags_one_more(
    cache: Cache, raw: redis.Redis
) -> None:
    for tags in ((), ("t",)):
        await put(cache, item(tags=tags))  # the scripts are loaded now
        await get(cache)
    await cache.delete(SPACE, [NAME], ["t"])
    with commands_of(raw) as commands:
        await put(cache, item())
        await get(cache)
        await get(cache, **LEASED)
        await cache.delete(SPACE, [NAME], [])
    assert (commands["evalsha"], commands["mget"], commands["get"]) == (4, 0, 4)
    with commands_of(raw) as commands:
        await put(cache, item(tags=["t"]))
        await get(cache)
    assert (commands["evalsha"], commands["mget"]) == (3, 1)


async def test_cache_get_of_many_is_in_their_order(cache: Cache, raw: redis.Redis) -> None:
    names = [keys.cached("name", str(number)) for number in range(100)]
    await cache.set(SPACE, [item(str(n).encode(), name, tags=["t"]) for n, name in enumerate(names)])
    raw.delete(names[7])
    found = cast("list[Found]", await cache.get(Wanted(SPACE, names)))
    assert found[7].outcome is Outcome.MISS
    assert [one.value for one in found] == [b"" if n == 7 else str(n).encode() for n in range(100)]


async def test_cache_ttl_is_shortened_by_the_jitter(cache: Cache, raw: redis.Redis) -> None:
    names = [keys.cached("name", str(number)) for number in range(50)]
    told = await cache.set(SPACE, [item(name=name, ttl=100, jitter=50) for name in names])
    lives = [one.expires_in for one in told if not isinstance(one, QuikstateError)]
    assert all(50 <= one <= 100 for one in lives)
    assert max(lives) - min(lives) > 10
    assert raw.pttl(names[0]) <= lives[0] * 1_000


async def test_cache_negative_entry_is_nothing_to_raw_clients(cache: Cache, raw: redis.Redis) -> None:
    await stored(cache, item(b"old"))
    assert await stored(cache, item(None, ttl=30)) == ""
    assert raw.get(NAME) is None
    found = await get(cache, **LEASED)
    assert (found.outcome, found.lease, found.filling) == (Outcome.NEGATIVE, "", False)
    assert 20 < cast("float", found.expires_in) <= 30
    setex(raw, NAME, 30, "raw")
    assert (await get(cache)).value == b"raw"
    await stored(cache, item(b"new"))
    assert (await get(cache)).value == b"new"


async def test_cache_negative_entry_is_absent_to_a_condition_and_lapses(
    cache: Cache, raw: redis.Redis
) -> None:
    await stored(cache, item(None))
    raw.pexpire(META, 1)
    await eventually(lambda: not raw.exists(META))
    assert (await get(cache)).outcome is Outcome.MISS
    await stored(cache, item(None))
    await stored(cache, item(b"v", **ABSENT))


async def test_cache_set_if_absent_leaves_what_is_there(cache: Cache, raw: redis.Redis) -> None:
    first = await stored(cache, item(b"first", **ABSENT))
    told = await put(cache, item(b"second", **ABSENT))
    assert (told.outcome, told.etag) == (SetOutcome.EXISTS, first)
    raw.set(NAME, "raw")
    assert (await put(cache, item(b"second", **ABSENT))).outcome is SetOutcome.EXISTS
    assert raw.get(NAME) == "raw"


async def test_cache_set_if_etag_compares_with_what_raw_clients_wrote_too(
    cache: Cache, raw: redis.Redis
) -> None:
    first = await stored(cache, item(b"first"))
    second = await stored(cache, item(b"second", condition=Condition.ETAG, wanted=first))
    told = await put(cache, item(b"third", condition=Condition.ETAG, wanted=first))
    assert (told.outcome, told.etag) == (SetOutcome.CHANGED, second)
    raw.set(NAME, "raw", keepttl=True)
    seen = (await get(cache)).etag
    assert (await put(cache, item(condition=Condition.ETAG, wanted=second))).outcome is SetOutcome.CHANGED
    await stored(cache, item(b"third", condition=Condition.ETAG, wanted=seen))
    raw.delete(NAME)
    told = await put(cache, item(condition=Condition.ETAG, wanted=seen))
    assert (told.outcome, told.etag) == (SetOutcome.CHANGED, "")


async def test_cache_delete_removes_all_there_is_of_an_entry(cache: Cache, raw: redis.Redis) -> None:
    await stored(cache, item(soft_ttl=10))
    await lease(cache, name="cache:other")
    assert await cache.delete(SPACE, [NAME, "cache:other"], []) == ([True, False], [])
    assert list(raw.scan_iter("*")) == []


async def test_cache_tag_makes_misses_of_all_that_carry_it(cache: Cache) -> None:
    for number in range(3):
        await stored(cache, item(name=f"cache:{number}", tags=[f"even:{number % 2 == 0}", "all"]))
    await stored(cache, item(None, name="cache:negative", tags=["all"]))
    await cache.delete(SPACE, [], ["even:True"])
    outcomes = [(await get(cache, f"cache:{number}")).outcome for number in range(3)]
    assert outcomes == [Outcome.MISS, Outcome.HIT, Outcome.MISS]
    await cache.delete(SPACE, [], ["all", "nobody's"])
    assert (await get(cache, "cache:1")).outcome is Outcome.MISS
    assert (await get(cache, "cache:negative")).outcome is Outcome.MISS


async def test_cache_entry_that_a_tag_invalidated_is_absent_to_a_condition(cache: Cache) -> None:
    etag = await stored(cache, item(tags=["t"]))
    await cache.delete(SPACE, [], ["t"])
    told = await put(cache, item(condition=Condition.ETAG, wanted=etag))
    assert (told.outcome, told.etag) == (SetOutcome.CHANGED, "")
    await stored(cache, item(b"new", tags=["t"], **ABSENT))
    assert (await get(cache)).value == b"new"
    assert (await put(cache, item(**ABSENT))).outcome is SetOutcome.EXISTS


async def test_cache_tag_whose_version_is_lost_makes_misses(cache: Cache, raw: redis.Redis) -> None:
    await stored(cache, item(tags=["t"]))
    raw.delete("{cache:tag:t}:version")
    assert (await get(cache)).outcome is Outcome.MISS
    await stored(cache, item(name="cache:other", tags=["t"]))
    assert (await get(cache)).outcome is Outcome.MISS
    assert (await get(cache, "cache:other")).outcome is Outcome.HIT


async def test_cache_tags_are_kept_for_the_metadata_of_the_longest_entry_and_no_longer(
    cache: Cache, raw: redis.Redis
) -> None:
    version = "{cache:tag:t}:version"
    for ttl, least in ((60, 60), (6_000, 6_000), (60, 6_000)):
        await stored(cache, item(tags=["t"], ttl=ttl))
        assert ttl * 1_000 < raw.pttl(META) <= (ttl + 600) * 1_000
        assert (least + 600) * 1_000 < raw.pttl(version) <= (least + 600 + 60) * 1_000
    await cache.delete(SPACE, [], ["t"])
    assert raw.pttl(version) <= 120_000
    assert set(raw.scan_iter("*")) == {NAME, META, version}


async def test_cache_tags_of_a_value_that_a_raw_client_replaced_do_not_count(
    cache: Cache, raw: redis.Redis
) -> None:
    await stored(cache, item(tags=["t"], soft_ttl=0.001))
    raw.set(NAME, "raw", keepttl=True)
    await cache.delete(SPACE, [], ["t"])
    found = await get(cache, **LEASED)
    assert (found.outcome, found.value, found.lease) == (Outcome.HIT, b"raw", "")


async def test_cache_leaves_keys_of_others_alone(cache: Cache, raw: redis.Redis) -> None:
    raw.hset("user:1", "name", "a hash")
    told = await cache.set(SPACE, [item(name="user:1"), item(name="user:2")])
    assert isinstance(told[0], KeyTypeConflict)
    assert isinstance(told[1], Stored), told[1]
    assert told[1].outcome is SetOutcome.STORED
    found = await cache.get(Wanted(SPACE, ["user:1", "user:2"], lease_seconds=30))
    assert isinstance(found[0], KeyTypeConflict)
    assert cast("Found", found[1]).outcome is Outcome.HIT
    (deleted, _) = await cache.delete(SPACE, ["user:1", "user:2"], [])
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
    found = await cache.get(Wanted(SPACE, names))
    assert isinstance(found[1], ValueTooLarge)
    fitted = [one for one in found if isinstance(one, Found)]
    assert sum(len(one.value) for one in fitted) == 3 * 9_000 + len("small")
    assert sum(isinstance(one, ResponseTooLarge) for one in found) == 3
    assert isinstance(found[7], Found)


async def test_cache_of_a_full_redis_still_reads_and_deletes(
    connect: Connect, start_redis: StartRedis
) -> None:
    process = start_redis()
    cache = Cache(await connect(process.address), Limits())
    await stored(cache, item(b"there", tags=["t"]))
    with process.client() as client:
        client.config_set("maxmemory", "1")
        assert (await get(cache, **LEASED)).value == b"there"
        missed = await get(cache, "cache:none", **LEASED)
        assert (missed.outcome, missed.lease) == (Outcome.MISS, "")
        with pytest.raises(RedisOutOfMemory):
            await put(cache, item())
        await cache.delete(SPACE, [], ["t"])
        assert (await get(cache, **LEASED)).outcome is Outcome.MISS
        assert await cache.delete(SPACE, [NAME], []) == ([True], [])
        assert not client.exists(NAME)


async def test_cache_in_a_redis_that_evicts_knows_nothing_of_a_value_without_its_metadata_alone(
    connect: Connect, start_redis: StartRedis
) -> None:
    """Which evicts values without their metas, metas without their values, and tags."""
    process = start_redis(maxmemory_policy="allkeys-random")
    cache = Cache(await connect(process.address), Limits())
    names = [keys.cached("name", str(number)) for number in range(2_000)]
    with process.client() as client:
        client.config_set("maxmemory", client.info("memory")["used_memory"] + 1_000_000)
        for batch in range(0, len(names), 100):
            chosen = names[batch : batch + 100]
            await cache.set(SPACE, [item(b"v" * 500, name, tags=["t", name]) for name in chosen])
        assert client.info("stats")["evicted_keys"] > 1_000
        assert any(client.exists(name) for name in names)
        await cache.delete(SPACE, [], ["t"])
        found = [one for batch in range(0, len(names), 100) for one in await _batch(cache, names, batch)]
        hits = [name for name, one in zip(names, found, strict=True) if one.outcome is not Outcome.MISS]
        assert [name for name in hits if client.exists(f"{{{name}}}:meta")] == []
        for batch in range(0, len(names), 100):
            await cache.delete(SPACE, names[batch : batch + 100], [])
    for batch in range(0, len(names), 100):
        assert [one.outcome for one in await _batch(cache, names, batch)] == [Outcome.MISS] * 100


async def _batch(cache: Cache, names: Sequence[str], first: int) -> Sequence[Found]:
    return cast("list[Found]", await cache.get(Wanted(SPACE, names[first : first + 100])))


async def test_cache_reply_of_redis_is_bounded(cache: Cache, raw: redis.Redis) -> None:
    """Values of 1 MiB come one a reply, so that nobody on the shared connection waits long."""
    names = [keys.cached("name", str(number)) for number in range(3)]
    for name in names:
        raw.set(name, "v" * 1_000_000)
    found = await cache.get(Wanted(SPACE, names))
    sizes = [len(one.value) for one in found if isinstance(one, Found)]
    assert sizes == [1_000_000] * 3


async def test_cache_lease_key_is_readable(cache: Cache, raw: redis.Redis) -> None:
    token = await lease(cache, lease_seconds=50.0)
    kept = cast("str", raw.get(LEASE)).split(" ")
    assert kept[0] == token
    assert 40_000 < raw.pttl(LEASE) <= 50_000
