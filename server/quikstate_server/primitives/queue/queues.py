"""Queues as callers use them: enqueue, wait for items, settle, inspect, redrive and purge."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, TypeVar

from quikstate_server import call_context
from quikstate_server.background import BackgroundTasks
from quikstate_server.backoff import Backoff
from quikstate_server.drain import Drain
from quikstate_server.errors import (
    OutcomeUnknown,
    Overloaded,
    QuikstateError,
    RedisUnavailable,
    ShuttingDown,
)
from quikstate_server.keys import Keyspace
from quikstate_server.logs import get_logger
from quikstate_server.primitives.queue.known_queues import KnownQueues
from quikstate_server.primitives.queue.listing import QueueList
from quikstate_server.primitives.queue.model import (
    Delivery,
    EnqueuedItem,
    EnqueueOutcome,
    NewQueueItem,
    PurgeScope,
    QueueInspection,
    QueueName,
    QueuePage,
    QueueView,
    ReceiveResult,
    Settlement,
    SettlementAction,
    SettlementOutcome,
)
from quikstate_server.primitives.queue.name_index import NameIndex
from quikstate_server.primitives.queue.store import QueueStore, fingerprint_of
from quikstate_server.primitives.queue.wakeups import QueueWaiter, QueueWaiters
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.slot_batches import group_equal, run_slot_batches
from quikstate_server.settings import Limits

T = TypeVar("T")

_GIVE_BACK_BACKOFF = Backoff(0.1, 2.0, factor=3, at_once=True)
_GIVE_BACK_ATTEMPTS = 5
_BATCH = 100
"""The most items that one script settles or redrives."""
_REPLY_SECONDS = 0.1
"""What a call keeps of its deadline for the way back: items of a late response would be leased in vain."""
TRANSIENT_ERRORS = (RedisUnavailable, OutcomeUnknown, Overloaded)
"""The errors after which a waiter looks at the queue again."""
_log = get_logger()


class Queues:
    """The queues on one Redis, which several servers may share."""

    def __init__(self, redis_client: RedisClient, limits: Limits, drain: Drain) -> None:
        self.drain = drain
        self.waiters = QueueWaiters(redis_client.subscriber)
        self._store = QueueStore(redis_client, limits)
        self.delivered = 0
        """Items delivered, each attempt counted."""
        self.redelivered = 0
        """Of these, those that were delivered before."""
        self._turn = 0
        self._background = BackgroundTasks(redis_client.monitor)
        index = NameIndex(redis_client)
        self._known = KnownQueues(index, self._background)
        self._list = QueueList(self._store, index, self._known)

    async def start(self) -> None:
        """Do nothing: the first waiter starts what is needed."""

    async def close(self) -> None:
        """End the background tasks."""
        await self._background.close()

    async def enqueue(
        self, items: Sequence[NewQueueItem], request_id: str = "", min_replicas: int = 0
    ) -> EnqueueOutcome:
        """Add items in their order, those of one queue atomically, until the queue is full."""
        replicas: list[int] = []
        fingerprint = fingerprint_of(items) if request_id else b""

        async def add(indexes: Sequence[int]) -> Sequence[EnqueuedItem | QuikstateError]:
            of_queue = [items[index] for index in indexes]
            outcome = await self._store.enqueue(
                of_queue[0].name, of_queue, request_id, fingerprint, min_replicas
            )
            replicas.append(outcome.replicas)
            return outcome.results

        by_queue = group_equal(item.name for item in items)
        concurrent = 1 if min_replicas else None
        adding = run_slot_batches(by_queue, add, max_items=None, max_concurrent=concurrent)
        unconfirmed = self._known.unconfirmed([items[indexes[0]].name for indexes in by_queue])
        results = await (self._known.confirm_beside(unconfirmed, adding) if unconfirmed else adding)
        return EnqueueOutcome(_raise_common_error(results), min(replicas, default=0))

    async def receive(
        self, names: Sequence[QueueName], max_items: int, wait_seconds: float, lease_seconds: float
    ) -> Sequence[Delivery]:
        """Lease up to `max_items` of one of the queues, waiting at most `wait_seconds` for the first.

        If the call is cancelled, what was leased for it is given back at once.
        Raise ShuttingDown if the server drains first.
        """
        until = min(time.monotonic() + wait_seconds, _latest_reply_at())
        first_error: QuikstateError | None = None
        for name in self._rotated(names):
            try:
                if deliveries := await self.receive_available(name, max_items, lease_seconds):
                    return deliveries
            except QuikstateError as error:  # another queue may be on another server
                first_error = first_error or error
        if first_error:
            raise first_error
        return await self._wait_for_items(names, max_items, until, lease_seconds) if wait_seconds else ()

    async def _wait_for_items(
        self, names: Sequence[QueueName], max_items: int, until: float, lease_seconds: float
    ) -> Sequence[Delivery]:
        waiter = QueueWaiter(names)
        async with self.waiters.registered(waiter):
            with self.drain.on_begin(waiter.signal.set):
                while True:
                    while waiter.to_check:
                        name, _ = waiter.to_check.popitem(last=False)
                        with suppress(*TRANSIENT_ERRORS):
                            if deliveries := await self.receive_available(name, max_items, lease_seconds):
                                return deliveries
                    self.waiters.make_idle(waiter)
                    if not await waiter.wait(until):
                        return ()
                    if self.drain.has_begun:
                        raise ShuttingDown

    async def receive_available(
        self, name: QueueName, max_items: int, lease_seconds: float, max_bytes: int | None = None
    ) -> Sequence[Delivery]:
        """Lease at most `max_items` that are available now; those after the first fit into `max_bytes`.

        One script examines a bounded number of items, and the next one goes on from there. If this is
        cancelled, what was leased is given back at once.
        """
        while True:
            result = await self._receive_once(name, max_items, lease_seconds, max_bytes)
            if result.had_items:
                self._known.confirm_soon(name)
            is_late = time.monotonic() >= _latest_reply_at()
            if result.deliveries or not result.may_have_more or is_late:
                self.waiters.after_look(name, result.next_due_in, may_have_more=result.may_have_more)
                self.delivered += len(result.deliveries)
                self.redelivered += sum(delivery.item.attempt > 1 for delivery in result.deliveries)
                return result.deliveries

    async def _receive_once(
        self, name: QueueName, max_items: int, lease_seconds: float, max_bytes: int | None
    ) -> ReceiveResult:
        task = asyncio.create_task(self._store.receive(name, max_items, lease_seconds, max_bytes))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._in_background(self._give_back_abandoned(name, task))
            raise
        except QuikstateError:
            self.waiters.after_failure(name)
            raise

    def give_back(self, deliveries: Sequence[Delivery]) -> None:
        """Give deliveries back in the background: they come again, and this attempt does not count."""
        if deliveries:
            self._in_background(self._give_back_deliveries(deliveries))

    async def settle(self, settlements: Sequence[Settlement]) -> Sequence[SettlementOutcome | QuikstateError]:
        """Acknowledge, nack or extend deliveries, those of one queue atomically."""

        async def settle(indexes: Sequence[int]) -> Sequence[SettlementOutcome]:
            of_queue = [settlements[index] for index in indexes]
            return await self._store.settle(of_queue[0].name, of_queue)

        by_queue = group_equal(settlement.name for settlement in settlements)
        results = await run_slot_batches(by_queue, settle, max_items=None, max_concurrent=None)
        return _raise_common_error(results)

    async def inspect(self, name: QueueName, view: QueueView, page: str, page_size: int) -> QueueInspection:
        """Count a queue's items, and show a page of them."""
        inspection = await self._store.inspect(name, view, page, page_size)
        if inspection.stats.items:
            self._known.confirm_soon(name)
        return inspection

    async def list_queues(self, keyspace: Keyspace, prefix: str, after: str, page_size: int) -> QueuePage:
        """Return a page of the queues whose names begin with `prefix`; it examines `page_size` names."""
        return await self._list.page(keyspace, prefix, after, page_size)

    async def redrive(self, name: QueueName, item_ids: Sequence[str], max_items: int) -> int:
        """Enqueue dead letters again: those named, or `max_items` of those there are now, 0 for all."""
        if item_ids:
            return await self._redrive_named(name, item_ids)
        redriven, examined, count, last = 0, 0, 0, ""
        while True:
            batch_size = min(_BATCH, max_items - redriven) if max_items else _BATCH
            batch = await self._store.redrive(name, (), batch_size, last)
            count = count or batch.count  # as it was at the beginning
            redriven, examined, last = redriven + batch.redriven, examined + batch.examined, batch.last
            if not batch.examined or examined >= count or redriven == max_items:
                return redriven

    async def purge(self, name: QueueName, scope: PurgeScope, item_ids: Sequence[str]) -> int:
        """Delete items: those named that are not leased, or all of the scope that there are now."""
        if item_ids:
            return await self._purge_named(name, item_ids)
        batch = await self._store.purge(name, scope, "", "", ())
        purged = batch.purged
        while batch.go_on_from:
            batch = await self._store.purge(name, scope, batch.go_on_from, batch.last, ())
            purged += batch.purged
        return purged

    async def _redrive_named(self, name: QueueName, item_ids: Sequence[str]) -> int:
        redriven, examined = 0, 0
        while examined < len(item_ids):
            batch = await self._store.redrive(name, item_ids[examined:], 0, "")
            redriven, examined = redriven + batch.redriven, examined + batch.examined
        return redriven

    async def _purge_named(self, name: QueueName, item_ids: Sequence[str]) -> int:
        purged, examined = 0, 0
        while True:
            batch = await self._store.purge(name, None, "", "", item_ids[examined:])
            purged += batch.purged
            if not batch.go_on_from:
                return purged
            examined += int(batch.go_on_from)

    def _rotated(self, names: Sequence[QueueName]) -> Sequence[QueueName]:
        """Begin with another queue at each call, so that none is always served first."""
        self._turn += 1
        first = self._turn % len(names)
        return [*names[first:], *names[:first]]

    async def _give_back_abandoned(self, name: QueueName, task: asyncio.Task[ReceiveResult]) -> None:
        try:
            result = await task
        except QuikstateError:
            self.waiters.after_failure(name)
            return
        self.waiters.after_look(name, result.next_due_in, may_have_more=result.may_have_more)
        await self._give_back_deliveries(result.deliveries)

    async def _give_back_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        async def give_back_batch(indexes: Sequence[int]) -> Sequence[None]:
            await self._give_back_batch([deliveries[index] for index in indexes])
            return [None] * len(indexes)

        by_queue = group_equal(delivery.name for delivery in deliveries)
        await run_slot_batches(by_queue, give_back_batch, max_items=_BATCH, max_concurrent=1)

    async def _give_back_batch(self, deliveries: Sequence[Delivery]) -> None:
        """Settle deliveries of one queue, with retries. If Redis does not answer, the leases end."""
        name = deliveries[0].name
        settlements = [
            Settlement(name, delivery.receipt, SettlementAction.GIVE_BACK) for delivery in deliveries
        ]
        for pause in islice(_GIVE_BACK_BACKOFF, _GIVE_BACK_ATTEMPTS):
            await asyncio.sleep(pause)
            with suppress(QuikstateError):
                await self._store.settle(name, settlements)
                return
        _log.warning("queue.give_back_failed", items=len(settlements))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` without the deadline of the call, which is over."""
        self._background.spawn("queue.give_back", work)


def _latest_reply_at() -> float:
    """Return the monotonic time after which a response would miss the caller's deadline."""
    deadline = call_context.current().deadline
    return float("inf") if deadline is None else deadline - _REPLY_SECONDS


def _raise_common_error(results: Sequence[T | QuikstateError]) -> Sequence[T | QuikstateError]:
    """Return `results`. If all failed for the same reason, raise that as the error of the whole call."""
    reasons = {type(result) if isinstance(result, QuikstateError) else None for result in results}
    if len(reasons) == 1 and isinstance(results[0], QuikstateError):
        raise results[0]
    return results
