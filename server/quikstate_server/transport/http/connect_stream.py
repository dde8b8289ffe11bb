"""Streams by the Connect protocol: messages with a prefix, and a last one that says how the call ended."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from google.rpc.status_pb2 import Status

from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.transport.http.compression import accepts_gzip, gzip_if_worthwhile, is_gzip
from quikstate_server.transport.http.connect_error import end_of_stream
from quikstate_server.transport.http.connect_headers import check_version, connect_deadline
from quikstate_server.transport.http.envelope import COMPRESSED, Messages, pack
from quikstate_server.transport.http.http_call import HttpCall
from quikstate_server.transport.http.messages import DecodedMessages, SingleMessage

_END_OF_STREAM: Final = 0x02


async def serve_stream(call: HttpCall) -> None:
    """Serve one call to its end. It is answered with 200, however it ends."""
    stream = _ConnectStream(call)
    try:
        check_version(call.exchange)
        response = await call.run(connect_deadline(call.exchange), stream.requests(), stream.send)
        if response is not None:
            await stream.send(response)
    except CallFailed as failed:
        await stream.end(failed.status)
    else:
        await stream.end(None)


class _ConnectStream:
    def __init__(self, call: HttpCall) -> None:
        self._call = call
        self._sent_encoding = call.exchange.header("connect-content-encoding")
        self._gzip = accepts_gzip(call.exchange.header("connect-accept-encoding"), self._sent_encoding)

    def requests(self) -> AsyncIterator[bytes]:
        """Return the client's messages; raise CallFailed if their encoding is not known."""
        is_gzip(self._sent_encoding)
        call = self._call
        messages: AsyncIterator[bytes] = Messages(call.exchange.read, call.max_bytes, self._sent_encoding)
        if not call.route.method.client_streaming:
            messages = SingleMessage(messages)
        return DecodedMessages(messages, call.decode)

    async def send(self, message: bytes) -> None:
        """Send one message; wait while the client does not read."""
        encoded = self._call.encode(message)
        await self._begin()
        if self._gzip and (compressed := gzip_if_worthwhile(encoded)):
            await self._call.response.write(pack(compressed, COMPRESSED))
        else:
            await self._call.response.write(pack(encoded))

    async def end(self, status: Status | None) -> None:
        """Send the last message."""
        await self._begin()
        await self._call.response.write(pack(end_of_stream(status), _END_OF_STREAM), end=True)

    async def _begin(self) -> None:
        headers = [
            ("content-type", f"application/connect+{self._call.encoding.name}"),
            ("connect-accept-encoding", "gzip"),
        ]
        if self._gzip:
            headers.append(("connect-content-encoding", "gzip"))
        await self._call.response.begin(headers)
