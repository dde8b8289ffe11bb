"""Who is present in one workspace, as it changes: it is read once for all who watch it in this process.

Every change is in its log, so that a message that is lost loses nothing: it
only says that it is time to read on. What raw clients do is in no log: where
there are rows of theirs, everyone is read and compared every few seconds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing, suppress
from dataclasses import dataclass

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.presence.model import (
    Change,
    Counts,
    Event,
    Position,
    Present,
    Scope,
    Snapshot,
    Status,
)
from quikstate_server.primitives.presence.replies import View
from quikstate_server.primitives.presence.store import PresenceStore, channel
from quikstate_server.primitives.streams.follow import End, Heartbeat, Streams
from quikstate_server.primitives.streams.joining import PendingJoins
from quikstate_server.primitives.streams.mailbox import Gap, GapReason, Mailbox
from quikstate_server.redis_client.subscriber import ChannelFilter

_LOOK_SECONDS = 5.0
_RETRY_SECONDS = 1.0
_STILL_MANY = 0.9
"""Of a workspace that had too many members fewer than this part of the most are told one by one again."""

EventMailbox = Mailbox[Event]


@dataclass(frozen=True, slots=True, eq=False)
class Watcher:
    mailbox: EventMailbox
    since: Position | None
    counts_only: bool


class Watched:
    """One workspace: a subscription, and a task that reads it."""

    def __init__(self, store: PresenceStore, scope: Scope) -> None:
        self._store = store
        self._scope = scope
        self._topic = ChannelFilter(channel(store.channel_prefix, scope.keyspace, scope.workspace))
        self._position = Position(0, 0)
        self._users: dict[str, Present] | None = None
        """None before the first look, after a loss, and where there are too many."""
        self._many = False
        self._online = -1
        self._raw = False
        self._audience: dict[EventMailbox, Watcher] = {}
        self._beginning: dict[EventMailbox, Watcher] = {}
        """Those who are to get what comes first: who joins, and who was too slow."""
        self._joining: PendingJoins[EventMailbox, None] = PendingJoins()
        self._bell = asyncio.Event()
        self._tasks = BackgroundTasks(store.redis_client.monitor)
        self._task = self._tasks.keep_running("presence.watch", self._watch, on_fault=self._on_fault)

    async def join(self, watcher: Watcher) -> None:
        """Return once the mailbox got what comes first."""
        self._beginning[watcher.mailbox] = watcher
        self._bell.set()
        await self._joining.join(watcher.mailbox)

    def leave(self, mailbox: EventMailbox) -> None:
        self._audience.pop(mailbox, None)
        self._beginning.pop(mailbox, None)
        self._joining.leave(mailbox)

    async def follow(
        self, streams: Streams, mailbox: EventMailbox
    ) -> AsyncGenerator[list[Event | Gap] | Heartbeat | End, None]:
        """What the mailbox gets; who was too slow, and missed some of it, gets everything again."""
        async with aclosing(streams.follow(mailbox)) as events:
            async for event in events:
                if isinstance(event, list) and Gap(GapReason.SLOW_READER) in event:
                    self.begin_again(mailbox)
                yield event
                del event

    def cancel(self) -> None:
        self._task.cancel()

    async def end(self) -> None:
        await self._tasks.close()

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - that it came is all
        self._bell.set()

    def on_gap(self) -> None:
        """What was missed is in the log; but the log itself may be another after a failover."""
        self._raw = True
        self._bell.set()

    async def _watch(self) -> None:
        subscriber = self._store.redis_client.subscriber
        try:
            while True:
                looked = time.monotonic()
                pause = _LOOK_SECONDS
                try:
                    await subscriber.subscribe(self._topic, self)
                    await self._look()
                except QuikstateError as error:
                    self._refuse(error)
                    pause = _RETRY_SECONDS
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._bell.wait()
                if not self._beginning:  # who comes need not wait
                    coalesce = self._store.limits.presence_coalesce_seconds
                    await asyncio.sleep(max(0.0, looked + coalesce - time.monotonic()))
        finally:
            subscriber.unsubscribe(self._topic, self)

    async def _look(self) -> None:
        """Read on, and tell who should know."""
        self._bell.clear()
        beginning = list(self._beginning)  # who comes while it is read waits for the next time
        if self._users is None:
            await self._read_everyone()
        else:
            await self._read_on()
        for mailbox in beginning:
            if watcher := self._beginning.get(mailbox):
                await self._begin(watcher)
            if watcher := self._beginning.pop(mailbox, None):  # unless it has left meanwhile
                self._audience[mailbox] = watcher
                self._joining.admit(mailbox, None)

    async def _read_everyone(self) -> None:
        most = self._store.limits.max_watched_members
        view = await self._store.watch(self._scope, None, round(most * _STILL_MANY) if self._many else most)
        self._many = view.what == "many"
        self._note(view)
        if not self._many:
            self._users = _present(view)
            self._tell(self._snapshot(), "all")

    async def _read_on(self) -> None:
        """What changed since the last look, page after page."""
        while True:
            view = await self._store.watch(self._scope, self._position, self._most_rows)
            if view.what == "lost":
                self._lose()
                await self._read_everyone()
                return
            if view.online > self._store.limits.max_watched_members:
                self._users, self._many, self._online = None, True, -1
                self._note(view)
                return
            self._apply((user for user, _ in view.rows), view)
            if len(view.rows) < self._most_rows:
                break
        if self._raw:
            await self._compare()

    async def _compare(self) -> None:
        """Read everyone, and tell what is different."""
        view = await self._store.watch(self._scope, None, self._store.limits.max_watched_members)
        if view.what == "many" or self._position.epoch not in {0, view.position.epoch}:
            return  # as reading on finds out next time
        known, there = self._users or {}, _present(view)
        gone = (Present(user, Status.OFFLINE, known[user].seen) for user in known if user not in there)
        self._apply([*gone, *there.values()], view)

    def _apply(self, users: Iterable[Present], view: View) -> None:
        self._note(view)
        for user in users:
            self._learn(user)

    def _learn(self, user: Present) -> None:
        """What is known is what everyone was told."""
        known = self._users if self._users is not None else {}
        if not _differs(known.get(user.user), user):
            return
        if user.status is Status.OFFLINE:
            known.pop(user.user, None)
        else:
            known[user.user] = user
        self._tell(Change(user, self._position), user.user, len(user.user))

    def _note(self, view: View) -> None:
        """Where we are; and how many there are, to those who are told that."""
        told, self._position = self._online, view.position
        self._raw = view.raw or (self._raw and view.what == "changes")  # until everyone was read again
        self._online = view.online
        if told == view.online:
            return
        counts = Counts(view.online, view.position)
        for watcher in self._audience.values():
            if watcher.counts_only or self._many:
                watcher.mailbox.put(counts, key="\n")

    def _tell(self, event: Event, key: str, size: int = 0) -> None:
        for watcher in self._audience.values():
            if not watcher.counts_only:
                watcher.mailbox.put(event, size, key="\n" if key == "all" else key)

    def _lose(self) -> None:
        self._users = None
        self._online = -1
        for watcher in self._audience.values():
            watcher.mailbox.gap(GapReason.POSITION_LOST)

    async def _begin(self, watcher: Watcher) -> None:
        """What comes first for one who joins."""
        if watcher.counts_only or self._many:
            watcher.mailbox.put(Counts(self._online, self._position), key="\n")
        elif watcher.since is None or not await self._resume(watcher, watcher.since):
            watcher.mailbox.put(self._snapshot(), key="\n")

    async def _resume(self, watcher: Watcher, since: Position) -> bool:
        """What changed since; False if a snapshot is due.

        What changed after the last look is told to everyone: a user who is by then again as the others
        know, but is not as this one was told, would never be told to it.
        """
        at = since
        while True:
            view = await self._store.watch(self._scope, at, self._most_rows)
            if view.what == "lost":
                watcher.mailbox.gap(GapReason.POSITION_LOST)
                return False
            for user, offset in view.rows:
                self._learn(user)
                position = Position(view.position.epoch, min(offset, self._position.offset))
                watcher.mailbox.put(Change(user, position), len(user.user), key=user.user)
            if len(view.rows) < self._most_rows:
                return not self._raw
            at = view.position

    def begin_again(self, mailbox: EventMailbox) -> None:
        if watcher := self._audience.pop(mailbox, None):
            self._beginning[mailbox] = Watcher(watcher.mailbox, None, watcher.counts_only)
            self._bell.set()

    @property
    def _most_rows(self) -> int:
        return max(1, self._store.limits.max_watched_members)

    def _snapshot(self) -> Snapshot:
        users = self._users or {}
        return Snapshot(tuple(users[name] for name in sorted(users)), self._position)

    def _on_fault(self, error: Exception) -> None:
        """What is known cannot be trusted: everyone is told of a gap, and then everything again."""
        self._refuse(error)
        self._lose()

    def _refuse(self, error: Exception) -> None:
        """Who begins to watch is told that it cannot; who watches already is told what was missed."""
        for mailbox in self._joining:
            self._beginning.pop(mailbox, None)
        self._joining.refuse(error)


def _present(view: View) -> dict[str, Present]:
    """A user who is hidden may have a raw client's row."""
    return {user.user: user for user, _ in view.rows if user.status is not Status.OFFLINE}


def _differs(known: Present | None, user: Present) -> bool:
    was = known.status if known else Status.OFFLINE
    return was is not user.status
