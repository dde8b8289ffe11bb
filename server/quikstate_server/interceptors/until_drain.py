"""Streams that know nothing of the server's end are ended with it."""

from __future__ import annotations

import asyncio
from typing import Any

from quikstate_server.drain import Drain
from quikstate_server.interceptors.method import Handler, Method, Send


class UntilDrain:
    """For streams without a last word to say, such as a health watcher's: they would hold up the shutdown."""

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
            finally:
                draining.cancel()
                serving.cancel()
                await asyncio.wait((serving,))
            if not serving.cancelled():
                serving.result()

        return ended
