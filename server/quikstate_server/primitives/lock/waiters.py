"""The waiters of this server, and how each learns that it may be next.

The script that frees a resource grants it to the first waiter at once, and notifies
the waiter's server. A notification can be lost, a raw Redis client frees a key
without one, and a lease may expire: so this server also polls what it has waiters
for, every second and when the holders expire. The same poll registers the server as
alive: the waiters of a server that died are removed five seconds later.

A waiter for several resources has a place in the queue of each. While it is first
in one queue, the later waiters there stay blocked. Once it is first in all queues,
and all resources have room, it acquires them in one call.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.lock.model import LockTarget
from quikstate_server.primitives.lock.notifications import LockNotifications
from quikstate_server.primitives.lock.store import LockStore
from quikstate_server.primitives.timing import POLL_SECONDS, next_poll
from quikstate_server.signals import Signal

_MAX_PER_SCRIPT = 100
"""The most waiters of one script."""

_Signals = dict[str, set[Signal]]
"""By lease id: one signal a call. There are several calls if a request is repeated while it waits."""


class LockWaiters:
    """One task polls for all waiters of the same resources; it ends with the last of them."""

    def __init__(self, store: LockStore, notifications: LockNotifications) -> None:
        self._store = store
        self._notifications = notifications
        self._signals: dict[LockTarget, _Signals] = {}
        self._polled: set[LockTarget] = set()
        self._tasks = BackgroundTasks(store.redis_client.monitor)

    async def close(self) -> None:
        await self._tasks.close()

    @property
    def count(self) -> int:
        """Count the calls that wait."""
        return sum(len(calls) for signals in self._signals.values() for calls in signals.values())

    @contextmanager
    def waiting(self, target: LockTarget, lease_id: str) -> Iterator[Signal]:
        """Return a signal that is set whenever the waiter may be next, while entered."""
        signals = self._signals.setdefault(target, {})
        calls, signal = signals.setdefault(lease_id, set()), Signal()
        calls.add(signal)
        if target not in self._polled:
            self._polled.add(target)
            self._tasks.keep_running("lock.poll_waiters", partial(self._poll_while_waiting, target))
        try:
            with self._notifications.to_waiter(lease_id, signal):
                yield signal
        finally:
            calls.discard(signal)
            if not calls:
                del signals[lease_id]

    def is_waiting(self, target: LockTarget, lease_id: str) -> bool:
        """Return True while a call here waits for the lease."""
        return lease_id in self._signals.get(target, {})

    async def _poll_while_waiting(self, target: LockTarget) -> None:
        signals = self._signals[target]
        while signals:
            try:
                poll_at = await self._poll(target, signals)
            except QuikstateError:  # Redis does not answer
                poll_at = time.monotonic() + POLL_SECONDS
            await asyncio.sleep(max(0.0, poll_at - time.monotonic()))
        del self._signals[target]
        self._polled.discard(target)

    async def _poll(self, target: LockTarget, signals: _Signals) -> float:
        """Register the server and wake the waiters that may be next; return when to poll again."""
        asleep = [
            lease_id for lease_id, calls in signals.items() if not all(signal.is_set() for signal in calls)
        ]
        expires_in: float | None = None
        for start in range(0, max(1, len(asleep)), _MAX_PER_SCRIPT):
            states = await self._store.refresh_waiters(target, asleep[start : start + _MAX_PER_SCRIPT])
            expires_in = states.expires_in
            for lease_id in asleep if len(target.resources) > 1 else states.held | states.gone:
                _wake(signals, lease_id)  # a waiter for several resources may find all of them free
        return next_poll(expires_in)


def _wake(signals: _Signals, lease_id: str) -> None:
    for signal in signals.get(lease_id, ()):
        signal.set()
