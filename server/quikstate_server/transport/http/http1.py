"""One HTTP/1.1 connection: its requests are served one after another."""

from __future__ import annotations

import asyncio
import random
import socket
from typing import TYPE_CHECKING, Final, cast

from httpunk import Backend, H1Server

from quikstate_server.transport.http.byte_stream import ByteStream
from quikstate_server.transport.http.cancellation import CancellationCause
from quikstate_server.transport.http.http1_exchange import Http1Exchange
from quikstate_server.transport.http.peer import certificate_of, peer_of

if TYPE_CHECKING:
    from httpunk.h1.server import ServerRequest

    from quikstate_server.transport.http.server import HttpTransport

_AGE_JITTER: Final = 0.1
"""A tenth, so that connections that came together do not leave together."""
_LINGER_SECONDS: Final = 0.2
"""Time for which an idle connection stays open at its end: a request may be on its way."""
_KEEPALIVE_SECONDS: Final = 30
_USER_TIMEOUT_SECONDS: Final = 40
"""Time after which a client is gone that acknowledges nothing: for HTTP/2, that of a ping and its answer."""


class Http1Connection(asyncio.Protocol):
    """Serves requests until the client leaves, or the server tells it to connect elsewhere."""

    def __init__(self, server: HttpTransport) -> None:
        self.loop = asyncio.get_running_loop()
        self.peer = ""
        self.certificate: bytes | None = None
        self.finished = self.loop.create_future()
        self.closing = False
        """True if the next response is the last."""
        self._server = server
        self._transport: asyncio.Transport
        self._stream: ByteStream
        self._exchange: Http1Exchange | None = None
        self._serving: asyncio.Task[None]
        self._age_timer: asyncio.TimerHandle
        self._head_timer: asyncio.TimerHandle | None = None
        self._linger_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._stream = ByteStream(self._transport, self.loop)
        self.peer = peer_of(transport)
        self.certificate = certificate_of(transport)
        _end_with_client(transport.get_extra_info("socket"))
        age = self._server.settings.max_connection_age_seconds
        spread = random.uniform(1 - _AGE_JITTER, 1 + _AGE_JITTER)  # noqa: S311 - spreads load
        self._age_timer = self.loop.call_later(age * spread, self.begin_shutdown)
        self._serving = self.loop.create_task(self._serve())
        self._serving.add_done_callback(self._on_served)

    def data_received(self, data: bytes) -> None:
        self._stream.feed(data)
        if self._exchange is None:
            self._await_head()

    def eof_received(self) -> bool:
        """Take the client for gone: one that only ends its side looks the same, and is rare."""
        self._stream.feed_end()
        self._abandon_call()
        return self._transport.can_write_eof()  # keep it open: the stream closes it once it has sent all

    def pause_writing(self) -> None:
        self._stream.pause_writing()

    def resume_writing(self) -> None:
        self._stream.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the calls are over, whatever it was
        self._stream.feed_end()
        self._stream.resume_writing()
        self._abandon_call()

    def begin_shutdown(self) -> None:
        """End after the request in work, or the one that is on its way, if any."""
        self.closing = True
        if self._is_idle() and self._linger_timer is None:
            self._linger_timer = self.loop.call_later(_LINGER_SECONDS, self._close_idle)

    def abort(self) -> None:
        """Close now; the call is cancelled."""
        self._transport.abort()

    def _is_idle(self) -> bool:
        return self._exchange is None and self._head_timer is None and not self._stream.has_received

    def _close_idle(self) -> None:
        if self._is_idle():
            self._stream.close()

    def _await_head(self) -> None:
        """Limit the time of a request's head, from its first byte: more bytes do not prolong it."""
        if self._head_timer is None:
            seconds = self._server.settings.limits.first_message_seconds
            self._head_timer = self.loop.call_later(seconds, self.abort)

    def _abandon_call(self) -> None:
        if self._exchange is not None:
            self._exchange.cancel(CancellationCause.CLIENT_LEFT)

    async def _serve(self) -> None:
        library = H1Server(
            self._stream,
            backend=Backend.asyncio,
            header_read_timeout=None,
            max_buf_size=self._server.settings.limits.max_header_bytes,
        )
        async with library:
            async for request in library:
                whole = await self._serve_request(request)
                if not whole or self.closing:
                    self._stream.close()
                    break

    async def _serve_request(self, request: ServerRequest) -> bool:
        """Return True if the whole response was sent."""
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
        exchange = Http1Exchange(self, self._stream, request)
        self._exchange = exchange
        await asyncio.wait((self._server.serve(exchange),))
        self._exchange = None
        await exchange.close()
        if self._stream.has_received:
            self._await_head()
        return exchange.ended

    def _on_served(self, serving: asyncio.Task[None]) -> None:
        for timer in (self._age_timer, self._head_timer, self._linger_timer):
            if timer is not None:
                timer.cancel()
        self._server.connections.discard(self)
        self.finished.set_result(None)
        if not serving.cancelled() and (error := serving.exception()):
            self._stream.abort()
            context = {"message": "an HTTP/1.1 connection failed", "exception": error, "protocol": self}
            self.loop.call_exception_handler(context)


def _end_with_client(connected: socket.socket) -> None:
    """Have the kernel find out that a client has vanished: HTTP/1.1 has no pings."""
    if connected.family == socket.AF_UNIX:
        return
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, seconds in (("TCP_KEEPIDLE", _KEEPALIVE_SECONDS), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 2)):
        if option := getattr(socket, name, None):  # not every system has all of them
            connected.setsockopt(socket.IPPROTO_TCP, option, seconds)
    if option := getattr(socket, "TCP_USER_TIMEOUT", None):
        connected.setsockopt(socket.IPPROTO_TCP, option, _USER_TIMEOUT_SECONDS * 1_000)
