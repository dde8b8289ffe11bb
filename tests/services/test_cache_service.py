"""CacheService through a whole server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import cache_pb2 as pb
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from services.conftest import OpenChannel, StartApp, end
from support.harness.eventually import PATIENCE_SECONDS, eventually
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of

if TYPE_CHECKING:  # the generated module has it for type checkers alone
    from quikstate.v1.cache_pb2_grpc import CacheServiceAsyncStub

KEY = pb.CacheKey(name="search:9f86d0")
MINUTE = Duration(seconds=60)
LONGEST = Duration(seconds=2**63 - 1, nanos=999_999_999)
SHORTEST = Duration(seconds=-(2**63), nanos=-999_999_999)


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    """Return the server's Redis, to look at what was written."""
    return own_redis


@pytest.fixture
def cache(channel: grpc.aio.Channel) -> CacheServiceAsyncStub:
    return CacheServiceStub(channel)


def item(**how: Any) -> pb.CacheItem:
    content: dict[str, Any] = {} if {"negative", "abandon"} & how.keys() else {"value": b"v"}
    ttl = {} if "abandon" in how else {"ttl": MINUTE}
    return pb.CacheItem(**({"key": KEY} | content | ttl | how))


def setting(**how: Any) -> pb.SetEntriesRequest:
    return pb.SetEntriesRequest(items=[item(**how)])


def getting(**how: Any) -> pb.GetEntriesRequest:
    return pb.GetEntriesRequest(**({"keys": [KEY]} | how))


async def get(cache: Any, **how: Any) -> pb.CacheEntry:
    entry: pb.CacheEntry
    (entry,) = (await cache.GetEntries(getting(**how))).entries
    return entry


async def put(cache: Any, **how: Any) -> pb.CacheSetResult:
    result: pb.CacheSetResult
    (result,) = (await cache.SetEntries(setting(**how))).results
    return result


async def test_an_entry_is_missed_filled_hit_and_deleted(cache: Any) -> None:
    missed = await get(cache, lease=True)
    assert (missed.key, missed.outcome, missed.HasField("expires_in")) == (KEY, pb.CACHE_OUTCOME_MISS, False)
    filled = await put(cache, value=b"filled", lease=missed.lease, tags=["t"], soft_ttl=Duration(seconds=30))
    assert (filled.outcome, filled.expires_in.seconds) == (pb.CACHE_SET_OUTCOME_STORED, 60)
    hit = await get(cache)
    assert (hit.outcome, hit.value, hit.etag) == (pb.CACHE_OUTCOME_HIT, b"filled", filled.etag)
    assert 50 <= hit.expires_in.seconds <= 60
    deleted = await cache.DeleteEntries(pb.DeleteEntriesRequest(keys=[KEY], tags=["t"]))
    assert ([each.existed for each in deleted.keys], [each.existed for each in deleted.tags]) == (
        [True],
        [False],
    )
    assert (await get(cache)).outcome == pb.CACHE_OUTCOME_MISS


async def test_each_outcome_of_a_set_has_its_name(cache: Any) -> None:
    lease = (await get(cache, lease=True)).lease
    assert (await put(cache, abandon=True, lease=lease)).outcome == pb.CACHE_SET_OUTCOME_ABANDONED
    assert (await put(cache, lease=lease)).outcome == pb.CACHE_SET_OUTCOME_LEASE_LOST
    lease = (await get(cache, lease=True)).lease
    await cache.DeleteEntries(pb.DeleteEntriesRequest(tags=["t"]))
    assert (await put(cache, lease=lease, tags=["t"])).outcome == pb.CACHE_SET_OUTCOME_INVALIDATED
    assert (await put(cache, if_etag="x")).outcome == pb.CACHE_SET_OUTCOME_CHANGED
    stored = await put(cache, if_absent=True)
    assert stored.outcome == pb.CACHE_SET_OUTCOME_STORED
    exists = await put(cache, if_absent=True)
    assert (exists.outcome, exists.etag) == (pb.CACHE_SET_OUTCOME_EXISTS, stored.etag)
    assert (await put(cache, negative=True)).outcome == pb.CACHE_SET_OUTCOME_STORED
    assert (await get(cache)).outcome == pb.CACHE_OUTCOME_NEGATIVE


