"""The acts of presence on Redis: one typed method for each Lua file.

A user's row and the rows of workspaces are on slots of their own in a cluster,
so one call takes several scripts: each can be repeated, and what comes first
is what may stand alone if the rest is lost.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from quikstate_server import keys
from quikstate_server.errors import ForeignKey, Overloaded, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import (
    Connection,
    Page,
    Position,
    Scope,
    Status,
    UserPresence,
)
from quikstate_server.primitives.presence.read import View, page_of, texts, user_of, view_of
from quikstate_server.settings import Limits
from quikstate_server.topology.packing import Argument
from quikstate_server.topology.script import EPOCH, Script, load
from quikstate_server.topology.topology import Topology

MOST = 100
"""Most connections or users one script acts on."""
RAW_SECONDS = 300
"""How long a raw client's row counts: the seed's readers ask for those of the last five minutes."""
_KEPT_MS = 24 * 3_600_000
"""How long what is known of a workspace outlives the last act in it."""
_SIDECARS = ("members", "names", "lapses", "log", "changes")


def _script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    flags = "allow-oom" if allow_oom else ""
    return load(__package__, file, *parts, flags=flags, read_only=read_only)


_ROW, _WORKSPACE, _CHANGE = "presence_row.lua", "presence_workspace.lua", "presence_change.lua"
_USER = "presence_user.lua"
HEARTBEAT = _script("presence_heartbeat.lua", _ROW, _WORKSPACE, _CHANGE)
LEAVE = _script("presence_leave.lua", _ROW, _WORKSPACE, _CHANGE, allow_oom=True)
OVERRIDE = _script("presence_override.lua", _ROW, _WORKSPACE, _CHANGE)
REAP = _script("presence_reap.lua", _ROW, _WORKSPACE, _CHANGE, allow_oom=True)
LIST_ONLINE = _script("presence_list_online.lua", _ROW, _WORKSPACE, read_only=True)
WATCH = _script("presence_watch.lua", _ROW, _WORKSPACE, read_only=True)
HEARTBEAT_USER = _script("presence_heartbeat_user.lua", _ROW, _USER)
LEAVE_USER = _script("presence_leave_user.lua", _ROW, _USER, allow_oom=True)
REAP_USER = _script("presence_reap_user.lua", _ROW, _USER, allow_oom=True)
SET_STATUS = _script("presence_set_status.lua", _ROW, _USER)
GET_STATUS = _script("presence_get_status.lua", _ROW, _USER, read_only=True)


class Override(NamedTuple):
    """What SetStatus set, as Redis has it: the later one holds, in whichever order they come."""

    status: int
    until: int
    set: int


class Noted(NamedTuple):
    """A user's row has a heartbeat; `left` are the workspaces that it named no more."""

    override: Override
    left: tuple[str, ...]


class Reaped(NamedTuple):
    """`next` is when the next lapses, in ms; None if none will."""

    next: int | None
    users: tuple[str, ...]


