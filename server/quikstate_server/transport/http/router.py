"""Chooses what serves a request that is not gRPC."""

from __future__ import annotations

from quikstate_server.settings import Settings
from quikstate_server.transport.http.exchange import Exchange
from quikstate_server.transport.transport import ServedApi


class RequestRouter:
    """Serves requests by their method, path and content type."""

    def __init__(self, settings: Settings, api: ServedApi) -> None:
        self._settings = settings
        self._api = api

    async def serve(self, exchange: Exchange) -> None:
        """Serve one request to its end."""
        await exchange.start(404, [("content-length", "0")], end=True)
