"""Requests and helpers that the tests of locks share."""

from __future__ import annotations

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.locks import AcquireOutcome, Locks
from quikstate_server.primitives.lock.model import Lease, LockMode, LockRequest, LockTarget

SPACE = Keyspace()
KEY = "lock:message:42"
RESOURCE = "message:42"
RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


def lock_request(
    *resources: str, mode: LockMode = LockMode.EXCLUSIVE, permits: int = 0, ttl: float = 30.0, **how: str
) -> LockRequest:
    target = LockTarget(Keyspace(group="test") if len(resources) > 1 else SPACE, resources or (RESOURCE,))
    return LockRequest(target, mode, permits, ttl, **how)  # type: ignore[arg-type] # the rest are texts


def held(outcome: AcquireOutcome) -> Lease:
    assert isinstance(outcome, Lease), outcome
    return outcome


async def release(locks: Locks, lease: Lease) -> bool:
    return await locks.release(lease.target, lease.lease_id)


async def waiting(locks: Locks, number: int) -> None:
    """Check that `number` requests are in the queue."""
    assert (await locks.get(SPACE, RESOURCE)).waiters == number
