"""A connection that lives as long as a stream does.

A stream that its caller ends is a leave at once. One that breaks leaves the
connection its grace, in which a new stream takes it up; the end of this server
leaves it the whole TTL. What a stream leaves behind is marked with the stream:
so the last word of one that broke does not shorten the life that its successor
gave the connection. A stream whose connection Leave ended, or another stream
took up, ends: its next heartbeat finds out, and it is woken to send that at once.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, suppress
from dataclasses import dataclass, replace
from typing import Protocol

from quikstate_server.drain import Drain
from quikstate_server.errors import KeyTypeConflict, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import Connection, Status
from quikstate_server.primitives.presence.users import Ending

_PART_OF_TTL = 3
_RETRY_SECONDS = 0.2
_BROKEN_SECONDS = 0.1
"""A stream that broke looks to its reader as one that was ended, just before its call is cancelled."""


@dataclass(frozen=True, slots=True)
class Update:
    """What is different now: all of it."""

    status: Status
    workspaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Connected:
    """It is present as it was opened or updated."""

    connection: str


@dataclass(frozen=True, slots=True)
class Beaten:
    """It is still present."""


@dataclass(frozen=True, slots=True)
class Ended:
    """This server ends; the TTL runs."""


@dataclass(frozen=True, slots=True)
class Left:
    """The connection is the stream's no more: Leave ended it, or another stream was opened for it."""

    taken_over: bool


StayEvent = Connected | Beaten | Ended | Left


class Keeper(Protocol):
    """What a stay asks of Presences."""

    async def keep(self, keyspace: Keyspace, connection: Connection) -> QuikstateError | Ending | None: ...

    def waking(self, stream: str, wake: Callable[[], None]) -> AbstractAsyncContextManager[None]: ...

    async def leave(
        self, keyspace: Keyspace, user: str, connection: str, grace: float = 0.0, stream: str = ""
    ) -> int: ...

    def leave_later(self, keyspace: Keyspace, connection: Connection, grace: float) -> None: ...


class Stay:
    """One stream."""

    def __init__(
        self,
        keeper: Keeper,
        keyspace: Keyspace,
        connection: Connection,
        grace: float,
        updates: AsyncIterator[Update],
        drain: Drain,
    ) -> None:
        self._keeper = keeper
        self._keyspace = keyspace
        self._connection = replace(
            connection,
            connection=connection.connection or secrets.token_urlsafe(12),
            stream=secrets.token_urlsafe(9),
        )
        self._grace = grace
        self._updates = updates
        self._drain = drain
        self._updated = False
        self._stirred = asyncio.Event()

    async def run(self) -> AsyncGenerator[StayEvent, None]:
        """What happens to the connection. Whoever stops listening leaves it its grace."""
        listening = asyncio.create_task(self._listen())
        listening.add_done_callback(lambda _: self._stirred.set())
        broken = True
        try:
            async with self._keeper.waking(self._connection.stream, self._stirred.set):
                await self._first_beat()
                with self._drain.on_begin(self._stirred.set):
                    async with aclosing(self._stay(listening)) as events:
                        async for event in events:
                            yield event
            broken = False
        finally:
            if broken:
                self._keeper.leave_later(self._keyspace, self._connection, self._grace)
            listening.cancel()
            await asyncio.wait((listening,))

    async def _first_beat(self) -> None:
        """Who cannot be made present is told so."""
        if isinstance(fault := await self._beat(), QuikstateError):
            raise fault
        self._connection = replace(self._connection, goes_on=True)

    async def _stay(self, listening: asyncio.Task[None]) -> AsyncGenerator[StayEvent, None]:
        lapses = time.monotonic() + self._connection.ttl
        yield Connected(self._connection.connection)
        pause = self._connection.ttl / _PART_OF_TTL
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._stirred.wait()
            self._stirred.clear()
            if listening.done():
                listening.result()
                connection = self._connection
                await self._keeper.leave(
                    self._keyspace, connection.user, connection.connection, 0.0, connection.stream
                )
                return
            if self._drain.has_begun:
                yield Ended()
                return
            updated, self._updated = self._updated, False
            fault = await self._beat()
            if isinstance(fault, Ending):
                yield Left(fault is Ending.TAKEN)
                return
            if fault:
                if isinstance(fault, KeyTypeConflict) or time.monotonic() > lapses:
                    raise fault  # it is present no more, and an open stream would say that it is
                self._updated |= updated
                pause = _RETRY_SECONDS
                continue
            pause = self._connection.ttl / _PART_OF_TTL
            lapses = time.monotonic() + self._connection.ttl
            yield Connected(self._connection.connection) if updated else Beaten()

    async def _beat(self) -> QuikstateError | Ending | None:
        try:
            return await self._keeper.keep(self._keyspace, self._connection)
        except QuikstateError as error:
            return error

    async def _listen(self) -> None:
        async for update in self._updates:
            self._connection = replace(self._connection, status=update.status, workspaces=update.workspaces)
            self._updated = True
            self._stirred.set()
        await asyncio.sleep(_BROKEN_SECONDS)
