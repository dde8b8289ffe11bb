"""One request of an HTTP/1.1 connection and its response."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING, cast

from google.rpc import code_pb2
from httpunk import HeaderMap, HTTPunkError

from quikstate_server.transport.http.byte_stream import ByteStream
from quikstate_server.transport.http.call import failure
from quikstate_server.transport.http.cancellation import CancelledOnce
from quikstate_server.transport.http.exchange import Headers

if TYPE_CHECKING:
    from httpunk.h1.server import SendStream, ServerRequest

    from quikstate_server.transport.http.http1 import Http1Connection

_CLOSE = ("connection", "close")


class Http1Exchange(CancelledOnce):
    """An Exchange over HTTP/1.1."""

    __slots__ = (
        "_body",
        "_body_begun",
        "_body_left",
        "_connection",
        "_held",
        "_request",
        "_sender",
        "_stream",
        "ended",
        "method",
        "target",
    )

    duplex = False

    def __init__(self, connection: Http1Connection, stream: ByteStream, request: ServerRequest) -> None:
        super().__init__()
        self.method = request.method
        self.target = _origin_form(request.target)
        self.ended = False
        """True once the whole response is sent."""
        self._connection = connection
        self._stream = stream
        self._request = request
        self._body = cast("AsyncGenerator[bytes]", request.aiter_bytes())
        self._body_begun = False
        self._body_left = request.content_length
        if not (request.content_length or "transfer-encoding" in request.headers):
            stream.unread_request = False
        self._held: tuple[int, HeaderMap] | None = None
        self._sender: SendStream

    @property
    def peer(self) -> str:
        return self._connection.peer

    def certificate(self) -> bytes | None:
        return self._connection.certificate

    def header(self, name: str) -> str | None:
        value = self._request.headers.get(name)
        return None if value is None else value.decode("latin-1")

    def header_values(self, name: str) -> Sequence[str]:
        return [value.decode("latin-1") for value in self._request.headers.get_all(name)]

    async def read(self) -> bytes:
        self._body_begun = True
        try:
            part = await anext(self._body, b"")
            if self._body_left:
                self._body_left -= len(part)
                if not self._body_left:  # then nobody need read on to know that it has ended
                    await anext(self._body, b"")
        except HTTPunkError as error:
            if self._stream.is_over:
                raise asyncio.CancelledError from error
            raise failure(code_pb2.INVALID_ARGUMENT, "the request's body is not valid HTTP/1.1") from None
        if not part or self._body_left == 0:
            self._stream.unread_request = False
        return part

    async def start(self, status: int, headers: Headers, *, end: bool = False) -> None:
        """Send the head. One that gives the body's length waits for the body, to be sent in one piece."""
        fields = HeaderMap(list(headers))
        if self._body_begun and self._stream.unread_request:
            self._connection.closing = True  # the rest of the body stands where the next request should
        if self._connection.closing:
            fields.add(*_CLOSE)
        if end:
            await self._respond(status, fields, b"")
        elif "content-length" in fields:
            self._held = status, fields
        else:
            await self._begin(status, fields)

    async def write(self, data: bytes, *, end: bool = False) -> None:
        if self._held:
            (status, fields), self._held = self._held, None
            if end:
                await self._respond(status, fields, data)
                return
            await self._begin(status, fields)
        try:
            await self._sender.send_data(data, end_stream=end)
        except (HTTPunkError, OSError) as gone:
            raise asyncio.CancelledError from gone
        self.ended = end
        await self._stream.wait_drained()

    async def finish(self, trailers: Headers = ()) -> None:  # noqa: ARG002 - HTTP/1.1 sends none
        await self.write(b"", end=True)

    async def close(self) -> None:
        """End what is left: a request that was not read, a response that was broken off."""
        await self._body.aclose()
        if not self.ended:
            self._stream.abort()

    async def _begin(self, status: int, fields: HeaderMap) -> None:
        try:
            # Its look-out for the client's end is not needed: the connection has one of its own.
            self._sender = await self._request.send_response(status, headers=fields, detect_eof=False)
        except (HTTPunkError, OSError) as gone:
            raise asyncio.CancelledError from gone

    async def _respond(self, status: int, fields: HeaderMap, body: bytes) -> None:
        try:
            await self._request.respond(status, headers=fields, body=body)
        except (HTTPunkError, OSError) as gone:
            raise asyncio.CancelledError from gone
        self.ended = True
        await self._stream.wait_drained()


def _origin_form(target: str) -> str:
    """Return the path and query of a target that has a host too, as proxies are sent it."""
    if target.startswith("/"):
        return target
    _, has_host, rest = target.partition("://")
    return "/" + rest.partition("/")[2] if has_host else target
