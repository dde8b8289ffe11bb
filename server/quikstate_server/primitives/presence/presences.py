"""Presence, as callers ask for it: connections come, live and leave; users are listed and watched."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress

from quikstate_server.background import BackgroundTasks
from quikstate_server.drain import Drain
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.connect import Stay, StayEvent, Update
from quikstate_server.primitives.presence.due import Due
from quikstate_server.primitives.presence.model import (
    Connection,
    Page,
    Position,
    Scope,
    Status,
    Typing,
    UserPresence,
)
from quikstate_server.primitives.presence.reaper import Reaper
from quikstate_server.primitives.presence.store import Noted, Outcomes, Override, PresenceStore, Words, ms
from quikstate_server.primitives.presence.typists import Typists
from quikstate_server.primitives.presence.watch import Watches
from quikstate_server.primitives.presence.watched import EventMailbox, Watched
from quikstate_server.settings import Limits
from quikstate_server.topology.topology import Topology


class Presences:
    """Several servers may share one Redis; each of them ends what has lapsed, once started."""

    def __init__(
        self, topology: Topology, limits: Limits, *, key_prefix: str = "", channel_prefix: str = ""
    ) -> None:
        self._limits = limits
        self._store = PresenceStore(topology, limits, channel_prefix)
        self._due = Due(topology, key_prefix)
        self._reaper = Reaper(self._store, self._due)
        self._watches = Watches(self._store)
        self._typists = Typists(topology)
        self._later = BackgroundTasks(topology.monitor)

    async def start(self) -> None:
        self._reaper.start()

    async def close(self) -> None:
        await self._watches.close()
        await self._later.close()
        await self._reaper.close()

    async def heartbeat(
        self, space: Keyspace, connections: Sequence[Connection]
    ) -> list[QuikstateError | None]:
        """Connections live for their TTL from now; what failed, for each. The last of several counts."""
        last = {(each.user, each.connection): each for each in connections}
        faults = await self._heartbeat(space, list(last.values()))
        by_name = dict(zip(last, faults, strict=True))
        return [by_name[each.user, each.connection] for each in connections]

    async def _heartbeat(
        self, space: Keyspace, connections: Sequence[Connection]
    ) -> list[QuikstateError | None]:
        within: dict[Scope, float] = {}
        for each in connections:
            for scope in (Scope(space, workspace) for workspace in each.workspaces):
                within[scope] = min(each.ttl, within.get(scope, each.ttl))
        # The due rows beside the users' rows, before the workspaces: what nobody looks at would never end.
        noted, _ = await asyncio.gather(
            self._store.heartbeat_users(space, connections), self._due.register(within)
        )
        beats: dict[str, list[tuple[Connection, Override]]] = defaultdict(list)
        left: dict[str, list[Words]] = defaultdict(list)
        for each, one in zip(connections, noted, strict=True):
            if isinstance(one, Noted):
                for workspace in each.workspaces:
                    beats[workspace].append((each, one.override))
                for workspace in one.left:
                    left[workspace].append((each.user, each.connection, 0, ""))
        come, gone = await asyncio.gather(self._store.heartbeat(space, beats), self._store.leave(space, left))
        await self._register_sooner(space, come)
        return [_fault(each, one, come, gone) for each, one in zip(connections, noted, strict=True)]

    def connect(
        self,
        space: Keyspace,
        connection: Connection,
        grace: float,
        updates: AsyncIterator[Update],
        drain: Drain,
    ) -> AsyncGenerator[StayEvent, None]:
        """The connection lives as long as the generator is listened to and `updates` does not end."""
        return Stay(self, space, connection, grace, updates, drain).run()

    async def leave(
        self, space: Keyspace, user: str, connection: str = "", grace: float = 0.0, stream: str = ""
    ) -> int:
        """End a user's connections, or one of them, within `grace` seconds; how many there were.

        With `stream` only what that stream kept last.
        """
        count, workspaces = await self._store.leave_user(space, user, connection, grace, stream)
        words: Words = (user, connection, ms(grace), stream)
        if grace:
            await self._due.register({Scope(space, each): grace for each in workspaces})
        outcomes = await self._store.leave(space, {workspace: [words] for workspace in workspaces})
        await self._register_sooner(space, outcomes)
        for outcome in outcomes.values():
            if isinstance(outcome, QuikstateError):
                raise outcome
        return count

    async def list_online(
        self, space: Keyspace, workspace: str, size: int, cursor: str = "", within: int = 0
    ) -> Page:
        """A page of who is present, by name; `size` 0 counts only. `within` seconds, 0 for everyone."""
        return await self._store.list_online(Scope(space, workspace), size, cursor, within)

    async def get_status(self, space: Keyspace, users: Sequence[str]) -> list[UserPresence]:
        return await self._store.get_status(space, users)

    async def set_status(self, space: Keyspace, user: str, status: Status | None, ttl: float = 0.0) -> Status:
        """Put a status over that of the user's connections, for `ttl` seconds or until it is set again."""
        shown, override, workspaces = await self._store.set_status(space, user, status, ttl)
        if ttl:
            await self._due.register({Scope(space, each): ttl for each in workspaces})
        await self._register_sooner(space, await self._store.override(space, user, override, workspaces))
        return shown

    async def set_typing(self, space: Keyspace, user: str, channel: str, seconds: float) -> None:
        """The user types in the channel for so long, or with 0 no more."""
        await self._typists.set_typing(space, user, channel, seconds)

    async def list_typing(self, space: Keyspace, channel: str) -> list[Typing]:
        return await self._typists.list_typing(space, channel, self._limits.max_page_size)

    def watching(
        self,
        space: Keyspace,
        workspace: str,
        mailbox: EventMailbox,
        since: Position | None = None,
        *,
        counts_only: bool = False,
    ) -> AbstractAsyncContextManager[Watched]:
        """While entered, `mailbox` gets who is present, or what changed `since`, then each change."""
        return self._watches.watching(Scope(space, workspace), mailbox, since, counts_only=counts_only)

    def leave_later(self, space: Keyspace, connection: Connection, grace: float) -> None:
        """What a stream that broke leaves behind; nobody waits for it."""
        self._later.spawn("presence.leave", self._leave_after_break(space, connection, grace))

    async def _register_sooner(self, space: Keyspace, outcomes: Mapping[str, int | QuikstateError]) -> None:
        """What lapses sooner than all that was known: whoever looks may have moved the row beyond it."""
        sooner = {
            Scope(space, workspace): outcome / 1_000
            for workspace, outcome in outcomes.items()
            if isinstance(outcome, int) and outcome > 0
        }
        await self._due.register(sooner, anew=True)

    async def _leave_after_break(self, space: Keyspace, connection: Connection, grace: float) -> None:
        with suppress(QuikstateError):  # its TTL runs out
            await self.leave(space, connection.user, connection.connection, grace, connection.stream)


def _fault(
    connection: Connection, noted: Noted | QuikstateError, come: Outcomes, gone: Outcomes
) -> QuikstateError | None:
    """The first thing that failed for a connection."""
    if isinstance(noted, QuikstateError):
        return noted
    outcomes = [*map(come.get, connection.workspaces), *map(gone.get, noted.left)]
    return next((outcome for outcome in outcomes if isinstance(outcome, QuikstateError)), None)
