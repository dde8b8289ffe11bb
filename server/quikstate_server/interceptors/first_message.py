"""Refuses calls that send no message in time: they would hold their slots for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from time import monotonic
from typing import Any, cast

from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.interruptions import Interruptions
from quikstate_server.interceptors.method import Handler, Method, Send

_NO_MESSAGE = object()
_SWEEPS = 10
"""Sweeps within the time limit: a call may wait longer than it by a tenth."""


class FirstMessage:
    """Reads the message of a call without a client stream, and passes it on in place of the stream.

    A client stream among `required_methods`, whose first message says what the stream is for, must send that
    one in time too; others may be silent for any time. A client's half-close ends the wait as well.
    """

    def __init__(self, seconds: float, required_methods: Collection[str] = ()) -> None:
        """Take the full names of methods whose client stream must send a first message in time."""
        self._seconds = seconds
        self._required_methods = required_methods
        self._waiting: dict[asyncio.Task[object], float] = {}
        """Calls that wait for a message, with the monotonic time since which they do."""
        self._interruptions = Interruptions()
        self._sweeping = False

    def around(self, method: Method, handler: Handler) -> Handler:
        if not method.client_streaming:

            async def unary(raw: AsyncIterator[bytes], send: Send) -> Any:
                message = await self._first(raw)
                if message is _NO_MESSAGE:
                    raise InvalidRequest({"": "the call must have a message"})
                return await handler(message, send)

            return unary

        if method.full_name not in self._required_methods:
            return handler

        def stream(raw: AsyncIterator[bytes], send: Send) -> Any:
            return handler(self._first_in_time(raw), send)

        return stream

    async def _first_in_time(self, raw: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        first = await self._first(raw)
        if first is not _NO_MESSAGE:
            yield cast("bytes", first)
            del first
            async for item in raw:
                yield item

    async def _first(self, raw: AsyncIterator[bytes]) -> object:
        """Return the first message, or _NO_MESSAGE at the end; raise InvalidRequest if it comes too late."""
        task = cast("asyncio.Task[object]", asyncio.current_task())
        self._waiting[task] = monotonic()
        if not self._sweeping:
            self._sweep_later()
        try:
            return await anext(raw, _NO_MESSAGE)
        except asyncio.CancelledError as cancelled:
            self._interruptions.reraise(cancelled)
        finally:
            del self._waiting[task]
            self._interruptions.forget(task)

    def _sweep_later(self) -> None:
        """Schedule a sweep. One timer serves all calls, since one each would cost every call 2 µs."""
        self._sweeping = True
        asyncio.get_running_loop().call_later(self._seconds / _SWEEPS, self._sweep)

    def _sweep(self) -> None:
        self._sweeping = False
        since = monotonic() - self._seconds
        for task, started_at in self._waiting.items():  # the oldest first
            if started_at > since:
                break
            late = f"the first message must arrive within {self._seconds:g} s (limits.first_message_seconds)"
            self._interruptions.interrupt(task, InvalidRequest({"": late}))
        if self._waiting:
            self._sweep_later()
