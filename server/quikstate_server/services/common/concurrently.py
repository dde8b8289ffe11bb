"""Answers the items of a stream several at once, each as soon as its answer is there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from typing import Any, Generic, TypeVar

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Concurrently(Generic[Item, Answer]):
    """One stream. It reads on while fewer than `most` items wait for their answer to be sent, so that a
    client that does not read is not read from either.

    What `answer` raises ends the stream. When the server drains, what was read is answered, and
    ShuttingDown says that nothing else was done.
    """

    def __init__(
        self,
        items: AsyncIterator[Item],
        answer: Callable[[Item], Coroutine[Any, Any, Answer]],
        most: int,
        drain: Drain,
    ) -> None:
        self._items = items
        self._answer = answer
        self._room = asyncio.Semaphore(most)
        self._running: set[asyncio.Task[Answer]] = set()
        self._ended: asyncio.Queue[asyncio.Task[Any]] = asyncio.Queue()
        self._drain = drain

    async def answers(self) -> AsyncGenerator[Answer, None]:
        """In the order in which they come."""
        reading = asyncio.create_task(self._read())
        reading.add_done_callback(self._ended.put_nowait)
        draining = asyncio.create_task(self._drain.wait())
        draining.add_done_callback(lambda _: reading.cancel())
        try:
            while self._running or not reading.done():
                ended = await self._ended.get()
                if ended is reading:
                    continue
                self._running.discard(ended)
                yield ended.result()
                self._room.release()
            if reading.cancelled() and self._drain.has_begun:
                raise ShuttingDown
            reading.result()
        finally:
            tasks = reading, draining, *self._running
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _read(self) -> None:
        async for item in self._items:
            await self._room.acquire()
            task = asyncio.create_task(self._answer(item))
            self._running.add(task)
            task.add_done_callback(self._ended.put_nowait)
