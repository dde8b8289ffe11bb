"""Who waits for items in this process, and when they look again.

The scripts ring a queue's bell, a pub/sub message, whenever it may have
something to give. That is a hint: what lapses or becomes due does so without a
word, hints can be lost, and a raw client's XADD rings nothing. So each look at a
queue says when the next item is due, and a queue that is waited for is looked at
then, or after LOOK_SECONDS. One timer and one subscription a queue, no task and
no connection, whatever the number of those who wait.
"""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import Context

from quikstate_server.primitives.queue.model import Name
from quikstate_server.primitives.queue.store import bell_channel
from quikstate_server.redis_client.subscriber import ChannelFilter, Subscriber

LOOK_SECONDS = 10.0
"""How often a queue that is waited for is looked at, whatever was heard."""
_MAX_DIGITS = 9
"""Of the count in a ring: a raw Redis client may publish anything there."""
_AFTER_DUE_SECONDS = 0.002
_AFTER_FAILURE_SECONDS = 1.0
_AFTER_GAP_SECONDS = 0.5
"""The longest: ten thousand queues are not all looked at in one moment."""


class Waiter:
    """One that waits for items of some queues: it is to look at those in `rung`, once `stirred` is set."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = list(names)
        self.stirred = asyncio.Event()
        self.rung: OrderedDict[Name, None] = OrderedDict.fromkeys(names)

    def ring(self, name: Name) -> None:
        self.rung[name] = None
        self.stirred.set()

    def was_given(self, name: Name) -> None:
        """The others come first now."""
        self.names.remove(name)
        self.names.append(name)


class Bells:
    """The queues that are waited for here.

    Where a queue may have something, one that idles was rung for and has still
    to look, or the ring is kept for the next one to come to rest.
    """

    def __init__(self, subscriber: Subscriber) -> None:
        self._subscriber = subscriber
        self._bells: dict[Name, _Bell] = {}

    @asynccontextmanager
    async def waiting(self, waiter: Waiter) -> AsyncIterator[None]:
        """While entered, `waiter` can come to rest. It has to look at all its queues first."""
        bells = [self._bell(name) for name in waiter.names]
        try:
            for bell in bells:
                bell.waiters.add(waiter)
            await asyncio.gather(*(self._subscriber.subscribe(bell.topic, bell) for bell in bells))
            yield
        finally:
            self.pass_on(waiter)
            for bell in bells:
                self._leave(bell, waiter)

    def rest(self, waiter: Waiter) -> None:
        """It has nothing to do until it is rung for."""
        for name in waiter.names:
            if name not in waiter.rung:
                self._bells[name].rest(waiter)

    def pass_on(self, waiter: Waiter) -> None:
        """It does something else now: what it was rung for is for another."""
        rung, waiter.rung = waiter.rung, OrderedDict()
        for name in waiter.names:
            self._bells[name].idle.pop(waiter, None)
        for name in rung:
            self._bells[name].ring(1)

    def looked(self, name: Name, due_in: float | None, *, more: bool) -> None:
        """What a look found: whoever waits looks again when it makes sense."""
        if bell := self._bells.get(name):
            bell.arm(due_in)
            if more:
                bell.ring(1)

    def failed(self, name: Name) -> None:
        """A look found out nothing."""
        if bell := self._bells.get(name):
            bell.arm(random.uniform(0.5, 1.0) * _AFTER_FAILURE_SECONDS)  # noqa: S311 - to spread load

    def _bell(self, name: Name) -> _Bell:
        if name not in self._bells:
            self._bells[name] = _Bell(name)
        return self._bells[name]

    def _leave(self, bell: _Bell, waiter: Waiter) -> None:
        """The last one ends the subscription."""
        bell.waiters.discard(waiter)
        if not bell.waiters:
            del self._bells[bell.name]
            bell.silence()
            self._subscriber.unsubscribe(bell.topic, bell)


class _Bell:
    """One queue. Of its waiters some idle, in the order in which they are rung for."""

    def __init__(self, name: Name) -> None:
        self.name = name
        self.topic = ChannelFilter(bell_channel(name))
        self.waiters: set[Waiter] = set()
        self.idle: OrderedDict[Waiter, None] = OrderedDict()
        self._kept = False
        self._timer: asyncio.TimerHandle | None = None

    def rest(self, waiter: Waiter) -> None:
        if self._kept:
            self._kept = False
            waiter.ring(self.name)
        else:
            self.idle.setdefault(waiter)

    def ring(self, count: int) -> None:
        """Wake so many; if they are fewer, the next one."""
        for _ in range(count):
            if not self.idle:
                self._kept = True
                return
            waiter, _ = self.idle.popitem(last=False)
            waiter.ring(self.name)

    def arm(self, due_in: float | None) -> None:
        """Ring when the next item is due, or after a while."""
        longest = LOOK_SECONDS * random.uniform(0.8, 1.0)  # noqa: S311 - to spread load
        pause = longest if due_in is None else min(longest, due_in + _AFTER_DUE_SECONDS)
        self.silence()
        self._timer = asyncio.get_running_loop().call_later(pause, self._on_time, context=Context())

    def silence(self) -> None:
        if self._timer:
            self._timer.cancel()

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - there is one channel
        self.ring(int(payload) if payload.isdigit() and len(payload) <= _MAX_DIGITS else 1)

    def on_gap(self) -> None:
        self.arm(random.uniform(0.0, _AFTER_GAP_SECONDS))  # noqa: S311 - to spread load

    def _on_time(self) -> None:
        self.arm(None)  # should the one that is rung for find out nothing
        self.ring(1)
