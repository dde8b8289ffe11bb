"""Leases and tokens after Redis was killed, and while a replica lags."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from quikstate_server.errors import RedisUnavailable, ReplicasNotReached
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import LockBusy, LockRequest
from quikstate_server.settings import Limits
from support.harness.eventually import PATIENCE_SECONDS, eventually, timely
from support.lock.requests import KEY, RESOURCE, SPACE, held, lock_request, release
from support.redis.clients import Connect
from support.redis.redis_process import RedisProcess, StartRedis

ONE_REPLICA = LockRequest(lock_request().target, min_replicas=1)
BOUND_SECONDS = 6
"""A command's timeout is below it."""


@pytest.fixture
def replica(start_redis: StartRedis) -> RedisProcess:
    return start_redis()


@pytest.fixture
async def replicated(
    start_redis: StartRedis, connect: Connect, replica: RedisProcess
) -> AsyncIterator[Locks]:
    """Locks on a master that `replica` follows."""
    master = start_redis(tcp=True)
    with replica.client() as client:
        client.replicaof("127.0.0.1", str(master.port))
    with master.client() as client:
        client.set("first", "1")
        assert client.wait(1, 15_000) == 1
    locks = Locks(await connect(master.address), Limits())
    await locks.start()
    yield locks
    replica.resume()
    await locks.close()


async def restarted(process: RedisProcess, locks: Locks) -> None:
    """Killed with -9, started again, and found again."""
    process.restart()

    async def answers() -> bool:
        try:
            await locks.get(SPACE, RESOURCE)
        except RedisUnavailable:
            return False
        return True

    await eventually(answers)


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "lost"])
async def test_lock_tokens_rise_over_a_restart_with_data(
    start_redis: StartRedis, connect: Connect, kept: bool
) -> None:
    persistence = {"appendonly": "yes", "appendfsync": "always"} if kept else {}
    process = start_redis(**persistence)
    locks = Locks(await connect(process.address), Limits())
    tokens: list[int] = []
    for _ in range(3):
        lease = held(await locks.acquire(lock_request()))
        tokens.append(int(lease.tokens[0]))
        await restarted(process, locks)
        renewed = await locks.renew(lease.target, lease.lease_id, 30.0)
        if kept:
            assert renewed is not None
            assert renewed.tokens == lease.tokens
            assert isinstance(await locks.acquire(lock_request()), LockBusy)
            await release(locks, lease)
        else:
            assert renewed is None
    assert tokens == sorted(set(tokens))


async def test_lock_waiter_gets_the_lock_that_a_restart_lost(
    start_redis: StartRedis, connect: Connect
) -> None:
    process = start_redis()
    locks = Locks(await connect(process.address), Limits())
    await locks.start()
    first = held(await locks.acquire(lock_request()))
    waits = asyncio.create_task(locks.acquire(lock_request(), wait=30))
    await eventually(lambda: _has_waiters(locks, 1))
    await restarted(process, locks)
    assert held(await asyncio.wait_for(waits, PATIENCE_SECONDS)).tokens > first.tokens
    await locks.close()


async def _has_waiters(locks: Locks, number: int) -> None:
    assert (await locks.get(SPACE, RESOURCE)).waiters == number


async def test_lock_acquire_says_how_many_replicas_have_it(replicated: Locks, replica: RedisProcess) -> None:
    lease = held(await replicated.acquire(ONE_REPLICA))
    assert lease.replicas == 1
    with replica.client() as client:
        assert client.get(KEY) == lease.lease_id
    renewed = await replicated.renew(lease.target, lease.lease_id, 30.0, min_replicas=1)
    assert renewed is not None
    assert renewed.replicas == 1


@pytest.mark.parametrize("wait", [0.0, 30.0], ids=["try", "wait"])
async def test_lock_acquire_is_refused_in_time_and_released_when_the_replica_lags(
    replicated: Locks, replica: RedisProcess, wait: float
) -> None:
    replica.pause()
    async with timely(BOUND_SECONDS):
        with pytest.raises(ReplicasNotReached):
            await replicated.acquire(ONE_REPLICA, wait)

    async def is_free() -> None:
        assert not (await replicated.get(SPACE, RESOURCE)).is_held

    await eventually(is_free)


async def test_lock_waiter_that_reaches_no_replica_lets_the_next_one_in(
    replicated: Locks, replica: RedisProcess
) -> None:
    first = held(await replicated.acquire(lock_request()))
    fails = asyncio.create_task(replicated.acquire(ONE_REPLICA, wait=30))
    await eventually(lambda: _has_waiters(replicated, 1))
    gets = asyncio.create_task(replicated.acquire(lock_request(), wait=30))
    await eventually(lambda: _has_waiters(replicated, 2))
    replica.pause()
    await release(replicated, first)
    async with timely(BOUND_SECONDS + 1):
        lease = held(await gets)
    with pytest.raises(ReplicasNotReached):
        await fails
    assert lease.tokens > first.tokens
