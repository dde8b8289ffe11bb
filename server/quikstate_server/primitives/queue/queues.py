"""Queues, as callers use them: items added, waited for, settled, and none kept back by who went away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any

import structlog

from quikstate_server import call_context
from quikstate_server.background import BackgroundTasks
from quikstate_server.drain import Drain
from quikstate_server.errors import (
    OutcomeUnknown,
    Overloaded,
    QuikstateError,
    RedisUnavailable,
    ShuttingDown,
)
from quikstate_server.primitives.queue.batch import by_name, each
from quikstate_server.primitives.queue.model import (
    Act,
    Added,
    Delivery,
    Enqueued,
    Inspection,
    Name,
    NewItem,
    Scope,
    Settled,
    Settlement,
    Taken,
    View,
)
from quikstate_server.primitives.queue.store import QueueStore, fingerprint_of
from quikstate_server.primitives.queue.wakeups import Bells, Waiter
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits

_CLEANING_PAUSES = (0.0, 0.1, 0.5, 1.0, 2.0)
_BATCH = 100
"""Most items of one act."""
_ANSWER_SECONDS = 0.1
"""Of a call's deadline, kept for the way back: what comes too late is leased for nothing."""
PASSING = (RedisUnavailable, OutcomeUnknown, Overloaded)
"""What does not keep a queue from being asked again."""
_log = structlog.get_logger()


