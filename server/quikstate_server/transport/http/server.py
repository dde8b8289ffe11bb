"""The transport http: it listens, and serves each connection and each request in our own event loop."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

from quikstate_server.settings import Settings
from quikstate_server.transport import ports
from quikstate_server.transport.http import preface
from quikstate_server.transport.http.cancellation import CancellationCause
from quikstate_server.transport.http.exchange import Exchange
from quikstate_server.transport.http.grpc import GrpcProtocol
from quikstate_server.transport.http.router import RequestRouter
from quikstate_server.transport.http.stream import Http2Stream
from quikstate_server.transport.tls import ServerCertificates
from quikstate_server.transport.transport import ServedApi

_BACKLOG: Final = 4_096
_CLOSE_SECONDS: Final = 1.0
"""Time at shutdown after which connections without a call that do not close are aborted."""


class ClientConnection(Protocol):
    """A client connection, of whatever version of HTTP."""

    finished: asyncio.Future[None]
    """Done once the connection has ended."""

    def begin_shutdown(self) -> None:
        """Make the client connect elsewhere; end once what it has sent is served."""

    def abort(self) -> None:
        """End now."""


class HttpTransport:
    """Serves gRPC, gRPC-Web, Connect and JSON on one port."""

    def __init__(self, settings: Settings, api: ServedApi, certificates: ServerCertificates | None) -> None:
        self.settings = settings
        self._certificates = certificates
        self.connections: set[ClientConnection] = set()
        self._grpc = GrpcProtocol(settings, api)
        self._router = RequestRouter(settings, api)
        self._calls: dict[asyncio.Task[None], Exchange] = {}
        self._servers: list[asyncio.Server] = []
        self._stopping = False

    async def start(self) -> str:
        """Listen; return the address with the chosen port, or raise StartRefused if it is in use."""
        context = self._certificates.listener_context() if self._certificates else None
        address, sockets = ports.listening_sockets(self.settings.listen, shared=self.settings.workers > 1)
        loop = asyncio.get_running_loop()
        for listening in sockets:
            server = await loop.create_server(
                lambda: preface.PrefaceReader(self),
                sock=listening,
                backlog=_BACKLOG,
                ssl=context,
                ssl_handshake_timeout=self.settings.limits.first_message_seconds if context else None,
                ssl_shutdown_timeout=_CLOSE_SECONDS if context else None,
            )
            self._servers.append(server)
        return address

    async def stop(self, grace_seconds: float | None) -> None:
        """Stop accepting, tell clients to connect elsewhere, and wait for their calls."""
        self._stopping = True
        for server in self._servers:
            server.close()
        for connection in list(self.connections):
            connection.begin_shutdown()
        if grace_seconds:
            await self._wait_finished(grace_seconds)
        if self._calls or not grace_seconds:
            for exchange in list(self._calls.values()):
                exchange.cancel(CancellationCause.SERVER_STOPPED)
            await self._wait_finished(_CLOSE_SECONDS)
        for connection in list(self.connections):
            connection.abort()

    async def _wait_finished(self, seconds: float) -> None:
        """Return once all connections have ended, or those that are left have no call and do not answer."""
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + seconds
        while self.connections and (left := ends_at - loop.time()) > 0:
            finished = {connection.finished for connection in self.connections}
            done, _ = await asyncio.wait(finished, timeout=min(left, _CLOSE_SECONDS))
            if not done and not self._calls:
                return

    # Connections call these.

    def add(self, connection: ClientConnection) -> None:
        """Take a connection whose version of HTTP is known."""
        self.connections.add(connection)
        if self._stopping:
            asyncio.get_running_loop().call_soon(connection.begin_shutdown)  # once it has been made

    def serve(self, exchange: Exchange) -> asyncio.Task[None]:
        """Serve a request in a task of its own, which is the only one that its client may cancel."""
        content_type = exchange.header("content-type")
        if self._grpc.serves(content_type) and isinstance(exchange, Http2Stream):
            serving = self._grpc.serve(exchange)
        else:
            serving = self._router.serve(exchange)
        task = exchange.task = asyncio.get_running_loop().create_task(serving)
        self._calls[task] = exchange
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._calls.pop(task).task = None  # else each call would be a cycle, for the collector to find
        if not task.cancelled() and (error := task.exception()):
            context = {"message": "a request failed outside of its handler", "exception": error, "task": task}
            task.get_loop().call_exception_handler(context)
