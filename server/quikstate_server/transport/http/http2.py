"""One HTTP/2 connection, driven by the loop's callbacks: what is queued in one turn is one write."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Final, cast

from httpunk import ConnectionClosedError

from quikstate_server.transport.http.http2_session import Http2Session
from quikstate_server.transport.http.keepalive import Keepalive
from quikstate_server.transport.http.peer import certificate_of, peer_of

if TYPE_CHECKING:
    from quikstate_server.transport.http.server import HttpTransport

_PING: Final = b"\x00\x00\x08\x06\x00\x00\x00\x00\x00quikping"
"""A whole PING frame: the state machine sends none but that of a shutdown."""
_MAX_READ_UNSENT: Final = 256 * 1024
"""Most bytes to read while the client reads nothing: each may need an answer, which would have to be kept."""
_AGE_JITTER: Final = 0.1
"""A tenth, so that connections that came together do not leave together."""


class Http2Connection(asyncio.Protocol):
    """Reads and writes for a session; ends when it is too old, or when its client has vanished."""

    def __init__(self, server: HttpTransport) -> None:
        self.loop = asyncio.get_running_loop()
        self.peer = ""
        self.certificate: bytes | None = None
        self.finished = self.loop.create_future()
        self._server = server
        self._session = Http2Session(self, server.settings.limits, server.serve)
        self._transport: asyncio.Transport
        self._keepalive: Keepalive
        self._handshake_timer: asyncio.TimerHandle
        self._age_timer: asyncio.TimerHandle
        self._flush_scheduled = False
        self._writing_paused = False
        self._read_unsent = 0
        self._closing = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.peer = peer_of(transport)
        self.certificate = certificate_of(transport)
        self._keepalive = Keepalive(self.loop, self._ping, self.abort)
        settings = self._server.settings
        self._handshake_timer = self.loop.call_later(settings.limits.first_message_seconds, self.abort)
        spread = random.uniform(1 - _AGE_JITTER, 1 + _AGE_JITTER)  # noqa: S311 - spreads load
        self._age_timer = self.loop.call_later(
            settings.max_connection_age_seconds * spread, self.begin_shutdown
        )
        self._session.begin()
        self._flush()

    def data_received(self, data: bytes) -> None:
        self._keepalive.heard()
        if not self._closing:
            self._session.receive(data)
        if self._writing_paused:
            self._read_unsent += len(data)
            if self._read_unsent > _MAX_READ_UNSENT:
                self._transport.pause_reading()

    def pause_writing(self) -> None:
        self._writing_paused = True
        self._read_unsent = 0

    def resume_writing(self) -> None:
        self._writing_paused = False
        if self._read_unsent > _MAX_READ_UNSENT:
            self._transport.resume_reading()
        self._flush()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the calls are over, whatever it was
        self._closing = True
        self._keepalive.close()
        self._age_timer.cancel()
        self._handshake_timer.cancel()
        self._session.abandon_streams(ConnectionClosedError("connection closed"))
        self._server.connections.discard(self)
        self.finished.set_result(None)

    def begin_shutdown(self) -> None:
        """Make the client connect elsewhere; serve what it has sent before it knew, then close."""
        if not self._closing:
            self._session.begin_shutdown()

    def abort(self) -> None:
        """Close now; calls are cancelled."""
        self._transport.abort()

    # The session calls these.

    def on_settings(self) -> None:
        self._handshake_timer.cancel()

    def schedule_flush(self) -> None:
        if not self._flush_scheduled:
            self._flush_scheduled = True
            self.loop.call_soon(self._flush)

    def close_soon(self) -> None:
        self._closing = True
        self.schedule_flush()

    def _flush(self) -> None:
        """Write all that is queued, unless the client does not read: resume_writing does it then."""
        self._flush_scheduled = False
        if self._writing_paused or self._transport.is_closing():
            return
        queued = self._session.take_queued()
        if queued:
            self._transport.write(queued)
        if self._closing and not self._session.has_queued():
            self._transport.close()

    def _ping(self) -> None:
        self._flush()
        if not self._transport.is_closing():
            self._transport.write(_PING)
