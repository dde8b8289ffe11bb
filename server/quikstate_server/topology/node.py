"""One Redis server: the connections to it, its clock, its scripts, and whether it answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle

import hiredis
import structlog

from quikstate_server.errors import RedisUnavailable
from quikstate_server.settings import RedisSettings
from quikstate_server.topology.clock import RedisClock
from quikstate_server.topology.connection import Dial, SharedConnection
from quikstate_server.topology.faults import ConnectionLost, ReplyError, ReplyTimeout
from quikstate_server.topology.pool import DedicatedPool

_TIME: bytes = hiredis.pack_command(("TIME",))
_LOOK_SECONDS = 0.5
_REDIAL_SECONDS = (0.01, 1.0)
_log = structlog.get_logger()


class Node:
    """Keeps `settings.shared_connections` connections open, redialling for ever, until closed."""

    def __init__(
        self, name: str, dial: Dial, settings: RedisSettings, on_change: Callable[[], None]
    ) -> None:
        self.name = name
        self.clock = RedisClock()
        self.dedicated = DedicatedPool(dial, settings)
        self._dial = dial
        self._settings = settings
        self._on_change = on_change
        self._shared: list[SharedConnection | None] = [None] * settings.shared_connections
        self._turn = cycle(range(settings.shared_connections))
        self._ready = asyncio.Event()
        self._answers = False
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def answers(self) -> bool:
        """True while it is connected and its replies come in time."""
        return self._answers

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._keep(index)) for index in range(len(self._shared))]
        self._tasks.append(loop.create_task(self._look()))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for connection in filter(None, self._shared):
            await connection.close()
        await self.dedicated.close()
        self._note(answers=False)

    async def drop_connections(self) -> None:
        """End every connection, in-use ones too; new ones are dialled."""
        for connection in filter(None, self._shared):
            await connection.close()
        await self.dedicated.drop()

    async def connection(self, timeout: float) -> SharedConnection:
        """A shared connection that answers, waiting `timeout` seconds for one at most."""
        for _ in self._shared:
            connection = self._shared[next(self._turn)]
            if connection and not connection.lost and not connection.stalled:
                return connection
        if any(connection and not connection.lost for connection in self._shared):
            raise RedisUnavailable(f"Redis at {self.name} does not answer in time")
        self._ready.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._ready.wait()
            return await self.connection(0)
        raise RedisUnavailable(f"there is no connection to Redis at {self.name}")

    async def _keep(self, index: int) -> None:
        """Keep one shared connection open."""
        pause, longest = _REDIAL_SECONDS
        while True:
            try:
                connection = await self._open()
            except (RedisUnavailable, ConnectionLost, ReplyTimeout, ReplyError) as error:
                _log.warning("redis.connect_failed", node=self.name, error=str(error))
                self._note(answers=False)
                await asyncio.sleep(pause)
                pause = min(pause * 2, longest)
                continue
            pause = _REDIAL_SECONDS[0]
            self._shared[index] = connection
            self._ready.set()
            self._note(answers=True)
            await connection.wait_lost()
            await connection.close()
            self._note(answers=any(other and not other.lost for other in self._shared))

    async def _open(self) -> SharedConnection:
        """A connection over which Redis's clock was read."""
        connection = SharedConnection(await self._dial(), self._settings)
        try:
            await self._read_clock(connection)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def _look(self) -> None:
        """Read the clock now and then, which also tells whether Redis answers."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            open_ones = [connection for connection in self._shared if connection and not connection.lost]
            try:
                for connection in open_ones:
                    await self._read_clock(connection)
            except (ConnectionLost, ReplyTimeout, ReplyError):
                self._note(answers=False)
            else:
                self._note(answers=bool(open_ones))

    async def _read_clock(self, connection: SharedConnection) -> None:
        sent = time.monotonic()
        reply = await connection.send(_TIME, self._settings.stall_seconds)
        if isinstance(reply, ReplyError):
            raise reply
        seconds, microseconds = reply  # type: ignore[misc] # TIME answers two numbers
        self.clock.observe(int(seconds) * 1_000_000 + int(microseconds), sent)

    def _note(self, *, answers: bool) -> None:
        if answers != self._answers:
            self._answers = answers
            self._on_change()
