"""Calls that come while the server ends are held until its clients know, then answered."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown
from quikstate_server.interceptors.method import Handler, Method, Send

_QUIET_SECONDS = 0.05
_LOOK_SECONDS = 0.01
_LONGEST_SECONDS = 0.25


class DrainGate:
    """When grpc.aio stops it drops the calls that have reached it and that it has not yet looked at: all
    that wait for their turn on a busy server. Their callers are told CANCELLED, and cannot know that
    nothing was done. So before that calls are let in and held: who waits for an answer sends no more,
    and soon none is left on its way. Once gRPC has told clients to connect elsewhere, calls are
    answered; streams, which would be told to end at once, are sent there.
    """

    def __init__(self, drain: Drain) -> None:
        self._drain = drain
        self._came_at = 0.0
        self._clients_know = asyncio.Event()

    def around(self, method: Method, handler: Handler) -> Handler:
        drain = self._drain

        def admitted(request: Any, send: Send) -> Any:
            if drain.has_begun:
                return self._hold(method, handler, request, send)
            return handler(request, send)

        return admitted

    async def _hold(self, method: Method, handler: Handler, request: Any, send: Send) -> Any:
        self._came_at = time.monotonic()
        await self._clients_know.wait()
        if method.streaming:
            raise ShuttingDown
        return await handler(request, send)

    async def wait_quiet(self) -> None:
        """Return once none has come for a while, or soon."""
        begun = self._came_at = time.monotonic()
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            now = time.monotonic()
            if now - self._came_at >= _QUIET_SECONDS or now - begun >= _LONGEST_SECONDS:
                return

    def release(self) -> None:
        """Clients have been told."""
        self._clients_know.set()