async def test_a_default_lease_is_ten_seconds(cache: Any, redis_process: RedisProcess) -> None:
    await get(cache, lease=True)
    with redis_process.client() as client:
        assert 5_000 < client.pttl("{cache:search:9f86d0}:lease") <= 10_000


async def test_a_waiting_call_fails_with_shutting_down_when_the_server_ends(
    start_app: StartApp, open_channel: OpenChannel, redis_process: RedisProcess
) -> None:
    app = await start_app()
    cache: Any = CacheServiceStub(open_channel(app))
    await get(cache, lease=True)
    waiting = cache.GetEntries(getting(lease=True, wait=Duration(seconds=20)))
    with redis_process.client() as client:
        await eventually(lambda: client.pubsub_channels("*:changed") != [])
    await end(app)
    assert (await failure_of(waiting)).reason == "ERROR_REASON_SHUTTING_DOWN"


async def test_who_waits_no_longer_than_its_deadline_leaves_nothing_behind(
    cache: Any, redis_process: RedisProcess
) -> None:
    await get(cache, lease=True)
    with redis_process.client() as client:
        waiting = cache.GetEntries(getting(lease=True, wait=Duration(seconds=20)), timeout=3)
        await eventually(lambda: client.pubsub_channels("*:changed") != [])
        assert (await failure_of(waiting)).code is grpc.StatusCode.DEADLINE_EXCEEDED
        await eventually(lambda: client.pubsub_channels("*:changed") == [])


async def test_what_fails_for_one_item_is_said_of_that_item(cache: Any, redis_process: RedisProcess) -> None:
    with redis_process.client() as client:
        client.hset("user:1", "a", "hash")
        client.set("user:2", "v" * (1024 * 1024 + 1))
        client.set("user:3", "v")
    keys = [pb.CacheKey(user=str(number)) for number in (1, 2, 3)]
    foreign, large, fine = (await cache.GetEntries(getting(keys=keys))).entries
    assert (foreign.status.code, foreign.status.metadata["key"]) == (9, "user:1")
    assert (large.status.code, large.status.metadata["limit"]) == (8, "limits.max_cache_value_bytes")
    assert fine.outcome == pb.CACHE_OUTCOME_HIT
    assert not fine.HasField("status")


