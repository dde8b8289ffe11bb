"""A connection that lives as long as its Connect stream sends heartbeats.

The stream sends a heartbeat three times per TTL, and each one renews the TTL in
Redis. A connection ends in one of these ways:

- The client half-closes the stream: at once.
- The client crashes, or its network fails: the stream breaks, and this server lowers
  the connection's TTL to its grace period, in which a new stream may take it over.
  After it the reaper of any server removes the connection (`reaper.py`).
- This server crashes: no heartbeat follows, and the reaper of another server removes
  the connection when its TTL is over.
- This server shuts down: the connection keeps its whole TTL, in which a new stream may
  take it over.
- Leave ends it, or another stream takes it over: a script publishes the id of this
  stream, which sends its next heartbeat at once, learns the StreamLoss and ends.

A broken stream ends only a connection whose last heartbeat it sent, not one that its
successor has taken over.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass, replace
from typing import Protocol

from quikstate_server.drain import Drain
from quikstate_server.errors import KeyTypeConflict, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import PresenceConnection, PresenceStatus
from quikstate_server.primitives.presence.user_rows import StreamLoss
from quikstate_server.primitives.streams.client_stream import ClientStream
from quikstate_server.primitives.streams.follow import ServerDraining

_HEARTBEATS_PER_TTL = 3
_RETRY_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class ConnectionUpdate:
    """The new status and the whole new list of workspaces of a connection."""

    status: PresenceStatus
    workspace_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConnectionRegistered:
    """The connection is present as it was opened or updated."""

    connection_id: str


@dataclass(frozen=True, slots=True)
class HeartbeatSent:
    """The connection is still present."""


@dataclass(frozen=True, slots=True)
class ConnectionLeft:
    """The stream lost the connection: Leave ended it, or another stream took it over."""

    taken_over: bool


ConnectionEvent = ConnectionRegistered | HeartbeatSent | ServerDraining | ConnectionLeft


class StreamPresences(Protocol):
    """The part of Presences that a connection stream calls."""

    async def stream_heartbeat(
        self, keyspace: Keyspace, connection: PresenceConnection
    ) -> QuikstateError | StreamLoss | None: ...

    def watching_loss(
        self, stream_id: str, on_loss: Callable[[], None]
    ) -> AbstractAsyncContextManager[None]: ...

    async def leave(
        self, keyspace: Keyspace, user_id: str, connection_id: str, grace: float = 0.0, stream_id: str = ""
    ) -> int: ...

    def start_grace_period(
        self, keyspace: Keyspace, connection: PresenceConnection, grace: float
    ) -> None: ...


class ConnectionStream(ClientStream[ConnectionUpdate]):
    """One Connect stream, and the connection for which it sends heartbeats."""

    def __init__(
        self,
        presences: StreamPresences,
        keyspace: Keyspace,
        connection: PresenceConnection,
        grace: float,
        updates: AsyncIterator[ConnectionUpdate],
        drain: Drain,
    ) -> None:
        super().__init__(updates, drain)
        self._presences = presences
        self._keyspace = keyspace
        self._connection = replace(
            connection,
            connection_id=connection.connection_id or secrets.token_urlsafe(12),
            stream_id=secrets.token_urlsafe(9),
        )
        self._grace = grace
        self._has_update = False

    async def receive(self, message: ConnectionUpdate) -> None:
        """Apply an update to the connection, and send it with a heartbeat."""
        self._connection = replace(
            self._connection, status=message.status, workspace_ids=message.workspace_ids
        )
        self._has_update = True
        self.wake()

    async def run(self) -> AsyncGenerator[ConnectionEvent, None]:
        """Yield what happens to the connection. If the generator is closed, the grace period begins."""
        is_broken = True
        try:
            async with self, self._presences.watching_loss(self._connection.stream_id, self.wake):
                await self._send_first_heartbeat()
                async with aclosing(self._heartbeat_until_end()) as events:
                    async for event in events:
                        yield event
            is_broken = False
        finally:
            if is_broken:
                self._presences.start_grace_period(self._keyspace, self._connection, self._grace)

    async def _send_first_heartbeat(self) -> None:
        """Make the connection present, or raise why it cannot be."""
        if isinstance(result := await self._send_heartbeat(), QuikstateError):
            raise result
        self._connection = replace(self._connection, is_renewal=True)

    async def _heartbeat_until_end(self) -> AsyncGenerator[ConnectionEvent, None]:
        """Send heartbeats and yield an event for each, until the stream ends."""
        heartbeat_at, expires_at = self._deadlines()
        yield ConnectionRegistered(self._connection.connection_id)
        while True:
            await self.wakeup.wait(heartbeat_at)
            self.wakeup.clear()
            if error := self.reading_error:
                raise error
            if self.half_closed:
                await self._leave()
                return
            if self.draining:
                yield ServerDraining()
                return
            is_update, self._has_update = self._has_update, False
            result = await self._send_heartbeat()
            if isinstance(result, StreamLoss):
                yield ConnectionLeft(result is StreamLoss.TAKEN_OVER)
                return
            if result:
                if isinstance(result, KeyTypeConflict) or time.monotonic() > expires_at:
                    raise result  # the connection has expired: an open stream would say that it lives
                self._has_update |= is_update
                heartbeat_at = time.monotonic() + _RETRY_SECONDS
                continue
            heartbeat_at, expires_at = self._deadlines()
            yield ConnectionRegistered(self._connection.connection_id) if is_update else HeartbeatSent()

    def _deadlines(self) -> tuple[float, float]:
        """Return when the next heartbeat is due, and when the connection expires without one."""
        now, ttl = time.monotonic(), self._connection.ttl
        return now + ttl / _HEARTBEATS_PER_TTL, now + ttl

    async def _send_heartbeat(self) -> QuikstateError | StreamLoss | None:
        try:
            return await self._presences.stream_heartbeat(self._keyspace, self._connection)
        except QuikstateError as error:
            return error

    async def _leave(self) -> None:
        connection = self._connection
        await self._presences.leave(
            self._keyspace, connection.user_id, connection.connection_id, 0.0, connection.stream_id
        )
