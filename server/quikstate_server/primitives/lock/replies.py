"""Reads the reply of lock_get.lua."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from quikstate_server.primitives.lock.model import FencingToken, LockHolder, LockMode, LockState
from quikstate_server.redis_client.reply_types import read_list

_SHARED = b"shared:"
_NO_KEY = -2
"""PTTL's reply; a raw Redis client may hold a lock with an empty value."""
_PERMITS = re.compile(rb"shared:permits:(\d{1,9})")
_LEASE = re.compile(rb"(\d{1,4}) (\d{1,16}) (\d{1,16}) \S+ (.*)", re.DOTALL)
"""Epoch and seq of the token, since, the stream that renews the lease, and owner and metadata in JSON."""


def read_lock_state(resource: str, reply: object) -> LockState:
    """Return the state of a resource."""
    value, expires_in_ms, waiters, last_token, holders, leases, now = read_list(reply)
    lease_ids, expiries = holders[::2], holders[1::2]
    is_ours = value.startswith(_SHARED) or value in lease_ids
    mode, permits = _read_mode(value) if is_ours and lease_ids else (None, 0)
    epoch, seq = map(int, last_token.split())
    return LockState(
        resource=resource,
        is_held=expires_in_ms != _NO_KEY,
        mode=mode,
        permits=permits,
        holders=tuple(_read_holders(leases, expiries, int(now))) if is_ours else (),
        expires_in=expires_in_ms / 1_000 if expires_in_ms >= 0 else None,
        waiters=waiters,
        last_token=FencingToken(epoch, seq),
    )


def _read_mode(value: bytes) -> tuple[LockMode, int]:
    if not value.startswith(_SHARED):
        return LockMode.EXCLUSIVE, 0
    permits = _PERMITS.fullmatch(value)
    return (LockMode.SEMAPHORE, int(permits[1])) if permits else (LockMode.SHARED, 0)


def _read_holders(leases: Sequence[bytes], expiries: Sequence[bytes], now: int) -> Iterator[LockHolder]:
    """Yield the holders that can be read: a raw Redis client may have written into the sidecar."""
    for lease, expiry in zip(leases, expiries, strict=True):
        if fields := _LEASE.fullmatch(lease):
            epoch, seq, since, owner_and_metadata = fields.groups()
            with suppress(ValueError, TypeError):
                owner, metadata = json.loads(owner_and_metadata)
                token, expires_in = FencingToken(int(epoch), int(seq)), (float(expiry) - now) / 1e6
                yield LockHolder(str(owner), dict(metadata), token, int(since), expires_in)
