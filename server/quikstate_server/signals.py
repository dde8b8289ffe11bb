"""A flag that one task waits for, with a deadline."""

from __future__ import annotations

import asyncio
import time


class Signal:
    """Any code may set it; only one task may wait for it.

    It is asyncio.Event and asyncio.timeout in one, and a third of their size: an
    Event keeps a deque of the tasks that wait, which takes more memory than all
    else that an idle stream keeps here.
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

    async def wait(self, until: float | None = None) -> bool:
        """Wait until it is set; return False if it is not set by `until`, in monotonic seconds."""
        if not self._is_set:
            loop = asyncio.get_running_loop()
            self._waiting = loop.create_future()
            timer = None
            if until is not None:
                timer = loop.call_later(max(0.0, until - time.monotonic()), _wake, self._waiting)
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
