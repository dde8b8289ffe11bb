"""The Consume stream: hands out items as they come, within the caller's credit, and settles them.

One task does everything but read the caller's messages, so that nothing is
handed out while a message is being processed. In a loop it processes what the
caller sent, hands out what there is credit for, and then waits for a wake-up of
a queue, a message, the half-close, or the drain of the server.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.queue.model import (
    Delivery,
    QueueName,
    Receipt,
    Settlement,
    SettlementAction,
    SettlementOutcome,
)
from quikstate_server.primitives.queue.queues import TRANSIENT_ERRORS, Queues
from quikstate_server.primitives.queue.wakeups import QueueWaiter
from quikstate_server.primitives.streams.client_stream import ClientStream
from quikstate_server.primitives.streams.follow import Heartbeat, ServerDraining

_MAX_UNPROCESSED = 64
"""How many of the caller's messages are read before one of them is processed."""
_MAX_ITEMS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class ConsumeCredit:
    """The largest number of items, and of bytes of payload, that may be outstanding on a stream."""

    max_items: int
    max_bytes: int


ConsumeMessage = ConsumeCredit | Sequence[Settlement]
"""What a caller sends: the credit from now on, or settlements of deliveries."""


@dataclass(frozen=True, slots=True)
class SettlementResults:
    """The results of the settlements of one message, in order."""

    results: Sequence[SettlementOutcome | QuikstateError]


ConsumeEvent = Sequence[Delivery] | SettlementResults | Heartbeat | ServerDraining


class _OutstandingDeliveries:
    """The deliveries of a stream that were not settled on it, and whose leases have not ended."""

    def __init__(self) -> None:
        self._deliveries: dict[Receipt, Delivery] = {}
        self._bytes = 0

    def add(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            self._deliveries[delivery.receipt] = delivery
            self._bytes += delivery.item.size

    def drop(self, receipt: Receipt) -> None:
        if dropped := self._deliveries.pop(receipt, None):
            self._bytes -= dropped.item.size

    def extend(self, receipt: Receipt, lease_seconds: float) -> None:
        if delivery := self._deliveries.get(receipt):
            self._deliveries[receipt] = replace(
                delivery, leased_at=time.monotonic(), lease_seconds=lease_seconds
            )

    def all(self) -> list[Delivery]:
        return list(self._deliveries.values())

    def remaining(self, credit: ConsumeCredit) -> tuple[int, int]:
        """Return how many items may still be handed out, and bytes for those after the first."""
        if len(self._deliveries) >= credit.max_items or self._bytes >= credit.max_bytes:
            self._drop_expired()
        items, bytes_ = credit.max_items - len(self._deliveries), credit.max_bytes - self._bytes
        return (max(0, items), bytes_) if bytes_ > 0 else (0, 0)

    def first_lease_end(self) -> float:
        """Return when the next lease ends, in monotonic seconds."""
        return min((delivery.lease_ends_at for delivery in self.all()), default=float("inf"))

    def _drop_expired(self) -> None:
        now = time.monotonic()
        for delivery in self.all():
            if delivery.lease_ends_at <= now:
                self.drop(delivery.receipt)


class ConsumeStream(ClientStream[ConsumeMessage]):
    """One stream. `messages` are those that the caller sends after the first."""

    def __init__(
        self,
        queues: Queues,
        names: Sequence[QueueName],
        lease_seconds: float,
        credit: ConsumeCredit,
        messages: AsyncIterator[ConsumeMessage],
        heartbeat_seconds: float,
    ) -> None:
        super().__init__(messages, queues.drain)
        self._queues = queues
        self._lease_seconds = lease_seconds
        self._credit = credit
        self._heartbeat_seconds = heartbeat_seconds
        self._waiter = QueueWaiter(names, self.wakeup)
        self._outstanding = _OutstandingDeliveries()
        self._unprocessed: deque[ConsumeMessage] = deque()
        self._slots = asyncio.Semaphore(_MAX_UNPROCESSED)
        self._has_credit = False

    async def receive(self, message: ConsumeMessage) -> None:
        """Keep a message to be processed. Wait while _MAX_UNPROCESSED are kept."""
        await self._slots.acquire()
        self._unprocessed.append(message)
        self.wake()

    async def events(self) -> AsyncGenerator[ConsumeEvent, None]:
        """Yield what the caller is sent. If the generator is closed early, the leases run on."""
        async with self, self._queues.waiters.registered(self._waiter):
            while True:
                while self._unprocessed:
                    if results := await self._process(self._unprocessed.popleft()):
                        yield results
                    self._slots.release()
                if self.reading_error:
                    raise self.reading_error
                if self.half_closed:
                    self._queues.give_back(self._outstanding.all())
                    return
                if self.draining:
                    yield ServerDraining()
                    return
                if deliveries := await self._lease_items():
                    try:
                        yield deliveries
                    except BaseException:
                        self._queues.give_back(deliveries)  # they were not sent
                        raise
                elif not await self._wait():
                    yield Heartbeat()

    async def _process(self, message: ConsumeMessage) -> SettlementResults | None:
        if isinstance(message, ConsumeCredit):
            self._credit = message
            return None
        results = await self._settle(message)
        for settlement, result in zip(message, results, strict=True):
            if isinstance(result, QuikstateError):
                continue
            is_extended = result is SettlementOutcome.SETTLED and settlement.action is SettlementAction.EXTEND
            if is_extended:
                self._outstanding.extend(settlement.receipt, settlement.seconds)
            else:
                self._outstanding.drop(settlement.receipt)
        return SettlementResults(results)

    async def _settle(
        self, settlements: Sequence[Settlement]
    ) -> Sequence[SettlementOutcome | QuikstateError]:
        """Settle, with an error as the result of each if none could be: the stream goes on."""
        try:
            return await self._queues.settle(settlements)
        except QuikstateError as error:
            return [error] * len(settlements)

    async def _lease_items(self) -> Sequence[Delivery]:
        """Lease items of a queue that has some, if there is credit.

        Without items the waiter is idle afterwards. Without credit its wake-ups are passed on.
        """
        waiter, waiters = self._waiter, self._queues.waiters
        max_items, max_bytes = self._outstanding.remaining(self._credit)
        self._has_credit = bool(max_items)
        if not max_items:
            waiters.pass_on(waiter)
            return ()
        waiters.make_idle(waiter)
        while waiter.to_check:
            name, _ = waiter.to_check.popitem(last=False)
            with suppress(*TRANSIENT_ERRORS):
                if deliveries := await self._queues.receive_available(
                    name, min(max_items, _MAX_ITEMS_AT_ONCE), self._lease_seconds, max_bytes
                ):
                    self._outstanding.add(deliveries)
                    waiter.put_last(name)
                    waiters.pass_on(waiter)
                    return deliveries
            waiters.make_idle(waiter)
        return ()

    async def _wait(self) -> bool:
        """Wait until there is something to do. Return False if it is time for a heartbeat."""
        heartbeat_at = time.monotonic() + self._heartbeat_seconds
        if self._has_credit:
            return await self._waiter.wait(heartbeat_at)
        # Without credit the waiter is not idle, so no item wakes it; the lease may have ended since.
        lease_end = self._outstanding.first_lease_end()
        return await self._waiter.wait(min(heartbeat_at, lease_end)) or lease_end <= heartbeat_at
