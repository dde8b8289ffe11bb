"""A proxy in front of Redis that stalls, truncates replies, resets, or sends byte by byte on demand."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from quikstate_server.redis_client.connection.dial import Address
from support.harness.eventually import eventually

_CHUNK = 64 * 1024


class Proxy:
    """Listens on a unix socket and forwards to `upstream`, as its public attributes say."""

    def __init__(self, path: str, upstream: str) -> None:
        self.address = Address(path=path)
        self.accepted = 0
        """Connections accepted since the beginning."""
        self.byte_by_byte = False
        """Send replies one byte at a time, each in a segment of its own."""
        self._upstream = upstream
        self._flows = asyncio.Event()
        self._flows.set()
        self._reply_bytes_left: int | None = None
        self.links: dict[asyncio.StreamWriter, asyncio.StreamWriter] = {}
        """The open connections: to the client, and to Redis."""

    def pause(self) -> None:
        """Hold replies back; the connection stays."""
        self._flows.clear()

    def resume(self) -> None:
        self._flows.set()

    def cut_after(self, reply_bytes: int) -> None:
        """End the connection over which, from now on, the last of so many bytes of replies goes."""
        self._reply_bytes_left = reply_bytes

    def drop(self) -> None:
        """End every connection at once; on TCP the client sees a reset."""
        for client, server in list(self.links.items()):
            client.transport.abort()
            server.transport.abort()

    async def serve(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        """Forward one connection until either side ends it."""
        self.accepted += 1
        with suppress(OSError):
            from_server, to_server = await asyncio.open_unix_connection(self._upstream)
            self.links[to_client] = to_server
            flows = [
                asyncio.create_task(self._pass_requests(from_client, to_server)),
                asyncio.create_task(self._pass_replies(from_server, to_client)),
            ]
            await asyncio.wait(flows, return_when=asyncio.FIRST_COMPLETED)
            for flow in flows:
                flow.cancel()
            await asyncio.gather(*flows, return_exceptions=True)
            del self.links[to_client]
            to_server.close()
        to_client.close()

    async def _pass_requests(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while chunk := await source.read(_CHUNK):
            sink.write(chunk)
            await sink.drain()

    async def _pass_replies(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while chunk := await source.read(_CHUNK):
            await self._flows.wait()
            if self._reply_bytes_left is not None:
                chunk = chunk[: self._reply_bytes_left]
                self._reply_bytes_left -= len(chunk)
            step = 1 if self.byte_by_byte else len(chunk)
            for start in range(0, len(chunk), max(1, step)):
                sink.write(chunk[start : start + step])
                await asyncio.sleep(0)  # lets the reader see this piece alone
            if self._reply_bytes_left == 0:
                self._reply_bytes_left = None
                return


@asynccontextmanager
async def proxy(upstream: str) -> AsyncIterator[Proxy]:
    """A running proxy before the Redis that listens on the unix socket `upstream`."""
    with tempfile.TemporaryDirectory(prefix="qs-", dir="/tmp") as folder:
        running = Proxy(f"{folder}/proxy.sock", upstream)
        server = await asyncio.start_unix_server(running.serve, running.address.path)
        try:
            yield running
        finally:
            server.close()
            running.drop()
            running.resume()
            await eventually(lambda: not running.links)
