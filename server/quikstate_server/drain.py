"""The server's end, as those who keep a stream open learn of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Drain:
    """Begins when the server is about to stop: each stream then sends what is left, and ends by itself."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.listening: dict[_Told, None] = {}
        """Who is to be told, in the order in which they came."""

    @property
    def has_begun(self) -> bool:
        return self._event.is_set()

    def begin(self) -> None:
        self._event.set()
        for one in list(self.listening):
            try:
                one.tell()
            except Exception as error:  # noqa: BLE001 - one stream's fault must not keep the server from ending
                told = {"message": "a stream could not be told of the drain", "exception": error}
                asyncio.get_running_loop().call_exception_handler(told)

    async def wait(self) -> None:
        """Return once it has begun."""
        await self._event.wait()

    def on_begin(self, tell: Callable[[], None]) -> _Told:
        """While entered, `tell` is called when it begins, or at once: no stream needs a task for it."""
        return _Told(self, tell)


class _Told:
    """A context manager by hand: each stream has one, and that of a generator is four times as large."""

    __slots__ = ("_drain", "tell")

    def __init__(self, drain: Drain, tell: Callable[[], None]) -> None:
        self._drain = drain
        self.tell = tell

    def __enter__(self) -> None:
        if self._drain.has_begun:
            self.tell()
        self._drain.listening[self] = None

    def __exit__(self, *_: object) -> None:
        del self._drain.listening[self]
