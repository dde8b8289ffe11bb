"""A request that is repeated while it waits, or after it did, is still one request."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace

import pytest

from quikstate_server.errors import InvalidRequest
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import (
    Lease,
    LeaseEnded,
    LockBusy,
    LockMode,
    LockRequest,
    LockTarget,
)
from support.harness.eventually import PATIENCE_SECONDS, eventually, timely
from support.lock.requests import RESOURCE, held, lock_request, release, waiting

REQUEST = lock_request(request_id="r")


async def test_lock_request_repeated_while_it_waits_gets_one_lease_for_both(locks: Locks) -> None:
    first = held(await locks.acquire(lock_request()))
    one = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    await eventually(lambda: waiting(locks, 1))
    two = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    behind = asyncio.create_task(locks.acquire(lock_request(), wait=30))
    await eventually(lambda: waiting(locks, 2))
    await release(locks, first)
    async with timely(1):
        leases = [held(await task) for task in (one, two)]
    assert leases[0].lease_id == leases[1].lease_id
    assert leases[0].tokens == leases[1].tokens
    assert await release(locks, leases[0])
    held(await behind)


async def test_lock_request_keeps_its_place_when_the_first_call_for_it_ends(locks: Locks) -> None:
    first = held(await locks.acquire(lock_request()))
    one = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    await eventually(lambda: waiting(locks, 1))
    two = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    behind = asyncio.create_task(locks.acquire(lock_request(), wait=30))
    await eventually(lambda: waiting(locks, 2))
    one.cancel()
    await asyncio.gather(one, return_exceptions=True)
    await locks._clean_ups.wait_spawned()
    await release(locks, first)
    async with timely(1):
        lease = held(await two)
    assert not behind.done()
    await release(locks, lease)
    held(await behind)


async def test_lock_request_whose_wait_ended_busy_may_be_repeated(locks: Locks, other_server: Locks) -> None:
    """As a client does whose server ended while it waited: it never had a lease that could have ended."""
    first = held(await locks.acquire(lock_request()))
    assert isinstance(await locks.acquire(REQUEST, wait=0.2), LockBusy)
    waits = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    await eventually(lambda: waiting(locks, 1))
    waits.cancel()
    await asyncio.gather(waits, return_exceptions=True)
    await eventually(lambda: waiting(locks, 0))
    again = asyncio.create_task(other_server.acquire(REQUEST, wait=30))
    await eventually(lambda: waiting(locks, 1))
    await release(locks, first)
    async with timely(1):
        lease = held(await again)
    await release(locks, lease)
    assert isinstance(await locks.acquire(REQUEST), LeaseEnded)


async def test_lock_request_released_while_it_waits_has_ended(locks: Locks, other_server: Locks) -> None:
    held(await locks.acquire(lock_request()))
    waits = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    await eventually(lambda: waiting(locks, 1))
    assert not await other_server.release_request(REQUEST.target, REQUEST.request_id)
    assert isinstance(await asyncio.wait_for(waits, PATIENCE_SECONDS), LeaseEnded)


async def test_lock_request_id_of_another_request_is_refused(locks: Locks, other_server: Locks) -> None:
    several = LockTarget(Keyspace(group="test"), (RESOURCE, "another"))
    grouped = LockRequest(LockTarget(several.keyspace, (RESOURCE,)), request_id="r", owner="me")
    others = (
        replace(grouped, mode=LockMode.SHARED),
        replace(grouped, mode=LockMode.SEMAPHORE, permits=2),
        replace(grouped, target=several),
        replace(grouped, owner="you"),
        replace(grouped, metadata={"a": "b"}),
    )
    lease = held(await locks.acquire(grouped))
    for _ in range(2):  # while it is held, and when it has ended
        for server, other in itertools.product((locks, other_server), others):
            for wait in (0.0, 30.0):
                with pytest.raises(InvalidRequest) as error:
                    await server.acquire(other, wait)
                assert error.value.violations == {"request_id": "was already used for a different request"}
        assert isinstance(await locks.acquire(replace(grouped, ttl=60, min_replicas=0)), Lease | LeaseEnded)
        await release(locks, lease)
    assert isinstance(await locks.acquire(grouped), LeaseEnded)


async def test_lock_request_id_of_another_request_is_refused_while_it_waits(locks: Locks) -> None:
    first = held(await locks.acquire(lock_request()))
    waits = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    await eventually(lambda: waiting(locks, 1))
    with pytest.raises(InvalidRequest):
        await locks.acquire(replace(REQUEST, mode=LockMode.SHARED), wait=30)
    await release(locks, first)
    held(await asyncio.wait_for(waits, 30))