async def test_values_beyond_a_message_are_left_to_another_call(cache: Any) -> None:
    keys = [pb.CacheKey(name=str(number)) for number in range(4)]
    for key in keys:
        await put(cache, key=key, value=b"v" * 1_000_000)
    *fitted, left = (await cache.GetEntries(getting(keys=keys))).entries
    assert [len(entry.value) for entry in fitted] == [1_000_000] * 3
    assert (left.outcome, left.status.code) == (pb.CACHE_OUTCOME_UNSPECIFIED, 8)
    assert left.status.metadata == {"limit": "limits.max_message_bytes"}


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("GetEntries", pb.GetEntriesRequest(), "keys"),
        ("GetEntries", getting(keys=[pb.CacheKey()]), "keys[0].kind"),
        ("GetEntries", getting(keys=[pb.CacheKey(user="")]), "keys[0].user"),
        ("GetEntries", getting(keys=[pb.CacheKey(name="a\n")]), "keys[0].name"),
        ("GetEntries", getting(keys=[pb.CacheKey(workspace="w" * 257)]), "keys[0].workspace"),
        ("GetEntries", getting(keys=[KEY, KEY]), "keys[1]"),
        ("GetEntries", getting(keys=[pb.CacheKey(name=str(n)) for n in range(101)]), "keys"),
        ("GetEntries", getting(lease_ttl=Duration(seconds=1)), "lease_ttl"),
        ("GetEntries", getting(lease=True, lease_ttl=Duration()), "lease_ttl"),
        ("GetEntries", getting(lease=True, lease_ttl=Duration(seconds=61)), "lease_ttl"),
        ("GetEntries", getting(wait=Duration(seconds=-1)), "wait"),
        ("GetEntries", getting(wait=Duration(seconds=31)), "wait"),
        ("GetEntries", getting(wait=LONGEST), "wait"),
        ("GetEntries", getting(wait=SHORTEST), "wait"),
        ("GetEntries", getting(lease=True, lease_ttl=LONGEST), "lease_ttl"),
        ("GetEntries", getting(lease=True, lease_ttl=SHORTEST), "lease_ttl"),
        ("SetEntries", pb.SetEntriesRequest(), "items"),
        ("SetEntries", pb.SetEntriesRequest(items=[item()] * 2), "items[1].key"),
        ("SetEntries", pb.SetEntriesRequest(items=[item() for _ in range(101)]), "items"),
        ("SetEntries", setting(key=None), "items[0].key"),
        ("SetEntries", setting(key=pb.CacheKey(channel_members="\x7f")), "items[0].key.channel_members"),
        ("SetEntries", pb.SetEntriesRequest(items=[pb.CacheItem(key=KEY, ttl=MINUTE)]), "items[0].content"),
        ("SetEntries", setting(negative=False), "items[0].negative"),
        ("SetEntries", setting(value=b"v" * (1024 * 1024 + 1)), "items[0].value"),
        ("SetEntries", setting(ttl=None), "items[0].ttl"),
        ("SetEntries", setting(ttl=Duration(nanos=999_999_999)), "items[0].ttl"),
        ("SetEntries", setting(ttl=Duration(seconds=30 * 86_400 + 1)), "items[0].ttl"),
        ("SetEntries", setting(soft_ttl=MINUTE), "items[0].soft_ttl"),
        ("SetEntries", setting(soft_ttl=Duration()), "items[0].soft_ttl"),
        ("SetEntries", setting(negative=True, soft_ttl=Duration(seconds=1)), "items[0].soft_ttl"),
        ("SetEntries", setting(ttl=LONGEST), "items[0].ttl"),
        ("SetEntries", setting(ttl=SHORTEST), "items[0].ttl"),
        ("SetEntries", setting(soft_ttl=LONGEST), "items[0].soft_ttl"),
        ("SetEntries", setting(soft_ttl=SHORTEST), "items[0].soft_ttl"),
        ("SetEntries", setting(jitter=LONGEST), "items[0].jitter"),
        ("SetEntries", setting(jitter=SHORTEST), "items[0].jitter"),
        ("SetEntries", setting(jitter=MINUTE), "items[0].jitter"),
        ("SetEntries", setting(jitter=Duration(seconds=-1)), "items[0].jitter"),
        ("SetEntries", setting(tags=[""]), "items[0].tags[0]"),
        ("SetEntries", setting(tags=["t", "t"]), "items[0].tags"),
        ("SetEntries", setting(tags=["t" * 257]), "items[0].tags[0]"),
        ("SetEntries", setting(tags=[str(n) for n in range(17)]), "items[0].tags"),
        ("SetEntries", setting(if_absent=False), "items[0].if_absent"),
        ("SetEntries", setting(if_etag=""), "items[0].if_etag"),
        ("SetEntries", setting(if_etag="e" * 65), "items[0].if_etag"),
        ("SetEntries", setting(lease=""), "items[0].lease"),
        ("SetEntries", setting(lease="l" * 65), "items[0].lease"),
        ("SetEntries", setting(abandon=True), "items[0].lease"),
        ("SetEntries", setting(abandon=True, lease="l", ttl=MINUTE), "items[0].ttl"),
        ("SetEntries", setting(abandon=True, lease="l", tags=["t"]), "items[0].tags"),
        ("DeleteEntries", pb.DeleteEntriesRequest(), "keys"),
        ("DeleteEntries", pb.DeleteEntriesRequest(keys=[KEY, KEY]), "keys[1]"),
        ("DeleteEntries", pb.DeleteEntriesRequest(tags=["t", "t"]), "tags"),
        ("DeleteEntries", pb.DeleteEntriesRequest(tags=["\n"]), "tags[0]"),
        ("DeleteEntries", pb.DeleteEntriesRequest(tags=[str(n) for n in range(101)]), "keys"),
    ],
)
async def test_a_bad_value_is_refused_by_its_field(
    cache: Any, method: str, request_: Any, field: str, redis_process: RedisProcess
) -> None:
    failed = await failure_of(getattr(cache, method)(request_))
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in failed.fields
    with redis_process.client() as client:
        assert client.dbsize() == 0


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.WatchInvalidationsRequest(), "keys"),
        (pb.WatchInvalidationsRequest(keys=[pb.CacheKey()]), "keys[0].kind"),
        (pb.WatchInvalidationsRequest(keys=[KEY, KEY]), "keys[1]"),
        (pb.WatchInvalidationsRequest(prefixes=[pb.CacheKey()]), "prefixes[0].kind"),
        (pb.WatchInvalidationsRequest(prefixes=[pb.CacheKey(user="\n")]), "prefixes[0].user"),
        (pb.WatchInvalidationsRequest(tags=["t" * 257]), "tags[0]"),
        (pb.WatchInvalidationsRequest(tags=[str(n) for n in range(101)]), "keys"),
    ],
)
async def test_a_watch_of_a_bad_value_is_refused_by_its_field(cache: Any, request_: Any, field: str) -> None:
    failed = await failure_of(cache.WatchInvalidations(request_).read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in failed.fields


async def read(stream: Any, kind: str) -> Any:
    """Return the next item, which must be a `kind`."""
    event = await asyncio.wait_for(stream.read(), PATIENCE_SECONDS)
    assert event.WhichOneof("event") == kind, event
    return getattr(event, kind)


async def test_a_watch_on_another_server_receives_keys_prefixes_and_tags(
    cache: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    other: Any = CacheServiceStub(open_channel(await start_app()))
    users = pb.CacheKey(user="u")
    stream = other.WatchInvalidations(pb.WatchInvalidationsRequest(keys=[KEY], prefixes=[users], tags=["t"]))
    await read(stream, "started")
    etag = (await put(cache)).etag
    event = await read(stream, "invalidated")
    assert (event.key, event.etag) == (KEY, etag)
    await put(cache, key=pb.CacheKey(name="unwatched"))
    await put(cache, key=pb.CacheKey(user="u:1"), negative=True)
    event = await read(stream, "invalidated")
    assert (event.key.user, event.etag) == ("u:1", "")
    await cache.DeleteEntries(pb.DeleteEntriesRequest(tags=["t"]))
    assert (await read(stream, "invalidated")).tag == "t"
    await cache.DeleteEntries(pb.DeleteEntriesRequest(keys=[KEY]))
    assert (await read(stream, "invalidated")).key == KEY


async def test_a_watch_says_that_redis_was_lost_and_that_the_server_ends(
    start_app: StartApp, open_channel: OpenChannel, redis_process: RedisProcess
) -> None:
    app = await start_app(heartbeat_seconds=0.05)
    stream: Any = CacheServiceStub(open_channel(app)).WatchInvalidations(
        pb.WatchInvalidationsRequest(prefixes=[pb.CacheKey(name="")])
    )
    await read(stream, "started")
    await read(stream, "heartbeat")
    redis_process.restart()
    await _until(stream, "gap")
    ending = asyncio.create_task(end(app))
    await _until(stream, "end")
    await ending


async def _until(stream: Any, kind: str) -> None:
    while (await asyncio.wait_for(stream.read(), PATIENCE_SECONDS)).WhichOneof("event") != kind:
        pass


async def test_watchers_that_go_away_leave_no_subscription(cache: Any, redis_process: RedisProcess) -> None:
    request = pb.WatchInvalidationsRequest(keys=[KEY], prefixes=[pb.CacheKey(name="search:")], tags=["t"])
    streams = [cache.WatchInvalidations(request) for _ in range(20)]
    for stream in streams:
        await read(stream, "started")
    with redis_process.client() as client:

        def subscribed() -> tuple[int, int]:
            channels = [client.pubsub_channels(pattern) for pattern in ("*:changed", "*:invalidated")]
            return sum(map(len, channels)), client.pubsub_numpat()

        assert subscribed() == (2, 1)
        for stream in streams:
            stream.cancel()
        await eventually(lambda: subscribed() == (0, 0))
