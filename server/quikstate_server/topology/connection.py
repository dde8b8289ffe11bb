"""Connections to one Redis server, and the one that many callers share.

redis-py makes each connection: address, TLS, authentication, handshake. From
then on its stream is read and written here, since its path of one command at a
time is what costs (about 2 times an empty call, against 1.2 times shared).
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable

import hiredis
from redis.asyncio.connection import AbstractConnection

from quikstate_server.errors import Overloaded
from quikstate_server.settings import RedisSettings
from quikstate_server.topology.faults import ConnectionLost, ReplyError, ReplyTimeout

Dial = Callable[[], Awaitable[AbstractConnection]]
"""Makes a handshaken redis-py connection, or raises RedisUnavailable."""

_READ_SIZE = 256 * 1024
_SWEEP_SECONDS = 0.05
_INCOMPLETE = object()


class Connection(ABC):
    """A handshaken connection and the task that reads it."""

    def __init__(self, raw: AbstractConnection) -> None:
        self._raw = raw
        # redis-py has no public way to its streams; the range of its versions is pinned for this.
        reader, self._writer = raw._reader, raw._writer  # noqa: SLF001
        self._loop = asyncio.get_running_loop()
        self.lost = False
        self._reading = self._loop.create_task(self._read(reader))

    async def wait_lost(self) -> None:
        """Return once the connection has ended, for whatever reason."""
        await asyncio.wait([self._reading])

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.wait([self._reading])
        await self._raw.disconnect(nowait=True)

    async def _read(self, stream: asyncio.StreamReader) -> None:
        parser = hiredis.Reader(replyError=ReplyError, notEnoughData=_INCOMPLETE)
        try:
            while chunk := await stream.read(_READ_SIZE):
                parser.feed(chunk)
                while (reply := parser.gets(False)) is not _INCOMPLETE:
                    self._on_reply(reply)
        except (OSError, hiredis.ProtocolError):
            pass  # whoever waits for a reply learns of it from _on_lost
        finally:
            self.lost = True
            self._writer.close()
            self._on_lost()

    @abstractmethod
    def _on_reply(self, reply: object) -> None: ...

    @abstractmethod
    def _on_lost(self) -> None: ...


class _Pending:
    """A command whose reply has not come: `expires` and `since` in monotonic seconds."""

    __slots__ = ("expires", "future", "since", "size")

    def __init__(self, future: asyncio.Future[object], size: int, since: float, expires: float) -> None:
        self.future = future
        self.size = size
        self.since = since
        self.expires = expires


class SharedConnection(Connection):
    """Commands are written as they come, one write a turn of the event loop; replies resolve in order.

    A caller that goes away costs nothing: its reply is read and dropped.
    """

    def __init__(self, raw: AbstractConnection, settings: RedisSettings) -> None:
        self._settings = settings
        self._pending: deque[_Pending] = deque()
        self._outbox: list[bytes] = []
        self._bytes = 0
        super().__init__(raw)
        self._sweeper = self._loop.call_later(_SWEEP_SECONDS, self._sweep)

    def send(self, command: bytes, timeout: float) -> asyncio.Future[object]:
        """Send one packed command; its future ends in a reply (a ReplyError too is one) or a fault.

        ConnectionLost says whether the command may have run; ReplyTimeout comes
        after `timeout` seconds.
        """
        future = self._loop.create_future()
        if self.lost:
            future.set_exception(ConnectionLost(sent=False))
            return future
        if len(self._pending) >= self._settings.max_in_flight_commands:
            raise Overloaded("redis.max_in_flight_commands")
        if self._bytes + len(command) > self._settings.max_in_flight_bytes and self._pending:
            raise Overloaded("redis.max_in_flight_bytes")
        if not self._outbox:
            self._loop.call_soon(self._flush)
        now = time.monotonic()
        self._outbox.append(command)
        self._pending.append(_Pending(future, len(command), now, now + timeout))
        self._bytes += len(command)
        return future

    @property
    def waiting_since(self) -> float | None:
        """When the oldest command without a reply was sent, in monotonic seconds."""
        return self._pending[0].since if self._pending else None

    @property
    def in_flight(self) -> int:
        return len(self._pending)

    @property
    def stalled(self) -> bool:
        """True while a reply is overdue: a command sent now would wait behind it."""
        oldest = self.waiting_since
        return oldest is not None and time.monotonic() - oldest > self._settings.stall_seconds

    async def close(self) -> None:
        self._sweeper.cancel()
        await super().close()

    def _flush(self) -> None:
        outbox, self._outbox = self._outbox, []
        if not self.lost:
            self._writer.write(outbox[0] if len(outbox) == 1 else b"".join(outbox))

    def _on_reply(self, reply: object) -> None:
        pending = self._pending.popleft()
        self._bytes -= pending.size
        if not pending.future.done():
            pending.future.set_result(reply)

    def _on_lost(self) -> None:
        unsent = len(self._outbox)
        self._outbox.clear()
        self._sweeper.cancel()
        written = len(self._pending) - unsent
        for index, pending in enumerate(self._pending):
            if not pending.future.done():
                pending.future.set_exception(ConnectionLost(sent=index < written))
        self._pending.clear()
        self._bytes = 0

    def _sweep(self) -> None:
        """Time out overdue commands; one timer for all costs less than one each."""
        now = time.monotonic()
        for pending in self._pending:
            if pending.expires <= now and not pending.future.done():
                pending.future.set_exception(ReplyTimeout())
        if not self.lost:
            self._sweeper = self._loop.call_later(_SWEEP_SECONDS, self._sweep)
