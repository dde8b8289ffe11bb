"""Who holds resources, as it changes: each resource is read once for all who watch it in this process.

The scripts say when a resource changes hands. A holder that lapses and a raw
client say nothing: so a resource is also read when its first holder lapses, and
every few seconds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import Context

from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.model import State
from quikstate_server.primitives.lock.store import LockStore, events_channel
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.primitives.timing import LOOK_SECONDS, next_look, within
from quikstate_server.topology.subscriber import Topic

_LOOK_SECONDS = 5.0
_MOST_HOLDERS = 10

Name = tuple[Keyspace, str]
StateMailbox = Mailbox[State]


class Watches:
    """The watched resources of this process."""

    def __init__(self, store: LockStore) -> None:
        self._store = store
        self._watched: dict[Name, _Watched] = {}

    @asynccontextmanager
    async def watching(
        self, space: Keyspace, resources: Sequence[str], mailbox: StateMailbox
    ) -> AsyncIterator[Sequence[State]]:
        """How the resources are now; while entered, each change is put into `mailbox`."""
        names = [(space, resource) for resource in resources]
        try:
            yield await asyncio.gather(*(self._of(name).join(mailbox) for name in names))
        finally:
            for name in names:
                self._leave(name, mailbox)

    async def close(self) -> None:
        await asyncio.gather(*(watched.end() for watched in self._watched.values()))

    def _of(self, name: Name) -> _Watched:
        if name not in self._watched:
            self._watched[name] = _Watched(self._store, *name)
        return self._watched[name]

    def _leave(self, name: Name, mailbox: StateMailbox) -> None:
        """The last one to leave ends the watch."""
        watched = self._watched[name]
        watched.leave(mailbox)
        if watched.idle:
            del self._watched[name]
            watched.cancel()


class _Watched:
    """One resource: a subscription, and a task that reads it."""

    def __init__(self, store: LockStore, space: Keyspace, resource: str) -> None:
        self._store = store
        self._space = space
        self._resource = resource
        self._topic = Topic(events_channel(space, resource))
        self._state: State | None = None
        self._audience: set[StateMailbox] = set()
        self._joining: dict[StateMailbox, asyncio.Future[State]] = {}
        self._bell = asyncio.Event()
        # In a context of its own: the deadline of the call that began it is not the watch's.
        self._task = asyncio.get_running_loop().create_task(self._watch(), context=Context())

    @property
    def idle(self) -> bool:
        return not self._audience and not self._joining

    async def join(self, mailbox: StateMailbox) -> State:
        """The state as it is read next; what comes after is put into `mailbox`."""
        joined: asyncio.Future[State] = asyncio.get_running_loop().create_future()
        self._joining[mailbox] = joined
        self._bell.set()
        return await joined

    def leave(self, mailbox: StateMailbox) -> None:
        self._audience.discard(mailbox)
        if joining := self._joining.pop(mailbox, None):
            joining.cancel()

    def cancel(self) -> None:
        self._task.cancel()

    async def end(self) -> None:
        self._task.cancel()
        await asyncio.wait((self._task,))

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - that it came is all
        self._bell.set()

    def on_gap(self) -> None:
        for mailbox in self._audience:
            mailbox.gap(GapReason.REDIS_LOST)
        self._state = None  # so that it is said again
        self._bell.set()

    async def _watch(self) -> None:
        subscriber = self._store.topology.subscriber
        try:
            while True:
                try:
                    await subscriber.subscribe(self._topic, self)
                    pause = await self._look()
                except QuikstateError as error:
                    self._refuse(error)
                    pause = LOOK_SECONDS
                await within(self._bell, time.monotonic() + pause)
        finally:
            subscriber.unsubscribe(self._topic, self)

    async def _look(self) -> float:
        """Read the resource, and tell who should know; seconds until the next look."""
        self._bell.clear()
        joining = list(self._joining)  # who comes while it is read waits for the next time
        state = await self._store.get(self._space, self._resource, _MOST_HOLDERS)
        if state != self._state:
            self._state = state
            for mailbox in self._audience:
                mailbox.put(state, key=self._resource)
        for mailbox in joining:
            if joined := self._joining.pop(mailbox, None):
                self._audience.add(mailbox)
                joined.set_result(state)
        return next_look(_first_lapse(state), _LOOK_SECONDS)

    def _refuse(self, error: QuikstateError) -> None:
        """Who begins to watch is told that it cannot; who watches already hears of a gap in time."""
        for joined in self._joining.values():
            joined.set_exception(error)
        self._joining.clear()


def _first_lapse(state: State) -> float | None:
    """Seconds until the first holder lapses unless it renews."""
    lapses = [holder.expires_in for holder in state.holders]
    return min(lapses, default=state.expires_in)
