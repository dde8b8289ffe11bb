"""The rows of workspaces in Redis: one typed method for each Lua file.

A user's row and the rows of workspaces are on slots of their own in a cluster,
so one call takes several scripts: each can be repeated, and what comes first
is what may stand alone if the rest is lost.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple, cast

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import Page, Position, Scope
from quikstate_server.primitives.presence.replies import View, page_of, texts, view_of
from quikstate_server.primitives.presence.scripts import LATE_MS, MOST, chunks, script
from quikstate_server.primitives.presence.users import State
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import FAILOVER_EPOCH, Script
from quikstate_server.settings import Limits

RAW_SECONDS = 300
"""How long a raw client's row counts: the seed's readers ask for those of the last five minutes."""
MOST_LAPSED = 1_000
"""Most users that have lapsed whom a list looks at to leave them out of its count."""
_KEPT_MS = 24 * 3_600_000
"""How long what is known of a workspace outlives the last act in it."""
_SIDECARS = ("members", "names", "lapses", "log", "changes")
_ROW, _WORKSPACE, _CHANGE = "presence_row.lua", "presence_workspace.lua", "presence_change.lua"
APPLY = script("presence_apply.lua", _ROW, _WORKSPACE, _CHANGE)
APPLY_LEFT = script("presence_apply.lua", _ROW, _WORKSPACE, _CHANGE, allow_oom=True)
REAP = script("presence_reap.lua", _ROW, _WORKSPACE, _CHANGE, allow_oom=True)
LIST_ONLINE = script("presence_list_online.lua", _ROW, _WORKSPACE, read_only=True)
WATCH = script("presence_watch.lua", _ROW, _WORKSPACE, read_only=True)


class Reaped(NamedTuple):
    """`next` is when there is more to do, in ms; None if there will be nothing."""

    next: int | None
    users: tuple[str, ...]


Outcomes = dict[str, int | QuikstateError]
"""What became of each workspace."""
Words = tuple[str, int, bytes]
"""A user, 1 if seen now, and a state."""


@dataclass(frozen=True, slots=True)
class PresenceStore:
    redis_client: RedisClient
    limits: Limits
    channel_prefix: str = ""

    async def apply(
        self, keyspace: Keyspace, states: Iterable[tuple[str, State]], *, frees: bool = False
    ) -> Outcomes:
        """Make what users' own rows say of workspaces so there; in how many ms something lapses, if sooner.

        What `frees` memory is also done when Redis has none left.
        """
        said = [(state.workspace, (user, state.seen, state.packed)) for user, state in states]
        units = sorted(said, key=itemgetter(0))  # so that few scripts touch each workspace
        outcomes = await self._workspaces(APPLY_LEFT if frees else APPLY, keyspace, units)
        seen = {workspace for workspace, (_, seen, _) in units if seen}
        for workspace in [each for each, outcome in outcomes.items() if outcome == -1]:
            foreign = KeyTypeConflict(keyspace.key(keys.workspace_online(workspace)))
            outcomes[workspace] = foreign if workspace in seen else 0  # nothing of ours is there to be left
        return outcomes

    async def reap(self, scope: Scope) -> Reaped:
        """End what has lapsed in a workspace, of MOST users at most."""
        reply = await self._run(REAP, scope.keyspace, [scope.workspace], MOST)
        next_, users = cast("tuple[int, list[bytes]]", reply)
        return Reaped(None if next_ < 0 else next_, texts(users))

    async def list_online(self, scope: Scope, size: int, cursor: str, within: int) -> tuple[Page, bool]:
        """A page of those seen `within` so many seconds, or of all with 0.

        True if more than MOST_LAPSED have lapsed, so that the count may be too high.
        """
        words = size, cursor, within, RAW_SECONDS, MOST_LAPSED, self.limits.max_presence_script_bytes
        return page_of(
            cast("list[Any]", await self._run(LIST_ONLINE, scope.keyspace, [scope.workspace], *words))
        )

    async def watch(self, scope: Scope, since: Position | None, most: int) -> View:
        """What changed since a position, or everyone if they are `most` at most."""
        position: tuple[Argument, ...] = ("", "") if since is None else since
        reply = await self._run(WATCH, scope.keyspace, [scope.workspace], *position, most, RAW_SECONDS)
        return view_of(cast("list[Any]", reply))

    async def _workspaces(
        self, what: Script, keyspace: Keyspace, units: Sequence[tuple[str, Words]]
    ) -> Outcomes:
        """Run a script over workspaces, each with its words; a failure is that of those it ran over."""
        names = [keyspace.key(keys.workspace_online(workspace)) for workspace, _ in units]
        found: dict[str, list[int | QuikstateError]] = defaultdict(list)

        async def act(places: Sequence[int]) -> None:
            words: dict[str, list[Argument]] = defaultdict(list)
            for place in places:
                workspace, about = units[place]
                words[workspace] += about
            flat = (word for each in words.values() for word in (len(each), *each))
            reply: Sequence[int | QuikstateError]
            try:
                reply = cast("list[int]", await self._run(what, keyspace, list(words), LATE_MS, *flat))
            except QuikstateError as error:
                reply = [error] * len(words)
            for workspace, outcome in zip(words, reply, strict=True):
                found[workspace].append(outcome)

        weights = [len(packed) for _, (_, _, packed) in units]
        most = self.limits.max_presence_script_bytes
        await asyncio.gather(*map(act, chunks(self.redis_client, names, weights, most)))
        return {workspace: _together(outcomes) for workspace, outcomes in found.items()}

    async def _run(
        self, what: Script, keyspace: Keyspace, workspaces: Sequence[str], *arguments: Argument
    ) -> object:
        common = (
            FAILOVER_EPOCH,
            self.limits.max_presence_changes,
            _KEPT_MS,
            len(keyspace.key("workspace:").encode()),
            channel(self.channel_prefix, keyspace, ""),
        )
        names = [
            name
            for workspace in workspaces
            for name in keyspace.family(keys.workspace_online(workspace), _SIDECARS)
        ]
        return await self.redis_client.run(what, names, *common, *arguments, safe_to_repeat=True)


def _together(outcomes: Sequence[int | QuikstateError]) -> int | QuikstateError:
    """What became of a workspace over which several scripts ran."""
    numbers = [outcome for outcome in outcomes if isinstance(outcome, int)]
    failed = next((outcome for outcome in outcomes if isinstance(outcome, QuikstateError)), None)
    return failed or min((number for number in numbers if number), default=0)


def channel(prefix: str, keyspace: Keyspace, workspace: str) -> str:
    """Where the scripts say that somebody in a workspace is another now."""
    return Keyspace(prefix, keyspace.namespace).key(keys.PRESENCE_CHANNEL + keys.segment(workspace))
