"""Serves quikstate.v1.LockService."""

from __future__ import annotations

import time
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
    ReleaseLockRequest,
    ReleaseLockResponse,
    RenewLockRequest,
    RenewLockResponse,
    WatchLocksRequest,
    WatchLocksResponse,
)
from quikstate_server import call_context
from quikstate_server.errors import InvalidRequest
from quikstate_server.primitives.lock.held_lease import HeldLease, LeaseEvent, LeaseLost
from quikstate_server.primitives.lock.locks import AcquireOutcome, Locks
from quikstate_server.primitives.lock.model import FencingToken, Lease, LockRequest
from quikstate_server.primitives.lock.watch import LockStateMailbox
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.common.page_tokens import decode_page_token, encode_page_token, page_size
from quikstate_server.services.common.protobuf_time import seconds_from_duration
from quikstate_server.services.common.watch_responses import watch_responses
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.lock.convert import (
    SCAN_CURSOR,
    change_to_proto,
    event_to_proto,
    outcome_to_proto,
    renewed_to_proto,
    request_from_proto,
    snapshot_to_proto,
    state_to_proto,
    summary_to_proto,
    target_from_proto,
    ttl_from_proto,
    verdict_to_proto,
)
from quikstate_server.services.lock.metrics import LockMetrics

_UNLIMITED_WAIT_SECONDS = 10 * 365 * 86_400.0
"""The wait of a HoldLock stream that sets none: as long as the stream lives."""
_REPLY_MARGIN, _MAX_REPLY_MARGIN_SECONDS = 0.1, 0.5
"""A wait ends before the deadline by this part of the time left: so the caller gets the reply in time."""


class LockServicer:
    """One method for each RPC."""

    def __init__(self, locks: Locks, context: ServiceContext) -> None:
        self._locks = locks
        self._limits = context.limits
        self._streams = context.streams
        self._drain = context.drain
        self._validate = context.validate
        self._keyspaces = context.keyspaces
        self._metrics = LockMetrics(context.metrics, locks)

    async def acquire_lock(self, request: AcquireLockRequest) -> AcquireLockResponse:
        lock_request = request_from_proto(request, self._keyspaces.of_caller(request.group))
        wait = _wait_before_deadline(seconds_from_duration(request.wait))
        work, begun_at = self._locks.acquire(lock_request, wait), time.monotonic()
        outcome = await (self._drain.run(work, partial(self._undo_acquire, lock_request)) if wait else work)
        self._metrics.count(outcome, time.monotonic() - begun_at)
        return outcome_to_proto(outcome)

    def _undo_acquire(self, request: LockRequest, outcome: AcquireOutcome) -> None:
        if isinstance(outcome, Lease):
            self._locks.abandon(request, outcome.lease_id)

    async def hold_lock(
        self, requests: AsyncIterator[HoldLockRequest]
    ) -> AsyncGenerator[HoldLockResponse, None]:
        first = await anext(requests, HoldLockRequest())
        self._validate(first)
        holding, begun_at = self._hold(first, requests), time.monotonic()
        acquires = first.HasField("acquire")
        del first
        async with aclosing(holding) as events:
            async for event in events:
                if acquires and isinstance(event, Lease):
                    self._metrics.count(event, time.monotonic() - begun_at)
                elif isinstance(event, LeaseLost):
                    self._metrics.count_lost()
                yield event_to_proto(event)

    def _hold(
        self, first: HoldLockRequest, requests: AsyncIterator[HoldLockRequest]
    ) -> AsyncGenerator[LeaseEvent, None]:
        held_lease = HeldLease(self._locks, _keepalives(requests), self._drain)
        if first.HasField("reattach"):
            lease = first.reattach.lease
            target = target_from_proto(lease, self._keyspaces.of_caller(lease.group))
            return held_lease.reattach(target, lease.lease_id, ttl_from_proto(first.reattach))
        request = request_from_proto(first.acquire, self._keyspaces.of_caller(first.acquire.group))
        wait = seconds_from_duration(first.acquire.wait) or _UNLIMITED_WAIT_SECONDS
        return held_lease.acquire(request, wait)

    async def renew_lock(self, request: RenewLockRequest) -> RenewLockResponse:
        lease = request.lease
        target = target_from_proto(lease, self._keyspaces.of_caller(lease.group))
        renewed = await self._locks.renew(
            target, lease.lease_id, ttl_from_proto(request), request.min_replicas
        )
        return renewed_to_proto(renewed)

    async def release_lock(self, request: ReleaseLockRequest) -> ReleaseLockResponse:
        if request.HasField("request"):
            target = target_from_proto(request.request, self._keyspaces.of_caller(request.request.group))
            released = await self._locks.release_request(target, request.request.request_id)
        else:
            target = target_from_proto(request.lease, self._keyspaces.of_caller(request.lease.group))
            released = await self._locks.release(target, request.lease.lease_id)
        return ReleaseLockResponse(released=released)

    async def get_lock(self, request: GetLockRequest) -> GetLockResponse:
        state = await self._locks.get(self._keyspaces.of_caller(request.group), request.resource)
        return GetLockResponse(lock=state_to_proto(state))

    async def list_locks(self, request: ListLocksRequest) -> ListLocksResponse:
        keyspace = self._keyspaces.of_caller(request.group)
        cursor = decode_page_token(request.page_token, SCAN_CURSOR.fullmatch)
        size = page_size(request.page_size, self._limits.max_page_size)
        states, next_cursor = await self._locks.list(keyspace, request.prefix, cursor, size)
        return ListLocksResponse(
            locks=map(summary_to_proto, states), next_page_token=encode_page_token(next_cursor)
        )

    async def watch_locks(self, request: WatchLocksRequest) -> AsyncGenerator[WatchLocksResponse, None]:
        keyspace = self._keyspaces.of_caller(request.group)
        mailbox: LockStateMailbox = self._streams.mailbox(Overflow.CONFLATE)
        async with self._locks.watching(keyspace, request.resources, mailbox) as states:
            yield snapshot_to_proto(states)
            del states, request
            events = watch_responses(self._streams.follow(mailbox), WatchLocksResponse, change_to_proto)
            async with aclosing(events):
                async for event in events:
                    yield event
                    del event

    async def force_release_lock(self, request: ForceReleaseLockRequest) -> ForceReleaseLockResponse:
        keyspace = self._keyspaces.of_caller(request.group)
        token = FencingToken.from_int(request.fencing_token) if request.fencing_token else None
        released = await self._locks.force_release(keyspace, request.resource, token)
        return ForceReleaseLockResponse(released=released)

    async def check_fencing_token(self, request: CheckFencingTokenRequest) -> CheckFencingTokenResponse:
        keyspace = self._keyspaces.of_caller(request.group)
        token = FencingToken.from_int(request.token)
        verdict = await self._locks.check_fencing_token(
            keyspace, request.resource, token, request.min_replicas
        )
        return verdict_to_proto(verdict)


def _wait_before_deadline(wait: float) -> float:
    """Return how long a call may wait so that its reply still comes before its deadline, in seconds."""
    left = call_context.current().remaining()
    if left is None:
        return wait
    return min(wait, left - min(left * _REPLY_MARGIN, _MAX_REPLY_MARGIN_SECONDS))


async def _keepalives(requests: AsyncIterator[HoldLockRequest]) -> AsyncIterator[HoldLockRequest]:
    """Yield all messages but the first, which must be keepalives."""
    async for request in requests:
        if not request.HasField("keepalive"):
            raise InvalidRequest({"message": "must be keepalive after the first message"})
        yield request
