"""Finds which of a script's keys holds a value of another type: Redis does not say."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from quikstate_server.errors import Overloaded
from quikstate_server.redis_client.dispatch import Destination
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError, ReplyTimeout


async def conflicting_keys(
    error: ReplyError, keys: Sequence[str], to: Destination, until: float
) -> Sequence[str]:
    """Return those of `keys` that may have the wrong type: the existing ones, with their types if several.

    A key that does not exist has no wrong type, and mostly one key alone exists. All of `keys` are returned
    where this cannot be told, or where `error` is not WRONGTYPE.
    """
    if error.code != "WRONGTYPE" or len(keys) <= 1:
        return keys
    try:
        types = await asyncio.gather(*(to.send(pack(("TYPE", key)), until) for key in keys))
    except (ConnectionLost, ReplyTimeout, Overloaded):
        return keys
    existing = [
        (key, kind.decode())
        for key, kind in zip(keys, types, strict=True)
        if isinstance(kind, bytes) and kind != b"none"
    ]
    if len(existing) == 1:
        return [key for key, _ in existing]
    return [f"{key} ({kind})" for key, kind in existing] or keys
