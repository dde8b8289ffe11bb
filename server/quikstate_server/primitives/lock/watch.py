"""Who holds resources, as it changes: each resource is read once for all who watch it in this process.

The scripts say when a resource changes hands. A holder that lapses and a raw
client say nothing: so a resource is also read when its first holder lapses, and
every few seconds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.model import State
from quikstate_server.primitives.lock.store import LockStore, events_channel
from quikstate_server.primitives.streams.joining import PendingJoins, Shared
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.primitives.timing import LOOK_SECONDS, next_look, within
from quikstate_server.redis_client.subscriber import ChannelFilter

_LOOK_SECONDS = 5.0
_MOST_HOLDERS = 10

Name = tuple[Keyspace, str]
StateMailbox = Mailbox[State]


class Watches:
    """The watched resources of this process."""

    def __init__(self, store: LockStore) -> None:
        self._watched: Shared[Name, _Watched] = Shared(lambda name: _Watched(store, *name), _Watched.cancel)

    @asynccontextmanager
    async def watching(
        self, keyspace: Keyspace, resources: Sequence[str], mailbox: StateMailbox
    ) -> AsyncIterator[Sequence[State]]:
        """How the resources are now; while entered, each change is put into `mailbox`."""
        with ExitStack() as stack:
            names = dict.fromkeys((keyspace, resource) for resource in resources)
            watched = [stack.enter_context(self._watched.using(name)) for name in names]
            try:
                yield await asyncio.gather(*(each.join(mailbox) for each in watched))
            finally:
                for each in watched:
                    each.leave(mailbox)

    async def close(self) -> None:
        await asyncio.gather(*(watched.end() for watched in self._watched))


class _Watched:
    """One resource: a subscription, and a task that reads it."""

    def __init__(self, store: LockStore, keyspace: Keyspace, resource: str) -> None:
        self._store = store
        self._keyspace = keyspace
        self._resource = resource
        self._topic = ChannelFilter(events_channel(keyspace, resource))
        self._state: State | None = None
        self._audience: set[StateMailbox] = set()
        self._joining: PendingJoins[StateMailbox, State] = PendingJoins()
        self._bell = asyncio.Event()
        self._tasks = BackgroundTasks(store.redis_client.monitor)
        self._task = self._tasks.keep_running("lock.watch", self._watch, on_fault=self._on_fault)

    async def join(self, mailbox: StateMailbox) -> State:
        """The state as it is read next; what comes after is put into `mailbox`."""
        self._bell.set()
        return await self._joining.join(mailbox)

    def leave(self, mailbox: StateMailbox) -> None:
        self._audience.discard(mailbox)
        self._joining.leave(mailbox)

    def cancel(self) -> None:
        self._task.cancel()

    async def end(self) -> None:
        await self._tasks.close()

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - that it came is all
        self._bell.set()

    def on_gap(self) -> None:
        for mailbox in self._audience:
            mailbox.gap(GapReason.REDIS_LOST)
        self._state = None  # so that it is said again
        self._bell.set()

    def _on_fault(self, error: Exception) -> None:
        self._joining.refuse(error)
        self.on_gap()

    async def _watch(self) -> None:
        subscriber = self._store.redis_client.subscriber
        try:
            while True:
                try:
                    await subscriber.subscribe(self._topic, self)
                    pause = await self._look()
                except QuikstateError as error:
                    self._joining.refuse(error)  # who watches already hears of a gap in time
                    pause = LOOK_SECONDS
                await within(self._bell, time.monotonic() + pause)
        finally:
            subscriber.unsubscribe(self._topic, self)

    async def _look(self) -> float:
        """Read the resource, and tell who should know; seconds until the next look."""
        self._bell.clear()
        joining = list(self._joining)  # who comes while it is read waits for the next time
        state = await self._store.get(self._keyspace, self._resource, _MOST_HOLDERS)
        if state != self._state:
            self._state = state
            for mailbox in self._audience:
                mailbox.put(state, key=self._resource)
        for mailbox in joining:
            if self._joining.admit(mailbox, state):
                self._audience.add(mailbox)
        return next_look(_first_lapse(state), _LOOK_SECONDS)


def _first_lapse(state: State) -> float | None:
    """Seconds until the first holder lapses unless it renews."""
    lapses = [holder.expires_in for holder in state.holders]
    return min(lapses, default=state.expires_in)
