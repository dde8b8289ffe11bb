"""Responds to the items of a client's stream several at once, each as soon as its response is ready."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from typing import Any, Generic, TypeVar

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown

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
    ) -> None:
        self._items = items
        self._respond = respond
        self._slots = asyncio.Semaphore(max_in_flight)
        self._in_flight: set[asyncio.Task[Response]] = set()
        self._done: asyncio.Queue[asyncio.Task[Any]] = asyncio.Queue()
        self._drain = drain

    async def responses(self) -> AsyncGenerator[Response, None]:
        """Yield each response when it is ready."""
        reading = asyncio.create_task(self._read())
        reading.add_done_callback(self._done.put_nowait)
        try:
            with self._drain.on_begin(reading.cancel):
                while self._in_flight or not reading.done():
                    task = await self._done.get()
                    if task is reading:
                        continue
                    self._in_flight.discard(task)
                    yield task.result()
                    self._slots.release()
            if reading.cancelled() and self._drain.has_begun:
                raise ShuttingDown
            reading.result()
        finally:
            tasks = reading, *self._in_flight
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _read(self) -> None:
        async for item in self._items:
            await self._slots.acquire()
            task = asyncio.create_task(self._respond(item))
            self._in_flight.add(task)
            task.add_done_callback(self._done.put_nowait)
