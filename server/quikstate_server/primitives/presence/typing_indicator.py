"""Typing users: the legacy key of each user and channel, the users of a channel, the channels of a user."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import TypingUser
from quikstate_server.primitives.presence.scripts import load_presence_script, milliseconds
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.reply_types import read_list
from quikstate_server.redis_client.slot_batches import raise_first_error, run_slot_batches

SET_TYPING = load_presence_script("presence_set_typing.lua")
STOP_TYPING = load_presence_script("presence_set_typing.lua", allow_oom=True)
LIST_TYPING = load_presence_script("presence_list_typing.lua", read_only=True)


class TypingIndicator:
    """Sets and lists who types in a channel."""

    def __init__(self, redis_client: RedisClient) -> None:
        self._redis_client = redis_client

    async def set_typing(self, keyspace: Keyspace, user_id: str, channel_id: str, seconds: float) -> None:
        """Say that a user types in a channel for `seconds`; with 0, that the user has stopped.

        The three keys have up to three slots in a cluster. A key that was written without the others is
        wrong until it expires.
        """
        legacy = keyspace.key(keys.user_typing(user_id, channel_id))
        users = keyspace.key(keys.channel_typing(channel_id))
        channels = keyspace.sidecar(keys.user_status(user_id), "typing")
        names, members = (legacy, users, channels), ("", user_id, channel_id)
        script = SET_TYPING if seconds else STOP_TYPING

        async def write(indexes: Sequence[int]) -> Sequence[None]:
            args = [members[index] for index in indexes]
            await self._redis_client.run(
                script,
                [names[index] for index in indexes],
                milliseconds(seconds),
                *args,
                safe_to_repeat=True,
            )
            return [None] * len(indexes)

        raise_first_error(await run_slot_batches(self._redis_client.split_by_slot(names), write))

    async def stop_typing(self, keyspace: Keyspace, user_id: str, channel_ids: Sequence[str]) -> None:
        """Say that a user has stopped typing in these channels."""
        await asyncio.gather(
            *(self._stop_typing(keyspace, user_id, channel_id) for channel_id in channel_ids)
        )

    async def _stop_typing(self, keyspace: Keyspace, user_id: str, channel_id: str) -> None:
        with suppress(KeyTypeConflict):  # a key of another type holds nothing of ours
            await self.set_typing(keyspace, user_id, channel_id, 0.0)

    async def list_typing(self, keyspace: Keyspace, channel_id: str, max_users: int) -> list[TypingUser]:
        """Return who types in a channel; who said so last comes first."""
        users = (keyspace.key(keys.channel_typing(channel_id)),)
        reply = read_list(await self._redis_client.run(LIST_TYPING, users, max_users))
        pairs = zip(reply[0::2], reply[1::2], strict=True)
        return [TypingUser(user_id.decode(), expires_in / 1_000) for user_id, expires_in in pairs]
