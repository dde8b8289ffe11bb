"""A connection of HTTP/2 that sends what a test gives it, and nothing of its own but answers to pings."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from httpunk._httpunk import (
    H2Codec,
    H2FrameData,
    H2FrameGoAway,
    H2FrameHeaders,
    H2FramePing,
    H2FrameRstStream,
    H2FrameSettings,
    H2FrameWindowUpdate,
)

from support.http import http2_frames as frames


@dataclass
class Received:
    """What came on one stream."""

    headers: dict[str, bytes] = field(default_factory=dict)
    """Those of the head and the trailers together."""
    status: int | None = None
    body: bytearray = field(default_factory=bytearray)
    ended: bool = False
    reset: int | None = None

    @property
    def grpc_status(self) -> int | None:
        value = self.headers.get("grpc-status")
        return None if value is None else int(value)


class Http2Socket:
    """The client's end of a connection whose preface is sent."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.streams: dict[int, Received] = defaultdict(Received)
        self.window_updates: dict[int, int] = defaultdict(int)
        self.settings_acks = 0
        self.goaway: list[int] = []
        """The codes of the GOAWAYs."""
        self.closed = False
        """True once the server has closed the connection."""
        self.writer = writer
        self._reader = reader
        self._codec = H2Codec("client")

    def send(self, *sent: bytes) -> None:
        self.writer.write(b"".join(sent))

    async def until(self, check: Callable[[], bool]) -> None:
        """Read until the check holds, or the server closes the connection."""
        while not (check() or self.closed):
            try:
                received = await self._reader.read(64 * 1024)
            except ConnectionError:
                received = b""
            self.closed = not received
            for got in self._codec.receive(received):
                self._note(got)

    async def until_closed(self) -> None:
        await self.until(lambda: False)

    async def answer(self, stream_id: int) -> Received:
        """What came on a stream, once it has ended."""
        stream = self.streams[stream_id]
        await self.until(lambda: stream.ended or stream.reset is not None)
        return stream

    async def call(self, stream_id: int, path: str, message: bytes, *fields: tuple[str, str]) -> Received:
        prefixed = b"\0" + len(message).to_bytes(4, "big") + message
        self.send(frames.open_call(stream_id, path, *fields), frames.data(stream_id, prefixed, end=True))
        return await self.answer(stream_id)

    def _note(self, got: object) -> None:
        match got:
            case H2FrameHeaders():
                stream = self.streams[got.stream_id]
                stream.status = got.status or stream.status
                stream.headers |= dict(got.headers.items())
                stream.ended = got.end_stream
            case H2FrameData():
                stream = self.streams[got.stream_id]
                stream.body += got.data
                stream.ended = got.end_stream
            case H2FrameRstStream():
                self.streams[got.stream_id].reset = got.error_code
            case H2FrameWindowUpdate():
                self.window_updates[got.stream_id] += got.increment
            case H2FrameSettings():
                self.settings_acks += got.ack
            case H2FramePing() if not got.ack:
                self.send(frames.ping(got.data, ack=True))
            case H2FrameGoAway():
                self.goaway.append(got.error_code)


@asynccontextmanager
async def http2(
    address: str, begin: bytes = frames.PREFACE + frames.settings()
) -> AsyncIterator[Http2Socket]:
    """Connect, and send what a connection begins with."""
    host, _, port = address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(begin)
        yield Http2Socket(reader, writer)
    finally:
        writer.transport.abort()
