"""One stream of an HTTP/2 connection: a request and its response."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from httpunk import H2Reason, HeaderMap

from quikstate_server.transport.http.cancellation import CancelledOnce
from quikstate_server.transport.http.exchange import Headers

if TYPE_CHECKING:
    from httpunk._httpunk import H2FrameHeaders

    from quikstate_server.transport.http.http2_session import Http2Session

_STALL_SECONDS: Final = 60.0
"""Time in which a client must take a part of a response, if nothing else limits it."""


class Http2Stream(CancelledOnce):
    """An Exchange over HTTP/2. Its connection feeds it, and cancels its task when the client resets it.

    Responses are queued at once, for one write a turn of the loop; `write` waits where flow control, or what
    is queued already, has no room.
    """

    __slots__ = (
        "_body",
        "_ended",
        "_fields",
        "_reader",
        "_rest",
        "_sender",
        "_session",
        "id",
        "method",
        "target",
    )

    duplex = True

    def __init__(self, session: Http2Session, frame: H2FrameHeaders) -> None:
        super().__init__()
        self.id = frame.stream_id
        self.method = frame.method or ""
        self.target = frame.path or ""
        self._session = session
        self._fields = frame.headers
        self._body: bytes | bytearray = b""
        self._ended = False
        self._reader: asyncio.Future[None] | None = None
        self._rest: tuple[bytes, int, bool] | None = None
        """What there was no room for: data, an offset in it, and True if it ends the response."""
        self._sender: asyncio.Future[None] | None = None

    @property
    def peer(self) -> str:
        return self._session.owner.peer

    def certificate(self) -> bytes | None:
        return self._session.owner.certificate

    def header(self, name: str) -> str | None:
        value = self._fields.get(name)
        return None if value is None else value.decode("latin-1")

    def header_values(self, name: str) -> Sequence[str]:
        return [value.decode("latin-1") for value in self._fields.get_all(name)]

    # What the connection does.

    def feed(self, data: bytes) -> None:
        """Take a part of the body. Parts become one: the smallest frame then costs no more than its bytes."""
        if not self._body:
            self._body = data
        elif isinstance(self._body, bytearray):
            self._body += data
        else:
            self._body = bytearray(self._body + data)
        _wake(self._reader)

    def feed_end(self) -> None:
        self._ended = True
        _wake(self._reader)

    def send_rest(self) -> None:
        """Send what waits for room: there may be some. The task may be cleaning up meanwhile."""
        if self._rest is not None:
            with suppress(asyncio.CancelledError):  # the client has gone: the task learns of it
                self._send(*self._rest)
            if self._rest is None:
                _wake(self._sender)

    # What the protocols do.

    async def read(self) -> bytes:
        while not self._body:
            if self._ended:
                return b""
            self._reader = self._session.owner.loop.create_future()
            await self._reader
        body, self._body = self._body, b""
        self._session.release(self.id, len(body))
        return bytes(body)

    async def start(self, status: int, headers: Headers, *, end: bool = False) -> None:
        self.send_head(status, HeaderMap(list(headers)), end=end)

    async def write(self, data: bytes, *, end: bool = False, last: bool = False) -> None:
        """Send a part of the body.

        After the `last` one there is no handler left whose deadline would end the call: the stream is reset
        if its client takes nothing for long.
        """
        await self.wait_sent()
        self._send(data, 0, end)
        await self.wait_sent(_STALL_SECONDS if end or last else None)

    def offer(self, data: bytes) -> bool:
        """Send data without waiting; return False if there is no room, or data before it waits for some."""
        if self._rest is not None or self._session.room.is_full:
            return False
        self._send(data, 0, end=False)
        return True

    @property
    def all_sent(self) -> bool:
        """Return False while something waits for room."""
        return self._rest is None

    async def wait_sent(self, seconds: float | None = None) -> None:
        """Return once nothing waits for room any more; reset the stream if that takes longer."""
        while self._rest is not None:
            self._sender = self._session.owner.loop.create_future()
            try:
                async with asyncio.timeout(seconds):
                    await self._sender
            except TimeoutError:
                self._session.reset(self.id, H2Reason.CANCEL)
                raise asyncio.CancelledError from None

    def _send(self, data: bytes, offset: int, end: bool) -> None:
        session = self._session
        if session.room.is_full:
            session.room.wait(self, len(data) - offset)
            self._rest = data, offset, end
        else:
            sent = session.send_data(self.id, data, offset, end=end)
            self._rest = None if sent is None else (data, sent, end)

    async def finish(self, trailers: Headers = ()) -> None:
        fields = list(trailers)
        if fields:
            self.send_trailers(HeaderMap(fields))
        else:
            await self.write(b"", end=True)

    def send_head(self, status: int, headers: HeaderMap, *, end: bool = False) -> None:
        self._session.send_head(self.id, status, headers, end=end)

    def send_trailers(self, trailers: HeaderMap) -> None:
        self._session.send_trailers(self.id, trailers)

    def reset(self) -> None:
        """Break the response off: it cannot be ended properly."""
        self._session.reset(self.id, H2Reason.INTERNAL_ERROR)


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)
