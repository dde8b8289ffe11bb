"""LockService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import lock_pb2
from quikstate_server.assembly.assembly import Assembly, Common, Made
from quikstate_server.interceptors import rules_lock
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.services.lock import LockServicer


def _make(common: Common) -> Made:
    settings = common.settings
    locks = Locks(common.topology, settings.limits, key_prefix=settings.key_prefix)
    servicer = LockServicer(
        locks, settings.limits, common.streams, common.validate, key_prefix=settings.key_prefix
    )
    return Made(servicer, [locks])


LOCK = Assembly(
    lock_pb2.DESCRIPTOR.services_by_name["LockService"],
    {
        lock_pb2.AcquireLockRequest: Rules(rules_lock.acquire_lock),
        lock_pb2.HoldLockRequest: Rules(rules_lock.hold_lock),
        lock_pb2.RenewLockRequest: Rules(rules_lock.renew_lock),
        lock_pb2.ReleaseLockRequest: Rules(rules_lock.release_lock),
        lock_pb2.GetLockRequest: Rules(rules_lock.of_resource),
        lock_pb2.ListLocksRequest: Rules(rules_lock.list_locks),
        lock_pb2.WatchLocksRequest: Rules(rules_lock.watch_locks),
        lock_pb2.ForceReleaseLockRequest: Rules(rules_lock.of_resource),
        lock_pb2.CheckFencingTokenRequest: Rules(rules_lock.of_resource),
    },
    _make,
    speak_first=("quikstate.v1.LockService/HoldLock",),
)
