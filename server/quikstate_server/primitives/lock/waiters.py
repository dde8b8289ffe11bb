"""The callers of this server who wait for resources, and how each learns that its turn has come.

The script that frees a resource hands it to the first waiter at once and tells
its server by a message. Messages can be lost, a raw client frees a key in
silence, and a holder may simply lapse: so what has waiters here is also looked
at every second, and when its holders lapse. The same look vouches for the
waiters; those of a server that died are passed over five seconds later.

Who waits for several resources at once has a place in the queue of each. They
are handed to it only together: while it is the first at one of them, nobody
passes it there, and it takes all when it is the first everywhere.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.lock.hints import Hints
from quikstate_server.primitives.lock.model import Target
from quikstate_server.primitives.lock.store import LockStore
from quikstate_server.primitives.timing import POLL_SECONDS, next_poll
from quikstate_server.signals import Signal

_BATCH = 100
"""Most waiters one script looks at."""

_Turns = dict[str, set[Signal]]
"""By lease id: one event a caller. There are several callers if a request is repeated while it waits."""


class Queues:
    """One task looks after what is waited for here together; it ends with the last waiter."""

    def __init__(self, store: LockStore, hints: Hints) -> None:
        self._store = store
        self._hints = hints
        self._turns: dict[Target, _Turns] = {}
        self._looked_after: set[Target] = set()
        self._tasks = BackgroundTasks(store.redis_client.monitor)

    async def close(self) -> None:
        await self._tasks.close()

    @contextmanager
    def waiting(self, target: Target, lease_id: str) -> Iterator[Signal]:
        """While entered, the event is set whenever it may be the turn of `lease_id`."""
        turns = self._turns.setdefault(target, {})
        callers, turn = turns.setdefault(lease_id, set()), Signal()
        callers.add(turn)
        if target not in self._looked_after:
            self._looked_after.add(target)
            self._tasks.keep_running("lock.look_after_waiters", partial(self._look_after, target))
        try:
            with self._hints.of_turn(lease_id, turn):
                yield turn
        finally:
            callers.discard(turn)
            if not callers:
                del turns[lease_id]

    def waits(self, target: Target, lease_id: str) -> bool:
        """Whether a caller here waits for the lease."""
        return lease_id in self._turns.get(target, {})

    async def _look_after(self, target: Target) -> None:
        turns = self._turns[target]
        while turns:
            try:
                poll_at = await self._look(target, turns)
            except QuikstateError:  # Redis does not answer
                poll_at = time.monotonic() + POLL_SECONDS
            await asyncio.sleep(max(0.0, poll_at - time.monotonic()))
        del self._turns[target]
        self._looked_after.discard(target)

    async def _look(self, target: Target, turns: _Turns) -> float:
        """Vouch for the waiters and wake those whose turn it is; return when to do so again."""
        waiting = [
            lease_id for lease_id, callers in turns.items() if not all(turn.is_set() for turn in callers)
        ]
        lapses_in: float | None = None
        for first in range(0, max(1, len(waiting)), _BATCH):
            seen = await self._store.refresh(target, waiting[first : first + _BATCH])
            lapses_in = seen.lapses_in
            for lease_id in waiting if len(target.resources) > 1 else seen.held | seen.gone:
                _wake(turns, lease_id)  # who waits for several may find all of them free
        return next_poll(lapses_in)


def _wake(turns: _Turns, lease_id: str) -> None:
    for turn in turns.get(lease_id, ()):
        turn.set()
