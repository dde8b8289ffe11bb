"""Presence as the servicer calls it: connections live and leave, users are listed, workspaces are watched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial

from quikstate_server.background import BackgroundTasks
from quikstate_server.drain import Drain
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.connection_stream import (
    ConnectionEvent,
    ConnectionStream,
    ConnectionUpdate,
)
from quikstate_server.primitives.presence.model import (
    DeletedPresence,
    OnlinePage,
    PresenceConnection,
    PresencePosition,
    PresenceStatus,
    TypingUser,
    UserPresence,
    Workspace,
)
from quikstate_server.primitives.presence.reap_schedule import ReapSchedule
from quikstate_server.primitives.presence.reaper import Reaper
from quikstate_server.primitives.presence.stream_losses import StreamLosses
from quikstate_server.primitives.presence.typing_indicator import TypingIndicator
from quikstate_server.primitives.presence.update_deadline import update_deadline
from quikstate_server.primitives.presence.user_rows import (
    HeartbeatResult,
    LeaveResult,
    StreamLoss,
    UserRows,
    WorkspaceState,
)
from quikstate_server.primitives.presence.workspace_feed import PresenceMailbox, WorkspaceFeed
from quikstate_server.primitives.presence.workspace_rows import ApplyResults, WorkspaceRows
from quikstate_server.primitives.streams.watch_hub import WatchHub
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits


class Presences:
    """The presence of all users. Several servers may share one Redis; each of them reaps, once started."""

    def __init__(
        self, redis_client: RedisClient, limits: Limits, *, key_prefix: str = "", channel_prefix: str = ""
    ) -> None:
        self._limits = limits
        self._workspaces = WorkspaceRows(redis_client, limits, channel_prefix)
        self._users = UserRows(redis_client, limits, channel_prefix)
        self._schedule = ReapSchedule(redis_client, key_prefix)
        self._reaper = Reaper(self._workspaces, self._users, self._schedule)
        self._stream_losses = StreamLosses(redis_client.subscriber, self._users.stream_losses_channel)
        self._feeds: WatchHub[Workspace, WorkspaceFeed] = WatchHub(
            "presence.watch", redis_client, partial(WorkspaceFeed, self._workspaces)
        )
        self._typing = TypingIndicator(redis_client)
        self._background = BackgroundTasks(redis_client.monitor)

    async def start(self) -> None:
        """Start to reap."""
        self._reaper.start()

    async def close(self) -> None:
        """End the watches, finish the leaves of broken streams, and stop to reap."""
        await self._feeds.close()
        await self._background.close()
        await self._reaper.close()

    async def heartbeat(
        self, keyspace: Keyspace, connections: Sequence[PresenceConnection]
    ) -> list[QuikstateError | None]:
        """Renew the TTL of connections; return the error of each. Of duplicates, the last counts."""
        unique = {(each.user_id, each.connection_id): each for each in connections}
        results = await self._heartbeat(keyspace, list(unique.values()))
        errors = (result if isinstance(result, QuikstateError) else None for result in results)
        by_id = dict(zip(unique, errors, strict=True))
        return [by_id[each.user_id, each.connection_id] for each in connections]

    async def stream_heartbeat(
        self, keyspace: Keyspace, connection: PresenceConnection
    ) -> QuikstateError | StreamLoss | None:
        """Send the heartbeat of a stream; return the StreamLoss if the stream lost its connection."""
        return (await self._heartbeat(keyspace, [connection]))[0]

    def watching_loss(self, stream_id: str, on_loss: Callable[[], None]) -> AbstractAsyncContextManager[None]:
        """Call `on_loss`, while entered, when the stream may have lost its connection."""
        return self._stream_losses.watching(stream_id, on_loss)

    async def _heartbeat(
        self, keyspace: Keyspace, connections: Sequence[PresenceConnection]
    ) -> list[QuikstateError | StreamLoss | None]:
        with update_deadline():
            # The schedule is written beside the users' rows, before the workspaces: a workspace without
            # a schedule entry would never be reaped.
            results, _ = await asyncio.gather(
                self._users.heartbeat(keyspace, connections),
                self._schedule.schedule(_first_expirations(keyspace, connections)),
            )
            updates = [
                (connection.user_id, state)
                for connection, result in zip(connections, results, strict=True)
                if isinstance(result, HeartbeatResult)
                for state in result.states
            ]
            applied = await self._workspaces.apply(keyspace, updates)
        await self._schedule_sooner(keyspace, applied)
        errors = {id_: result for id_, result in applied.items() if isinstance(result, QuikstateError)}
        return [
            result
            if isinstance(result, QuikstateError)
            else result.loss or _connection_error(connection, updates, errors)
            for connection, result in zip(connections, results, strict=True)
        ]

    def connect(
        self,
        keyspace: Keyspace,
        connection: PresenceConnection,
        grace: float,
        updates: AsyncIterator[ConnectionUpdate],
        drain: Drain,
    ) -> AsyncGenerator[ConnectionEvent, None]:
        """Send heartbeats for a connection while the caller listens and `updates` does not end."""
        return ConnectionStream(self, keyspace, connection, grace, updates, drain).run()

    async def leave(
        self,
        keyspace: Keyspace,
        user_id: str,
        connection_id: str = "",
        grace: float = 0.0,
        stream_id: str = "",
    ) -> int:
        """End a user's connections, or one of them, after `grace` seconds; return how many lived.

        With `stream_id`, end only connections whose last heartbeat that stream sent.
        """
        return (await self._leave(keyspace, user_id, connection_id, grace, stream_id)).connections

    async def delete_user(self, keyspace: Keyspace, user_id: str) -> DeletedPresence:
        """End all connections of a user, then delete the status and when the user was last seen.

        A connection that begins meanwhile stays, with these.
        """
        left = await self._leave(keyspace, user_id)
        await self._users.forget(keyspace, user_id)
        return DeletedPresence(left.connections, len(left.typing_channel_ids))

    async def _leave(
        self,
        keyspace: Keyspace,
        user_id: str,
        connection_id: str = "",
        grace: float = 0.0,
        stream_id: str = "",
    ) -> LeaveResult:
        with update_deadline():
            left = await self._users.leave(keyspace, user_id, connection_id, grace, stream_id)
            if grace:
                await self._schedule_all(keyspace, left.states, grace)
            applied, _ = await asyncio.gather(
                self._workspaces.apply(keyspace, [(user_id, state) for state in left.states], is_leave=True),
                self._typing.stop_typing(keyspace, user_id, left.typing_channel_ids),
            )
        await self._schedule_sooner(keyspace, applied)
        _raise_first(applied)
        return left

    async def list_online(
        self, keyspace: Keyspace, workspace_id: str, size: int, cursor: str = "", seen_within: int = 0
    ) -> OnlinePage:
        """Return a page of members by id; with `size` 0 the count alone, with `seen_within` 0 all of them."""
        workspace = Workspace(keyspace, workspace_id)
        page, has_more_expired = await self._workspaces.list_online(workspace, size, cursor, seen_within)
        if has_more_expired:  # too many have expired at once for the count to leave them out: end them first
            await self._reaper.reap(workspace)
            page, _ = await self._workspaces.list_online(workspace, size, cursor, seen_within)
        return page

    async def get_status(self, keyspace: Keyspace, user_ids: Sequence[str]) -> list[UserPresence]:
        """Return the users, in the order of their ids."""
        return await self._users.get_status(keyspace, user_ids)

    async def set_status(
        self, keyspace: Keyspace, user_id: str, status: PresenceStatus | None, ttl: float = 0.0
    ) -> PresenceStatus:
        """Override the status of a user's connections for `ttl` seconds, with 0 until it is set again.

        Return the status that the user has now.
        """
        with update_deadline():
            shown, states = await self._users.set_status(keyspace, user_id, status, ttl)
            if ttl:
                await self._schedule_all(keyspace, states, ttl)
            applied = await self._workspaces.apply(keyspace, [(user_id, state) for state in states])
        await self._schedule_sooner(keyspace, applied)
        _raise_first(applied)
        return shown

    async def set_typing(self, keyspace: Keyspace, user_id: str, channel_id: str, seconds: float) -> None:
        """Say that a user types in a channel for `seconds`; with 0, that the user has stopped."""
        await self._typing.set_typing(keyspace, user_id, channel_id, seconds)

    async def list_typing(self, keyspace: Keyspace, channel_id: str) -> list[TypingUser]:
        """Return who types in a channel."""
        return await self._typing.list_typing(keyspace, channel_id, self._limits.max_page_size)

    @asynccontextmanager
    async def watching(
        self,
        keyspace: Keyspace,
        workspace_id: str,
        mailbox: PresenceMailbox,
        since: PresencePosition | None = None,
        *,
        counts_only: bool = False,
    ) -> AsyncIterator[WorkspaceFeed]:
        """Put, while entered, a snapshot or what changed `since` into `mailbox`, and then each change."""
        with self._feeds.feed(Workspace(keyspace, workspace_id)) as feed:
            try:
                await feed.begin(mailbox, since, counts_only=counts_only)
                yield feed
            finally:
                feed.leave(mailbox)

    def start_grace_period(self, keyspace: Keyspace, connection: PresenceConnection, grace: float) -> None:
        """Start the grace period of a connection whose stream broke."""
        self._background.spawn("presence.leave", self._shorten_ttl_to_grace(keyspace, connection, grace))

    async def _shorten_ttl_to_grace(
        self, keyspace: Keyspace, connection: PresenceConnection, grace: float
    ) -> None:
        with suppress(QuikstateError):  # the TTL ends it instead
            await self.leave(
                keyspace, connection.user_id, connection.connection_id, grace, connection.stream_id
            )

    async def _schedule_all(
        self, keyspace: Keyspace, states: Sequence[WorkspaceState], seconds: float
    ) -> None:
        await self._schedule.schedule({Workspace(keyspace, state.workspace_id): seconds for state in states})

    async def _schedule_sooner(self, keyspace: Keyspace, applied: ApplyResults) -> None:
        """Schedule workspaces in which something expires sooner: a reaper may have moved their entries on."""
        due_in = {
            Workspace(keyspace, workspace_id): result / 1_000
            for workspace_id, result in applied.items()
            if isinstance(result, int) and result > 0
        }
        await self._schedule.schedule(due_in, force=True)


def _first_expirations(
    keyspace: Keyspace, connections: Sequence[PresenceConnection]
) -> dict[Workspace, float]:
    """Return the smallest TTL of the connections in each workspace."""
    due_in: dict[Workspace, float] = {}
    for connection in connections:
        for workspace_id in connection.workspace_ids:
            workspace = Workspace(keyspace, workspace_id)
            due_in[workspace] = min(connection.ttl, due_in.get(workspace, connection.ttl))
    return due_in


def _raise_first(applied: ApplyResults) -> None:
    """Raise the first error, if there is one."""
    for result in applied.values():
        if isinstance(result, QuikstateError):
            raise result


def _connection_error(
    connection: PresenceConnection,
    updates: Sequence[tuple[str, WorkspaceState]],
    errors: Mapping[str, QuikstateError],
) -> QuikstateError | None:
    """Return the first error in a workspace where the connection is, or which its user left."""
    if not errors:
        return None
    left = (
        state.workspace_id
        for user_id, state in updates
        if user_id == connection.user_id and not state.is_seen
    )
    return next((errors[id_] for id_ in (*connection.workspace_ids, *left) if id_ in errors), None)
