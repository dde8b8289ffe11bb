"""Callers that wait to join what they share: its own task admits or refuses them."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class PendingJoins(Generic[Key, Value]):
    """The callers that wait, each with the future it waits for.

    The cancellation of a call cancels this future at once, and the call runs its
    own cleanup a turn of the event loop later. In between the shared task may
    admit the call: that must not be an error of the shared task.
    """

    def __init__(self) -> None:
        self._futures: dict[Key, asyncio.Future[Value]] = {}

    def __bool__(self) -> bool:
        return bool(self._futures)

    def __iter__(self) -> Iterator[Key]:
        return iter(tuple(self._futures))

    async def join(self, key: Key) -> Value:
        """Wait; return what the caller is admitted with, or raise what it is refused with."""
        future: asyncio.Future[Value] = asyncio.get_running_loop().create_future()
        self._futures[key] = future
        return await future

    def admit(self, key: Key, value: Value) -> bool:
        """Let a caller in; return False if it has left, or its call was cancelled."""
        future = self._futures.pop(key, None)
        if future is None or future.done():
            return False
        future.set_result(value)
        return True

    def refuse(self, error: Exception) -> None:
        """Refuse all callers that wait."""
        for future in self._futures.values():
            if not future.done():
                future.set_exception(error)
                future.exception()  # counts as retrieved, though the caller may be cancelled before it looks
        self._futures.clear()

    def leave(self, key: Key) -> None:
        """Forget a caller that waits no longer."""
        if future := self._futures.pop(key, None):
            future.cancel()
