"""What every topology promises for single commands and scripts."""

from __future__ import annotations

import redis

from quikstate_server.topology.topology import Topology
from support.commands import commands_of


async def test_command_costs_one_redis_command(topology: Topology, raw: redis.Redis) -> None:
    with commands_of(raw) as commands:
        assert await topology.command("SET", "a", 1, key="a") == b"OK"
    assert commands == {"set": 1}
    assert raw.get("a") == "1"
