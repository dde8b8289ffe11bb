"""The watch hub: each watched key has one feed in this process, which all its watchers share."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Collection, Hashable, Iterable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Any, Generic, TypeVar

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.primitives.streams.pending_joins import PendingJoins
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.signals import Signal

_RETRY_SECONDS = 1.0

Item = TypeVar("Item")
State = TypeVar("State")


class Feed(ABC, Generic[Item, State]):
    """One key: a subscription to its channel, and a background task that reads its state.

    A watcher joins, and is admitted with the state as it is read next. From then on its mailbox is one of
    `mailboxes`, which get each change. It is refused if Redis cannot be read.
    """

    def __init__(self, redis_client: RedisClient, channel: str) -> None:
        self._subscriber = redis_client.subscriber
        self._channel = ChannelFilter(channel)
        self._wakeup = Signal()
        self.mailboxes: set[Mailbox[Item]] = set()
        self.joining: PendingJoins[Mailbox[Item], State] = PendingJoins()

    @abstractmethod
    async def refresh(self, joining: Collection[Mailbox[Item]]) -> float:
        """Read the state, put what changed into `mailboxes`, and admit those who join.

        A watcher that joins meanwhile is admitted at the next refresh. Return when that is due at the
        latest, in monotonic seconds: `wake` makes it due at once.
        """

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - only the arrival matters
        self.wake()

    def on_gap(self) -> None:
        """Put a gap into all mailboxes, since changes may be missing, and read anew."""
        for mailbox in self.mailboxes:
            mailbox.gap(GapReason.REDIS_LOST)
        self.wake()

    def on_fault(self, error: Exception) -> None:
        """Refuse those who join and tell the others of a gap: what is known cannot be trusted."""
        self.refuse(error)
        self.on_gap()

    async def join(self, mailbox: Mailbox[Item]) -> State:
        """Wait to be admitted; return the state that later changes follow."""
        self.wake()
        return await self.joining.join(mailbox)

    def leave(self, mailbox: Mailbox[Item]) -> None:
        self.mailboxes.discard(mailbox)
        self.joining.leave(mailbox)

    def admit(self, mailbox: Mailbox[Item], state: State) -> None:
        """Let a watcher in that joins, unless its call was cancelled."""
        if self.joining.admit(mailbox, state):
            self.mailboxes.add(mailbox)

    def refuse(self, error: Exception) -> None:
        """Refuse all that join. The watchers get a gap when the connection is lost."""
        self.joining.refuse(error)

    def wake(self) -> None:
        """Refresh as soon as may be."""
        self._wakeup.set()

    async def wait_for_refresh(self, until: float) -> None:
        """Wait until a refresh is due: at `until`, or when woken."""
        await self._wakeup.wait(until)

    async def run(self) -> None:
        """Refresh for ever; the hub runs it as a background task."""
        try:
            while True:
                try:
                    await self._subscriber.subscribe(self._channel, self)
                    self._wakeup.clear()
                    until = await self.refresh(tuple(self.joining))
                except QuikstateError as error:
                    self.refuse(error)
                    self._wakeup.clear()  # also where nothing was refreshed: it is retried after a pause
                    until = time.monotonic() + _RETRY_SECONDS
                await self.wait_for_refresh(until)
        finally:
            self._subscriber.unsubscribe(self._channel, self)


Key = TypeVar("Key", bound=Hashable)
AnyFeed = TypeVar("AnyFeed", bound=Feed[Any, Any])


class WatchHub(Generic[Key, AnyFeed]):
    """The feeds of one primitive: each is opened for its first watcher and closed after its last."""

    def __init__(
        self, task_name: str, redis_client: RedisClient, open_feed: Callable[[Key], AnyFeed]
    ) -> None:
        self._task_name = task_name
        self._open_feed = open_feed
        self._tasks = BackgroundTasks(redis_client.monitor)
        self._open: dict[Key, _OpenFeed[AnyFeed]] = {}

    @contextmanager
    def feed(self, key: Key) -> Iterator[AnyFeed]:
        """Return the feed of `key`, which is open at least while the context is entered."""
        opened = self._open.get(key)
        if not opened:
            feed = self._open_feed(key)
            task = self._tasks.keep_running(self._task_name, feed.run, on_fault=feed.on_fault)
            opened = self._open[key] = _OpenFeed(feed, task)
        opened.watchers += 1
        try:
            yield opened.feed
        finally:
            opened.watchers -= 1
            if not opened.watchers:
                del self._open[key]
                opened.task.cancel()

    @asynccontextmanager
    async def watching(self, keys: Iterable[Key], mailbox: Mailbox[Any]) -> AsyncIterator[list[Any]]:
        """Join the feeds of all keys; return their states. While entered, changes go into `mailbox`."""
        with ExitStack() as stack:
            feeds = [stack.enter_context(self.feed(key)) for key in dict.fromkeys(keys)]
            try:
                yield await asyncio.gather(*(feed.join(mailbox) for feed in feeds))
            finally:
                for feed in feeds:
                    feed.leave(mailbox)

    async def close(self) -> None:
        await self._tasks.close()


class _OpenFeed(Generic[AnyFeed]):
    """A feed, its background task, and how many watch it."""

    __slots__ = ("feed", "task", "watchers")

    def __init__(self, feed: AnyFeed, task: asyncio.Task[None]) -> None:
        self.feed = feed
        self.task = task
        self.watchers = 0
