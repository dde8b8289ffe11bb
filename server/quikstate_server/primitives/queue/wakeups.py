"""Wake-ups: who waits for items in this process, and when a waiter looks at a queue again.

A script that may have made an item available publishes a wake-up on the queue's
channel. That is only a hint: leases end and items become due without a message,
messages can be lost, and a raw client's XADD publishes none. So each look at a
queue says when its next item is due, and a queue that somebody waits for is
looked at again then, or after CHECK_SECONDS. A queue costs one timer and one
subscription, and no task or connection, whatever the number of waiters.
"""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import Context

from quikstate_server.primitives.queue.model import QueueName
from quikstate_server.primitives.queue.store import wakeup_channel
from quikstate_server.redis_client.subscriber import ChannelFilter, Subscriber
from quikstate_server.signals import Signal

CHECK_SECONDS = 10.0
"""The longest time between two looks at a queue that somebody waits for."""
_MAX_COUNT_DIGITS = 9
"""Digits of the count in a wake-up: a raw client may publish anything on the channel."""
_AFTER_DUE_SECONDS = 0.002
_AFTER_FAILURE_SECONDS = 1.0
_AFTER_GAP_SECONDS = 0.5
"""The longest wait after a gap, so that ten thousand queues are not all looked at in one moment."""


class QueueWaiter:
    """A caller that waits for items of some queues. When `signal` is set it looks at those in `to_check`."""

    def __init__(self, names: Sequence[QueueName], signal: Signal | None = None) -> None:
        self.names = list(names)
        self.signal = signal or Signal()
        self.to_check: OrderedDict[QueueName, None] = OrderedDict.fromkeys(names)

    def wake(self, name: QueueName) -> None:
        """Have the caller look at the queue."""
        self.to_check[name] = None
        self.signal.set()

    async def wait(self, until: float) -> bool:
        """Wait until the caller is woken. Return False if it was not by `until`, in monotonic seconds."""
        was_woken = await self.signal.wait(until)
        self.signal.clear()
        return was_woken

    def put_last(self, name: QueueName) -> None:
        """Prefer the other queues from now on, since this one had items."""
        self.names.remove(name)
        self.names.append(name)


class QueueWaiters:
    """The waiters of this process, by queue.

    If a queue may have an item, then either a waiter was woken for it and has
    still to look, or the wake-up is kept for the next waiter that becomes idle.
    """

    def __init__(self, subscriber: Subscriber) -> None:
        self._subscriber = subscriber
        self._queues: dict[QueueName, _WaitedQueue] = {}

    @asynccontextmanager
    async def registered(self, waiter: QueueWaiter) -> AsyncIterator[None]:
        """Keep `waiter` registered while entered. It has to look at all its queues first."""
        queues = [self._queue(name) for name in waiter.names]
        try:
            for queue in queues:
                queue.waiters.add(waiter)
            await asyncio.gather(*(self._subscriber.subscribe(queue.channel, queue) for queue in queues))
            yield
        finally:
            self.pass_on(waiter)
            for queue in queues:
                self._leave(queue, waiter)

    def make_idle(self, waiter: QueueWaiter) -> None:
        """Let `waiter` be woken for the queues that it has looked at."""
        for name in waiter.names:
            if name not in waiter.to_check:
                self._queues[name].add_idle(waiter)

    def pass_on(self, waiter: QueueWaiter) -> None:
        """Wake others for the queues that `waiter` has not looked at: it does something else now."""
        to_check, waiter.to_check = waiter.to_check, OrderedDict()
        for name in waiter.names:
            self._queues[name].idle.pop(waiter, None)
        for name in to_check:
            self._queues[name].wake(1)

    def after_look(self, name: QueueName, next_due_in: float | None, *, may_have_more: bool) -> None:
        """Plan the next look at a queue from the result of the last one."""
        if queue := self._queues.get(name):
            queue.schedule(next_due_in)
            if may_have_more:
                queue.wake(1)

    def after_failure(self, name: QueueName) -> None:
        """Plan the next look at a queue after one that failed."""
        if queue := self._queues.get(name):
            queue.schedule(random.uniform(0.5, 1.0) * _AFTER_FAILURE_SECONDS)  # noqa: S311 - to spread load

    def idle_count(self, name: QueueName) -> int:
        """Return how many waiters are idle until the queue has an item."""
        queue = self._queues.get(name)
        return len(queue.idle) if queue else 0

    @property
    def queue_count(self) -> int:
        """Return the number of queues that somebody waits for."""
        return len(self._queues)

    def _queue(self, name: QueueName) -> _WaitedQueue:
        if name not in self._queues:
            self._queues[name] = _WaitedQueue(name)
        return self._queues[name]

    def _leave(self, queue: _WaitedQueue, waiter: QueueWaiter) -> None:
        """Remove the waiter, and the subscription with the last one."""
        queue.waiters.discard(waiter)
        if not queue.waiters:
            del self._queues[queue.name]
            queue.cancel_timer()
            self._subscriber.unsubscribe(queue.channel, queue)


class _WaitedQueue:
    """A queue that somebody waits for. Its idle waiters are woken in the order in which they became idle."""

    def __init__(self, name: QueueName) -> None:
        self.name = name
        self.channel = ChannelFilter(wakeup_channel(name))
        self.waiters: set[QueueWaiter] = set()
        self.idle: OrderedDict[QueueWaiter, None] = OrderedDict()
        self._has_kept_wakeup = False
        self._timer: asyncio.TimerHandle | None = None

    def add_idle(self, waiter: QueueWaiter) -> None:
        """Make `waiter` idle, or wake it at once with the wake-up that was kept."""
        if self._has_kept_wakeup:
            self._has_kept_wakeup = False
            waiter.wake(self.name)
        else:
            self.idle.setdefault(waiter)

    def wake(self, count: int) -> None:
        """Wake `count` idle waiters. If there are fewer, keep a wake-up for the next one."""
        for _ in range(count):
            if not self.idle:
                self._has_kept_wakeup = True
                return
            waiter, _ = self.idle.popitem(last=False)
            waiter.wake(self.name)

    def schedule(self, due_in: float | None) -> None:
        """Wake a waiter when the next item is due, at the latest after CHECK_SECONDS."""
        longest = CHECK_SECONDS * random.uniform(0.8, 1.0)  # noqa: S311 - to spread load
        pause = longest if due_in is None else min(longest, due_in + _AFTER_DUE_SECONDS)
        self.cancel_timer()
        self._timer = asyncio.get_running_loop().call_later(pause, self._on_timer, context=Context())

    def cancel_timer(self) -> None:
        """Forget the next look."""
        if self._timer:
            self._timer.cancel()

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - it has one channel
        """Wake as many waiters as the script made items available."""
        self.wake(int(payload) if payload.isdigit() and len(payload) <= _MAX_COUNT_DIGITS else 1)

    def on_gap(self) -> None:
        """Look soon, since wake-ups may be missing."""
        self.schedule(random.uniform(0.0, _AFTER_GAP_SECONDS))  # noqa: S311 - to spread load

    def _on_timer(self) -> None:
        self.schedule(None)  # in case the look of the woken waiter tells nothing
        self.wake(1)
