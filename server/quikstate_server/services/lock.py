"""quikstate.v1.LockService."""

from __future__ import annotations

from functools import lru_cache

from quikstate.v1.lock_pb2 import (
    AcquireLockRequest,
    AcquireLockResponse,
    CheckFencingTokenRequest,
    CheckFencingTokenResponse,
    ForceReleaseLockRequest,
    ForceReleaseLockResponse,
    GetLockRequest,
    GetLockResponse,
    ReleaseLockRequest,
    ReleaseLockResponse,
    RenewLockRequest,
    RenewLockResponse,
)
from quikstate_server import call
from quikstate_server.drain import Drain
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import Token
from quikstate_server.services.convert import duration
from quikstate_server.services.lock_convert import (
    DEFAULT_TTL,
    acquired,
    lock_of,
    seconds,
    target_of,
    wanted_of,
)
from quikstate_server.services.until_drain import until_drain


class LockServicer:
    def __init__(self, locks: Locks, drain: Drain, *, key_prefix: str = "") -> None:
        self._locks = locks
        self._drain = drain
        self._keyspace = lru_cache(maxsize=1_024)(
            lambda namespace, group: Keyspace(key_prefix, namespace, group)
        )

    async def acquire_lock(self, request: AcquireLockRequest) -> AcquireLockResponse:
        wanted, wait = wanted_of(request, self._space(request.group)), seconds(request.wait)
        work = self._locks.acquire(wanted, wait)
        return acquired(await (until_drain(self._drain, work) if wait else work))

    async def renew_lock(self, request: RenewLockRequest) -> RenewLockResponse:
        lease = request.lease
        target, ttl = target_of(lease, self._space(lease.group)), _ttl(request)
        renewed = await self._locks.renew(target, lease.lease_id, ttl, request.min_replicas)
        if renewed is None:
            return RenewLockResponse()
        valid_for = duration(round(renewed.valid_for * 1e6))
        return RenewLockResponse(held=True, valid_for=valid_for, replicas_acked=renewed.replicas)

    async def release_lock(self, request: ReleaseLockRequest) -> ReleaseLockResponse:
        if request.HasField("request"):
            target = target_of(request.request, self._space(request.request.group))
            released = await self._locks.release_request(target, request.request.request_id)
        else:
            target = target_of(request.lease, self._space(request.lease.group))
            released = await self._locks.release(target, request.lease.lease_id)
        return ReleaseLockResponse(released=released)

    async def get_lock(self, request: GetLockRequest) -> GetLockResponse:
        state = await self._locks.get(self._space(request.group), request.resource)
        return GetLockResponse(lock=lock_of(state))

    async def force_release_lock(self, request: ForceReleaseLockRequest) -> ForceReleaseLockResponse:
        token = Token.of(request.fencing_token) if request.fencing_token else None
        released = await self._locks.force_release(self._space(request.group), request.resource, token)
        return ForceReleaseLockResponse(released=released)

    async def check_fencing_token(self, request: CheckFencingTokenRequest) -> CheckFencingTokenResponse:
        judgement = await self._locks.check_fencing_token(
            self._space(request.group), request.resource, Token.of(request.token), request.min_replicas
        )
        return CheckFencingTokenResponse(
            accepted=judgement.accepted,
            lowest_accepted=int(judgement.lowest),
            replicas_acked=judgement.replicas,
        )

    def _space(self, group: str) -> Keyspace:
        return self._keyspace(call.current().namespace, group)


def _ttl(request: RenewLockRequest) -> float:
    return seconds(request.ttl if request.HasField("ttl") else DEFAULT_TTL)
