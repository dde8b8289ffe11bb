"""The names in LockService's requests that a policy can restrict: resources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quikstate.v1.lock_pb2 import (
    AcquireLockRequest,
    CheckFencingTokenRequest,
    ForceReleaseLockRequest,
    GetLockRequest,
    HoldLockRequest,
    ListLocksRequest,
    ReleaseLockRequest,
    RenewLockRequest,
    WatchLocksRequest,
)


def acquire_lock(request: AcquireLockRequest) -> Iterable[str]:
    return request.resources


def hold_lock(request: HoldLockRequest) -> Iterable[str]:
    if request.HasField("reattach"):
        return request.reattach.lease.resources
    return request.acquire.resources


def renew_lock(request: RenewLockRequest) -> Iterable[str]:
    return request.lease.resources


def release_lock(request: ReleaseLockRequest) -> Iterable[str]:
    return request.request.resources if request.HasField("request") else request.lease.resources


def get_lock(request: GetLockRequest) -> Sequence[str]:
    return [request.resource]


def list_locks(request: ListLocksRequest) -> Sequence[str]:
    return [request.prefix]


def watch_locks(request: WatchLocksRequest) -> Iterable[str]:
    return request.resources


def force_release_lock(request: ForceReleaseLockRequest) -> Sequence[str]:
    return [request.resource]


def check_fencing_token(request: CheckFencingTokenRequest) -> Sequence[str]:
    return [request.resource]
