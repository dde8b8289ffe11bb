"""One Redis server: the connections to it, its clock, and whether it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from itertools import cycle
from time import monotonic
from typing import cast

import structlog

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.backoff import Backoff
from quikstate_server.errors import Overloaded, RedisUnavailable
from quikstate_server.redis_client.connection.connection import Dial, SharedConnection
from quikstate_server.redis_client.connection.dedicated_pool import DedicatedPool
from quikstate_server.redis_client.connection.redis_clock import RedisClock
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError, ReplyTimeout, refuses_writes
from quikstate_server.repeated_warning import RepeatedWarning
from quikstate_server.settings import RedisSettings

_TIME = pack(("TIME",))
WRITES_NOTHING = "EVAL", "#!lua\nreturn 1", 0
"""A command that is refused where a script that might write is."""
_WRITE = pack(WRITES_NOTHING)
_LOOK_SECONDS = 0.5
_REDIAL = Backoff(0.01, 0.5)
_log = structlog.get_logger()


class Node:
    """Keeps `settings.shared_connections` connections open, redialling for ever, until closed."""

    def __init__(
        self,
        name: str,
        dial: Dial,
        settings: RedisSettings,
        monitor: FaultMonitor,
        on_change: Callable[[], None],
        epoch: int = 0,
    ) -> None:
        self.name = name
        self.epoch = epoch
        """The failovers that had been counted when this became the node for its keys."""
        self.clock = RedisClock()
        self.dedicated = DedicatedPool(dial, settings)
        self.dial = dial
        self._settings = settings
        self._on_change = on_change
        self._shared: list[SharedConnection | None] = [None] * settings.shared_connections
        self._turn = cycle(range(settings.shared_connections))
        self._connected = asyncio.Event()
        self._gone_since = 0.0
        self._answering: set[SharedConnection] = set()
        self._refuses_writes = False
        self._told = (False, True)
        self._outage = RepeatedWarning("redis.connect_failed")
        self._retired = False
        self._tasks = BackgroundTasks(monitor)

    @property
    def is_available(self) -> bool:
        """True while it is connected and its replies come in time."""
        return bool(self._answering)

    @property
    def accepts_writes(self) -> bool:
        """False from when it refused one for a reason that lasts, until it would take one again."""
        return not self._refuses_writes

    def heed(self, reply: object) -> None:
        """Somebody was given this reply by it."""
        if refuses_writes(reply) and not self._refuses_writes:
            _log.warning("redis.refuses_writes", node=self.name, error=str(reply))
            self._refuses_writes = True
            self._tell()

    def start(self) -> None:
        self._gone_since = monotonic()
        for index in range(len(self._shared)):
            self._tasks.keep_running("redis.connection", partial(self._keep, index), vital=True)

    def retire(self) -> None:
        """Take no more calls: whoever waits for a connection looks for another node."""
        self._retired = True
        self._connected.set()

    async def close(self) -> None:
        """End every connection, in-use ones too; who waits for one looks elsewhere."""
        self.retire()
        await asyncio.gather(self.dedicated.close(), self._tasks.close())

    async def drop_connections(self) -> None:
        """End every connection, in-use ones too; new ones are dialled."""
        await asyncio.gather(self.dedicated.drop(), self._drop_shared())

    async def _drop_shared(self) -> None:
        await asyncio.gather(*(connection.close() for connection in self._shared if connection))

    def ready(self) -> SharedConnection | None:
        """A shared connection that answers, each in turn, if there is one."""
        for _ in self._shared:
            connection = self._shared[next(self._turn)]
            if connection is not None and not connection.lost and not connection.stalled:
                return connection
        return None

    async def connection(self, deadline: float) -> SharedConnection:
        """A shared connection that answers, now or soon.

        It is waited for while an outage is younger than `settings.connect_seconds`;
        in a longer one, and while Redis is stalled, RedisUnavailable comes at once.
        """
        if self._retired:
            raise ConnectionLost(sent=False)
        if connection := self.ready():
            return connection
        if not self._connected.is_set():
            until = min(deadline, self._gone_since + self._settings.connect_seconds)
            try:
                async with asyncio.timeout(until - monotonic()):
                    await self._connected.wait()
            except TimeoutError:
                raise RedisUnavailable(f"there is no connection to Redis at {self.name}") from None
            return await self.connection(deadline)
        raise RedisUnavailable(f"Redis at {self.name} does not answer in time")

    async def _keep(self, index: int) -> None:
        """Keep one shared connection open."""
        pauses = iter(_REDIAL)
        while True:
            try:
                connection = await self._open()
            except (RedisUnavailable, ConnectionLost, ReplyTimeout, ReplyError) as error:
                self._outage.happened(node=self.name, error=str(error))
                await asyncio.sleep(next(pauses))
                continue
            pauses = iter(_REDIAL)
            try:
                self._shared[index] = connection
                self._connected.set()
                self._outage.over("redis.connected", node=self.name)
                self._note(connection, is_available=True)
                await self._watch(connection)
            finally:
                await connection.close()
            self._outage.begin("redis.connection_lost", node=self.name)

    async def _open(self) -> SharedConnection:
        """A connection over which Redis's clock was read, and which run of it this is."""
        connection = SharedConnection(await self.dial(), self._settings, self._on_lost)
        try:
            await self._read_clock(connection)
            await self._try_write(connection)
            await connection.identify(monotonic() + self._settings.stall_seconds)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def _watch(self, connection: SharedConnection) -> None:
        """Until it is lost, read the clock now and then, which also tells whether Redis answers."""
        while not connection.lost:
            await asyncio.wait([connection.ended], timeout=_LOOK_SECONDS)
            try:
                await self._read_clock(connection)
                if self._refuses_writes:
                    await self._try_write(connection)
            except (ConnectionLost, ReplyTimeout, ReplyError):
                self._note(connection, is_available=False)
            except Overloaded:
                self._note(connection, is_available=not connection.stalled)
            else:
                self._note(connection, is_available=True)

    def _on_lost(self) -> None:
        if self._connected.is_set() and all(one is None or one.lost for one in self._shared):
            self._connected.clear()
            self._gone_since = monotonic()
        self._answering = {one for one in self._answering if not one.lost}
        self._tell()

    async def _read_clock(self, connection: SharedConnection) -> None:
        asked = monotonic()
        reply = await connection.send(_TIME, asked + self._settings.stall_seconds)
        if isinstance(reply, ReplyError):
            raise reply
        seconds, microseconds = map(int, cast("list[bytes]", reply))
        self.clock.observe(seconds * 1_000_000 + microseconds, asked, monotonic())

    async def _try_write(self, connection: SharedConnection) -> None:
        reply = await connection.send(_WRITE, monotonic() + self._settings.stall_seconds)
        if refuses_writes(reply):
            self.heed(reply)
        elif self._refuses_writes:
            _log.warning("redis.takes_writes", node=self.name)
            self._refuses_writes = False
            self._tell()

    def _note(self, connection: SharedConnection, *, is_available: bool) -> None:
        if is_available and not connection.lost:
            self._answering.add(connection)
        else:
            self._answering.discard(connection)
        self._tell()

    def _tell(self) -> None:
        told, self._told = self._told, (self.is_available, self.accepts_writes)
        if self._told != told:
            self._on_change()
