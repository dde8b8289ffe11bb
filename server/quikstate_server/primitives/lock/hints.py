"""What the scripts tell this server: a waiter's turn has come, or a stream has lost its lease to another.

Each is only a hint to look: it may be lost, and whoever listens looks by itself in time.
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


class Hints:
    """The events of a lease are set when its turn is told; a stream is called when it has lost its lease."""

    def __init__(self, store: LockStore) -> None:
        self._subscriber = store.redis_client.subscriber
        self._topic = ChannelFilter(store.hints + store.server)
        self._turns: dict[str, set[Signal]] = {}
        self._streams: dict[str, Callable[[], None]] = {}
        self._tasks = BackgroundTasks(store.redis_client.monitor)

    def start(self) -> None:
        self._tasks.keep_running("lock.hints", self._listen)

    async def close(self) -> None:
        await self._tasks.close()
        self._subscriber.unsubscribe(self._topic, self)

    @contextmanager
    def of_turn(self, lease_id: str, turn: Signal) -> Iterator[None]:
        """While entered, `turn` is set whenever it may be the turn of the lease."""
        turns = self._turns.setdefault(lease_id, set())
        turns.add(turn)
        try:
            yield
        finally:
            turns.discard(turn)
            if not turns:
                self._turns.pop(lease_id, None)

    def of_stream(self, name: str, lost: Callable[[], None]) -> _OfStream:
        """While entered, `lost` is called when another stream takes up the lease of this one."""
        return _OfStream(self._streams, name, lost)

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - every listener is told
        """If who is meant has gone, so has what was handed to it, soon."""
        name = payload.decode(errors="replace")
        for turn in self._turns.get(name, ()):
            turn.set()
        if lost := self._streams.get(name):
            lost()

    def on_gap(self) -> None:
        """Each turn may have come; a stream finds at its next renewal what it was not told."""
        for turns in self._turns.values():
            for turn in turns:
                turn.set()

    async def _listen(self) -> None:
        """Hear the hints; without them the looks still find each turn."""
        while True:
            with suppress(QuikstateError):
                await self._subscriber.subscribe(self._topic, self)
                self.on_gap()  # what was told before was not heard
                return
            await asyncio.sleep(POLL_SECONDS)


class _OfStream:
    """A context manager by hand: each stream has one, and that of a generator is four times as large."""

    __slots__ = ("_lost", "_name", "_streams")

    def __init__(self, streams: dict[str, Callable[[], None]], name: str, lost: Callable[[], None]) -> None:
        self._streams = streams
        self._name = name
        self._lost = lost

    def __enter__(self) -> None:
        self._streams[self._name] = self._lost

    def __exit__(self, *_: object) -> None:
        del self._streams[self._name]
