"""One HTTP request and its response, as the RPC protocols see them: over HTTP/1.1 or a stream of HTTP/2."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Protocol

from quikstate_server.transport.http.cancellation import CancellationCause

Headers = Iterable[tuple[str, str]]


class Exchange(Protocol):
    """A request that has arrived, up to its body, and the response to it.

    Its task is cancelled when the client goes away: each method may raise CancelledError.
    """

    task: asyncio.Task[None] | None
    """What serves it."""
    cause: CancellationCause | None
    """Why it was cancelled, if it was."""

    method: str
    """The HTTP method, such as `POST`."""
    target: str
    """The path with its query, such as `/quikstate.v1.LockService/AcquireLock`."""

    @property
    def peer(self) -> str:
        """Return the client's address as gRPC writes it, such as `ipv4:127.0.0.1:40000`."""

    def certificate(self) -> bytes | None:
        """Return the client's verified certificate, in DER; None without mutual TLS."""

    @property
    def duplex(self) -> bool:
        """Return True if the client reads the response while it sends its request: over HTTP/2."""

    def cancel(self, cause: CancellationCause) -> None:
        """Cancel the task, unless it was."""

    def header(self, name: str) -> str | None:
        """Return the first value of a header, by its name in lower case; None if there is none."""

    def header_values(self, name: str) -> Sequence[str]:
        """Return all values of a header, by its name in lower case."""

    async def read(self) -> bytes:
        """Return the next part of the request's body; b"" at its end."""

    async def start(self, status: int, headers: Headers, *, end: bool = False) -> None:
        """Send the head of the response; `end` if it has no body."""

    async def write(self, data: bytes, *, end: bool = False) -> None:
        """Send a part of the response's body, and wait while the client does not read."""

    async def finish(self, trailers: Headers = ()) -> None:
        """End a response that has begun. HTTP/1.1 sends no trailers."""
