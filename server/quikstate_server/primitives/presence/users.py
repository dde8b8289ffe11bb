"""Users' own rows in Redis: one typed method for each Lua file.

What a user's row says of workspaces is for the rows there.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, cast

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict, Overloaded, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import Connection, Status, UserPresence
from quikstate_server.primitives.presence.replies import texts, user_of
from quikstate_server.primitives.presence.scripts import LATE_MS, chunks, ms, script
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import Script
from quikstate_server.settings import Limits

_ROW, _USER, _STATES = "presence_row.lua", "presence_user.lua", "presence_states.lua"
HEARTBEAT = script("presence_heartbeat.lua", _ROW, _USER, _STATES)
LEAVE = script("presence_leave.lua", _ROW, _USER, _STATES, allow_oom=True)
SET_STATUS = script("presence_set_status.lua", _ROW, _USER, _STATES)
REAP_USER = script("presence_reap_user.lua", _ROW, _USER, allow_oom=True)
GET_STATUS = script("presence_get_status.lua", _ROW, _USER, read_only=True)


class Ending(Enum):
    """Why a stream keeps its connection no more."""

    LEFT = "left"
    """Leave ended the connection."""
    TAKEN = "taken"
    """Another stream has taken it up."""


class State(NamedTuple):
    """What a user's own row says of a workspace, for the row there; `seen`, if seen there now."""

    workspace: str
    seen: int
    packed: bytes


class Left(NamedTuple):
    """How many `connections` ended, and what that makes of workspaces; `typing` are the channels in which the
    user typed, if nothing of the user is left."""

    connections: int
    states: tuple[State, ...]
    typing: tuple[str, ...]


Noted = tuple[State, ...] | Ending | QuikstateError
"""What a heartbeat makes of workspaces, or why it could not be."""


@dataclass(frozen=True, slots=True)
class UserStore:
    redis_client: RedisClient
    limits: Limits
    channel_prefix: str = ""

    @property
    def streams_channel(self) -> str:
        """Where the scripts say which streams keep their connections no more."""
        return f"{self.channel_prefix}quikstate:presence:streams"

    async def heartbeat(self, keyspace: Keyspace, connections: Sequence[Connection]) -> list[Noted]:
        """Note the heartbeats, in the order of `connections`.

        What they make of workspaces stands at the last connection of each user.
        """
        names = [keyspace.key(keys.user_status(each.user)) for each in connections]
        found: list[Noted] = [()] * len(names)

        async def note(places: Sequence[int]) -> Sequence[int]:
            arguments = [word for place in places for word in _about(connections[place])]
            users = [connections[place].user for place in places]
            try:
                reply = await self._act(HEARTBEAT, keyspace, users, self._most_bytes, *arguments)
            except QuikstateError as error:
                for place in places:
                    found[place] = error
                return ()
            answers = list(zip(places, cast("list[list[Any] | bytes]", reply), strict=True))
            for place, answer in answers:
                found[place] = _noted(answer, names[place])
            return [place for place, answer in answers if answer == b"later"]

        await self._in_steps(names, note)
        return found

    async def leave(self, keyspace: Keyspace, user: str, connection: str, grace: float, stream: str) -> Left:
        """End a user's connections."""
        sidecars = ("presence", "typing")
        reply = await self._act(LEAVE, keyspace, [user], connection, ms(grace), stream, sidecars=sidecars)
        count, states, typing = cast("tuple[int, list[Any], list[bytes]]", reply)
        return Left(count, _states(states), texts(typing))

    async def set_status(
        self, keyspace: Keyspace, user: str, status: Status | None, ttl: float
    ) -> tuple[Status, tuple[State, ...]]:
        """Set the override; how the user is then, and what that makes of workspaces."""
        reply = await self._act(SET_STATUS, keyspace, [user], int(status or 0), ms(ttl))
        if not reply:
            raise KeyTypeConflict(keyspace.key(keys.user_status(user)))
        shown, states = cast("tuple[int, list[Any]]", reply)
        return Status(shown), _states(states)

    async def get_status(self, keyspace: Keyspace, users: Sequence[str]) -> list[UserPresence]:
        names = [keyspace.key(keys.user_status(user)) for user in users]
        found: dict[int, UserPresence] = {}

        async def read(places: Sequence[int]) -> Sequence[int]:
            reply = await self._run(
                GET_STATUS, keyspace, [users[place] for place in places], self._most_bytes
            )
            answers = cast("list[list[Any]]", reply)
            for place, answer in zip(places, answers, strict=False):
                found[place] = user_of(users[place], answer)
            return places[len(answers) :]

        await self._in_steps(names, read)
        return [found[place] for place in range(len(users))]

    async def reap(self, keyspace: Keyspace, users: Sequence[str]) -> None:
        """Write what is left of users some of whose connections may have lapsed."""
        names = [keyspace.key(keys.user_status(user)) for user in users]

        async def write(places: Sequence[int]) -> Sequence[int]:
            chosen = [users[place] for place in places]
            came = await self._run(REAP_USER, keyspace, chosen, self._most_bytes)
            return places[cast("int", came) :]

        await self._in_steps(names, write)

    @property
    def _most_bytes(self) -> int:
        return self.limits.max_presence_script_bytes

    async def _in_steps(
        self, names: Sequence[str], step: Callable[[Sequence[int]], Awaitable[Sequence[int]]]
    ) -> None:
        """Run `step` over the positions of `names`, again over those that it leaves for later."""

        async def run(places: Sequence[int]) -> None:
            while places:
                places = await step(places)

        await asyncio.gather(*map(run, chunks(self.redis_client, names)))

    async def _act(
        self,
        what: Script,
        keyspace: Keyspace,
        users: Sequence[str],
        *arguments: Argument,
        sidecars: Sequence[str] = ("presence",),
    ) -> object:
        """Run what changes connections."""
        common = (
            self.limits.max_user_connections,
            self.streams_channel,
            ms(self.limits.max_presence_ttl_seconds),
            LATE_MS,
        )
        return await self._run(what, keyspace, users, *common, *arguments, sidecars=sidecars)

    async def _run(
        self,
        what: Script,
        keyspace: Keyspace,
        users: Sequence[str],
        *arguments: Argument,
        sidecars: Sequence[str] = ("presence",),
    ) -> object:
        names = [name for user in users for name in keyspace.family(keys.user_status(user), sidecars)]
        kept = self.limits.last_seen_seconds * 1_000
        return await self.redis_client.run(what, names, kept, *arguments, safe_to_repeat=True)


def _about(each: Connection) -> tuple[Argument, ...]:
    metadata = json.dumps(dict(each.metadata)) if each.metadata else ""
    head = (each.connection, int(each.status), ms(each.ttl), each.device, metadata, each.stream)
    return (*head, int(each.goes_on), len(each.workspaces), *each.workspaces)


def _noted(answer: list[Any] | bytes, name: str) -> Noted:
    match answer:
        case b"full":
            return Overloaded("limits.max_user_connections")
        case b"foreign":
            return KeyTypeConflict(name)
        case b"left" | b"taken":
            return Ending(answer.decode())
        case bytes():
            return ()
    return _states(answer)


def _states(words: Sequence[Any]) -> tuple[State, ...]:
    parts = zip(words[0::3], words[1::3], words[2::3], strict=True)
    return tuple(State(workspace.decode(), seen, packed) for workspace, seen, packed in parts)
