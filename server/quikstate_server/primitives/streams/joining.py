"""Joining what many callers share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from quikstate_server.primitives.streams.pending_joins import PendingJoins

__all__ = ["PendingJoins", "Shared"]

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


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
