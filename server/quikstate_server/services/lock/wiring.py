"""LockService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import lock_pb2
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.lock import validation
from quikstate_server.services.lock.servicer import LockServicer


def _make(common: ServiceContext) -> BuiltService:
    settings = common.settings
    locks = Locks(common.redis_client, settings.limits, key_prefix=settings.key_prefix)
    servicer = LockServicer(
        locks, settings.limits, common.streams, common.validate, key_prefix=settings.key_prefix
    )
    return BuiltService(servicer, [locks])


LOCK = ServiceSpec(
    lock_pb2.DESCRIPTOR.services_by_name["LockService"],
    {
        lock_pb2.AcquireLockRequest: Rules(validation.acquire_lock),
        lock_pb2.HoldLockRequest: Rules(validation.hold_lock),
        lock_pb2.RenewLockRequest: Rules(validation.renew_lock),
        lock_pb2.ReleaseLockRequest: Rules(validation.release_lock),
        lock_pb2.GetLockRequest: Rules(validation.of_resource),
        lock_pb2.ListLocksRequest: Rules(validation.list_locks),
        lock_pb2.WatchLocksRequest: Rules(validation.watch_locks),
        lock_pb2.ForceReleaseLockRequest: Rules(validation.of_resource),
        lock_pb2.CheckFencingTokenRequest: Rules(validation.of_resource),
    },
    _make,
    speak_first=("quikstate.v1.LockService/HoldLock",),
)
