"""The bytes of one HTTP/1.1 connection: what the library httpunk reads from and writes to."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

_MAX_BUFFERED_BYTES: Final = 64 * 1024
"""Received bytes above which the client has to wait."""
_LINGER_SECONDS: Final = 1.0


class ByteStream:
    """Buffers what its connection receives until it is read, and writes at once.

    The names of its methods, other than those for the connection, are the library's.
    """

    __slots__ = (
        "_buffered",
        "_closing",
        "_drained",
        "_ended",
        "_loop",
        "_offset",
        "_parts",
        "_reader",
        "_reading_paused",
        "_transport",
        "unread_request",
    )

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self.unread_request = False
        """True if the client may be sending what nobody reads. Whoever has read a whole request says so."""
        self._transport = transport
        self._loop = loop
        self._parts: deque[bytes] = deque()
        self._offset = 0
        self._buffered = 0
        self._ended = False
        self._closing = False
        self._reading_paused = False
        self._reader: asyncio.Future[None] | None = None
        self._drained: asyncio.Future[None] | None = None

    # What the connection does.

    @property
    def is_over(self) -> bool:
        """Return True if the client has gone, or is about to be left."""
        return self._ended or self._closing

    @property
    def has_received(self) -> bool:
        """Return True if there are bytes that the library has not read yet."""
        return self._buffered > 0

    def feed(self, data: bytes) -> None:
        """Take received bytes."""
        if self._closing:
            return
        self.unread_request = True
        self._parts.append(data)
        self._buffered += len(data)
        self._wake_reader()
        if self._buffered >= _MAX_BUFFERED_BYTES and not self._reading_paused:
            self._reading_paused = True
            self._transport.pause_reading()

    def feed_end(self) -> None:
        """Take note that nothing more will be received."""
        self._ended = True
        self._wake_reader()
        if self._closing:
            self._transport.close()

    def pause_writing(self) -> None:
        if self._drained is None:
            self._drained = self._loop.create_future()

    def resume_writing(self) -> None:
        """Let writers go on; also when the connection is lost."""
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)
        self._drained = None

    async def wait_drained(self) -> None:
        """Return once the client has read enough of what was written.

        It stands beside `send_all`, since a call that is cancelled there breaks the connection: one whose
        deadline passes while it waits here can still send its status.
        """
        while self._drained is not None:
            await asyncio.shield(self._drained)

    # What the library does.

    async def receive_some(self, max_bytes: int) -> bytes:
        """Return the next bytes; b"" at the end."""
        while not (self._buffered or self.is_over):
            self._reader = self._loop.create_future()
            await self._reader
        return self._take(max_bytes) if self._buffered else b""

    def read_nowait(self, max_bytes: int) -> bytes | None:
        """Return bytes that are there; b"" at the end, None if there are none yet."""
        if self._buffered:
            return self._take(max_bytes)
        return b"" if self.is_over else None

    async def send_all(self, data: bytes) -> None:
        """Write; raise BrokenPipeError if the connection is closed."""
        if self._closing or self._transport.is_closing():
            raise BrokenPipeError
        self._transport.write(data)

    def close(self) -> None:
        """Close once all is written.

        While the client still sends, it would get a reset instead of its response: so it is told the end, and
        what it sends is dropped until it ends too, or for a second.
        """
        if self._closing:
            return
        self._closing = True
        self._end_reader()
        if self.unread_request and not self._ended and self._transport.can_write_eof():
            self._transport.write_eof()
            self._transport.resume_reading()
            self._loop.call_later(_LINGER_SECONDS, self._transport.close)
        else:
            self._transport.close()

    def abort(self) -> None:
        """Close now, unless what is written is being sent before the end."""
        if not self._closing:
            self._closing = True
            self._end_reader()
            self._transport.abort()

    def _end_reader(self) -> None:
        self._parts.clear()
        self._buffered = self._offset = 0
        self._wake_reader()

    def _take(self, max_bytes: int) -> bytes:
        part, start = self._parts[0], self._offset
        end = min(start + max_bytes, len(part))
        if end == len(part):
            self._parts.popleft()
            self._offset = 0
        else:
            self._offset = end
        self._buffered -= end - start
        if self._reading_paused and self._buffered < _MAX_BUFFERED_BYTES:
            self._reading_paused = False
            self._transport.resume_reading()
        return part if end - start == len(part) else part[start:end]

    def _wake_reader(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)
