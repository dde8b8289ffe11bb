"""Holds calls that arrive in a drain until clients know of it, then serves them."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown
from quikstate_server.interceptors.method import Handler, Method, Send

_QUIET_SECONDS = 0.05
_POLL_SECONDS = 0.01
_MAX_WAIT_SECONDS = 0.25


class DrainGate:
    """Holds the calls that arrive in a drain.

    When grpc.aio stops, it drops calls that have reached it and that it has not yet accepted: all that wait
    for their turn on a busy server. Their callers get CANCELLED, and cannot know that nothing was done. So
    calls are accepted and held first: a client that waits for a response sends no more, and soon no call is
    on its way. Once gRPC has sent clients GOAWAY, held unary calls are served; held streams, which would end
    at once, get SHUTTING_DOWN and go to another server.
    """

    def __init__(self, drain: Drain) -> None:
        self._drain = drain
        self._last_arrival = 0.0
        self._released = asyncio.Event()

    def around(self, method: Method, handler: Handler) -> Handler:
        drain = self._drain

        def admitted(request: Any, send: Send) -> Any:
            if drain.has_begun:
                return self._hold(method, handler, request, send)
            return handler(request, send)

        return admitted

    async def _hold(self, method: Method, handler: Handler, request: Any, send: Send) -> Any:
        self._last_arrival = time.monotonic()
        await self._released.wait()
        if method.streaming:
            raise ShuttingDown
        return await handler(request, send)

    async def wait_quiet(self) -> None:
        """Return once no call has arrived for a while, or after 0.25 s."""
        started_at = self._last_arrival = time.monotonic()
        while True:
            await asyncio.sleep(_POLL_SECONDS)
            now = time.monotonic()
            if now - self._last_arrival >= _QUIET_SECONDS or now - started_at >= _MAX_WAIT_SECONDS:
                return

    def release(self) -> None:
        """Serve the held calls: clients have got GOAWAY."""
        self._released.set()
