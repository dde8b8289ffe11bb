"""Who types where: the seed's key for each user, and who they are for each channel."""

from __future__ import annotations

import asyncio
from typing import cast

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import Typing
from quikstate_server.primitives.presence.store import ms
from quikstate_server.topology.script import load
from quikstate_server.topology.topology import Topology

SET_TYPING = load(__package__, "presence_set_typing.lua")
SET_TYPING_USER = load(__package__, "presence_set_typing_user.lua")
LIST_TYPING = load(__package__, "presence_list_typing.lua", read_only=True)


class Typists:
    def __init__(self, topology: Topology) -> None:
        self._topology = topology

    async def set_typing(self, space: Keyspace, user: str, channel: str, seconds: float) -> None:
        """Two slots in a cluster: what one says without the other is over when it lapses."""
        where = (space.key(keys.channel_typing(channel)),)
        own = (space.key(keys.user_typing(user, channel)),)
        await asyncio.gather(
            self._topology.run(SET_TYPING, where, user, ms(seconds), idempotent=True),
            self._topology.run(SET_TYPING_USER, own, ms(seconds), idempotent=True),
        )

    async def list_typing(self, space: Keyspace, channel: str, most: int) -> list[Typing]:
        where = (space.key(keys.channel_typing(channel)),)
        words = cast("list[bytes | int]", await self._topology.run(LIST_TYPING, where, most))
        pairs = cast("zip[tuple[bytes, int]]", zip(words[0::2], words[1::2], strict=True))
        return [Typing(user.decode(), left / 1_000) for user, left in pairs]
