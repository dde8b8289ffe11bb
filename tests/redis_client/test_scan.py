"""A scan through all keys in bounded steps."""

from __future__ import annotations

import redis

from quikstate_server.redis_client.client import RedisClient


async def test_scan_finds_every_key_that_matches_in_bounded_steps(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    wanted = {f"lock:{number}" for number in range(300)}
    for name in wanted | {f"rate:{number}" for number in range(300)}:
        raw.set(name, 1)
    found: set[str] = set()
    cursor, steps = "", 0
    while steps == 0 or cursor:
        names, cursor = await redis_client.scan("lock:*", cursor, 50)
        found.update(names)
        steps += 1
    assert found == wanted
    assert steps > 5


async def test_scan_of_nothing_ends_at_once(redis_client: RedisClient) -> None:
    cursor = "?"
    while cursor:
        names, cursor = await redis_client.scan("*", "" if cursor == "?" else cursor, 50)
        assert names == []


async def test_scan_begins_again_where_its_node_is_gone(redis_client: RedisClient, raw: redis.Redis) -> None:
    """After a failover, or a move of a server, the keys of that node may be on any other."""
    for number in range(30):
        raw.set(f"lock:{number}", 1)
    found: set[str] = set()
    cursor = "ffffffff:17"
    while cursor:
        names, cursor = await redis_client.scan("lock:*", cursor, 50)
        found.update(names)
    assert len(found) == 30
