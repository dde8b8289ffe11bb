"""Producers, consumers and servers are killed at random: no item is lost, or delivered twice in one lease."""

from __future__ import annotations

import random

import pytest
import redis

from quikstate_server.settings import RedisSettings
from support.queue.world import World
from support.redis.clients import OpenRedisClient

_SECONDS = 0.7
_RUNS_OF_ENDURANCE = 300


async def test_queue_guarantees_hold_when_anyone_is_killed(
    open_redis_client: OpenRedisClient,
    redis_settings: RedisSettings,
    raw: redis.Redis,
    request: pytest.FixtureRequest,
) -> None:
    endurance = request.config.getoption("--hypothesis-profile") == "endurance"
    redis_clients = [await open_redis_client(redis_settings) for _ in range(2)]
    for _ in range(_RUNS_OF_ENDURANCE if endurance else 1):
        seed = random.randrange(1 << 32)  # noqa: S311 - another one in every run
        world = World(redis_clients, seed)
        await world.run(_SECONDS * (3 if endurance else 1))
        assert not world.history.violations, (seed, world.history.violations)
        assert world.kills
        assert len(world.history.deliveries) > 10
        notes = [key for key in raw.scan_iter("*:cursor") if " " in str(raw.get(key))]
        assert not notes, (
            seed,
            notes,
        )  # a note means that the sidecars did not match the stream, without a raw client
