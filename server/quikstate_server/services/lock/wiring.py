"""LockService and the parts it is built of."""

from __future__ import annotations

from quikstate.v1 import lock_pb2
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.lock import names, validation
from quikstate_server.services.lock.servicer import LockServicer


def _build(context: ServiceContext) -> BuiltService:
    locks = Locks(context.redis_client, context.limits, key_prefix=context.settings.key_prefix)
    return BuiltService(LockServicer(locks, context), [locks])


LOCK = ServiceSpec(
    lock_pb2.DESCRIPTOR.services_by_name["LockService"],
    validation,
    names,
    _build,
    requires_first_message=["HoldLock"],
    releases=["ReleaseLock"],
)
