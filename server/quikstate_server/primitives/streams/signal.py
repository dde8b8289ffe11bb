"""What an idle stream waits in: an event, and a time."""

from __future__ import annotations

import asyncio


class Signal:
    """Set by anyone, waited for by one task alone.

    It is asyncio.Event and asyncio.timeout in one, and a third of their size: an
    Event keeps a deque of those who wait, which takes more than all else that a
    stream has here.
    """

    __slots__ = ("_is_set", "_waiting")

    def __init__(self) -> None:
        self._is_set = False
        self._waiting: asyncio.Future[None] | None = None

    def is_set(self) -> bool:
        return self._is_set

    def set(self) -> None:
        self._is_set = True
        if self._waiting:
            _wake(self._waiting)

    def clear(self) -> None:
        self._is_set = False

    async def wait(self, seconds: float | None = None) -> bool:
        """Return once it is set; False if it is not after so many seconds."""
        if not self._is_set:
            loop = asyncio.get_running_loop()
            self._waiting = loop.create_future()
            timer = None if seconds is None else loop.call_later(seconds, _wake, self._waiting)
            try:
                await self._waiting
            finally:
                self._waiting = None
                if timer:
                    timer.cancel()
        return self._is_set


def _wake(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
