"""One HTTP/1.1 connection."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from quikstate_server.transport.http.server import HttpTransport


class Http1Connection(asyncio.Protocol):
    """Closes every connection, for now."""

    def __init__(self, server: HttpTransport) -> None:
        self.finished = asyncio.get_running_loop().create_future()
        self._server = server
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - closed by us
        self.finished.set_result(None)
        self._server.connections.discard(self)

    def begin_shutdown(self) -> None:
        self._transport.close()

    def abort(self) -> None:
        self._transport.abort()
