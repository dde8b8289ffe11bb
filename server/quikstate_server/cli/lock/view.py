"""`quikstate lock ls` and `lock show`: prints the holders of locks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

import grpc
from google.protobuf.duration_pb2 import Duration

from quikstate.v1.lock_pb2 import (
    LOCK_MODE_SEMAPHORE,
    LOCK_MODE_SHARED,
    GetLockRequest,
    ListLocksRequest,
    Lock,
    LockHolder,
)
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.output import say, say_json, say_table
from quikstate_server.cli.common.pages import read_pages
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_from_duration

_PAGE_SIZE = 1_000
_RAW = "(a raw client)"


def list_(server: ServerTarget, prefix: str, group: str, *, json: bool) -> None:
    with connected(server) as channel:
        locks = list(_all_locks(channel, prefix, group))
    if json:
        say_json([as_json(lock) for lock in locks])
    else:
        titles = "resource", "mode", "holder", "token", "expires in", "waiters"
        say_table(titles, sorted(_format_row(lock) for lock in locks))


def show(server: ServerTarget, name: str, group: str, *, json: bool) -> None:
    with connected(server) as channel:
        lock = get_lock(channel, name, group)
    if json:
        say_json(as_json(lock))
        return
    say(_format_state(lock))
    if lock.holders:
        say("")
        say_table(("holder", "token", "since", "expires in", "metadata"), map(_format_holder, lock.holders))


def get_lock(channel: grpc.Channel, name: str, group: str) -> Lock:
    request = GetLockRequest(resource=name, group=group)
    return LockServiceStub(channel).GetLock(request, timeout=CALL_SECONDS).lock


def format_owners(lock: Lock) -> str:
    return _RAW if lock.raw_holder else ", ".join(holder.owner or "-" for holder in lock.holders)


def format_mode(lock: Lock) -> str:
    match lock.mode:
        case _ if lock.raw_holder:
            return "raw"
        case mode if mode == LOCK_MODE_SEMAPHORE:
            return f"semaphore of {lock.permits}"
        case mode if mode == LOCK_MODE_SHARED:
            return "shared"
        case _:
            return "exclusive"


def _all_locks(channel: grpc.Channel, prefix: str, group: str) -> Iterator[Lock]:
    """Yield each lock once: a page may repeat a lock of an earlier page."""
    seen: set[str] = set()
    request = ListLocksRequest(prefix=prefix, group=group, page_size=_PAGE_SIZE)
    for page in read_pages(LockServiceStub(channel).ListLocks, request):
        yield from (lock for lock in page.locks if lock.resource not in seen)
        seen.update(lock.resource for lock in page.locks)


def _format_row(lock: Lock) -> list[str]:
    token = str(lock.holders[0].fencing_token) if lock.holders else "-"
    expiry, waiters = _format_expiry(lock), str(lock.waiters)
    return [lock.resource, format_mode(lock), format_owners(lock), token, expiry, waiters]


def _format_state(lock: Lock) -> str:
    last = f", last token {lock.last_fencing_token}" if lock.last_fencing_token else ""
    if not lock.held:
        return f"{lock.resource}: free{last}"
    holder = f"held by {_RAW}" if lock.raw_holder else f"held, {format_mode(lock)}"
    return f"{lock.resource}: {holder}, expires in {_format_expiry(lock)}, {lock.waiters} waiting{last}"


def _format_holder(holder: LockHolder) -> list[str]:
    since = holder.acquire_time.ToDatetime(UTC).astimezone().isoformat(timespec="seconds")
    expires_in = _format_seconds(holder.expires_in)
    metadata = " ".join(f"{name}={value}" for name, value in sorted(holder.metadata.items()))
    return [holder.owner or "-", str(holder.fencing_token), since, expires_in, metadata]


def _format_expiry(lock: Lock) -> str:
    return _format_seconds(lock.expires_in) if lock.HasField("expires_in") else "never"


def _format_seconds(duration: Duration) -> str:
    return f"{seconds_from_duration(duration):.1f}s"
