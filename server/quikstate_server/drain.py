"""The server's end, as those who keep a stream open learn of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Drain:
    """Begins when the server is about to stop: each stream then sends what is left, and ends by itself."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._told: dict[object, Callable[[], None]] = {}

    @property
    def begun(self) -> bool:
        return self._event.is_set()

    def begin(self) -> None:
        self._event.set()
        for tell in list(self._told.values()):
            tell()

    async def wait(self) -> None:
        """Return once it has begun."""
        await self._event.wait()

    @contextmanager
    def told(self, tell: Callable[[], None]) -> Iterator[None]:
        """While entered, `tell` is called when it begins, or at once: no stream needs a task for it."""
        ticket = object()
        self._told[ticket] = tell
        try:
            if self.begun:
                tell()
            yield
        finally:
            del self._told[ticket]
