"""Ends streams that know nothing of the drain."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown
from quikstate_server.interceptors.method import Handler, Method, Send

_GRACE_SECONDS = 0.5


class EndWithDrain:
    """For streams that may go on for ever, such as reflection's: they would hold up the shutdown.

    Each has a moment to end by itself, as health's watchers do, which have a last status to send.
    """

    def __init__(self, drain: Drain) -> None:
        self._drain = drain

    def around(self, method: Method, handler: Handler) -> Handler:
        """Bound streams alone: unary calls end by themselves."""
        if not method.streaming:
            return handler

        async def bounded(request: Any, send: Send) -> None:
            with suppress(ShuttingDown):
                await self._drain.run(handler(request, send), grace_seconds=_GRACE_SECONDS)

        return bounded
