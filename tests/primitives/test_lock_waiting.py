"""Waiters are served in order, and leave nothing behind."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
import redis

from quikstate_server.errors import Overloaded
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import Lease, LockBusy, LockMode
from support.harness.eventually import PATIENCE_SECONDS, eventually, timely
from support.lock.requests import KEY, held, lock_request, release, waiting


async def test_lock_shared_holders_share_until_a_writer_waits(locks: Locks) -> None:
    first = held(await locks.acquire(lock_request(mode=LockMode.SHARED)))
    second = held(await locks.acquire(lock_request(mode=LockMode.SHARED)))
    assert isinstance(await locks.acquire(lock_request()), LockBusy)
    writer = asyncio.create_task(locks.acquire(lock_request(), wait=30))
    await eventually(lambda: waiting(locks, 1))
    assert isinstance(await locks.acquire(lock_request(mode=LockMode.SHARED)), LockBusy)
    await release(locks, first)
    assert not writer.done()
    await release(locks, second)
    held(await writer)


async def test_lock_acquire_of_several_waits_until_all_are_free(locks: Locks) -> None:
    one = held(await locks.acquire(lock_request("a", "b")))
    both = asyncio.create_task(locks.acquire(lock_request("b", "c"), wait=30))
    await eventually(lambda: not both.done())
    await release(locks, one)
    held(await asyncio.wait_for(both, PATIENCE_SECONDS))


async def test_lock_waiters_are_served_in_order(locks: Locks) -> None:
    first = held(await locks.acquire(lock_request()))
    served: list[int] = []

    async def caller(number: int) -> None:
        lease = held(await locks.acquire(lock_request(), wait=30))
        served.append(number)
        await release(locks, lease)

    callers = []
    for number in range(50):
        callers.append(asyncio.create_task(caller(number)))
        await eventually(partial(waiting, locks, number + 1))
    await release(locks, first)
    await asyncio.gather(*callers)
    assert served == list(range(50))


async def test_lock_waiter_gets_an_expired_lock_within_a_second(locks: Locks) -> None:
    held(await locks.acquire(lock_request(ttl=1.5)))
    async with timely(1.5 + 1):
        lease = held(await locks.acquire(lock_request(), wait=30))
    assert lease.valid_for > 28  # the claim was confirmed with the whole TTL


async def test_lock_waiter_gets_a_lock_that_a_raw_client_deleted(locks: Locks, raw: redis.Redis) -> None:
    raw.set(KEY, "raw", px=60_000)
    waiter = asyncio.create_task(locks.acquire(lock_request(), wait=30))
    await eventually(lambda: waiting(locks, 1))
    raw.delete(KEY)
    async with timely(1.5):
        held(await waiter)


async def test_lock_wait_ends_busy_and_leaves_the_queue(locks: Locks) -> None:
    held(await locks.acquire(lock_request()))
    assert isinstance(await locks.acquire(lock_request(), wait=0.3), LockBusy)
    await eventually(lambda: waiting(locks, 0))


async def test_lock_acquire_that_is_cancelled_leaves_nothing(locks: Locks, raw: redis.Redis) -> None:
    lease = held(await locks.acquire(lock_request()))
    gone = [asyncio.create_task(locks.acquire(lock_request(), wait=30)) for _ in range(20)]
    await eventually(lambda: waiting(locks, 20))
    await release(locks, lease)  # one is given it, just as all go
    for task in gone:
        task.cancel()
    outcomes = await asyncio.gather(*gone, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Lease):
            await release(locks, outcome)
    await eventually(lambda: waiting(locks, 0))
    await eventually(lambda: not raw.exists(KEY))


async def test_lock_waiter_of_a_dead_server_is_passed_over(locks: Locks, other_server: Locks) -> None:
    lease = held(await locks.acquire(lock_request()))
    first = asyncio.create_task(other_server.acquire(lock_request(), wait=60))
    await eventually(lambda: waiting(locks, 1))
    await other_server.close()  # it registers no more
    second = asyncio.create_task(locks.acquire(lock_request(), wait=60))
    await eventually(lambda: waiting(locks, 2))
    await release(locks, lease)
    held(await asyncio.wait_for(second, PATIENCE_SECONDS))
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)


async def test_lock_waiters_survive_the_loss_of_all_data(locks: Locks, raw: redis.Redis) -> None:
    held(await locks.acquire(lock_request()))
    waiter = asyncio.create_task(locks.acquire(lock_request(), wait=30))
    await eventually(lambda: waiting(locks, 1))
    raw.flushall()
    held(await asyncio.wait_for(waiter, PATIENCE_SECONDS))


async def test_lock_queue_refuses_beyond_its_limit(locks: Locks) -> None:
    held(await locks.acquire(lock_request()))
    tasks = [asyncio.create_task(locks.acquire(lock_request(), wait=30)) for _ in range(60)]
    await eventually(lambda: waiting(locks, 60))
    with pytest.raises(Overloaded, match="max_lock_waiters"):
        await locks.acquire(lock_request(), wait=30)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_lock_racers_never_hold_it_together(locks: Locks, other_server: Locks) -> None:
    inside: set[int] = set()
    last = 0

    async def racer(number: int) -> None:
        nonlocal last
        server = locks if number % 2 else other_server
        lease = held(await server.acquire(lock_request(), wait=30))
        assert not inside
        inside.add(number)
        assert int(lease.tokens[0]) > last
        last = int(lease.tokens[0])
        await asyncio.sleep(0)
        inside.discard(number)
        assert await release(server, lease)

    await asyncio.gather(*(racer(number) for number in range(50)))
