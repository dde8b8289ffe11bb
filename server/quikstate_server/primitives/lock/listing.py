"""Held resources by prefix: a walk through all of Redis's keys, a bounded part of them a page."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.model import State
from quikstate_server.primitives.lock.store import LockStore
from quikstate_server.redis_client.glob import escape_glob

Page = tuple[list[State], str]
"""Rows, and where the next page begins; "" after the last."""

_STEPS = 100
"""Most steps a page, of about `size` keys each."""


async def page(store: LockStore, keyspace: Keyspace, prefix: str, cursor: str, size: int) -> Page:
    """About `size` held resources whose name begins with `prefix`, and where the next page begins."""
    root = keyspace.key("")
    pattern = f"{escape_glob(keyspace.key(keys.lock(prefix)))}*"
    found: set[str] = set()
    for _ in range(_STEPS):
        names, cursor = await store.redis_client.scan(pattern, cursor, size)
        found.update(map(_resource, (name.removeprefix(root) for name in names)))
        if not cursor or len(found) >= size:
            break
    states = await asyncio.gather(*(_held(store, keyspace, resource) for resource in sorted(found - {""})))
    return [state for state in states if state], cursor


def _resource(name: str) -> str:
    """What is locked by a key's name; "" if a raw client chose one that stands for nothing."""
    resource = keys.plain(name.removeprefix(keys.lock("")))
    return resource if keys.lock(resource) == name else ""


async def _held(store: LockStore, keyspace: Keyspace, resource: str) -> State | None:
    """None if it was released meanwhile, or if its key is no lock."""
    with suppress(KeyTypeConflict):
        state = await store.get(keyspace, resource, 1)
        return state if state.held else None
    return None
