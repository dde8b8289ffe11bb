"""The server's end, as those who keep a stream open learn of it."""

from __future__ import annotations

import asyncio


class Drain:
    """Begins when the server is about to stop: each stream then sends what is left, and ends by itself."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    @property
    def begun(self) -> bool:
        return self._event.is_set()

    def begin(self) -> None:
        self._event.set()

    async def wait(self) -> None:
        """Return once it has begun."""
        await self._event.wait()
