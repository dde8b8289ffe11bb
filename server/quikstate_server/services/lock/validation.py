"""Validates the requests of LockService."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from google.protobuf.duration_pb2 import Duration

from quikstate.v1.lock_pb2 import (
    LOCK_MODE_SEMAPHORE,
    AcquireLockRequest,
    CheckFencingTokenRequest,
    ForceReleaseLockRequest,
    GetLockRequest,
    HoldLockRequest,
    ListLocksRequest,
    LockLease,
    LockRequestId,
    ReleaseLockRequest,
    RenewLockRequest,
    WatchLocksRequest,
)
from quikstate_server.services.common.protobuf_time import seconds_or_nan
from quikstate_server.services.common.validation import (
    Violation,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits


def acquire_lock(request: AcquireLockRequest, limits: Limits) -> Iterator[Violation]:
    yield from _resources("resources", request.resources, limits.max_lock_resources, limits)
    for path in ("owner", "group", "request_id"):
        yield from optional_text_violations(path, getattr(request, path), limits.max_id_bytes)
    yield from _permits(request, limits)
    if request.HasField("ttl"):
        yield from _ttl("ttl", request.ttl, limits)
    if not 0 <= seconds_or_nan(request.wait) <= limits.max_lock_wait_seconds:
        yield "wait", f"must be 0 to {limits.max_lock_wait_seconds:g} s"
    size = sum(len(name.encode()) + len(value.encode()) for name, value in request.metadata.items())
    if size > limits.max_lock_metadata_bytes:
        yield "metadata", f"must be at most {limits.max_lock_metadata_bytes} bytes in total"


def hold_lock(request: HoldLockRequest, limits: Limits) -> Iterator[Violation]:
    """Check the message that opens the stream."""
    if request.HasField("acquire"):
        for path, rule in acquire_lock(request.acquire, limits):
            yield f"acquire.{path}", rule
    elif request.HasField("reattach"):
        yield from _lease("reattach.lease", request.reattach.lease, limits)
        if request.reattach.HasField("ttl"):
            yield from _ttl("reattach.ttl", request.reattach.ttl, limits)
    else:
        yield "message", "must be acquire or reattach in the first message"


def renew_lock(request: RenewLockRequest, limits: Limits) -> Iterator[Violation]:
    yield from _lease("lease", request.lease, limits)
    if request.HasField("ttl"):
        yield from _ttl("ttl", request.ttl, limits)


def release_lock(request: ReleaseLockRequest, limits: Limits) -> Iterator[Violation]:
    if request.HasField("lease"):
        yield from _lease("lease", request.lease, limits)
    elif request.HasField("request"):
        yield from text_violations("request.request_id", request.request.request_id, limits.max_id_bytes)
        yield from _lease("request", request.request, limits)


def list_locks(request: ListLocksRequest, limits: Limits) -> Iterator[Violation]:
    """Accept any page_size: one above the maximum means the maximum."""
    yield from optional_text_violations("prefix", request.prefix, limits.max_id_bytes)
    yield from optional_text_violations("group", request.group, limits.max_id_bytes)
    yield from optional_text_violations("page_token", request.page_token, limits.max_id_bytes)


def watch_locks(request: WatchLocksRequest, limits: Limits) -> Iterator[Violation]:
    yield from _resources("resources", request.resources, limits.max_watched_locks, limits)
    yield from optional_text_violations("group", request.group, limits.max_id_bytes)


def _resource_and_group(
    request: GetLockRequest | ForceReleaseLockRequest | CheckFencingTokenRequest, limits: Limits
) -> Iterator[Violation]:
    yield from text_violations("resource", request.resource, limits.max_id_bytes)
    yield from optional_text_violations("group", request.group, limits.max_id_bytes)


get_lock = force_release_lock = check_fencing_token = _resource_and_group


def _lease(path: str, lease: LockLease | LockRequestId, limits: Limits) -> Iterator[Violation]:
    yield from _resources(f"{path}.resources", lease.resources, limits.max_lock_resources, limits)
    yield from optional_text_violations(f"{path}.group", lease.group, limits.max_id_bytes)


def _resources(path: str, resources: Sequence[str], max_count: int, limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(resources) <= max_count:
        yield path, f"must have 1 to {max_count} items"
    for index, resource in enumerate(resources):
        yield from text_violations(f"{path}[{index}]", resource, limits.max_id_bytes)


def _permits(request: AcquireLockRequest, limits: Limits) -> Iterator[Violation]:
    if request.mode == LOCK_MODE_SEMAPHORE:
        if not 1 <= request.permits <= limits.max_lock_holders:
            yield "permits", f"must be 1 to {limits.max_lock_holders} when mode is SEMAPHORE"
    elif request.permits:
        yield "permits", "may be set only when mode is SEMAPHORE"


def _ttl(path: str, ttl: Duration, limits: Limits) -> Iterator[Violation]:
    if not limits.min_lock_ttl_seconds <= seconds_or_nan(ttl) <= limits.max_lock_ttl_seconds:
        yield path, f"must be {limits.min_lock_ttl_seconds:g} to {limits.max_lock_ttl_seconds:g} s"
