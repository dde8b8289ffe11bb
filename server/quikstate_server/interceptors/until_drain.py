"""Streams that know nothing of the server's end are ended with it."""

from __future__ import annotations

import asyncio
from typing import Any

from quikstate_server.drain import Drain
from quikstate_server.interceptors.method import Handler, Method, Send

_LAST_WORD_SECONDS = 0.5


class UntilDrain:
    """For streams that may go on for ever, such as reflection's: they would hold up the shutdown.

    Each has a moment to end by itself, as health's watchers do, who have a last status to tell.
    """

    def __init__(self, drain: Drain) -> None:
        self._drain = drain

    def around(self, method: Method, handler: Handler) -> Handler:
        if not method.streaming:
            return handler

        async def ended(request: Any, send: Send) -> None:
            serving = asyncio.ensure_future(handler(request, send))
            draining = asyncio.ensure_future(self._drain.wait())
            try:
                await asyncio.wait((serving, draining), return_when=asyncio.FIRST_COMPLETED)
                await asyncio.wait((serving,), timeout=_LAST_WORD_SECONDS)
            finally:
                draining.cancel()
                serving.cancel()
                await asyncio.wait((serving,))
            if not serving.cancelled():
                serving.result()

        return ended
