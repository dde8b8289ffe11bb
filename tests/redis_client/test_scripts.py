"""Scripts are run by digest and loaded where they are missing; late ones do nothing."""

from __future__ import annotations

import asyncio

import pytest
import redis

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.replies import ReplyError
from quikstate_server.redis_client.script import load_script
from support.harness.eventually import turns
from support.redis.clients import COUNT, make_script
from support.redis.command_counts import commands_of


async def test_a_script_that_redis_has_not_is_loaded_by_the_call(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    raw.script_flush()
    with commands_of(raw) as commands:
        assert await redis_client.run(COUNT, ("n",)) == 1
    assert commands == {"evalsha": 1, "eval": 1, "incr": 1}


async def test_script_flush_under_load_is_not_noticed(redis_client: RedisClient, raw: redis.Redis) -> None:
    async def flush() -> None:
        while len(done) < 2_000:
            raw.script_flush()
            await turns(3)

    async def count() -> None:
        for _ in range(100):
            done.add(await redis_client.run(COUNT, ("n",)))

    done: set[object] = set()
    await asyncio.gather(flush(), *(count() for _ in range(20)))
    assert done == set(range(1, 2_001))


async def test_a_fault_in_a_script_is_no_answer(redis_client: RedisClient) -> None:
    with pytest.raises(ReplyError, match="nonexistent global variable 'missing'"):
        await redis_client.run(make_script("return missing.field"), ("k",))


async def test_a_script_that_only_reads_cannot_write(redis_client: RedisClient, raw: redis.Redis) -> None:
    with pytest.raises(ReplyError, match="Write commands are not allowed"):
        await redis_client.run(make_script("return redis.call('SET', KEYS[1], 1)", read_only=True), ("k",))
    assert raw.get("k") is None


def test_a_script_is_named_by_its_file_and_stands_behind_the_prelude() -> None:
    script = load_script("quikstate_server.redis_client", "prelude.lua", flags="allow-oom", read_only=True)
    assert script.name == "redis_client.prelude"
    assert script.source.startswith("#!lua flags=allow-oom,no-writes\n-- Stands before every script")
    assert script.read_only
    assert load_script("quikstate_server.redis_client", "prelude.lua").source.startswith("#!lua\n")
