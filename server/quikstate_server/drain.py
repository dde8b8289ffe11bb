"""The drain: the phase in which the server shuts down, and how streams and waiting calls learn of it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import TypeVar

from quikstate_server.errors import ShuttingDown

T = TypeVar("T")


class Drain:
    """The drain of one server. When it begins, each stream sends what is left, and ends by itself."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.listeners: dict[_Listener, None] = {}
        """In the order in which they were entered."""

    @property
    def has_begun(self) -> bool:
        return self._event.is_set()

    def begin(self) -> None:
        """Call all listeners."""
        self._event.set()
        for listener in list(self.listeners):
            try:
                listener.callback()
            except Exception as error:  # noqa: BLE001 - one stream's fault must not stop the shutdown
                context = {"message": "a stream failed when the drain began", "exception": error}
                asyncio.get_running_loop().call_exception_handler(context)

    async def wait(self) -> None:
        """Return once the drain has begun."""
        await self._event.wait()

    def on_begin(self, callback: Callable[[], object]) -> _Listener:
        """Call `callback` when the drain begins, or at once, while entered: no stream needs a task for it."""
        return _Listener(self, callback)

    async def run(
        self,
        work: Awaitable[T],
        undo: Callable[[T], None] = lambda _: None,
        *,
        grace_seconds: float = 0.0,
    ) -> T:
        """Return what `work` returns; cancel it and raise ShuttingDown if the drain begins first.

        It has `grace_seconds` to end by itself. `undo` gets the result of work that was done just as its
        caller went, or as it was cancelled.
        """
        working, draining = asyncio.ensure_future(work), asyncio.ensure_future(self.wait())
        returned = False
        try:
            await asyncio.wait((working, draining), return_when=asyncio.FIRST_COMPLETED)
            if grace_seconds and not working.done():
                await asyncio.wait((working,), timeout=grace_seconds)
            if not working.done():
                raise ShuttingDown
            returned = True
            return working.result()
        finally:
            draining.cancel()
            working.cancel()
            await asyncio.wait((working,))
            if not returned and not working.cancelled() and not working.exception():
                undo(working.result())


class _Listener:
    """A context manager by hand: each stream has one, and that of a generator is four times as large."""

    __slots__ = ("_drain", "callback")

    def __init__(self, drain: Drain, callback: Callable[[], object]) -> None:
        self._drain = drain
        self.callback = callback

    def __enter__(self) -> None:
        if self._drain.has_begun:
            self.callback()
        self._drain.listeners[self] = None

    def __exit__(self, *_: object) -> None:
        del self._drain.listeners[self]


def stop_signals() -> tuple[asyncio.Event, asyncio.Event]:
    """Return two events: SIGTERM or SIGINT sets the first, and a second signal the other one."""
    stop, stop_now = asyncio.Event(), asyncio.Event()

    def on_signal() -> None:
        (stop_now if stop.is_set() else stop).set()

    for signum in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signum, on_signal)
    return stop, stop_now