Outcomes = dict[str, int | QuikstateError]
"""What became of each workspace."""
Words = tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class PresenceStore:
    topology: Topology
    limits: Limits
    channel_prefix: str = ""

    async def heartbeat_users(
        self, space: Keyspace, connections: Sequence[Connection]
    ) -> list[Noted | QuikstateError]:
        """Note the heartbeats in the users' own rows, in the order of `connections`."""
        names = [space.key(keys.user_status(each.user)) for each in connections]
        found: list[Noted | QuikstateError] = [Overloaded("limits.max_user_connections")] * len(names)

        async def note(places: Sequence[int]) -> None:
            arguments = [word for place in places for word in _about(connections[place])]
            users = [connections[place].user for place in places]
            try:
                reply = await self._users(
                    HEARTBEAT_USER, space, users, self.limits.max_user_connections, *arguments
                )
            except QuikstateError as error:
                for place in places:
                    found[place] = error
                return
            for place, answer in zip(places, cast("list[list[Any]]", reply), strict=True):
                if answer:
                    status, until, set_, left = answer
                    found[place] = Noted(Override(status, int(until), int(set_)), texts(left))

        await asyncio.gather(*map(note, self._chunks(names)))
        return found

    async def heartbeat(
        self, space: Keyspace, beats: Mapping[str, Sequence[tuple[Connection, Override]]]
    ) -> Outcomes:
        """Connections live in workspaces; in how many ms something lapses, where sooner than before."""
        words = {
            workspace: [
                (each.user, each.connection, int(each.status), ms(each.ttl), each.stream, *override)
                for each, override in beating
            ]
            for workspace, beating in beats.items()
        }
        outcomes = await self._workspaces(HEARTBEAT, space, words)
        foreign = [workspace for workspace, outcome in outcomes.items() if outcome == -1]
        return outcomes | {each: ForeignKey(space.key(keys.workspace_online(each))) for each in foreign}

    async def leave_user(
        self, space: Keyspace, user: str, connection: str, grace: float, stream: str
    ) -> tuple[int, tuple[str, ...]]:
        """End a user's connections in its own row; how many, and where they were."""
        reply = await self._users(LEAVE_USER, space, [user], connection, ms(grace), stream)
        count, workspaces = cast("tuple[int, list[bytes]]", reply)
        return count, texts(workspaces)

    async def leave(self, space: Keyspace, leaving: Mapping[str, Sequence[Words]]) -> Outcomes:
        """Connections leave workspaces: user, connection or "", grace ms, stream or ""."""
        return await self._workspaces(LEAVE, space, leaving)

    async def set_status(
        self, space: Keyspace, user: str, status: Status | None, ttl: float
    ) -> tuple[Status, Override, tuple[str, ...]]:
        """Set the override in a user's own row; how the user is then, and where."""
        reply = await self._users(SET_STATUS, space, [user], int(status or 0), ms(ttl))
        shown, until, set_, workspaces = cast("tuple[int, bytes, bytes, list[bytes]]", reply)
        return Status(shown), Override(int(status or 0), int(until), int(set_)), texts(workspaces)

    async def override(
        self, space: Keyspace, user: str, override: Override, workspaces: Sequence[str]
    ) -> dict[str, int]:
        names = [space.key(keys.workspace_online(workspace)) for workspace in workspaces]
        sooner: dict[str, int] = {}

        async def act(places: Sequence[int]) -> None:
            chosen = [workspaces[place] for place in places]
            reply = await self._run(OVERRIDE, space, chosen, user, *override)
            sooner.update(zip(chosen, cast("list[int]", reply), strict=True))

        await asyncio.gather(*map(act, self._chunks(names)))
        return sooner

    async def get_status(self, space: Keyspace, users: Sequence[str]) -> list[UserPresence]:
        names = [space.key(keys.user_status(user)) for user in users]
        found: dict[int, UserPresence] = {}

        async def read(places: Sequence[int]) -> None:
            reply = await self._users(GET_STATUS, space, [users[place] for place in places])
            for place, answer in zip(places, cast("list[list[Any]]", reply), strict=True):
                found[place] = user_of(users[place], answer)

        await asyncio.gather(*map(read, self._chunks(names)))
        return [found[place] for place in range(len(users))]

    async def reap(self, scope: Scope) -> Reaped:
        """End what has lapsed in a workspace, of MOST users at most."""
        reply = await self._run(REAP, scope.space, [scope.workspace], MOST)
        next_, users = cast("tuple[int, list[bytes]]", reply)
        return Reaped(None if next_ < 0 else next_, texts(users))

    async def reap_users(self, space: Keyspace, users: Sequence[str]) -> None:
        """Write what is left of users some of whose connections may have lapsed."""
        names = [space.key(keys.user_status(user)) for user in users]
        acts = (
            self._users(REAP_USER, space, [users[place] for place in places])
            for places in self._chunks(names)
        )
        await asyncio.gather(*acts)

    async def list_online(self, scope: Scope, size: int, cursor: str, within: int) -> Page:
        """A page of those seen `within` so many seconds, or of all with 0."""
        reply = await self._run(
            LIST_ONLINE, scope.space, [scope.workspace], size, cursor, within, RAW_SECONDS
        )
        return page_of(cast("list[Any]", reply))

    async def watch(self, scope: Scope, since: Position | None, most: int) -> View:
        """What changed since a position, or everyone if they are `most` at most."""
        position: tuple[Argument, ...] = ("", "") if since is None else since
        reply = await self._run(WATCH, scope.space, [scope.workspace], *position, most, RAW_SECONDS)
        return view_of(cast("list[Any]", reply))

    async def _workspaces(
        self, script: Script, space: Keyspace, words: Mapping[str, Sequence[Words]]
    ) -> Outcomes:
        """Run a script over workspaces, each with its words; a failure is that of those it ran over."""
        workspaces = list(words)
        names = [space.key(keys.workspace_online(workspace)) for workspace in workspaces]
        outcomes: Outcomes = {}

        async def act(places: Sequence[int]) -> None:
            chosen = [workspaces[place] for place in places]
            arguments: list[Argument] = []
            for workspace in chosen:
                flat = [word for each in words[workspace] for word in each]
                arguments += [len(flat), *flat]
            try:
                reply = await self._run(script, space, chosen, *arguments)
            except QuikstateError as error:
                outcomes.update(dict.fromkeys(chosen, error))
            else:
                outcomes.update(zip(chosen, cast("list[int]", reply), strict=True))

        weights = [len(words[workspace]) for workspace in workspaces]
        await asyncio.gather(*map(act, self._chunks(names, weights)))
        return outcomes

    def _chunks(self, names: Sequence[str], weights: Sequence[int] = ()) -> Iterator[list[int]]:
        """The positions of `names`, by what one script may touch, MOST items each."""
        for group in self.topology.split(names):
            chunk: list[int] = []
            weight = 0
            for place in group:
                more = weights[place] if weights else 1
                if chunk and weight + more > MOST:
                    yield chunk
                    chunk, weight = [], 0
                chunk.append(place)
                weight += more
            if chunk:
                yield chunk

    async def _run(
        self, script: Script, space: Keyspace, workspaces: Sequence[str], *arguments: Argument
    ) -> object:
        common = (
            EPOCH,
            self.limits.max_presence_changes,
            _KEPT_MS,
            len(space.key("workspace:").encode()),
            channel(self.channel_prefix, space, ""),
        )
        names = [name for workspace in workspaces for name in _keys(space, workspace)]
        return await self.topology.run(script, names, *common, *arguments, idempotent=True)

    async def _users(
        self, script: Script, space: Keyspace, users: Sequence[str], *arguments: Argument
    ) -> object:
        names = [
            name
            for status in map(keys.user_status, users)
            for name in (space.key(status), space.sidecar(status, "presence"))
        ]
        kept = self.limits.last_seen_seconds * 1_000
        return await self.topology.run(script, names, kept, *arguments, idempotent=True)


def channel(prefix: str, space: Keyspace, workspace: str) -> str:
    """Where the scripts say that somebody in a workspace is another now."""
    return Keyspace(prefix, space.namespace).key(keys.PRESENCE_CHANNEL + keys.segment(workspace))


def ms(seconds: float) -> int:
    return math.ceil(seconds * 1_000)


def _keys(space: Keyspace, workspace: str) -> list[str]:
    return space.family(keys.workspace_online(workspace), _SIDECARS)


def _about(each: Connection) -> Words:
    metadata = json.dumps(dict(each.metadata)) if each.metadata else ""
    head = (each.connection, int(each.status), ms(each.ttl), each.device, metadata, each.stream)
    return (*head, len(each.workspaces), *each.workspaces)
