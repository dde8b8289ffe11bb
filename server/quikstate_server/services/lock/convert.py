"""Converts LockService's messages to the types of locks, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2 as pb
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.held_lease import LeaseDetached, LeaseEvent, LeaseRenewed
from quikstate_server.primitives.lock.locks import AcquireOutcome
from quikstate_server.primitives.lock.model import (
    FencingVerdict,
    Lease,
    LockBusy,
    LockHolder,
    LockMode,
    LockQueued,
    LockRequest,
    LockState,
    LockTarget,
)
from quikstate_server.services.common.protobuf_time import (
    microseconds_to_timestamp,
    optional_seconds_to_duration,
    seconds_from_duration,
    seconds_to_duration,
)

_MODES_FROM_PROTO = {
    pb.LOCK_MODE_UNSPECIFIED: LockMode.EXCLUSIVE,
    pb.LOCK_MODE_EXCLUSIVE: LockMode.EXCLUSIVE,
    pb.LOCK_MODE_SHARED: LockMode.SHARED,
    pb.LOCK_MODE_SEMAPHORE: LockMode.SEMAPHORE,
}
_MODES_TO_PROTO: dict[LockMode | None, pb.LockMode.ValueType] = {
    None: pb.LOCK_MODE_UNSPECIFIED,
    LockMode.EXCLUSIVE: pb.LOCK_MODE_EXCLUSIVE,
    LockMode.SHARED: pb.LOCK_MODE_SHARED,
    LockMode.SEMAPHORE: pb.LOCK_MODE_SEMAPHORE,
}
_DEFAULT_TTL = Duration(seconds=30)
SCAN_CURSOR = re.compile(r"[0-9a-f]{8}:[0-9]{1,20}")
"""Rows of ListLocks: a cursor of SCAN on one node."""


def request_from_proto(request: pb.AcquireLockRequest, keyspace: Keyspace) -> LockRequest:
    return LockRequest(
        target=LockTarget(keyspace, tuple(request.resources)),
        mode=_MODES_FROM_PROTO[request.mode],
        permits=request.permits,
        ttl=ttl_from_proto(request),
        owner=request.owner,
        metadata=dict(request.metadata),
        min_replicas=request.min_replicas,
        request_id=request.request_id,
    )


def target_from_proto(target: pb.LockLease | pb.LockRequestId, keyspace: Keyspace) -> LockTarget:
    return LockTarget(keyspace, tuple(target.resources))


def ttl_from_proto(request: pb.AcquireLockRequest | pb.RenewLockRequest | pb.LockReattach) -> float:
    """Return the TTL in seconds, or the default if it is unset."""
    return seconds_from_duration(request.ttl if request.HasField("ttl") else _DEFAULT_TTL)


def outcome_to_proto(outcome: AcquireOutcome) -> pb.AcquireLockResponse:
    match outcome:
        case Lease():
            return pb.AcquireLockResponse(
                acquired=True,
                lease=_lease_to_proto(outcome),
                fencing_tokens=_tokens_to_proto(outcome),
                valid_for=seconds_to_duration(outcome.valid_for),
                replicas_acked=outcome.replicas,
            )
        case LockBusy(resource, expires_in):
            retry_after = optional_seconds_to_duration(expires_in)
            return pb.AcquireLockResponse(busy_resource=resource, retry_after=retry_after)
    return pb.AcquireLockResponse(ended=True)


def renewed_to_proto(lease: Lease | None) -> pb.RenewLockResponse:
    if lease is None:
        return pb.RenewLockResponse()
    valid_for = seconds_to_duration(lease.valid_for)
    return pb.RenewLockResponse(held=True, valid_for=valid_for, replicas_acked=lease.replicas)


def event_to_proto(event: LeaseEvent) -> pb.HoldLockResponse:
    match event:
        case LockQueued():
            return pb.HoldLockResponse(queued=pb.LockQueued(position=event.position))
        case Lease():
            granted = pb.LockGranted(
                lease=_lease_to_proto(event),
                fencing_tokens=_tokens_to_proto(event),
                valid_for=seconds_to_duration(event.valid_for),
                replicas_acked=event.replicas,
            )
            return pb.HoldLockResponse(granted=granted)
        case LeaseRenewed(valid_for):
            return pb.HoldLockResponse(renewed=pb.LockRenewed(valid_for=seconds_to_duration(valid_for)))
        case LeaseDetached(Lease() as lease):
            detached = pb.LockDetached(
                lease=_lease_to_proto(lease), valid_for=seconds_to_duration(lease.valid_for)
            )
            return pb.HoldLockResponse(detached=detached)
        case LeaseDetached(superseded=superseded):
            return pb.HoldLockResponse(detached=pb.LockDetached(superseded=superseded))
    return pb.HoldLockResponse(lost=pb.LockLost())


def state_to_proto(state: LockState) -> pb.Lock:
    return pb.Lock(
        resource=state.resource,
        held=state.is_held,
        mode=_MODES_TO_PROTO[state.mode],
        permits=state.permits,
        holders=map(_holder_to_proto, state.holders),
        raw_holder=state.has_raw_holder,
        expires_in=optional_seconds_to_duration(state.expires_in),
        waiters=state.waiters,
        last_fencing_token=int(state.last_token),
    )


def summary_to_proto(state: LockState) -> pb.Lock:
    """Return a row of a list, without metadata: a page of rows must fit into one message."""
    lock = state_to_proto(state)
    for holder in lock.holders:
        holder.ClearField("metadata")
    return lock


def snapshot_to_proto(states: Iterable[LockState]) -> pb.WatchLocksResponse:
    return pb.WatchLocksResponse(snapshot=pb.LockSnapshot(locks=map(state_to_proto, states)))


def change_to_proto(state: LockState) -> pb.WatchLocksResponse:
    return pb.WatchLocksResponse(changed=state_to_proto(state))


def verdict_to_proto(verdict: FencingVerdict) -> pb.CheckFencingTokenResponse:
    return pb.CheckFencingTokenResponse(
        accepted=verdict.is_accepted,
        lowest_accepted=int(verdict.lowest),
        replicas_acked=verdict.replicas,
    )


def _lease_to_proto(lease: Lease) -> pb.LockLease:
    target = lease.target
    return pb.LockLease(lease_id=lease.lease_id, resources=target.resources, group=target.keyspace.group)


def _tokens_to_proto(lease: Lease) -> list[pb.FencingToken]:
    pairs = zip(lease.target.resources, lease.tokens, strict=True)
    return [pb.FencingToken(resource=resource, token=int(token)) for resource, token in pairs]


def _holder_to_proto(holder: LockHolder) -> pb.LockHolder:
    return pb.LockHolder(
        owner=holder.owner,
        metadata=holder.metadata,
        fencing_token=int(holder.token),
        acquire_time=microseconds_to_timestamp(holder.since),
        expires_in=seconds_to_duration(holder.expires_in),
    )
