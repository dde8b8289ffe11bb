"""What the tests of the cache ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import redis

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.model import Condition, Found, Item, SetOutcome, Stored, Wanted
from support.harness.eventually import eventually

SPACE = Keyspace()
NAME = "cache:search:9f86d0"
META = "{cache:search:9f86d0}:meta"
LEASE = "{cache:search:9f86d0}:lease"
LEASED: dict[str, Any] = {"lease_seconds": 30.0}


def item(value: bytes | None = b"v", name: str = NAME, *, ttl: float = 60.0, **how: Any) -> Item:
    return Item(name, value, ttl, **how)


def filling(lease: str, value: bytes | None = b"v", name: str = NAME, **how: Any) -> Item:
    return item(value, name, condition=Condition.LEASE, wanted=lease, **how)


def abandoned(lease: str, name: str = NAME) -> Item:
    return Item(name, None, condition=Condition.LEASE, wanted=lease, abandon=True)


async def get(cache: Cache, name: str = NAME, **how: Any) -> Found:
    (found,) = await cache.get(Wanted(SPACE, [name], **how))
    assert isinstance(found, Found), found
    return found


async def put(cache: Cache, one: Item) -> Stored:
    (stored,) = await cache.set(SPACE, [one])
    assert isinstance(stored, Stored), stored
    return stored


async def stored(cache: Cache, one: Item) -> str:
    """Store it, and that it is; its etag."""
    told = await put(cache, one)
    assert told.outcome is SetOutcome.STORED
    return told.etag


async def lease(cache: Cache, name: str = NAME, **how: Any) -> str:
    """Miss, and get the lease to fill."""
    found = await get(cache, name, **LEASED | how)
    assert found.lease, found
    return found.lease


async def refilled(cache: Cache, value: bytes, tags: Sequence[str]) -> None:
    """Fill what a tag has just invalidated.

    A lease given within about a round trip after that may be taken for one from before, and is refused.
    """

    async def filled() -> bool:
        told = await put(cache, filling(await lease(cache), value, tags=tags))
        assert told.outcome in (SetOutcome.STORED, SetOutcome.INVALIDATED)
        return told.outcome is SetOutcome.STORED

    await eventually(filled)


def setex(raw: redis.Redis, name: str, seconds: int, value: str) -> None:
    """As the seed's clients write; redis-py calls its own method for it deprecated."""
    raw.execute_command("SETEX", name, seconds, value)  # type: ignore[no-untyped-call] # it has no types
