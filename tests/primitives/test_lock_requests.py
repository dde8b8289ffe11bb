"""A request that is repeated while it waits, or after it did, is still one request."""

from __future__ import annotations

import asyncio

from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import Busy, Ended
from support.eventually import PATIENCE_SECONDS, eventually, timely
from support.locks import held, release, waiting, wanted

REQUEST = wanted(request_id="r")


async def test_lock_request_repeated_while_it_waits_gets_one_lease_for_both(locks: Locks) -> None:
    first = held(await locks.acquire(wanted()))
    one = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    await eventually(lambda: waiting(locks, 1))
    two = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    behind = asyncio.create_task(locks.acquire(wanted(), wait=30))
    await eventually(lambda: waiting(locks, 2))
    await release(locks, first)
    async with timely(1):
        leases = [held(await task) for task in (one, two)]
    assert leases[0].lease_id == leases[1].lease_id
    assert leases[0].tokens == leases[1].tokens
    assert await release(locks, leases[0])
    held(await behind)


async def test_lock_request_keeps_its_place_when_the_first_call_for_it_ends(locks: Locks) -> None:
    first = held(await locks.acquire(wanted()))
    one = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    await eventually(lambda: waiting(locks, 1))
    two = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    behind = asyncio.create_task(locks.acquire(wanted(), wait=30))
    await eventually(lambda: waiting(locks, 2))
    one.cancel()
    await asyncio.gather(one, return_exceptions=True)
    await locks._cleaning.finish()
    await release(locks, first)
    async with timely(1):
        lease = held(await two)
    assert not behind.done()
    await release(locks, lease)
    held(await behind)


async def test_lock_request_that_waited_in_vain_may_be_repeated(locks: Locks, other_server: Locks) -> None:
    """As a client does whose server ended while it waited: it never had a lease that could have ended."""
    first = held(await locks.acquire(wanted()))
    assert isinstance(await locks.acquire(REQUEST, wait=0.2), Busy)
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
    assert isinstance(await locks.acquire(REQUEST), Ended)


async def test_lock_request_released_while_it_waits_has_ended(locks: Locks, other_server: Locks) -> None:
    held(await locks.acquire(wanted()))
    waits = asyncio.create_task(locks.acquire(REQUEST, wait=30))
    await eventually(lambda: waiting(locks, 1))
    assert not await other_server.release_request(REQUEST.target, REQUEST.request_id)
    assert isinstance(await asyncio.wait_for(waits, PATIENCE_SECONDS), Ended)
