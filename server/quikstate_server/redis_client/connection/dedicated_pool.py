"""Connections that one caller holds alone: for commands that block, and for EVALSHA with WAIT."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from quikstate_server.errors import Overloaded, RedisUnavailable
from quikstate_server.redis_client.connection.connection import Dial, SharedConnection
from quikstate_server.redis_client.replies import ConnectionLost, ReplyTimeout
from quikstate_server.settings import RedisSettings


class DedicatedPool:
    """At most `settings.dedicated_connections`; a caller waits `dedicated_wait_seconds` for one."""

    def __init__(self, dial: Dial, settings: RedisSettings) -> None:
        self._dial = dial
        self._settings = settings
        self._free = asyncio.Semaphore(settings.dedicated_connections)
        self._idle: list[SharedConnection] = []
        self._held: set[SharedConnection] = set()
        self._is_closed = False

    @asynccontextmanager
    async def hold(self, until: float) -> AsyncIterator[SharedConnection]:
        """Hold a connection, obtained before `until`; one with replies outstanding is not used again."""
        await self._reserve(until)
        try:
            connection = await self._obtain(until)
            self._held.add(connection)
            try:
                if self._is_closed:
                    raise ConnectionLost(sent=False)
                yield connection
            finally:
                self._held.discard(connection)
                await self._give_back(connection)
        finally:
            self._free.release()

    async def drop(self) -> None:
        """End every connection, those that are held too."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(connection.close() for connection in [*idle, *self._held]))

    async def close(self) -> None:
        """End every connection, those that are being dialled as soon as they are given back."""
        self._is_closed = True
        await self.drop()

    async def _reserve(self, until: float) -> None:
        try:
            async with asyncio.timeout(min(self._settings.dedicated_wait_seconds, until - monotonic())):
                await self._free.acquire()
        except TimeoutError:
            raise Overloaded("redis.dedicated_connections") from None

    async def _obtain(self, until: float) -> SharedConnection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_lost:
                return connection
        try:
            async with asyncio.timeout(until - monotonic()):
                return await self._open(until)
        except (RedisUnavailable, ConnectionLost, ReplyTimeout, TimeoutError) as error:
            raise ConnectionLost(sent=False) from error

    async def _open(self, until: float) -> SharedConnection:
        connection = SharedConnection(await self._dial(), self._settings)
        try:
            await connection.identify(until)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def _give_back(self, connection: SharedConnection) -> None:
        if connection.in_flight or connection.is_lost or self._is_closed:
            await connection.close()
        else:
            self._idle.append(connection)
