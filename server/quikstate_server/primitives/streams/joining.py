"""Joining what many callers share: its own task admits or refuses them, whatever becomes of their calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class PendingJoins(Generic[Key, Value]):
    """Callers that wait to be admitted.

    A call that is cancelled cancels the future that it waits for at once, and
    runs its own cleanup a turn of the event loop later. In between the shared
    task may admit it: that must not be an error of the shared task.
    """

    def __init__(self) -> None:
        self._futures: dict[Key, asyncio.Future[Value]] = {}

    def __bool__(self) -> bool:
        return bool(self._futures)

    def __iter__(self) -> Iterator[Key]:
        return iter(tuple(self._futures))

    async def join(self, key: Key) -> Value:
        """Return what the caller is admitted with; raise what it is refused with."""
        future: asyncio.Future[Value] = asyncio.get_running_loop().create_future()
        self._futures[key] = future
        return await future

    def admit(self, key: Key, value: Value) -> bool:
        """Let a caller in; False if it has left, or its call was cancelled."""
        future = self._futures.pop(key, None)
        if future is None or future.done():
            return False
        future.set_result(value)
        return True

    def refuse(self, error: Exception) -> None:
        """Refuse all who wait."""
        for future in self._futures.values():
            if not future.done():
                future.set_exception(error)
                future.exception()  # it counts as seen, though its caller may be cancelled before it looks
        self._futures.clear()

    def leave(self, key: Key) -> None:
        """A caller waits no more."""
        if future := self._futures.pop(key, None):
            future.cancel()


class Shared(Generic[Key, Value]):
    """Values by key, each made for its first user and ended after its last."""

    def __init__(self, make: Callable[[Key], Value], end: Callable[[Value], None]) -> None:
        self._make = make
        self._end = end
        self._values: dict[Key, tuple[Value, set[object]]] = {}

    def __iter__(self) -> Iterator[Value]:
        return iter([value for value, _ in self._values.values()])

    @contextmanager
    def using(self, key: Key) -> Iterator[Value]:
        """While entered, the value of `key` lives."""
        if key not in self._values:
            self._values[key] = self._make(key), set()
        value, users = self._values[key]
        user = object()
        users.add(user)
        try:
            yield value
        finally:
            users.remove(user)
            if not users:
                del self._values[key]
                self._end(value)
