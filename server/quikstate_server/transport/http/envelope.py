"""Messages with a prefix, as gRPC, gRPC-Web and Connect have them: a byte of flags, four of length."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from google.rpc import code_pb2

from quikstate_server.transport.http.call import failure
from quikstate_server.transport.http.compression import gunzip, too_large

PREFIX_BYTES: Final = 5
COMPRESSED: Final = 0x01
_IDENTITY: Final = "identity"


def pack(message: bytes, flags: int = 0) -> bytes:
    """Return the message with its prefix."""
    return flags.to_bytes(1, "big") + len(message).to_bytes(4, "big") + message


class Envelopes:
    """Reads the messages of a request; an asynchronous iterator of (flags, message), not decompressed."""

    __slots__ = ("_buffer", "_max_bytes", "_read")

    def __init__(self, read: Callable[[], Awaitable[bytes]], max_bytes: int) -> None:
        """Take what returns the next part of the request's body, b"" at its end."""
        self._read = read
        self._max_bytes = max_bytes
        self._buffer = b""

    def __aiter__(self) -> Envelopes:
        return self

    async def __anext__(self) -> tuple[int, bytes]:
        if not self._buffer:
            self._buffer = await self._read()
            if not self._buffer:
                raise StopAsyncIteration
        await self._fill(PREFIX_BYTES)
        buffer = self._buffer
        length = int.from_bytes(buffer[1:PREFIX_BYTES], "big")
        if length > self._max_bytes:
            raise too_large(self._max_bytes)
        end = PREFIX_BYTES + length
        if len(buffer) < end:
            await self._fill(end)
            buffer = self._buffer
        self._buffer = buffer[end:]
        return buffer[0], buffer[PREFIX_BYTES:end]

    async def _fill(self, length: int) -> None:
        """Read until the buffer has `length` bytes."""
        parts, size = [self._buffer], len(self._buffer)
        while size < length:
            part = await self._read()
            if not part:
                raise failure(code_pb2.INVALID_ARGUMENT, "the request ends within a message")
            parts.append(part)
            size += len(part)
        if len(parts) > 1:
            self._buffer = b"".join(parts)


class Messages:
    """Reads the messages of a gRPC request; an asynchronous iterator."""

    __slots__ = ("_encoding", "_envelopes", "_max_bytes")

    def __init__(self, read: Callable[[], Awaitable[bytes]], max_bytes: int, encoding: str | None) -> None:
        """Take the encoding that the request's header names."""
        self._envelopes = Envelopes(read, max_bytes)
        self._max_bytes = max_bytes
        self._encoding = encoding

    def __aiter__(self) -> Messages:
        return self

    async def __anext__(self) -> bytes:
        flags, message = await self._envelopes.__anext__()
        if not flags:
            return message
        if flags != COMPRESSED:
            raise failure(code_pb2.INVALID_ARGUMENT, f"the message has unknown flags: {flags:#x}")
        return decompress(message, self._encoding, self._max_bytes)


def decompress(message: bytes, encoding: str | None, max_bytes: int) -> bytes:
    """Return a message that is marked as compressed; raise CallFailed if its encoding is not known."""
    if encoding == "gzip":
        return gunzip(message, max_bytes)
    if encoding in (None, _IDENTITY):
        raise failure(code_pb2.INTERNAL, "the message is compressed, but no header names its encoding")
    raise failure(code_pb2.UNIMPLEMENTED, f"messages may be compressed by gzip, not by {encoding}")
