"""A stream that is handed items as they come, within its credit, and settles them.

One task does it all but listen, so nothing is handed out behind its own back:
what the caller said is done first, then it is given what it has credit for, then
it rests until a bell rings, the caller speaks, or the server ends.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.queue.model import Act, Delivery, Name, Receipt, Settled, Settlement
from quikstate_server.primitives.queue.queues import PASSING, Queues, stirred
from quikstate_server.primitives.queue.wakeups import Waiter
from quikstate_server.primitives.streams.follow import End, Heartbeat

_BROKEN_SECONDS = 0.1
"""A stream that broke looks to its reader as one that was ended, just before its call is cancelled."""
_MOST_UNANSWERED = 64
"""What is said beyond that is not read until some was answered."""
_MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Credit:
    """How much may be outstanding: items, and bytes of payload."""

    items: int
    size: int


Said = Credit | Sequence[Settlement]
"""What a caller says: how much it may be given, or what became of deliveries."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of settlements, in order."""

    outcomes: Sequence[Settled | QuikstateError]


Event = Sequence[Delivery] | Answer | Heartbeat | End


class _Outstanding:
    """What was handed out on the stream, and neither settled on it nor lapsed."""

    def __init__(self) -> None:
        self._deliveries: dict[Receipt, Delivery] = {}
        self._size = 0

    def add(self, deliveries: Sequence[Delivery]) -> None:
        for one in deliveries:
            self._deliveries[one.receipt] = one
            self._size += one.item.size

    def drop(self, receipt: Receipt) -> None:
        if dropped := self._deliveries.pop(receipt, None):
            self._size -= dropped.item.size

    def extend(self, receipt: Receipt, lease: float) -> None:
        if held := self._deliveries.get(receipt):
            self._deliveries[receipt] = replace(held, at=time.monotonic(), lease=lease)

    def all(self) -> list[Delivery]:
        return list(self._deliveries.values())

    def left(self, credit: Credit) -> tuple[int, int]:
        """How many items, and bytes for those after the first, may still be handed out."""
        now = time.monotonic()
        if len(self._deliveries) >= credit.items or self._size >= credit.size:
            for one in [one for one in self._deliveries.values() if one.ends <= now]:
                self.drop(one.receipt)
        items, room = credit.items - len(self._deliveries), credit.size - self._size
        return (max(0, items), room) if room > 0 else (0, 0)

    def first_end(self) -> float:
        """When one of them lapses, in monotonic seconds."""
        return min((one.ends for one in self._deliveries.values()), default=float("inf"))


class Consumption:
    """One stream. `said` is what the caller says after it has begun."""

    def __init__(
        self,
        queues: Queues,
        names: Sequence[Name],
        lease: float,
        credit: Credit,
        said: AsyncIterator[Said],
        heartbeat_seconds: float,
    ) -> None:
        self._queues = queues
        self._lease = lease
        self._credit = credit
        self._said = said
        self._heartbeat = heartbeat_seconds
        self._waiter = Waiter(names)
        self._outstanding = _Outstanding()
        self._unheard: deque[Said] = deque()
        self._room = asyncio.Semaphore(_MOST_UNANSWERED)
        self._ended = False

    async def events(self) -> AsyncGenerator[Event, None]:
        """What is to be said to the caller. Whoever stops listening leaves the leases to run."""
        stir = self._waiter.stirred.set
        listening = asyncio.create_task(self._listen())
        listening.add_done_callback(lambda _: stir())
        try:
            async with self._queues.bells.waiting(self._waiter):
                with self._queues.drain.on_begin(stir):
                    while True:
                        while self._unheard:
                            if answer := await self._do(self._unheard.popleft()):
                                yield answer
                            self._room.release()
                        if listening.done():
                            listening.result()
                            self._queues.give_back(self._outstanding.all())
                            return
                        if self._queues.drain.has_begun:
                            yield End()
                            return
                        if deliveries := await self._take():
                            try:
                                yield deliveries
                            except BaseException:
                                self._queues.give_back(deliveries)  # it was not sent
                                raise
                        elif not await self._rest():
                            yield Heartbeat()
        finally:
            listening.cancel()
            await asyncio.wait((listening,))

    async def _listen(self) -> None:
        async for said in self._said:
            await self._room.acquire()
            self._unheard.append(said)
            self._waiter.stirred.set()
        self._ended = True
        await asyncio.sleep(_BROKEN_SECONDS)

    async def _do(self, said: Said) -> Answer | None:
        if isinstance(said, Credit):
            self._credit = said
            return None
        outcomes = await self._settle(said)
        for settlement, outcome in zip(said, outcomes, strict=True):
            if isinstance(outcome, QuikstateError):
                continue
            if settlement.act is Act.EXTEND and outcome is Settled.SETTLED:
                self._outstanding.extend(settlement.receipt, settlement.seconds)
            else:
                self._outstanding.drop(settlement.receipt)
        return Answer(outcomes)

    async def _settle(self, settlements: Sequence[Settlement]) -> Sequence[Settled | QuikstateError]:
        """What fails is an answer too: the stream goes on."""
        try:
            return await self._queues.settle(settlements)
        except QuikstateError as error:
            return [error] * len(settlements)

    async def _take(self) -> Sequence[Delivery]:
        """Items of a queue that has some, if there is credit; else it comes to rest, or steps aside."""
        waiter, bells = self._waiter, self._queues.bells
        most, room = self._outstanding.left(self._credit)
        if not most or self._ended:
            bells.pass_on(waiter)
            return ()
        bells.rest(waiter)
        while waiter.rung:
            name, _ = waiter.rung.popitem(last=False)
            with suppress(*PASSING):  # it is asked again as long as the stream lives
                if deliveries := await self._queues.take(name, min(most, _MOST_AT_ONCE), self._lease, room):
                    self._outstanding.add(deliveries)
                    waiter.was_given(name)
                    bells.pass_on(waiter)
                    return deliveries
            bells.rest(waiter)
        return ()

    async def _rest(self) -> bool:
        """Until something is to be done; False if nothing was for a while."""
        silent = time.monotonic() + self._heartbeat
        if self._ended or self._outstanding.left(self._credit)[0]:
            return await stirred(self._waiter, silent)
        lapses = self._outstanding.first_end()
        return await stirred(self._waiter, min(silent, lapses)) or lapses <= silent
