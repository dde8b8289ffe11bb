"""The primitives run as the least Redis user, wherever Redis has users."""

from __future__ import annotations

import redis

from quikstate_server.redis_client.client import RedisClient
from support.harness.matrix import Cell
from support.redis.deployments import LEAST


async def test_primitives_run_as_the_least_user(
    redis_client: RedisClient, raw: redis.Redis, cell: Cell
) -> None:
    assert await redis_client.ask_each("TIME")
    ours = {one["user"] for one in raw.client_list() if one["name"] == "quikstate"}
    assert ours == ({"default"} if cell.topology == "embedded" else {LEAST.username})