class Queues:
    """Several servers may share one Redis."""

    def __init__(self, redis_client: RedisClient, limits: Limits, drain: Drain) -> None:
        self.drain = drain
        self.bells = Bells(redis_client.subscriber)
        self._store = QueueStore(redis_client, limits)
        self._turn = 0
        self._cleaning = BackgroundTasks(redis_client.monitor)

    async def start(self) -> None:
        """Nothing runs but for those who wait."""

    async def close(self) -> None:
        await self._cleaning.close()

    async def enqueue(
        self, items: Sequence[NewItem], request_id: str = "", min_replicas: int = 0
    ) -> Enqueued:
        """Add them, those of one queue in their order and in one act, as far as there is room."""
        replicas: list[int] = []
        fingerprint = fingerprint_of(items) if request_id else b""

        async def add(name: Name, of_name: Sequence[NewItem]) -> Sequence[Added | QuikstateError]:
            enqueued = await self._store.enqueue(name, of_name, request_id, fingerprint, min_replicas)
            replicas.append(enqueued.replicas)
            return enqueued.outcomes

        outcomes = await each(items, add, at_once=not min_replicas)
        return Enqueued(outcomes, min(replicas, default=0))

    async def receive(
        self, names: Sequence[Name], most: int, wait: float, lease: float
    ) -> Sequence[Delivery]:
        """Up to `most` items of one of the queues, waiting `wait` seconds for the first at most.

        What is leased for a call that is cancelled is given back at once.
        ShuttingDown, if the server ends first.
        """
        until = min(time.monotonic() + wait, _last_moment())
        fault: QuikstateError | None = None
        for name in self._in_turn(names):
            try:
                if deliveries := await self.take(name, most, lease):
                    return deliveries
            except QuikstateError as error:  # another queue may be on another server
                fault = fault or error
        if fault:
            raise fault
        return await self._wait(names, most, until, lease) if wait else ()

    async def _wait(self, names: Sequence[Name], most: int, until: float, lease: float) -> Sequence[Delivery]:
        waiter = Waiter(names)
        async with self.bells.waiting(waiter):
            with self.drain.on_begin(waiter.stirred.set):
                while True:
                    while waiter.rung:
                        name, _ = waiter.rung.popitem(last=False)
                        with suppress(*PASSING):  # it is asked again as long as the caller waits
                            if deliveries := await self.take(name, most, lease):
                                return deliveries
                    self.bells.rest(waiter)
                    if not await stirred(waiter, until):
                        return ()
                    if self.drain.has_begun:
                        raise ShuttingDown

    async def take(self, name: Name, most: int, lease: float, room: int | None = None) -> Sequence[Delivery]:
        """Lease what there is: at most `most` items; those after the first fit into `room` bytes.

        One script looks at so many, and the next goes on from there. What is leased when this is cancelled
        is given back at once.
        """
        while True:
            taken = await self._look(name, most, lease, room)
            if taken.deliveries or not taken.more or time.monotonic() >= _last_moment():
                self.bells.looked(name, taken.due_in, more=taken.more)
                return taken.deliveries

    async def _look(self, name: Name, most: int, lease: float, room: int | None) -> Taken:
        task = asyncio.create_task(self._store.receive(name, most, lease, room))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._clean(self._return_taken(name, task))
            raise
        except QuikstateError:
            self.bells.failed(name)
            raise

    def give_back(self, deliveries: Sequence[Delivery]) -> None:
        """In the background: they are delivered again at once, and the attempt does not count."""
        if deliveries:
            self._clean(self._return(deliveries))

    async def settle(self, settlements: Sequence[Settlement]) -> list[Settled | QuikstateError]:
        """End or prolong deliveries."""
        return await each(settlements, self._store.settle)

    async def inspect(self, name: Name, view: View, page: str, size: int) -> Inspection:
        return await self._store.inspect(name, view, page, size)

    async def redrive(self, name: Name, item_ids: Sequence[str], most: int) -> int:
        """Enqueue dead letters anew: those named, or `most` of those there are now, 0 for all."""
        if item_ids:
            return await self._redrive_named(name, item_ids)
        redriven, looked, there, last = 0, 0, 0, ""
        while True:
            batch = min(_BATCH, most - redriven) if most else _BATCH
            done = await self._store.redrive(name, (), batch, last)
            there = there or done.there  # when it began
            redriven, looked, last = redriven + done.redriven, looked + done.looked, done.last
            if not done.looked or looked >= there or redriven == most:
                return redriven

    async def purge(self, name: Name, scope: Scope, item_ids: Sequence[str]) -> int:
        """Delete items: those named that are not leased, or all of the scope that there are now."""
        if item_ids:
            return await self._purge_named(name, item_ids)
        purged, after, until = await self._store.purge(name, scope, "", "", ())
        while after:
            count, after, until = await self._store.purge(name, scope, after, until, ())
            purged += count
        return purged

    async def _redrive_named(self, name: Name, item_ids: Sequence[str]) -> int:
        redriven, looked = 0, 0
        while looked < len(item_ids):
            done = await self._store.redrive(name, item_ids[looked:], 0, "")
            redriven, looked = redriven + done.redriven, looked + done.looked
        return redriven

    async def _purge_named(self, name: Name, item_ids: Sequence[str]) -> int:
        purged, looked = 0, 0
        while True:
            count, after, _ = await self._store.purge(name, None, "", "", item_ids[looked:])
            purged, looked = purged + count, looked + int(after or 0)
            if not after:
                return purged

    def _in_turn(self, names: Sequence[Name]) -> Sequence[Name]:
        """Each call begins with another, so that none of them is always served first."""
        self._turn += 1
        first = self._turn % len(names)
        return [*names[first:], *names[:first]]

    async def _return_taken(self, name: Name, task: asyncio.Task[Taken]) -> None:
        try:
            taken = await task
        except QuikstateError:
            self.bells.failed(name)
            return
        self.bells.looked(name, taken.due_in, more=taken.more)
        await self._return(taken.deliveries)

    async def _return(self, deliveries: Sequence[Delivery]) -> None:
        settlements = [Settlement(one.name, one.receipt, Act.RETURN) for one in deliveries]
        for name, places in by_name(settlements).items():
            of_name = [settlements[place] for place in places]
            for first in range(0, len(of_name), _BATCH):
                await self._return_batch(name, of_name[first : first + _BATCH])

    async def _return_batch(self, name: Name, settlements: Sequence[Settlement]) -> None:
        """Where Redis does not answer, the leases end by themselves."""
        for pause in _CLEANING_PAUSES:
            await asyncio.sleep(pause)
            with suppress(QuikstateError):
                await self._store.settle(name, settlements)
                return
        _log.warning("queue.left_to_lapse", items=len(settlements))

    def _clean(self, work: Coroutine[Any, Any, None]) -> None:
        """In a context of its own: the deadline of the call that is over does not count."""
        self._cleaning.spawn("queue.give_back", work)


def _last_moment() -> float:
    """When the caller's deadline leaves no time to answer later, in monotonic seconds."""
    deadline = call_context.current().deadline
    return float("inf") if deadline is None else deadline - _ANSWER_SECONDS


async def stirred(waiter: Waiter, until: float) -> bool:
    """Wait until `waiter` is stirred; False if it is not until then, in monotonic seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(max(0.0, until - time.monotonic())):
            await waiter.stirred.wait()
    was_stirred = waiter.stirred.is_set()
    waiter.stirred.clear()
    return was_stirred
