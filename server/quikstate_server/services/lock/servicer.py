"""quikstate.v1.LockService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from functools import partial

from quikstate.v1.lock_pb2 import (
    AcquireLockRequest,
    AcquireLockResponse,
    CheckFencingTokenRequest,
    CheckFencingTokenResponse,
    ForceReleaseLockRequest,
    ForceReleaseLockResponse,
    GetLockRequest,
    GetLockResponse,
    HoldLockRequest,
    HoldLockResponse,
    ListLocksRequest,
    ListLocksResponse,
    LockReattach,
    ReleaseLockRequest,
    ReleaseLockResponse,
    RenewLockRequest,
    RenewLockResponse,
    WatchLocksRequest,
    WatchLocksResponse,
)
from quikstate_server import call_context
from quikstate_server.errors import InvalidRequest
from quikstate_server.primitives.lock.held_lease import HeldLease, LeaseEvent
from quikstate_server.primitives.lock.locks import Locks, Outcome
from quikstate_server.primitives.lock.model import Lease, Token, Wanted
from quikstate_server.primitives.lock.watch import StateMailbox
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.common.page_tokens import decode_page_token, encode_page_token, page_size
from quikstate_server.services.common.protobuf_time import seconds_from_duration, seconds_to_duration
from quikstate_server.services.common.watch_responses import watch_responses
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.lock.convert import (
    DEFAULT_TTL,
    SCAN_CURSOR,
    acquired,
    changed_of,
    held,
    lock_of,
    snapshot_of,
    summary_of,
    target_of,
    wanted_of,
)

_AS_LONG_AS_THE_STREAM_SECONDS = 10 * 365 * 86_400.0
_PART_TO_ANSWER, _LONGEST_TO_ANSWER_SECONDS = 0.1, 0.5
"""Who waits until its deadline is told that the lock is busy so long before: a part of the time it has."""


class LockServicer:
    """Serves locks."""

    def __init__(self, locks: Locks, context: ServiceContext) -> None:
        self._locks = locks
        self._limits = context.limits
        self._streams = context.streams
        self._drain = context.drain
        self._validate = context.validate
        self._keyspaces = context.keyspaces

    async def acquire_lock(self, request: AcquireLockRequest) -> AcquireLockResponse:
        wanted = wanted_of(request, self._keyspaces.of_caller(request.group))
        wait = _in_time(seconds_from_duration(request.wait))
        work = self._locks.acquire(wanted, wait)
        if not wait:
            return acquired(await work)
        return acquired(await self._drain.run(work, partial(self._undo, wanted)))

    def _undo(self, wanted: Wanted, outcome: Outcome) -> None:
        if isinstance(outcome, Lease):
            self._locks.abandon(wanted, outcome.lease_id)

    async def hold_lock(
        self, requests: AsyncIterator[HoldLockRequest]
    ) -> AsyncGenerator[HoldLockResponse, None]:
        first = await anext(requests, HoldLockRequest())
        self._validate(first)
        holding = self._hold(first, requests)
        del first
        async with aclosing(holding) as events:
            async for event in events:
                yield held(event)

    def _hold(
        self, first: HoldLockRequest, requests: AsyncIterator[HoldLockRequest]
    ) -> AsyncGenerator[LeaseEvent, None]:
        hold = HeldLease(self._locks, _keepalives(requests), self._drain)
        if first.HasField("reattach"):
            lease = first.reattach.lease
            target = target_of(lease, self._keyspaces.of_caller(lease.group))
            return hold.reattach(target, lease.lease_id, _ttl(first.reattach))
        request = first.acquire
        wait = seconds_from_duration(request.wait) or _AS_LONG_AS_THE_STREAM_SECONDS
        return hold.acquire(wanted_of(request, self._keyspaces.of_caller(request.group)), wait)

    async def renew_lock(self, request: RenewLockRequest) -> RenewLockResponse:
        lease = request.lease
        target, ttl = target_of(lease, self._keyspaces.of_caller(lease.group)), _ttl(request)
        renewed = await self._locks.renew(target, lease.lease_id, ttl, request.min_replicas)
        if renewed is None:
            return RenewLockResponse()
        valid_for = seconds_to_duration(renewed.valid_for)
        return RenewLockResponse(held=True, valid_for=valid_for, replicas_acked=renewed.replicas)

    async def release_lock(self, request: ReleaseLockRequest) -> ReleaseLockResponse:
        if request.HasField("request"):
            target = target_of(request.request, self._keyspaces.of_caller(request.request.group))
            released = await self._locks.release_request(target, request.request.request_id)
        else:
            target = target_of(request.lease, self._keyspaces.of_caller(request.lease.group))
            released = await self._locks.release(target, request.lease.lease_id)
        return ReleaseLockResponse(released=released)

    async def get_lock(self, request: GetLockRequest) -> GetLockResponse:
        state = await self._locks.get(self._keyspaces.of_caller(request.group), request.resource)
        return GetLockResponse(lock=lock_of(state))

    async def list_locks(self, request: ListLocksRequest) -> ListLocksResponse:
        keyspace = self._keyspaces.of_caller(request.group)
        cursor = decode_page_token(request.page_token, SCAN_CURSOR.fullmatch)
        size = page_size(request.page_size, self._limits.max_page_size)
        locks, cursor = await self._locks.list(keyspace, request.prefix, cursor, size)
        return ListLocksResponse(locks=map(summary_of, locks), next_page_token=encode_page_token(cursor))

    async def watch_locks(self, request: WatchLocksRequest) -> AsyncGenerator[WatchLocksResponse, None]:
        keyspace = self._keyspaces.of_caller(request.group)
        mailbox: StateMailbox = self._streams.mailbox(Overflow.CONFLATE)
        async with self._locks.watching(keyspace, request.resources, mailbox) as states:
            yield snapshot_of(states)
            del states, request
            events = watch_responses(self._streams.follow(mailbox), WatchLocksResponse, changed_of)
            async with aclosing(events):
                async for event in events:
                    yield event
                    del event

    async def force_release_lock(self, request: ForceReleaseLockRequest) -> ForceReleaseLockResponse:
        token = Token.of(request.fencing_token) if request.fencing_token else None
        released = await self._locks.force_release(
            self._keyspaces.of_caller(request.group), request.resource, token
        )
        return ForceReleaseLockResponse(released=released)

    async def check_fencing_token(self, request: CheckFencingTokenRequest) -> CheckFencingTokenResponse:
        judgement = await self._locks.check_fencing_token(
            self._keyspaces.of_caller(request.group),
            request.resource,
            Token.of(request.token),
            request.min_replicas,
        )
        return CheckFencingTokenResponse(
            accepted=judgement.accepted,
            lowest_accepted=int(judgement.lowest),
            replicas_acked=judgement.replicas,
        )


def _ttl(request: RenewLockRequest | LockReattach) -> float:
    return seconds_from_duration(request.ttl if request.HasField("ttl") else DEFAULT_TTL)


def _in_time(wait: float) -> float:
    """How long a caller may wait who is to hear of it before its deadline, in seconds."""
    left = call_context.current().remaining()
    if left is None:
        return wait
    return min(wait, left - min(left * _PART_TO_ANSWER, _LONGEST_TO_ANSWER_SECONDS))


async def _keepalives(requests: AsyncIterator[HoldLockRequest]) -> AsyncIterator[HoldLockRequest]:
    """All messages but the first."""
    async for request in requests:
        if not request.HasField("keepalive"):
            raise InvalidRequest({"message": "must be keepalive after the first message"})
        yield request
