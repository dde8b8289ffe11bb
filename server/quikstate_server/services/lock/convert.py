"""Locks, from messages into the domain and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from google.protobuf.duration_pb2 import Duration

from quikstate.v1.lock_pb2 import (
    LOCK_MODE_EXCLUSIVE,
    LOCK_MODE_SEMAPHORE,
    LOCK_MODE_SHARED,
    LOCK_MODE_UNSPECIFIED,
    AcquireLockRequest,
    AcquireLockResponse,
    FencingToken,
    HoldLockResponse,
    Lock,
    LockDetached,
    LockGranted,
    LockHolder,
    LockLease,
    LockLost,
    LockMode,
    LockQueued,
    LockRenewed,
    LockRequestId,
    LockSnapshot,
    WatchLocksResponse,
)
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.held_lease import LeaseAwaited, LeaseDetached, LeaseEvent, LeaseRenewed
from quikstate_server.primitives.lock.locks import Outcome
from quikstate_server.primitives.lock.model import Busy, Holder, Lease, Mode, State, Target, Wanted
from quikstate_server.services.common.protobuf_time import (
    microseconds_to_timestamp,
    optional_seconds_to_duration,
    seconds_from_duration,
)

_MODES = {
    LOCK_MODE_UNSPECIFIED: Mode.EXCLUSIVE,
    LOCK_MODE_EXCLUSIVE: Mode.EXCLUSIVE,
    LOCK_MODE_SHARED: Mode.SHARED,
    LOCK_MODE_SEMAPHORE: Mode.SEMAPHORE,
}
_MODE_VALUES: dict[Mode | None, LockMode.ValueType] = {
    None: LOCK_MODE_UNSPECIFIED,
    Mode.EXCLUSIVE: LOCK_MODE_EXCLUSIVE,
    Mode.SHARED: LOCK_MODE_SHARED,
    Mode.SEMAPHORE: LOCK_MODE_SEMAPHORE,
}
DEFAULT_TTL = Duration(seconds=30)
SCAN_CURSOR = re.compile(r"[0-9a-f]{8}:[0-9]{1,20}")
"""Rows of ListLocks: a cursor of SCAN on one node."""


def wanted_of(request: AcquireLockRequest, keyspace: Keyspace) -> Wanted:
    return Wanted(
        target=Target(keyspace, tuple(request.resources)),
        mode=_MODES[request.mode],
        permits=request.permits,
        ttl=seconds_from_duration(request.ttl if request.HasField("ttl") else DEFAULT_TTL),
        owner=request.owner,
        metadata=dict(request.metadata),
        min_replicas=request.min_replicas,
        request_id=request.request_id,
    )


def target_of(named: LockLease | LockRequestId, keyspace: Keyspace) -> Target:
    return Target(keyspace, tuple(named.resources))


def acquired(outcome: Outcome) -> AcquireLockResponse:
    if isinstance(outcome, Lease):
        return _held(outcome)
    if isinstance(outcome, Busy):
        return AcquireLockResponse(
            busy_resource=outcome.resource, retry_after=optional_seconds_to_duration(outcome.lapses_in)
        )
    return AcquireLockResponse(ended=True)


def _held(lease: Lease) -> AcquireLockResponse:
    return AcquireLockResponse(
        acquired=True,
        lease=_lease_of(lease),
        fencing_tokens=_tokens_of(lease),
        valid_for=optional_seconds_to_duration(lease.valid_for),
        replicas_acked=lease.replicas,
    )


def held(event: LeaseEvent) -> HoldLockResponse:
    match event:
        case Lease():
            granted = LockGranted(
                lease=_lease_of(event),
                fencing_tokens=_tokens_of(event),
                valid_for=optional_seconds_to_duration(event.valid_for),
                replicas_acked=event.replicas,
            )
            return HoldLockResponse(granted=granted)
        case LeaseAwaited(position):
            return HoldLockResponse(queued=LockQueued(position=position))
        case LeaseRenewed():
            valid_for = optional_seconds_to_duration(event.valid_for)
            return HoldLockResponse(renewed=LockRenewed(valid_for=valid_for))
        case LeaseDetached(Lease() as lease):
            detached = LockDetached(
                lease=_lease_of(lease), valid_for=optional_seconds_to_duration(lease.valid_for)
            )
            return HoldLockResponse(detached=detached)
        case LeaseDetached(superseded=superseded):
            return HoldLockResponse(detached=LockDetached(superseded=superseded))
    return HoldLockResponse(lost=LockLost())


def _lease_of(lease: Lease) -> LockLease:
    target = lease.target
    return LockLease(lease_id=lease.lease_id, resources=target.resources, group=target.keyspace.group)


def _tokens_of(lease: Lease) -> list[FencingToken]:
    pairs = zip(lease.target.resources, lease.tokens, strict=True)
    return [FencingToken(resource=resource, token=int(token)) for resource, token in pairs]


def lock_of(state: State) -> Lock:
    return Lock(
        resource=state.resource,
        held=state.held,
        mode=_MODE_VALUES[state.mode],
        permits=state.permits,
        holders=map(_holder_of, state.holders),
        raw_holder=state.raw_holder,
        expires_in=optional_seconds_to_duration(state.expires_in),
        waiters=state.waiters,
        last_fencing_token=int(state.last_token),
    )


def _holder_of(holder: Holder) -> LockHolder:
    return LockHolder(
        owner=holder.owner,
        metadata=holder.metadata,
        fencing_token=int(holder.token),
        acquire_time=microseconds_to_timestamp(holder.since),
        expires_in=optional_seconds_to_duration(holder.expires_in),
    )


def summary_of(state: State) -> Lock:
    """A row of a list: a page of them is to fit a message."""
    lock = lock_of(state)
    for holder in lock.holders:
        holder.ClearField("metadata")
    return lock


def snapshot_of(states: Iterable[State]) -> WatchLocksResponse:
    return WatchLocksResponse(snapshot=LockSnapshot(locks=map(lock_of, states)))


def changed_of(state: State) -> WatchLocksResponse:
    return WatchLocksResponse(changed=lock_of(state))
