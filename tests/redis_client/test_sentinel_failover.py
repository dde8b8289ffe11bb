"""Failovers under load: acknowledged writes stay, tokens rise, listeners and holders are notified."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from quikstate_server.drain import Drain
from quikstate_server.primitives.lock.held_lease import HeldLease, LeaseLost, LeaseRenewed
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import Lease
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.sentinel.client import sentinel_client
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.settings import Limits, RedisSettings
from support.harness.eventually import PATIENCE_SECONDS, eventually, throughout
from support.lock.requests import lock_request
from support.redis.clients import closed, started
from support.redis.failover_drill import SHIPPED, NodeFault, drill
from support.redis.listeners import RecordingListener
from support.redis.sentinel_group import SentinelGroup, StartGroup

_FAILOVER_SECONDS = 15
"""A failover that gets no majority at first takes this long on a busy machine."""


@pytest.fixture
async def group(start_group: StartGroup) -> SentinelGroup:
    """Return a group in which every server knows its role."""
    built = start_group(node_config=SHIPPED)
    await asyncio.to_thread(built.wait_complete)
    return built


@pytest.fixture
async def redis_client(group: SentinelGroup) -> AsyncIterator[RedisClient]:
    built = await started(sentinel_client(group.target, RedisSettings()))
    yield built
    await closed(built)


@pytest.mark.parametrize("fault", NodeFault, ids=lambda fault: fault.name)
async def test_sentinel_failover_loses_nothing_acknowledged(fault: NodeFault, group: SentinelGroup) -> None:
    """Run a drill of `make faults`, without its bounds on time."""
    figures = await drill(group, fault, seed=2)
    assert (figures.lost, figures.misordered) == (0, 0), figures
    assert figures.acknowledged > 0
    assert figures.tokens > 1


async def test_sentinel_failover_is_noticed_by_listeners(
    group: SentinelGroup, redis_client: RedisClient
) -> None:
    """A paused master keeps its connections: only the silence shows it."""
    await redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
    old = group.master
    old.pause()
    await eventually(lambda: not redis_client.subscriber.is_live, within=3)
    await eventually(
        lambda: redis_client.failover_epoch == 1 and listener.gaps == 1, within=_FAILOVER_SECONDS
    )
    old.resume()
    await eventually(lambda: redis_client.is_available)
    await redis_client.publish("c", b"after")
    await eventually(lambda: listener.messages == [("c", b"after")])
    await throughout(lambda: listener.gaps == 1, seconds=1.0)


async def test_sentinel_failover_keeps_a_held_lock_or_says_lost(
    group: SentinelGroup, redis_client: RedisClient
) -> None:
    locks = Locks(redis_client, Limits())
    await locks.start()
    events = HeldLease(locks, _alive(), Drain()).acquire(lock_request(ttl=9.0), 0.0)
    lease = await anext(events)
    assert isinstance(lease, Lease)
    group.master.kill()
    await eventually(lambda: redis_client.failover_epoch == 1, within=_FAILOVER_SECONDS)
    async with asyncio.timeout(PATIENCE_SECONDS):
        told = await anext(events)
    await events.aclose()
    assert isinstance(told, LeaseRenewed | LeaseLost)
    later = await _granted_again(locks, lease)
    await locks.close()
    assert later.tokens > lease.tokens
    assert later.tokens[0].epoch == 1


async def _granted_again(locks: Locks, lease: Lease) -> Lease:
    await locks.release(lease.target, lease.lease_id)
    again = await locks.acquire(lock_request())
    assert isinstance(again, Lease)
    return again


async def _alive() -> AsyncIterator[None]:
    """A holder that renews its lease all the time."""
    while True:
        yield
        await throughout(lambda: True, seconds=0.2)
