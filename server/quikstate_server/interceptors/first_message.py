"""A call says something soon, or is refused: one that says nothing would hold its place for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from time import monotonic
from typing import Any, cast

from quikstate_server.errors import InvalidRequest
from quikstate_server.interceptors.method import Handler, Method, Send

_NOTHING = object()
_SWEEPS = 10
"""How often it is looked while one may wait: so much of the bound, at most, is added to it."""


class FirstMessage:
    """Reads the one message of a call that has one, and hands it on in place of what the client sends.

    Of a stream in `speak_first`, whose first message says what it is for, that one is waited for too;
    others may be silent for as long as they like. A client's half-close ends the wait as well.
    """

    def __init__(self, seconds: float, speak_first: Collection[str] = ()) -> None:
        """`speak_first` has full names of methods."""
        self._seconds = seconds
        self._speak_first = speak_first
        self._waiting: dict[asyncio.Task[object], float] = {}
        """Who waits, and since when (monotonic)."""
        self._late: set[asyncio.Task[object]] = set()
        self._sweeping = False

    def around(self, method: Method, handler: Handler) -> Handler:
        if not method.client_streaming:

            async def once_asked(raw: AsyncIterator[bytes], send: Send) -> Any:
                message = await self._first(raw)
                if message is _NOTHING:
                    raise InvalidRequest({"": "the call has no message"})
                return await handler(message, send)

            return once_asked

        if method.full_name not in self._speak_first:
            return handler

        def once_opened(raw: AsyncIterator[bytes], send: Send) -> Any:
            return handler(self._soon(raw), send)

        return once_opened

    async def _soon(self, raw: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        first = await self._first(raw)
        if first is not _NOTHING:
            yield cast("bytes", first)
            del first
            async for item in raw:
                yield item

    async def _first(self, raw: AsyncIterator[bytes]) -> object:
        """The first of them, or nothing; InvalidRequest if it comes too late."""
        task = cast("asyncio.Task[object]", asyncio.current_task())
        self._waiting[task] = monotonic()
        if not self._sweeping:
            self._sweep_later()
        try:
            return await anext(raw, _NOTHING)
        except asyncio.CancelledError:
            if task not in self._late or task.uncancel():
                raise
            late = f"no message came within {self._seconds:g} s (limits.first_message_seconds)"
            raise InvalidRequest({"": late}) from None
        finally:
            del self._waiting[task]
            self._late.discard(task)

    def _sweep_later(self) -> None:
        """Look for those that wait too long: one timer for all, since one each would cost every call 2 µs."""
        self._sweeping = True
        asyncio.get_running_loop().call_later(self._seconds / _SWEEPS, self._sweep)

    def _sweep(self) -> None:
        self._sweeping = False
        since = monotonic() - self._seconds
        for task, began in self._waiting.items():  # the oldest first
            if began > since:
                break
            if task not in self._late:
                self._late.add(task)
                task.cancel()
        if self._waiting:
            self._sweep_later()
