"""The HTTP endpoint that Prometheus scrapes."""

from __future__ import annotations

import asyncio
import socket
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import CollectorRegistry, make_wsgi_app

from quikstate_server.settings import StartRefused
from quikstate_server.transport import ports
from quikstate_server.transport.tls import ServerCertificates

_READ_SECONDS = 10.0


class MetricsEndpoint:
    """Serves a registry on threads of its own until it is closed; with the server's TLS, if it has TLS."""

    def __init__(
        self, address: str, registry: CollectorRegistry, certificates: ServerCertificates | None = None
    ) -> None:
        """Listen on `address`, host:port; raise StartRefused if that fails."""
        host, _, port = address.rpartition(":")
        try:
            family, *_, socket_address = ports.resolve(host.strip("[]"), port)[0]
            self._server = _Server(family, socket_address, certificates)
        except OSError as error:
            raise StartRefused(
                f"metrics_listen: cannot listen on {address}: {error.strerror or error}"
            ) from error
        self._server.set_app(make_wsgi_app(registry))
        self.port = self._server.server_port
        Thread(target=self._server.serve_forever, daemon=True).start()

    async def close(self) -> None:
        """Stop serving, and free the port."""
        await asyncio.to_thread(self._server.shutdown)
        self._server.server_close()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def __init__(
        self, family: socket.AddressFamily, address: Any, certificates: ServerCertificates | None
    ) -> None:
        self.address_family = family
        self._certificates = certificates
        super().__init__(address, _SilentHandler)

    def get_request(self) -> tuple[Any, Any]:
        """Accept a connection; its handshake is left to the thread that reads the request."""
        accepted, address = super().get_request()
        accepted.settimeout(_READ_SECONDS)
        if self._certificates is None:
            return accepted, address
        context = self._certificates.material.context
        return context.wrap_socket(accepted, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave a client that breaks off, or speaks no TLS, to itself."""


class _SilentHandler(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Log nothing: a scrape is no event."""
