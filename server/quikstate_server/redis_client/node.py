"""One Redis server: the connections to it, its clock, and whether it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from itertools import cycle
from time import monotonic
from typing import cast

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.backoff import Backoff
from quikstate_server.errors import Overloaded, RedisUnavailable
from quikstate_server.redis_client.connection.connection import Dial, SharedConnection
from quikstate_server.redis_client.connection.dedicated_pool import DedicatedPool
from quikstate_server.redis_client.connection.redis_clock import RedisClock
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError, ReplyTimeout, refuses_writes
from quikstate_server.redis_client.reply_types import read_bytes_list
from quikstate_server.repeated_warning import RepeatedWarning
from quikstate_server.settings import RedisSettings

_TIME = pack(("TIME",))
_WRITE_PROBE = pack(("EVAL", "#!lua\nreturn 1", 0))
"""A command that writes nothing, and is refused where a script that might write is."""
_CHECK_SECONDS = 0.5
_REDIAL = Backoff(0.01, 0.5)


class Node:
    """Keeps `settings.shared_connections` connections open, redialling for ever, until closed."""

    def __init__(
        self,
        name: str,
        dial: Dial,
        settings: RedisSettings,
        monitor: FaultMonitor,
        on_change: Callable[[], None],
        failover_epoch: int = 0,
    ) -> None:
        self.name = name
        self.failover_epoch = failover_epoch
        """The failovers that had been counted when this became the node for its keys."""
        self.clock = RedisClock()
        self.dedicated = DedicatedPool(dial, settings)
        self.dial = dial
        self._settings = settings
        self._on_change = on_change
        self.shared: list[SharedConnection | None] = [None] * settings.shared_connections
        self._turn = cycle(range(settings.shared_connections))
        self._connected = asyncio.Event()
        self._disconnected_at = 0.0
        self._answering: set[SharedConnection] = set()
        self.write_refusal: ReplyError | None = None
        """The error of a server that answers and refuses all writes, until it would accept one again."""
        self._refusals = RepeatedWarning("redis.refuses_writes")
        self._reported = (False, True)
        self._outage = RepeatedWarning("redis.connect_failed")
        self._is_retired = False
        self._tasks = BackgroundTasks(monitor)

    @property
    def is_available(self) -> bool:
        """Return True while it is connected and its replies come in time."""
        return bool(self._answering)

    @property
    def accepts_writes(self) -> bool:
        """Return False from a refusal for a reason that lasts, until a write would be accepted again."""
        return self.write_refusal is None

    def note_reply(self, reply: object) -> None:
        """Learn from a reply of this node to any caller whether it refuses writes."""
        if refuses_writes(reply):
            self.write_refusal = cast("ReplyError", reply)
            self._refusals.warn(node=self.name, error=str(reply))
            self._report_change()

    def start(self) -> None:
        """Begin to connect."""
        self._disconnected_at = monotonic()
        for index in range(len(self.shared)):
            self._tasks.keep_running("redis.connection", partial(self._keep_connected, index), vital=True)

    def retire(self) -> None:
        """Take no more calls: those that wait for a connection look for another node."""
        self._is_retired = True
        self._connected.set()

    async def close(self) -> None:
        """End every connection, in-use ones too; calls that wait for one look for another node."""
        self.retire()
        await asyncio.gather(self.dedicated.close(), self._tasks.close())

    async def drop_connections(self) -> None:
        """End every connection, in-use ones too; new ones are dialled."""
        await asyncio.gather(self.dedicated.drop(), self._drop_shared())

    async def _drop_shared(self) -> None:
        await asyncio.gather(*(connection.close() for connection in self.shared if connection))

    def ready_connection(self) -> SharedConnection | None:
        """Return a shared connection that answers, each in turn; None if there is none."""
        for _ in self.shared:
            connection = self.shared[next(self._turn)]
            if connection is not None and not connection.is_lost and not connection.is_stalled:
                return connection
        return None

    async def wait_connection(self, deadline: float) -> SharedConnection:
        """Return a shared connection that answers, now or soon.

        A call waits for it while an outage is younger than `settings.connect_seconds`. In a longer one, and
        while Redis is stalled, RedisUnavailable is raised at once.
        """
        if self._is_retired:
            raise ConnectionLost(sent=False)
        if connection := self.ready_connection():
            return connection
        if not self._connected.is_set():
            until = min(deadline, self._disconnected_at + self._settings.connect_seconds)
            try:
                async with asyncio.timeout(until - monotonic()):
                    await self._connected.wait()
            except TimeoutError:
                raise RedisUnavailable(f"there is no connection to Redis at {self.name}") from None
            return await self.wait_connection(deadline)
        raise RedisUnavailable(f"Redis at {self.name} does not answer in time")

    async def _keep_connected(self, index: int) -> None:
        """Keep one shared connection open."""
        pauses = iter(_REDIAL)
        while True:
            try:
                connection = await self._open()
            except (RedisUnavailable, ConnectionLost, ReplyTimeout, ReplyError) as error:
                self._outage.warn(node=self.name, error=str(error))
                await asyncio.sleep(next(pauses))
                continue
            pauses = iter(_REDIAL)
            try:
                self.shared[index] = connection
                self._connected.set()
                self._outage.resolve("redis.connected", node=self.name)
                self._set_answering(connection, True)
                await self._check_until_lost(connection)
            finally:
                await connection.close()
            self._outage.begin("redis.connection_lost", node=self.name)

    async def _open(self) -> SharedConnection:
        """Open a connection, and read over it the clock, the run id, and whether writes are accepted."""
        connection = SharedConnection(await self.dial(), self._settings, self._on_lost)
        try:
            await self._read_clock(connection)
            await self._probe_write(connection)
            await connection.identify(monotonic() + self._settings.stall_seconds)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def _check_until_lost(self, connection: SharedConnection) -> None:
        """Look now and then whether Redis answers and would accept a write, though nobody may call."""
        while not connection.is_lost:
            await asyncio.wait([connection.ended], timeout=_CHECK_SECONDS)
            try:
                await self._read_clock(connection)
                await self._probe_write(connection)
            except (ConnectionLost, ReplyTimeout, ReplyError):
                self._set_answering(connection, False)
            except Overloaded:
                self._set_answering(connection, not connection.is_stalled)
            else:
                self._set_answering(connection, True)

    def _on_lost(self) -> None:
        if self._connected.is_set() and all(shared is None or shared.is_lost for shared in self.shared):
            self._connected.clear()
            self._disconnected_at = monotonic()
        self._answering = {connection for connection in self._answering if not connection.is_lost}
        self._report_change()

    async def _read_clock(self, connection: SharedConnection) -> None:
        sent_at = monotonic()
        reply = await connection.send(_TIME, sent_at + self._settings.stall_seconds)
        if isinstance(reply, ReplyError):
            raise reply
        seconds, microseconds = map(int, read_bytes_list(reply))
        self.clock.observe(seconds * 1_000_000 + microseconds, sent_at, monotonic())

    async def _probe_write(self, connection: SharedConnection) -> None:
        reply = await connection.send(_WRITE_PROBE, monotonic() + self._settings.stall_seconds)
        if refuses_writes(reply):
            self.note_reply(reply)
        elif self.write_refusal:
            self._refusals.resolve("redis.accepts_writes", node=self.name)
            self.write_refusal = None
            self._report_change()

    def _set_answering(self, connection: SharedConnection, is_answering: bool) -> None:
        if is_answering and not connection.is_lost:
            self._answering.add(connection)
        else:
            self._answering.discard(connection)
        self._report_change()

    def _report_change(self) -> None:
        before, self._reported = self._reported, (self.is_available, self.accepts_writes)
        if self._reported != before:
            self._on_change()
