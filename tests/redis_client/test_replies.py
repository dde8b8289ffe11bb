"""The shared connection: each caller gets its own reply, whichever others go away."""

from __future__ import annotations

import asyncio
import random

import pytest
import redis

from quikstate_server.errors import Overloaded, RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from support.harness.eventually import eventually, turns
from support.redis.clients import COUNT, ECHO, Connect, OpenRedisClient, make_script, patient
from support.redis.command_counts import commands_of
from support.redis.proxy import proxy
from support.redis.redis_process import StartRedis

_PATIENT = patient(max_in_flight_commands=20_000, command_seconds=60, stall_seconds=60)
"""For what keeps a busy machine busy for seconds; who has left is still in flight."""
_APPEND = make_script("redis.call('RPUSH', KEYS[1], ARGV[1])\nreturn ARGV[1]")


def _connections(raw: redis.Redis) -> int:
    return int(raw.info("stats")["total_connections_received"])


async def test_ten_thousand_callers_get_their_own_replies_in_order(
    open_redis_client: OpenRedisClient, raw: redis.Redis
) -> None:
    redis_client = await open_redis_client(_PATIENT)
    await redis_client.run(_APPEND, ("order",), "loaded")
    calls = []
    for n in range(10_000):
        calls.append(asyncio.create_task(redis_client.run(_APPEND, ("order",), n)))
        if n % 100 == 0:
            await turns()  # else, where sentinels are asked, their word lapses meanwhile
    replies = await asyncio.gather(*calls)
    assert replies == [b"%d" % n for n in range(10_000)]
    assert raw.lrange("order", 1, -1) == [str(n) for n in range(10_000)]


async def test_many_shared_connections_answer_as_one_does(open_redis_client: OpenRedisClient) -> None:
    redis_client = await open_redis_client(patient(shared_connections=4))
    replies = await asyncio.gather(*(redis_client.run(ECHO, ("k",), n) for n in range(1_000)))
    assert replies == [b"%d" % n for n in range(1_000)]


@pytest.mark.parametrize("seed", range(3))
async def test_cancelled_callers_cost_neither_the_connection_nor_the_replies_of_others(
    open_redis_client: OpenRedisClient, raw: redis.Redis, seed: int
) -> None:
    redis_client = await open_redis_client(_PATIENT)
    chance = random.Random(seed)  # noqa: S311 - a reproducible choice of victims
    connections = _connections(raw)
    for _ in range(10):
        tasks = [asyncio.create_task(redis_client.run(ECHO, ("k",), n)) for n in range(500)]
        while not all(task.done() for task in tasks):
            for victim in chance.sample(tasks, 50):
                victim.cancel()
            await turns(chance.randrange(3))
        answered = [(n, task.result()) for n, task in enumerate(tasks) if not task.cancelled()]
        assert all(reply == b"%d" % n for n, reply in answered)
        # It comes behind the abandoned replies.
        assert await redis_client.run(ECHO, ("k",), "after") == b"after"
    assert _connections(raw) == connections


async def test_replies_that_come_byte_by_byte_are_whole(start_redis: StartRedis, connect: Connect) -> None:
    async with proxy(start_redis().path) as slow:
        redis_client = await connect(slow.address)
        slow.byte_by_byte = True
        words = [bytes([65 + n]) * 300 for n in range(10)]
        assert await asyncio.gather(*(redis_client.run(ECHO, ("k",), arg) for arg in words)) == words


async def test_a_call_costs_one_command(redis_client: RedisClient, raw: redis.Redis) -> None:
    await redis_client.run(COUNT, ("n",))  # loads it
    with commands_of(raw) as commands:
        assert await redis_client.run(COUNT, ("n",)) == 2
        assert await redis_client.command("GET", "n", key="n") == b"2"
    assert commands == {"evalsha": 1, "incr": 1, "get": 1}


async def test_replies_of_every_kind_arrive(redis_client: RedisClient) -> None:
    script = make_script("return {1, 'text', false, {2, '\\0\\255'}, redis.status_reply('FINE')}")
    assert await redis_client.run(script, ("k",)) == [1, b"text", None, [2, b"\0\xff"], b"FINE"]
    assert await redis_client.command("GET", "missing", key="missing") is None


async def test_too_many_commands_in_flight_are_refused(start_redis: StartRedis, connect: Connect) -> None:
    server = start_redis()
    redis_client = await connect(server.address, max_in_flight_commands=8)
    server.pause()
    waiting = [asyncio.create_task(redis_client.run(ECHO, ("k",), n)) for n in range(8)]
    await turns(2)
    with pytest.raises(Overloaded) as refused:
        await redis_client.run(ECHO, ("k",), 9)
    assert refused.value.metadata == {"limit": "redis.max_in_flight_commands"}
    server.resume()
    assert await asyncio.gather(*waiting) == [b"%d" % n for n in range(8)]
    assert await redis_client.run(ECHO, ("k",), 10) == b"10"


async def test_too_many_bytes_in_flight_are_refused_but_one_large_command_is_not(
    start_redis: StartRedis, connect: Connect
) -> None:
    server = start_redis()
    redis_client = await connect(server.address, max_in_flight_bytes=10_000)
    large = b"x" * 20_000
    assert await redis_client.run(ECHO, ("k",), large) == large
    server.pause()
    waiting = asyncio.create_task(redis_client.run(ECHO, ("k",), large))
    await turns(2)
    with pytest.raises(Overloaded) as refused:
        await redis_client.run(ECHO, ("k",), b"small")
    assert refused.value.metadata == {"limit": "redis.max_in_flight_bytes"}
    server.resume()
    assert await waiting == large


async def test_the_clock_is_read_over_a_full_connection(start_redis: StartRedis, connect: Connect) -> None:
    """Once the task that reads it ended for good when no more commands were accepted."""
    server = start_redis()
    redis_client = await connect(
        server.address, max_in_flight_commands=1, command_seconds=0.3, stall_seconds=0.1
    )
    server.pause()
    waiting = asyncio.create_task(redis_client.run(ECHO, ("k",), 1))
    await eventually(lambda: not redis_client.is_available)
    server.resume()
    with pytest.raises(RedisUnavailable):
        await waiting
    await eventually(lambda: redis_client.is_available)
