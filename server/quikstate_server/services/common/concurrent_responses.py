"""Responds to the items of a client's stream several at once, each as soon as its response is ready."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from typing import Any, Generic, TypeVar

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown
from quikstate_server.signals import Signal

Item = TypeVar("Item")
Response = TypeVar("Response")


class ConcurrentResponses(Generic[Item, Response]):
    """The responses to one stream. It reads while fewer than `max_in_flight` responses wait to be sent, so
    that the server does not read from a client that does not read either.

    An exception of `respond` ends the stream. When the server drains, the items read get their responses,
    and then ShuttingDown ends the stream: nothing else was done.
    """

    def __init__(
        self,
        items: AsyncIterator[Item],
        respond: Callable[[Item], Coroutine[Any, Any, Response]],
        max_in_flight: int,
        drain: Drain,
        offer: Callable[[Response], bool] | None = None,
    ) -> None:
        """Take as `offer` what sends a response at once if it can: it is not yielded, and wakes no task."""
        self._items = items
        self._offer = offer
        self._is_yielding = False
        self._respond = respond
        self._max_in_flight = max_in_flight
        self._in_flight: set[asyncio.Task[Response]] = set()
        """The tasks whose response is not sent yet."""
        self._ended: deque[asyncio.Task[Response]] = deque()
        """Those of them that have ended, in that order."""
        self._changed = Signal()
        """Set when one of them ends, and when all items are read."""
        self._has_room = Signal()
        self._drain = drain

    async def responses(self) -> AsyncGenerator[Response, None]:
        """Yield each response when it is ready."""
        reading = asyncio.create_task(self._read())
        reading.add_done_callback(lambda _: self._changed.set())
        try:
            with self._drain.on_begin(reading.cancel):
                while self._in_flight or not reading.done():
                    await self._changed.wait()
                    self._changed.clear()
                    self._is_yielding = True
                    while self._ended:
                        task = self._ended.popleft()
                        yield task.result()
                        self._in_flight.discard(task)
                        self._has_room.set()
                    self._is_yielding = False
            if reading.cancelled() and self._drain.has_begun:
                raise ShuttingDown
            reading.result()
        finally:
            left = reading, *self._in_flight
            for unfinished in left:
                unfinished.cancel()
            await asyncio.wait(left)

    async def _read(self) -> None:
        async for item in self._items:
            while len(self._in_flight) >= self._max_in_flight:
                self._has_room.clear()
                await self._has_room.wait()
            task = asyncio.create_task(self._respond(item))
            self._in_flight.add(task)
            task.add_done_callback(self._on_end)

    def _on_end(self, task: asyncio.Task[Response]) -> None:
        if self._is_offered(task):
            self._in_flight.discard(task)
            self._has_room.set()
            if self._in_flight:
                return
        else:
            self._ended.append(task)
        self._changed.set()

    def _is_offered(self, task: asyncio.Task[Response]) -> bool:
        if self._offer is None or self._is_yielding or self._ended or task.cancelled() or task.exception():
            return False
        return self._offer(task.result())
