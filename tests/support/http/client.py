"""A connection of HTTP/1.1 or HTTP/2, by httpunk's client, and one for bytes that it would not send."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from httpunk import H1Connection, H2Connection
from httpunk.asyncio import H1ClientProtocol, H2ClientProtocol
from httpunk.types import Body

JSON = "application/json"
VERSIONS = ["http/1.1", "http/2"]


@dataclass(frozen=True)
class HttpResponse:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class HttpClient:
    """Makes calls on one connection."""

    def __init__(self, connection: H1Connection | H2Connection, authority: str) -> None:
        self._connection = connection
        self._authority = authority

    async def request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: Body = None
    ) -> HttpResponse:
        async with self.streamed(method, path, headers, body) as (response, parts):
            received = [part async for part in parts]
        return HttpResponse(response.status, response.headers, b"".join(received))

    async def post(self, path: str, message: object, **headers: str) -> HttpResponse:
        """Call by Connect with JSON."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.request("POST", path, {"content-type": JSON} | named, json.dumps(message).encode())

    @asynccontextmanager
    async def streamed(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: Body = None
    ) -> AsyncIterator[tuple[HttpResponse, AsyncIterator[bytes]]]:
        """Give the response once its head is there, and the parts of its body as they come."""
        fields = {"host": self._authority} | dict(headers or {})
        async with await self._connection.request(method, path, headers=fields, body=body) as response:
            head = {name: value.decode() for name, value in response.headers.items()}
            yield HttpResponse(response.status, head, b""), response.aiter_bytes()


@asynccontextmanager
async def connected(address: str, version: str) -> AsyncIterator[HttpClient]:
    """Connect for the block."""
    host, _, port = address.rpartition(":")
    protocol = {"http/1.1": H1ClientProtocol, "http/2": H2ClientProtocol}[version]
    loop = asyncio.get_running_loop()
    _, client = await loop.create_connection(lambda: protocol(authority=address), host, int(port))
    try:
        yield HttpClient(await client.ready(), address)
    finally:
        await client.aclose()


async def converse(address: str, *sent: bytes, end: bool = False) -> bytes:
    """Send bytes on a connection, and return all that comes until the server closes it."""
    host, _, port = address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        for part in sent:
            writer.write(part)
            await writer.drain()
        if end:
            writer.write_eof()
        return await reader.read()
    finally:
        writer.close()
