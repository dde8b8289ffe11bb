"""Presence, as callers ask for it: connections come, live and leave; users are listed and watched."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from dataclasses import replace

from quikstate_server import call_context
from quikstate_server.background import BackgroundTasks
from quikstate_server.drain import Drain
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.connection_stream import Stay, StayEvent, Update
from quikstate_server.primitives.presence.model import (
    Connection,
    Page,
    Position,
    Scope,
    Status,
    Typing,
    UserPresence,
)
from quikstate_server.primitives.presence.reap_schedule import Due
from quikstate_server.primitives.presence.reaper import Reaper
from quikstate_server.primitives.presence.scripts import ACT_SECONDS
from quikstate_server.primitives.presence.store import Outcomes, PresenceStore
from quikstate_server.primitives.presence.typing_indicator import Typists
from quikstate_server.primitives.presence.users import Ending, State, UserStore
from quikstate_server.primitives.presence.wakeups import StreamWakeups
from quikstate_server.primitives.presence.watch import Watches
from quikstate_server.primitives.presence.workspace_feed import EventMailbox, Watched
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits


class Presences:
    """Several servers may share one Redis; each of them ends what has lapsed, once started."""

    def __init__(
        self, redis_client: RedisClient, limits: Limits, *, key_prefix: str = "", channel_prefix: str = ""
    ) -> None:
        self._limits = limits
        self._store = PresenceStore(redis_client, limits, channel_prefix)
        self._users = UserStore(redis_client, limits, channel_prefix)
        self._due = Due(redis_client, key_prefix)
        self._reaper = Reaper(self._store, self._users, self._due)
        self._wakeups = StreamWakeups(redis_client.subscriber, self._users.streams_channel)
        self._watches = Watches(self._store)
        self._typists = Typists(redis_client)
        self._later = BackgroundTasks(redis_client.monitor)

    async def start(self) -> None:
        self._reaper.start()

    async def close(self) -> None:
        await self._watches.close()
        await self._later.close()
        await self._reaper.close()

    async def heartbeat(
        self, keyspace: Keyspace, connections: Sequence[Connection]
    ) -> list[QuikstateError | None]:
        """Connections live for their TTL from now; what failed, for each. The last of several counts."""
        last = {(each.user, each.connection): each for each in connections}
        outcomes = await self._heartbeat(keyspace, list(last.values()))
        faults = (outcome if isinstance(outcome, QuikstateError) else None for outcome in outcomes)
        by_name = dict(zip(last, faults, strict=True))
        return [by_name[each.user, each.connection] for each in connections]

    async def keep(self, keyspace: Keyspace, connection: Connection) -> QuikstateError | Ending | None:
        """A heartbeat of a stream; the Ending, if the connection is not the stream's any more."""
        return (await self._heartbeat(keyspace, [connection]))[0]

    def waking(self, stream: str, wake: Callable[[], None]) -> AbstractAsyncContextManager[None]:
        """While entered, `wake` is called when a heartbeat of the stream may find an Ending."""
        return self._wakeups.waking(stream, wake)

    async def _heartbeat(
        self, keyspace: Keyspace, connections: Sequence[Connection]
    ) -> list[QuikstateError | Ending | None]:
        within: dict[Scope, float] = {}
        for each in connections:
            for scope in (Scope(keyspace, workspace) for workspace in each.workspaces):
                within[scope] = min(each.ttl, within.get(scope, each.ttl))
        with _in_one_act():
            # The due rows beside the users' rows, before the workspaces: what nobody looks at never ends.
            noted, _ = await asyncio.gather(
                self._users.heartbeat(keyspace, connections), self._due.register(within)
            )
            states = [
                (each.user, state)
                for each, one in zip(connections, noted, strict=True)
                if isinstance(one, tuple)
                for state in one
            ]
            outcomes = await self._store.apply(keyspace, states)
        await self._register_sooner(keyspace, outcomes)
        failed = {each: fault for each, fault in outcomes.items() if isinstance(fault, QuikstateError)}
        return [
            _fault(each, states, failed) if isinstance(one, tuple) else one
            for each, one in zip(connections, noted, strict=True)
        ]

    def connect(
        self,
        keyspace: Keyspace,
        connection: Connection,
        grace: float,
        updates: AsyncIterator[Update],
        drain: Drain,
    ) -> AsyncGenerator[StayEvent, None]:
        """The connection lives as long as the generator is listened to and `updates` does not end."""
        return Stay(self, keyspace, connection, grace, updates, drain).run()

    async def leave(
        self, keyspace: Keyspace, user: str, connection: str = "", grace: float = 0.0, stream: str = ""
    ) -> int:
        """End a user's connections, or one of them, within `grace` seconds; how many there were.

        With `stream` only what that stream kept last.
        """
        with _in_one_act():
            left = await self._users.leave(keyspace, user, connection, grace, stream)
            if grace:
                await self._due.register({Scope(keyspace, state.workspace): grace for state in left.states})
            outcomes, _ = await asyncio.gather(
                self._store.apply(keyspace, [(user, state) for state in left.states], frees=True),
                self._typists.stop(keyspace, user, left.typing),
            )
        await self._register_sooner(keyspace, outcomes)
        _raise_first(outcomes)
        return left.connections

    async def list_online(
        self, keyspace: Keyspace, workspace: str, size: int, cursor: str = "", within: int = 0
    ) -> Page:
        """A page of who is present, by name; `size` 0 counts only. `within` seconds, 0 for everyone."""
        scope = Scope(keyspace, workspace)
        page, more_lapsed = await self._store.list_online(scope, size, cursor, within)
        if more_lapsed:  # a crowd has lapsed at once: it is counted once it has ended
            await self._reaper.reap(scope)
            page, _ = await self._store.list_online(scope, size, cursor, within)
        return page

    async def get_status(self, keyspace: Keyspace, users: Sequence[str]) -> list[UserPresence]:
        return await self._users.get_status(keyspace, users)

    async def set_status(
        self, keyspace: Keyspace, user: str, status: Status | None, ttl: float = 0.0
    ) -> Status:
        """Put a status over that of the user's connections, for `ttl` seconds or until it is set again."""
        with _in_one_act():
            shown, states = await self._users.set_status(keyspace, user, status, ttl)
            if ttl:
                await self._due.register({Scope(keyspace, state.workspace): ttl for state in states})
            outcomes = await self._store.apply(keyspace, [(user, state) for state in states])
        await self._register_sooner(keyspace, outcomes)
        _raise_first(outcomes)
        return shown

    async def set_typing(self, keyspace: Keyspace, user: str, channel: str, seconds: float) -> None:
        """The user types in the channel for so long, or with 0 no more."""
        await self._typists.set_typing(keyspace, user, channel, seconds)

    async def list_typing(self, keyspace: Keyspace, channel: str) -> list[Typing]:
        return await self._typists.list_typing(keyspace, channel, self._limits.max_page_size)

    def watching(
        self,
        keyspace: Keyspace,
        workspace: str,
        mailbox: EventMailbox,
        since: Position | None = None,
        *,
        counts_only: bool = False,
    ) -> AbstractAsyncContextManager[Watched]:
        """While entered, `mailbox` gets who is present, or what changed `since`, then each change."""
        return self._watches.watching(Scope(keyspace, workspace), mailbox, since, counts_only=counts_only)

    def leave_later(self, keyspace: Keyspace, connection: Connection, grace: float) -> None:
        """What a stream that broke leaves behind; nobody waits for it."""
        self._later.spawn("presence.leave", self._leave_after_break(keyspace, connection, grace))

    async def _register_sooner(
        self, keyspace: Keyspace, outcomes: Mapping[str, int | QuikstateError]
    ) -> None:
        """What lapses sooner than all that was known: whoever looks may have moved the row beyond it."""
        sooner = {
            Scope(keyspace, workspace): outcome / 1_000
            for workspace, outcome in outcomes.items()
            if isinstance(outcome, int) and outcome > 0
        }
        await self._due.register(sooner, anew=True)

    async def _leave_after_break(self, keyspace: Keyspace, connection: Connection, grace: float) -> None:
        with suppress(QuikstateError):  # its TTL runs out
            await self.leave(keyspace, connection.user, connection.connection, grace, connection.stream)


@contextmanager
def _in_one_act() -> Iterator[None]:
    """What is done meanwhile is done within ACT_SECONDS, or not at all."""
    before, until = call_context.current(), time.monotonic() + ACT_SECONDS
    call_context.enter(
        replace(before, deadline=until if before.deadline is None else min(until, before.deadline))
    )
    try:
        yield
    finally:
        call_context.enter(before)


def _raise_first(outcomes: Outcomes) -> None:
    for outcome in outcomes.values():
        if isinstance(outcome, QuikstateError):
            raise outcome


def _fault(
    connection: Connection, states: Sequence[tuple[str, State]], failed: Mapping[str, QuikstateError]
) -> QuikstateError | None:
    """The first thing that failed for a connection: where it is, or where it or its user was."""
    if not failed:
        return None
    left = (state.workspace for user, state in states if user == connection.user and not state.seen)
    return next((failed[each] for each in (*connection.workspaces, *left) if each in failed), None)
