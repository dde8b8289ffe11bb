"""The HTTP endpoint that Prometheus scrapes."""

from __future__ import annotations

import asyncio

from prometheus_client import CollectorRegistry, start_http_server

from quikstate_server.settings import StartRefused
from quikstate_server.transport import ports


class MetricsEndpoint:
    """Serves a registry on a thread of its own until it is closed."""

    def __init__(self, address: str, registry: CollectorRegistry) -> None:
        """Listen on `address`, host:port; raise StartRefused if that fails."""
        host, _, port = address.rpartition(":")
        host = host.strip("[]")
        try:
            ports.resolve(host, port)
            self._server, _ = start_http_server(int(port), host, registry)
        except OSError as error:
            raise StartRefused(
                f"metrics_listen: cannot listen on {address}: {error.strerror or error}"
            ) from error
        self.port = self._server.server_port

    async def close(self) -> None:
        """Stop serving, and free the port."""
        await asyncio.to_thread(self._server.shutdown)
        self._server.server_close()
