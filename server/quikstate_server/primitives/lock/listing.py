"""Lists held resources by prefix: each page scans a bounded number of Redis's keys."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.model import LockState
from quikstate_server.primitives.lock.store import LockStore
from quikstate_server.redis_client.glob import escape_glob

LockPage = tuple[list[LockState], str]
"""Locks, and the cursor of the next page; "" after the last."""

_MAX_SCANS = 100
"""The most SCAN commands a page, of about `size` keys each."""


async def list_locks(store: LockStore, keyspace: Keyspace, prefix: str, cursor: str, size: int) -> LockPage:
    """Return about `size` held resources whose name begins with `prefix`."""
    root = keyspace.key("")
    pattern = f"{escape_glob(keyspace.key(keys.lock(prefix)))}*"
    resources: set[str] = set()
    for _ in range(_MAX_SCANS):
        names, cursor = await store.redis_client.scan(pattern, cursor, size)
        resources.update(_resource_of(name.removeprefix(root)) for name in names)
        if not cursor or len(resources) >= size:
            break
    reads = (_state_if_held(store, keyspace, resource) for resource in sorted(resources - {""}))
    return [state for state in await asyncio.gather(*reads) if state], cursor


def _resource_of(key: str) -> str:
    """Return the resource of a lock's key; "" if a raw Redis client chose a key that stands for none."""
    resource = keys.plain(key.removeprefix(keys.lock("")))
    return resource if keys.lock(resource) == key else ""


async def _state_if_held(store: LockStore, keyspace: Keyspace, resource: str) -> LockState | None:
    """Return None for a lock that was released meanwhile, and for a key that is no lock."""
    with suppress(KeyTypeConflict):
        state = await store.get(keyspace, resource, max_holders=1)
        return state if state.is_held else None
    return None
