"""Narrows down which of a script's keys holds a value of another type: Redis does not say."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from quikstate_server.errors import Overloaded
from quikstate_server.redis_client.dispatch import Target
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError, ReplyTimeout


async def name_candidates(error: ReplyError, keys: Sequence[str], to: Target, until: float) -> Sequence[str]:
    """Those of `keys` that exist, with their types if there are several; all of them if that cannot be told,
    or if `error` is another one.

    A key that does not exist has no wrong type, and of most things one key alone exists.
    """
    if error.code != "WRONGTYPE" or len(keys) <= 1:
        return keys
    try:
        types = await asyncio.gather(*(to.send(pack(("TYPE", key)), until) for key in keys))
    except (ConnectionLost, ReplyTimeout, Overloaded):
        return keys
    there = [
        (key, kind.decode())
        for key, kind in zip(keys, types, strict=True)
        if isinstance(kind, bytes) and kind != b"none"
    ]
    if len(there) == 1:
        return [key for key, _ in there]
    return [f"{key} ({kind})" for key, kind in there] or keys
