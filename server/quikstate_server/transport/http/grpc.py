"""gRPC over HTTP/2 (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md)."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from google.rpc import code_pb2
from google.rpc.status_pb2 import Status
from httpunk import HeaderMap

from quikstate_server.call_context import CallContext
from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.settings import Settings
from quikstate_server.transport.http.call import Route, failure, routes_of, run_call
from quikstate_server.transport.http.cancellation import CancellationCause
from quikstate_server.transport.http.compression import gzip
from quikstate_server.transport.http.envelope import COMPRESSED, Messages, pack
from quikstate_server.transport.http.stream import Http2Stream
from quikstate_server.transport.transport import ServedApi

_CONTENT_TYPE: Final = "application/grpc"
_ENCODINGS: Final = "identity,gzip"
_HEAD: Final = HeaderMap([("content-type", _CONTENT_TYPE), ("grpc-accept-encoding", _ENCODINGS)])
_GZIP_HEAD: Final = HeaderMap([*_HEAD.items(), ("grpc-encoding", "gzip")])
_OK: Final = HeaderMap([("grpc-status", "0")])
_UNITS: Final[Mapping[str, float]] = {"H": 3_600, "M": 60, "S": 1, "m": 1e-3, "u": 1e-6, "n": 1e-9}
_MAX_TIMEOUT_DIGITS: Final = 8
_UNQUOTED: Final = "".join(chr(code) for code in range(0x20, 0x7F) if code != ord("%"))
"""What stands for itself in grpc-message."""


class GrpcProtocol:
    """Serves gRPC calls, a stream of HTTP/2 each."""

    def __init__(self, settings: Settings, api: ServedApi) -> None:
        self._routes = routes_of(api)
        self._max_bytes = settings.limits.max_message_bytes

    @staticmethod
    def serves(content_type: str | None) -> bool:
        """Return True for the content types of gRPC, which those of gRPC-Web begin with too."""
        if content_type is None or not content_type.startswith(_CONTENT_TYPE):
            return False
        return content_type[len(_CONTENT_TYPE) :][:1] in ("", "+", ";")

    async def serve(self, stream: Http2Stream) -> None:
        """Serve one call to its end."""
        route = self._routes.get(stream.target)
        if route is None:
            _send_status(stream, failure(code_pb2.UNIMPLEMENTED, f"there is no method {stream.target}"))
            return
        call = _GrpcCall(stream, self._max_bytes)
        try:
            await _run(route, call, stream)
        except asyncio.CancelledError:
            if stream.cause is CancellationCause.SERVER_STOPPED:
                call.end_with(failure(code_pb2.UNAVAILABLE, "the server shut down before the call ended"))
            raise
        except BaseException:
            stream.reset()
            raise


async def _run(route: Route, call: _GrpcCall, stream: Http2Stream) -> None:
    try:
        context = CallContext(
            route.full_name,
            deadline_of(stream.header("grpc-timeout")),
            "",
            stream.peer,
            stream.header_values,
            stream.certificate,
            call.offer,
        )
        response = await run_call(route, context, call.messages(), call.send, stream)
        if route.method.server_streaming:
            call.end()
        else:
            await call.respond(response)
    except CallFailed as failed:
        if failed.status.code != code_pb2.DEADLINE_EXCEEDED:
            await stream.wait_sent()
        call.end_with(failed)


class _GrpcCall:
    """The messages of one call, each way: a flag, four bytes of length, and the message."""

    __slots__ = ("_begun", "_compress", "_max_bytes", "_stream")

    def __init__(self, stream: Http2Stream, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes
        self._begun = False
        # As grpc-go: responses are compressed as the requests are.
        self._compress = stream.header("grpc-encoding") == "gzip"

    def messages(self) -> Messages:
        """Return the requests."""
        return Messages(self._stream.read, self._max_bytes, self._stream.header("grpc-encoding"))

    async def send(self, message: bytes) -> None:
        """Send one response of a stream; wait while the client does not read."""
        if not self._begun:
            self._begin()
        await self._stream.write(self._pack(message))

    def offer(self, message: bytes) -> bool:
        """Send a response of a stream if it need not wait; see CallContext."""
        if len(message) > self._max_bytes:
            return False
        try:
            if not self._begun:
                self._begin()
            return self._stream.offer(self._pack(message))
        except asyncio.CancelledError:
            return False  # the client has gone: the task learns of it

    async def respond(self, message: bytes) -> None:
        """Send the response of a unary call."""
        self._begin()
        await self._stream.write(self._pack(message), last=True)
        self._stream.send_trailers(_OK)

    def end(self) -> None:
        """End a stream of responses."""
        if not self._begun:
            self._begin()
        self._stream.send_trailers(_OK)

    def end_with(self, failed: CallFailed) -> None:
        """End the call with a status; break it off if its last message is not whole."""
        if not self._begun:
            _send_status(self._stream, failed)
        elif self._stream.all_sent:
            self._stream.send_trailers(HeaderMap(status_headers(failed.status)))
        else:
            self._stream.reset()

    def _begin(self) -> None:
        self._begun = True
        self._stream.send_head(200, _GZIP_HEAD if self._compress else _HEAD)

    def _pack(self, message: bytes) -> bytes:
        if len(message) > self._max_bytes:
            raise failure(
                code_pb2.RESOURCE_EXHAUSTED,
                f"the response of {len(message)} bytes exceeds limits.max_message_bytes ({self._max_bytes})",
            )
        return pack(message) if not self._compress else pack(gzip(message), COMPRESSED)


def _send_status(stream: Http2Stream, failed: CallFailed) -> None:
    """End a call without a response: its only headers are its trailers too."""
    headers = [("content-type", _CONTENT_TYPE), ("grpc-accept-encoding", _ENCODINGS)]
    stream.send_head(200, HeaderMap(headers + status_headers(failed.status)), end=True)


def status_headers(status: Status) -> list[tuple[str, str]]:
    """Return the trailers that carry a status."""
    headers = [("grpc-status", str(status.code))]
    if status.message:
        headers.append(("grpc-message", quote(status.message, safe=_UNQUOTED)))
    if status.details:
        details = base64.b64encode(status.SerializeToString()).rstrip(b"=").decode()
        headers.append(("grpc-status-details-bin", details))
    return headers


def deadline_of(timeout: str | None) -> float | None:
    """Return the deadline in time.monotonic() seconds; raise CallFailed for a header that is not valid."""
    if timeout is None:
        return None
    digits, unit = timeout[:-1], timeout[-1:]
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MAX_TIMEOUT_DIGITS and unit in _UNITS):
        raise failure(code_pb2.INVALID_ARGUMENT, f"grpc-timeout: {timeout!r} is not digits and a unit")
    return time.monotonic() + int(digits) * _UNITS[unit]
