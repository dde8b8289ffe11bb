"""Finds out which version of HTTP a new connection speaks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from httpunk._httpunk import H2_PREFACE, H2Codec

from quikstate_server.transport.http.http1 import Http1Connection
from quikstate_server.transport.http.http2 import Http2Connection

if TYPE_CHECKING:
    from quikstate_server.transport.http.server import HttpTransport


class PrefaceReader(asyncio.Protocol):
    """Reads a connection's first bytes, and hands it over: clients of HTTP/2 begin with a preface.

    TLS need not be asked for what was negotiated: a client may have offered nothing.
    """

    def __init__(self, server: HttpTransport) -> None:
        self.finished = asyncio.get_running_loop().create_future()
        self._server = server
        self._received = b""
        self._transport: asyncio.Transport
        self._timer: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._server.connections.add(self)
        seconds = self._server.settings.limits.first_message_seconds
        self._timer = asyncio.get_running_loop().call_later(seconds, self.abort)

    def data_received(self, data: bytes) -> None:
        self._received += data
        is_http2 = H2Codec.match_preface(self._received)
        if is_http2 is None:
            return
        made = Http2Connection if is_http2 else Http1Connection
        connection = made(self._server)
        self._leave()
        self._server.add(connection)
        self._transport.set_protocol(connection)
        connection.connection_made(self._transport)
        connection.data_received(self._received[len(H2_PREFACE) :] if is_http2 else self._received)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - nothing was begun
        self._leave()

    def begin_shutdown(self) -> None:
        """Close: the client has sent no request."""
        self._transport.close()

    def abort(self) -> None:
        """Close now."""
        self._transport.abort()

    def _leave(self) -> None:
        self._timer.cancel()
        self._server.connections.discard(self)
        if not self.finished.done():
            self.finished.set_result(None)
