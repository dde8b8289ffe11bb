"""Who types where: the seed's key for each user, who they are for each channel, and where for each user."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import cast

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import Typing
from quikstate_server.primitives.presence.scripts import ms
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.script import load_script

SET_TYPING = load_script(__package__, "presence_set_typing.lua")
STOP_TYPING = load_script(__package__, "presence_set_typing.lua", flags="allow-oom")
LIST_TYPING = load_script(__package__, "presence_list_typing.lua", read_only=True)


class Typists:
    def __init__(self, redis_client: RedisClient) -> None:
        self._redis_client = redis_client

    async def set_typing(self, keyspace: Keyspace, user: str, channel: str, seconds: float) -> None:
        """Up to three slots in a cluster: what one says without the others is over when it lapses."""
        seed = keyspace.key(keys.user_typing(user, channel))
        who = keyspace.key(keys.channel_typing(channel))
        where = keyspace.sidecar(keys.user_status(user), "typing")
        names, words = (seed, who, where), ("", user, channel)
        acts = (
            self._redis_client.run(
                SET_TYPING if seconds else STOP_TYPING,
                [names[place] for place in places],
                ms(seconds),
                *(words[place] for place in places),
                safe_to_repeat=True,
            )
            for places in self._redis_client.split_by_slot(names)
        )
        await asyncio.gather(*acts)

    async def stop(self, keyspace: Keyspace, user: str, channels: Sequence[str]) -> None:
        """The user types in none of these any more."""
        await asyncio.gather(*(self._stop(keyspace, user, channel) for channel in channels))

    async def _stop(self, keyspace: Keyspace, user: str, channel: str) -> None:
        with suppress(KeyTypeConflict):  # there is nothing of ours
            await self.set_typing(keyspace, user, channel, 0.0)

    async def list_typing(self, keyspace: Keyspace, channel: str, most: int) -> list[Typing]:
        where = (keyspace.key(keys.channel_typing(channel)),)
        words = cast("list[bytes | int]", await self._redis_client.run(LIST_TYPING, where, most))
        pairs = cast("zip[tuple[bytes, int]]", zip(words[0::2], words[1::2], strict=True))
        return [Typing(user.decode(), left / 1_000) for user, left in pairs]
