"""A Redis that stands still in the midst of a script, as one on a paused machine does."""

from __future__ import annotations

import pytest

from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import LockMode
from support.lock.requests import held, lock_request

NO_TIME = 0.000_001
"""Over before the script is: as any TTL is, if Redis stands still for so long."""


@pytest.mark.parametrize("mode", LockMode, ids=lambda mode: mode.value)
async def test_lock_lease_that_expires_on_the_way_has_no_time_left(locks: Locks, mode: LockMode) -> None:
    for number in range(50):
        how = lock_request(str(number), mode=mode, permits=2, ttl=NO_TIME)
        lease = held(await locks.acquire(how))
        assert lease.valid_for == 0
        longer = held(await locks.acquire(lock_request(str(number), mode=mode, permits=2), wait=5))
        assert longer.tokens > lease.tokens
        renewed = await locks.renew(longer.target, longer.lease_id, NO_TIME)
        assert renewed is not None
        assert renewed.tokens == longer.tokens
        await locks.force_release(how.target.keyspace, str(number), None)
