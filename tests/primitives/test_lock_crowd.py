"""A thousand callers wait for one resource."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest
import redis

from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import Lease, LockMode, LockQueued
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.lock.requests import KEY, RESOURCE, SPACE, held, lock_request, release, waiting

CROWD = 1_000
SERVED_SECONDS = 60


@pytest.fixture
async def crowded(redis_client: RedisClient) -> AsyncIterator[Locks]:
    locks = Locks(redis_client, Limits(max_lock_waiters=CROWD))
    await locks.start()
    yield locks
    await locks.close()


async def test_lock_crowd_is_served_once_each_in_order_by_one_task(crowded: Locks, raw: redis.Redis) -> None:
    first = held(await crowded.acquire(lock_request()))
    tasks, connections = asyncio.all_tasks(), len(raw.client_list())
    places: dict[int, int] = {}
    leases: list[tuple[int, Lease]] = []

    async def caller(number: int) -> None:
        def on_queued(queued: LockQueued) -> None:
            places[number] = queued.position

        lease = held(await crowded.acquire(lock_request(), SERVED_SECONDS, on_queued))
        leases.append((number, lease))
        assert await release(crowded, lease)

    callers = [asyncio.create_task(caller(number)) for number in range(CROWD)]
    await eventually(lambda: waiting(crowded, CROWD))
    await eventually(lambda: len(places) == CROWD)
    others = tasks | set(callers)
    await eventually(lambda: len(asyncio.all_tasks() - others) == 1)  # who looks after the resource
    assert len(raw.client_list()) <= connections
    await release(crowded, first)
    async with asyncio.timeout(SERVED_SECONDS):
        await asyncio.gather(*callers)
    assert len(raw.client_list()) <= connections
    assert [number for number, _ in leases] == sorted(places, key=places.__getitem__)
    assert len({lease.lease_id for _, lease in leases}) == CROWD
    tokens = [int(lease.tokens[0]) for _, lease in leases]
    assert tokens == sorted(set(tokens))


async def test_lock_crowd_of_readers_is_granted_in_parts(crowded: Locks, raw: redis.Redis) -> None:
    """One act hands on to 200 at most, since it holds up Redis; they hand on to the rest."""
    writer = held(await crowded.acquire(lock_request()))
    readers = [
        asyncio.create_task(crowded.acquire(lock_request(mode=LockMode.SHARED), SERVED_SECONDS))
        for _ in range(500)
    ]
    await eventually(lambda: waiting(crowded, len(readers)), within=20)
    await release(crowded, writer)
    async with asyncio.timeout(SERVED_SECONDS):
        leases = [held(await reader) for reader in readers]
    assert len((await crowded.get(SPACE, RESOURCE)).holders) == len(readers)
    told: list[str] = raw.hvals(f"{{{KEY}}}:leases")  # type: ignore[assignment] # as this client decodes
    instants = sorted(int(about.split()[2]) for about in told)
    at_once = [len([*group]) for _, group in itertools.groupby(instants)]
    assert max(at_once) <= 200
    assert len({lease.lease_id for lease in leases}) == len(readers)
