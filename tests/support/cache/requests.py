"""Requests to the cache that several tests make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import redis

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.model import (
    CacheRead,
    CacheReadResult,
    CacheWrite,
    CacheWriteResult,
    WriteCondition,
    WriteOutcome,
)
from support.harness.eventually import eventually

KEYSPACE = Keyspace()
NAME = "cache:search:9f86d0"
META = "{cache:search:9f86d0}:meta"
LEASE = "{cache:search:9f86d0}:lease"
LEASED: dict[str, Any] = {"lease_seconds": 30.0}


def new_entry(
    value: bytes | None = b"v", name: str = NAME, *, ttl: float = 60.0, **options: Any
) -> CacheWrite:
    """Return a write of an entry."""
    return CacheWrite(name, value, ttl, **options)


def new_fill(lease: str, value: bytes | None = b"v", name: str = NAME, **options: Any) -> CacheWrite:
    """Return a write that fills an entry with a lease."""
    return new_entry(value, name, condition=WriteCondition.LEASE, expected=lease, **options)


def new_abandon(lease: str, name: str = NAME) -> CacheWrite:
    """Return a write that gives a lease back."""
    return CacheWrite(name, None, condition=WriteCondition.LEASE, expected=lease, abandon=True)


async def get(cache: Cache, name: str = NAME, **options: Any) -> CacheReadResult:
    """Read one entry."""
    (result,) = await cache.get(CacheRead(KEYSPACE, [name], **options))
    assert isinstance(result, CacheReadResult), result
    return result


async def put(cache: Cache, write: CacheWrite) -> CacheWriteResult:
    """Write one entry."""
    (result,) = await cache.set(KEYSPACE, [write])
    assert isinstance(result, CacheWriteResult), result
    return result


async def store(cache: Cache, write: CacheWrite) -> str:
    """Write one entry, which must be stored; return its etag."""
    result = await put(cache, write)
    assert result.outcome is WriteOutcome.STORED
    return result.etag


async def take_lease(cache: Cache, name: str = NAME, **options: Any) -> str:
    """Miss an entry, and return the lease to fill it."""
    result = await get(cache, name, **LEASED | options)
    assert result.lease, result
    return result.lease


async def refill(cache: Cache, value: bytes, tags: Sequence[str]) -> None:
    """Fill an entry that a tag has just invalidated.

    A lease that is granted within about a round trip after the invalidation may be taken for an older one,
    and is refused.
    """

    async def is_filled() -> bool:
        result = await put(cache, new_fill(await take_lease(cache), value, tags=tags))
        assert result.outcome in (WriteOutcome.STORED, WriteOutcome.INVALIDATED)
        return result.outcome is WriteOutcome.STORED

    await eventually(is_filled)


def setex(raw: redis.Redis, name: str, seconds: int, value: str) -> None:
    """Write as raw Redis clients do; redis-py calls its own method for it deprecated."""
    raw.execute_command("SETEX", name, seconds, value)  # type: ignore[no-untyped-call] # it has no types
