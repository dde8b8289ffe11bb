"""Error replies of Redis become errors of the domain."""

from __future__ import annotations

import asyncio

import pytest
import redis
from structlog.testing import capture_logs

from quikstate_server.errors import GroupRequired, KeyTypeConflict, RedisOutOfMemory, RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.replies import (
    Redirect,
    ReplyAction,
    ReplyError,
    action_for,
    domain_error,
    parse_redirect,
)
from support.harness.eventually import eventually
from support.redis.clients import COUNT, ECHO, Connect, make_script, within
from support.redis.full_disk import full_disk
from support.redis.redis_process import RedisProcess, StartRedis

_FREE = make_script("return redis.call('DEL', KEYS[1])", flags="allow-oom")


async def test_a_key_with_a_value_of_another_type_is_named(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    raw.rpush("list", "1")
    with pytest.raises(KeyTypeConflict) as refused:
        await redis_client.run(COUNT, ("list",))
    assert refused.value.metadata == {"key": "list"}


async def test_of_several_keys_the_one_that_exists_is_named(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    keys = [f"{{list}}:{n}" for n in range(7)]
    raw.rpush(keys[3], "1")
    with pytest.raises(KeyTypeConflict) as refused:
        await redis_client.run(make_script("return redis.call('INCR', KEYS[4])"), keys)
    assert refused.value.message == "the Redis key '{list}:3' holds a value of another type"
    raw.hset(keys[5], "a", "1")
    with pytest.raises(KeyTypeConflict) as refused:
        await redis_client.run(make_script("return redis.call('INCR', KEYS[4])"), keys)
    named = "{list}:3 (list), {list}:5 (hash)"
    assert refused.value.message == f"one of the Redis keys {named} holds a value of another type"
    assert refused.value.metadata == {"key": named}


async def test_when_memory_is_full_writes_are_refused_and_freeing_is_not(
    start_redis: StartRedis, connect: Connect
) -> None:
    server = start_redis()
    redis_client = await connect(server.address)
    with server.client() as raw:
        raw.set("k", "v")
        raw.config_set("maxmemory-policy", "noeviction")
        raw.config_set("maxmemory", "1")
        with pytest.raises(RedisOutOfMemory):
            await redis_client.run(COUNT, ("n",))
        assert await redis_client.run(_FREE, ("k",)) == 1
        assert raw.get("n") is None


async def test_a_server_that_refuses_writes_is_reported_until_it_accepts_them(
    start_redis: StartRedis, connect: Connect
) -> None:
    """The last save failed, as on a full disk."""
    server = start_redis(save="3600 1000000")
    changes: list[bool] = []
    redis_client = await connect(server.address, changes=changes)
    assert redis_client.accepts_writes
    with full_disk(server), capture_logs() as lines:
        for _ in range(3):
            with pytest.raises(RedisUnavailable) as refused:
                await within(5, redis_client.run(COUNT, ("n",)))
            assert refused.value.metadata == {"code": "MISCONF"}
            assert not redis_client.accepts_writes
        assert redis_client.is_available
        assert await redis_client.run(ECHO, ("k",), "but to read") == b"but to read"
        late = await connect(server.address)
        assert not late.accepts_writes, "it is asked as soon as there is a connection"
    await eventually(lambda: redis_client.accepts_writes and late.accepts_writes)
    assert changes == [True, True, True], "and each change is told"
    assert await redis_client.run(COUNT, ("n",)) == 1
    ours = [line["event"] for line in lines if line["event"].endswith("_writes")]
    assert ours[:2] == ["redis.refuses_writes"] * 2, "once by each node"


async def test_too_few_replicas_are_no_writes_in_every_topology(redis_client: RedisClient) -> None:
    await redis_client.ask_each("CONFIG", "SET", "min-replicas-to-write", 9)
    try:
        with pytest.raises(RedisUnavailable) as refused:
            await within(5, redis_client.run(COUNT, ("n",)))
        assert refused.value.metadata == {"code": "NOREPLICAS"}
        assert redis_client.is_available
        assert not redis_client.accepts_writes
    finally:
        await redis_client.ask_each("CONFIG", "SET", "min-replicas-to-write", 0)
    await eventually(lambda: redis_client.accepts_writes)
    assert await redis_client.run(COUNT, ("n",)) == 1


@pytest.fixture
async def replica(start_redis: StartRedis) -> RedisProcess:
    server = start_redis(replica_serve_stale_data="yes")
    with server.client() as raw:
        raw.replicaof("127.0.0.1", "1")  # nobody: it stays one that cannot be written
    return server


async def test_a_replica_refuses_writes(replica: RedisProcess, connect: Connect) -> None:
    redis_client = await connect(replica.address)
    with pytest.raises(RedisUnavailable) as refused:
        await redis_client.run(COUNT, ("n",))
    assert refused.value.metadata == {"code": "READONLY"}
    assert not redis_client.accepts_writes
    assert await redis_client.run(ECHO, ("k",), "but to read") == b"but to read"


async def test_repeats_are_bounded_by_the_budget(replica: RedisProcess, connect: Connect) -> None:
    """A hundred at first, and a tenth of the calls: retries do not double the load of an outage."""
    redis_client = await connect(replica.address)
    calls = (redis_client.run(COUNT, ("n",)) for _ in range(400))
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {RedisUnavailable}
    with replica.client() as raw:
        stats = raw.info("commandstats")
        scripts = stats["cmdstat_evalsha"]["calls"]
    assert scripts <= 400 + 100 + 40


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("NOSCRIPT No matching script", ReplyAction.LOAD_SCRIPT),
        ("LATE 1700000000000000", ReplyAction.LATE),
        ("LOADING Redis is loading the dataset in memory", ReplyAction.RETRY),
        ("BUSY Redis is busy running a script", ReplyAction.RETRY),
        ("READONLY You can't write against a read only replica.", ReplyAction.FIND_MASTER),
        ("NOREPLICAS Not enough good replicas to write.", ReplyAction.FIND_MASTER),
        ("TRYAGAIN Multiple keys request during rehashing of slot", ReplyAction.RETRY),
        ("CLUSTERDOWN The cluster is down", ReplyAction.FIND_MASTER),
        ("MOVED 3999 127.0.0.1:6381", ReplyAction.REDIRECT),
        ("ASK 3999 127.0.0.1:6381", ReplyAction.REDIRECT),
        ("ERR Script attempted to access a non local key in a cluster node", ReplyAction.INTERRUPTED),
        ("ERR Attempted to access a non local key in a cluster node script", ReplyAction.INTERRUPTED),
        ("MISCONF Errors writing to the AOF file", ReplyAction.FIND_MASTER),
        ("ERR user_script:3: something", ReplyAction.FAIL),
        ("WRONGTYPE Operation against a key", ReplyAction.FAIL),
        ("", ReplyAction.FAIL),
    ],
)
def test_error_replies_are_answered_by_their_first_word(text: str, answer: ReplyAction) -> None:
    assert action_for(ReplyError(text)) is answer


@pytest.mark.parametrize(
    ("text", "redirect"),
    [
        ("MOVED 3999 127.0.0.1:6381", Redirect(3999, "127.0.0.1", 6381, is_ask=False)),
        ("ASK 0 redis-1.example:6379", Redirect(0, "redis-1.example", 6379, is_ask=True)),
        ("MOVED 16383 fd00::1:6379", Redirect(16383, "fd00::1", 6379, is_ask=False)),
        ("MOVED 1 :6379", Redirect(1, "", 6379, is_ask=False)),
    ],
)
def test_a_redirect_says_which_node_serves_a_slot(text: str, redirect: Redirect) -> None:
    assert parse_redirect(ReplyError(text)) == redirect


def test_keys_on_several_slots_need_a_group() -> None:
    error = ReplyError("CROSSSLOT Keys in request don't hash to the same slot")
    assert isinstance(domain_error(error, ("a", "b")), GroupRequired)


def test_a_reply_that_means_a_fault_of_ours_stays_what_it_is() -> None:
    error = ReplyError("ERR user_script:3: something")
    assert domain_error(error, ("k",)) is error
