"""Notifications from the scripts to this server: a waiter is next, or a stream has lost its lease to another.

A notification may be lost. So waiters are also polled, and a stream finds out at its next renewal.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.lock.store import LockStore
from quikstate_server.primitives.timing import POLL_SECONDS
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.signals import Signal


class LockNotifications:
    """Sets the signals of a waiter by its lease id, and calls a stream by its name."""

    def __init__(self, store: LockStore) -> None:
        self._subscriber = store.redis_client.subscriber
        self._channel = ChannelFilter(store.channel_prefix + store.server)
        self._waiters: dict[str, set[Signal]] = {}
        self._streams: dict[str, Callable[[], None]] = {}
        self._tasks = BackgroundTasks(store.redis_client.monitor)

    def start(self) -> None:
        self._tasks.keep_running("lock.notifications", self._subscribe)

    async def close(self) -> None:
        await self._tasks.close()
        self._subscriber.unsubscribe(self._channel, self)

    @contextmanager
    def to_waiter(self, lease_id: str, signal: Signal) -> Iterator[None]:
        """Set `signal` whenever the waiter may be next, while entered."""
        signals = self._waiters.setdefault(lease_id, set())
        signals.add(signal)
        try:
            yield
        finally:
            signals.discard(signal)
            if not signals:
                self._waiters.pop(lease_id, None)

    def to_stream(self, stream: str, callback: Callable[[], None]) -> _StreamRegistration:
        """Call `callback` when another stream takes over the lease of `stream`, while entered."""
        return _StreamRegistration(self._streams, stream, callback)

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - there is one channel
        """Wake the waiter or stream that the payload names. The claim of a waiter that is gone expires."""
        name = payload.decode(errors="replace")
        for signal in self._waiters.get(name, ()):
            signal.set()
        if callback := self._streams.get(name):
            callback()

    def on_gap(self) -> None:
        """Wake all waiters, since each may be next; a stream learns at its next renewal what it missed."""
        for signals in self._waiters.values():
            for signal in signals:
                signal.set()

    async def _subscribe(self) -> None:
        while True:
            with suppress(QuikstateError):
                await self._subscriber.subscribe(self._channel, self)
                self.on_gap()  # earlier notifications were missed
                return
            await asyncio.sleep(POLL_SECONDS)


class _StreamRegistration:
    """A context manager by hand: each stream has one, and that of a generator is four times as large."""

    __slots__ = ("_callback", "_stream", "_streams")

    def __init__(
        self, streams: dict[str, Callable[[], None]], stream: str, callback: Callable[[], None]
    ) -> None:
        self._streams = streams
        self._stream = stream
        self._callback = callback

    def __enter__(self) -> None:
        self._streams[self._stream] = self._callback

    def __exit__(self, *_: object) -> None:
        del self._streams[self._stream]
