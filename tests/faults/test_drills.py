"""A drill of `make faults` through whole servers, without its bounds on time; it has all others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from support.pub_sub import drill as pub_sub_drill
from support.redis import failover_drill
from support.redis.binaries import servers
from support.redis.failover_drill import SHIPPED, NodeFault
from support.redis.sentinel_group import SentinelGroup


@pytest.fixture
async def group() -> AsyncIterator[SentinelGroup]:
    """A group in which every server knows its role."""
    built = SentinelGroup(next(server for server in servers() if server.binary), node_config=SHIPPED)
    await asyncio.to_thread(built.wait_complete)
    yield built
    built.close()


async def test_callers_of_a_server_lose_nothing_acknowledged_when_the_master_is_killed(
    group: SentinelGroup, transport: str
) -> None:
    figures = await failover_drill.drill(group, NodeFault.F1, seed=1, transport=transport)
    assert (figures.lost, figures.misordered) == (0, 0), figures
    assert figures.acknowledged > 0
    assert figures.tokens > 1


async def test_subscribers_of_servers_are_told_of_each_gap_when_the_master_is_killed(
    group: SentinelGroup, transport: str
) -> None:
    figures = await pub_sub_drill.drill(group, NodeFault.F1, seed=1, transport=transport)
    assert figures.undeclared == 0, figures
    assert figures.published > 0
