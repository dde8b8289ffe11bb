"""The callers of this server who wait for a resource, and how each learns that its turn has come.

The script that frees a resource hands it to the first waiter at once and tells
its server by a message. Messages can be lost, a raw client frees a key in
silence, and a holder may simply lapse: so each resource with waiters here is
also looked at every second, and when its holders lapse. The same look vouches
for the waiters; those of a server that died are passed over five seconds later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import Context

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.lock.model import Target
from quikstate_server.primitives.lock.store import LockStore
from quikstate_server.primitives.timing import LOOK_SECONDS, next_look
from quikstate_server.topology.subscriber import Topic

_BATCH = 100
"""Most waiters one script looks at."""

_Turns = dict[str, set[asyncio.Event]]
"""By lease id: one event a caller. There are several callers if a request is repeated while it waits."""


class Queues:
    """One task looks after each resource that is waited for here; it ends with the last waiter."""

    def __init__(self, store: LockStore) -> None:
        self._store = store
        self._topic = Topic(store.hints + store.server)
        self._turns: dict[Target, _Turns] = {}
        self._lookers: dict[Target, asyncio.Task[None]] = {}
        self._listening: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._listening = asyncio.create_task(self._listen())

    async def close(self) -> None:
        tasks = [*self._lookers.values(), *([self._listening] if self._listening else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._store.topology.subscriber.unsubscribe(self._topic, self)

    @contextmanager
    def waiting(self, target: Target, lease_id: str) -> Iterator[asyncio.Event]:
        """While entered, the event is set whenever it may be the turn of `lease_id`."""
        turns = self._turns.setdefault(target, {})
        callers, turn = turns.setdefault(lease_id, set()), asyncio.Event()
        callers.add(turn)
        if target not in self._lookers:
            # In a context of its own: the deadline of the call that began it is not the looker's.
            looker = asyncio.get_running_loop().create_task(self._look_after(target), context=Context())
            self._lookers[target] = looker
        try:
            yield turn
        finally:
            callers.discard(turn)
            if not callers:
                del turns[lease_id]

    def waits(self, target: Target, lease_id: str) -> bool:
        """Whether a caller here waits for the lease."""
        return lease_id in self._turns.get(target, {})

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - every listener is told
        """A resource was handed to one of our waiters; if it has gone, its claim lapses soon."""
        lease_id = payload.decode()
        for turns in self._turns.values():
            _wake(turns, lease_id)

    def on_gap(self) -> None:
        for turns in self._turns.values():
            for lease_id in turns:
                _wake(turns, lease_id)

    async def _listen(self) -> None:
        """Hear the hints; without them the looks still find each turn."""
        while True:
            with suppress(QuikstateError):
                await self._store.topology.subscriber.subscribe(self._topic, self)
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _look_after(self, target: Target) -> None:
        turns = self._turns[target]
        try:
            while turns:
                pause = LOOK_SECONDS
                with suppress(QuikstateError):  # Redis does not answer: look again
                    pause = await self._look(target, turns)
                await asyncio.sleep(pause)
        finally:
            del self._turns[target], self._lookers[target]

    async def _look(self, target: Target, turns: _Turns) -> float:
        """Vouch for the waiters and wake those whose turn it is; seconds until the next look."""
        waiting = [
            lease_id for lease_id, callers in turns.items() if not all(turn.is_set() for turn in callers)
        ]
        lapses_in: float | None = None
        for first in range(0, max(1, len(waiting)), _BATCH):
            seen = await self._store.refresh(target, waiting[first : first + _BATCH])
            lapses_in = seen.lapses_in
            for lease_id in seen.held | seen.gone:
                _wake(turns, lease_id)
        return next_look(lapses_in)


def _wake(turns: _Turns, lease_id: str) -> None:
    for turn in turns.get(lease_id, ()):
        turn.set()
