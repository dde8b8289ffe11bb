"""gRPC-Web (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md): gRPC with trailers in the body."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from typing import Final

from google.rpc import code_pb2
from google.rpc.status_pb2 import Status

from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.transport.http.base64_body import Base64Body
from quikstate_server.transport.http.call import failure
from quikstate_server.transport.http.compression import accepts_gzip, gzip_if_worthwhile, is_gzip
from quikstate_server.transport.http.envelope import COMPRESSED, Messages, pack
from quikstate_server.transport.http.grpc import deadline_of, status_headers
from quikstate_server.transport.http.http_call import NEEDS_HTTP2, HttpCall
from quikstate_server.transport.http.messages import DecodedMessages, SingleMessage
from quikstate_server.transport.http.response import Response

_TRAILERS: Final = 0x80
_OK: Final = Status()


async def serve_grpc_web(call: HttpCall, content_type: str, *, text: bool) -> None:
    """Serve one call to its end. `text` is for clients that can only send and receive text: in base64."""
    stream = _WebStream(call, content_type, text=text)
    try:
        if call.needs_http2():
            raise failure(code_pb2.UNIMPLEMENTED, NEEDS_HTTP2)
        deadline = deadline_of(call.exchange.header("grpc-timeout"))
        response = await call.run(deadline, stream.requests(), stream.send)
        if response is not None:
            await stream.send(response)
    except CallFailed as failed:
        await stream.end(failed.status)
    else:
        await stream.end(_OK)


async def refuse_grpc_web(response: Response, content_type: str, status: Status, *, text: bool) -> None:
    """End a call that has no handler."""
    await response.begin([("content-type", content_type)])
    await response.write(_armoured(_trailers(status), text=text), end=True)


class _WebStream:
    def __init__(self, call: HttpCall, content_type: str, *, text: bool) -> None:
        self._call = call
        self._content_type = content_type
        self._text = text
        self._sent_encoding = call.exchange.header("grpc-encoding")
        self._gzip = accepts_gzip(call.exchange.header("grpc-accept-encoding"), self._sent_encoding)

    def requests(self) -> AsyncIterator[bytes]:
        """Return the client's messages; raise CallFailed if their encoding is not known."""
        is_gzip(self._sent_encoding)
        call = self._call
        read = Base64Body(call.exchange.read).read if self._text else call.exchange.read
        messages: AsyncIterator[bytes] = Messages(read, call.max_bytes, self._sent_encoding)
        if not call.route.method.client_streaming:
            messages = SingleMessage(messages)
        return DecodedMessages(messages, call.decode)

    async def send(self, message: bytes) -> None:
        """Send one message; wait while the client does not read."""
        encoded = self._call.encode(message)
        await self._begin()
        if self._gzip and (compressed := gzip_if_worthwhile(encoded)):
            await self._write(pack(compressed, COMPRESSED))
        else:
            await self._write(pack(encoded))

    async def end(self, status: Status) -> None:
        """Send the trailers."""
        await self._begin()
        await self._write(_trailers(status), end=True)

    async def _begin(self) -> None:
        headers = [("content-type", self._content_type), ("grpc-accept-encoding", "identity,gzip")]
        if self._gzip:
            headers.append(("grpc-encoding", "gzip"))
        await self._call.response.begin(headers)

    async def _write(self, data: bytes, *, end: bool = False) -> None:
        await self._call.response.write(_armoured(data, text=self._text), end=end)


def _trailers(status: Status) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in status_headers(status))
    return pack(lines.encode("ascii"), _TRAILERS)


def _armoured(data: bytes, *, text: bool) -> bytes:
    """Return text as base64, each part for itself: readers decode what has arrived."""
    return base64.b64encode(data) if text else data
