"""Presence when Redis's memory is full: heartbeats fail, but leaves work."""

from __future__ import annotations

from quikstate_server.errors import RedisOutOfMemory
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.presence.requests import SPACE, connection, online, send_heartbeats
from support.redis.clients import Connect
from support.redis.redis_process import StartRedis


async def test_presence_leave_works_when_memory_is_full(start_redis: StartRedis, connect: Connect) -> None:
    process = start_redis()
    presences = Presences(await connect(process.address), Limits())
    await presences.start()
    await send_heartbeats(presences, *(connection(user, ttl=300) for user in ("ann", "bob", "cy")))
    await presences.set_typing(SPACE, "ann", "general", 60)
    with process.client() as client:
        client.config_set("maxmemory", 1)
    assert isinstance((await presences.heartbeat(SPACE, [connection("dee")]))[0], RedisOutOfMemory)
    assert await presences.leave(SPACE, "ann") == 1
    assert await presences.leave(SPACE, "bob", "c", grace=0.2) == 1
    assert await presences.list_typing(SPACE, "general") == []

    async def only_cy() -> bool:
        return set(await online(presences)) == {"cy"}

    await eventually(only_cy)
    await presences.close()
