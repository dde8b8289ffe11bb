"""Connections to one Redis server, and the one that many callers share.

redis-py makes each connection: address, TLS, authentication, handshake. From then on this module reads and
writes its transport, since redis-py's path of one command at a time is what costs (about 2 times an empty
call, against 1.2 times shared).
"""

from __future__ import annotations

import asyncio
import re
import secrets
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

import hiredis
from redis.asyncio.connection import AbstractConnection

from quikstate_server.errors import Overloaded
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError, ReplyTimeout
from quikstate_server.settings import RedisSettings

Dial = Callable[[], Awaitable[AbstractConnection]]
"""Opens a redis-py connection and completes its handshake, or raises RedisUnavailable."""

_SWEEP_SECONDS = 0.05
_INCOMPLETE = object()
_ASKING = b"*1\r\n$6\r\nASKING\r\n"
_INFO = pack(("INFO", "server"))
_RUN_ID = re.compile(rb"^run_id:(\w+)", re.MULTILINE)


class Connection(asyncio.Protocol, ABC):
    """A connection after its handshake, read by this class; `on_lost` is called at the moment it ends."""

    def __init__(self, raw: AbstractConnection, on_lost: Callable[[], None] = lambda: None) -> None:
        self.is_lost = False
        self._notify_lost = on_lost
        self._loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[None] = self._loop.create_future()
        """Done once the connection has ended, for any reason."""
        self._parser = hiredis.Reader(replyError=ReplyError, notEnoughData=_INCOMPLETE)
        self._raw = raw
        # redis-py has no public way to its transport; the range of its versions is pinned for this.
        writer: Any = raw._writer  # noqa: SLF001
        reader: Any = raw._reader  # noqa: SLF001
        self._transport: asyncio.Transport = writer.transport
        self._transport.set_protocol(self)
        # If Redis ended it just after the handshake, only redis-py's reader was notified, and left it open.
        if self._transport.is_closing() or reader.at_eof():
            self._transport.abort()
            self._loop.call_soon(self.connection_lost, None)

    async def close(self) -> None:
        """End the connection now, and drop what is not written yet: Redis may have stopped reading."""
        self._transport.abort()
        await asyncio.wait([self.ended])

    def data_received(self, data: bytes) -> None:
        self._parser.feed(data)
        while (reply := self._parser.gets()) is not _INCOMPLETE:
            self._on_reply(reply)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's interface
        if self.is_lost:
            return
        self.is_lost = True
        try:
            # Its disconnect() is a coroutine, and there is nothing to wait for.
            self._raw._close()  # type: ignore[no-untyped-call] # noqa: SLF001
        finally:  # if one of them raises, the others are called all the same
            try:
                self._on_lost()
            finally:
                self.ended.set_result(None)
                self._notify_lost()

    def _write(self, data: bytes) -> None:
        """Write `data`; a transport that fails ends the connection, as a fault of the network does."""
        try:
            self._transport.write(data)
        except Exception:  # noqa: BLE001 - the edge: uvloop has errors of its own for a closed handle
            self._transport.abort()

    @abstractmethod
    def _on_reply(self, reply: object) -> None:
        """Take the next reply."""

    def _on_lost(self) -> None:
        """Fail what still waits for a reply."""


_Pending = tuple[asyncio.Future[object], int, float, float]
"""A command whose reply has not come: its future, its size, when it was sent, its deadline (monotonic)."""


class SharedConnection(Connection):
    """A connection that many callers share.

    Commands are written as they come, one write a turn of the event loop; replies resolve in order. A caller
    that goes away costs nothing: its reply is read and dropped.
    """

    def __init__(
        self, raw: AbstractConnection, settings: RedisSettings, on_lost: Callable[[], None] = lambda: None
    ) -> None:
        self._settings = settings
        self._max_commands = settings.max_in_flight_commands
        self._max_bytes = settings.max_in_flight_bytes
        self._pending: deque[_Pending] = deque()
        self._outbox: list[bytes] = []
        self._bytes = 0
        self._sweeping = False
        self.is_stalled = False
        """True while a reply is overdue: a command sent now would wait behind it."""
        self.run_id = secrets.token_hex(20)
        """The run id of the server, another one after each restart; a random one before `identify`."""
        super().__init__(raw, on_lost)

    def send(self, command: bytes, deadline: float) -> asyncio.Future[object]:
        """Send one packed command; return the future of its reply, which may be a ReplyError.

        The future raises ConnectionLost, which says whether the command may have run, or ReplyTimeout at the
        deadline, in monotonic seconds.
        """
        if self.is_lost:
            raise ConnectionLost(sent=False)
        if len(self._pending) >= self._max_commands:
            raise Overloaded("redis.max_in_flight_commands")
        size = len(command)
        if self._bytes + size > self._max_bytes and self._pending:
            raise Overloaded("redis.max_in_flight_bytes")
        if not self._outbox:
            self._loop.call_soon(self._flush)
        if not self._sweeping:
            self._sweeping = True
            self._loop.call_later(_SWEEP_SECONDS, self._sweep)
        future: asyncio.Future[object] = self._loop.create_future()
        self._outbox.append(command)
        self._pending.append((future, size, monotonic(), deadline))
        self._bytes += size
        return future

    def send_asking(self, command: bytes, deadline: float) -> asyncio.Future[object]:
        """Send as `send` does, to a server to which the slot of the command's keys is moving.

        ASKING holds for the next command of any caller: so both are sent, one after the other, or neither.
        """
        self.send(_ASKING, deadline).cancel()  # nobody waits for its reply, which is read and dropped
        try:
            return self.send(command, deadline)
        except Overloaded:
            self._outbox.pop()
            self._pending.pop()
            self._bytes -= len(_ASKING)
            raise

    async def identify(self, deadline: float) -> None:
        """Read the server's run id, if it lets us: it cannot change while the connection lasts."""
        reply = await self.send(_INFO, deadline)
        if isinstance(reply, bytes) and (match := _RUN_ID.search(reply)):
            self.run_id = match[1].decode()

    @property
    def in_flight(self) -> int:
        """Return the number of commands whose reply has not come."""
        return len(self._pending)

    def _flush(self) -> None:
        if self._transport.is_closing():
            return  # the commands in the outbox were never sent, as _on_lost will report
        outbox, self._outbox = self._outbox, []
        self._write(outbox[0] if len(outbox) == 1 else b"".join(outbox))

    def _on_reply(self, reply: object) -> None:
        future, size, _, _ = self._pending.popleft()
        self._bytes -= size
        self.is_stalled = False  # until the next sweep finds otherwise
        if not future.done():
            future.set_result(reply)

    def _on_lost(self) -> None:
        written = len(self._pending) - len(self._outbox)
        for index, (future, _, _, _) in enumerate(self._pending):
            if not future.done():
                future.set_exception(ConnectionLost(sent=index < written))
        self._pending.clear()
        self._outbox.clear()

    def _sweep(self) -> None:
        """Time out overdue commands: one timer for all costs less than one each, and none runs while idle."""
        self._sweeping = bool(self._pending)
        if not self._pending:
            self.is_stalled = False
            return
        self._loop.call_later(_SWEEP_SECONDS, self._sweep)
        now = monotonic()
        for future, _, _, deadline in self._pending:
            if deadline <= now and not future.done():
                future.set_exception(ReplyTimeout())
        self._check_stalled(now)

    def _check_stalled(self, now: float) -> None:
        """Note that it is stalled when its oldest reply is overdue; end it when no caller can wait for that.

        It may hang on a host that vanished without closing it, for a quarter of an hour by TCP's timers; a
        new connection finds out.
        """
        _, _, sent_at, deadline = self._pending[0]
        overdue = now - sent_at - self._settings.stall_seconds
        self.is_stalled = overdue > 0
        if overdue > self._settings.command_seconds and deadline <= now:
            self._transport.abort()
