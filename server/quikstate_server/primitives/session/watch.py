"""What becomes of users' sessions, as it happens: each user is followed once for all who watch it here.

The scripts say what they do, and what they say is passed on as it comes, so that
nothing is missed that was created and revoked between two looks. A session whose
time is over says nothing: so its user's list is read when the first of the
sessions is due, and now and then for what raw clients delete.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import (
    AllRevoked,
    Change,
    Changed,
    Event,
    Session,
    Snapshot,
    valid_from,
)
from quikstate_server.primitives.session.reader import Reading
from quikstate_server.primitives.session.user_store import events_channel
from quikstate_server.primitives.streams.joining import Shared
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.subscriber import Topic

_LOOK_SECONDS = 30.0
_RETRY_SECONDS = 1.0
_AFTER_LAPSE_SECONDS = 0.01
"""Redis's keys lapse in whole milliseconds, and the page was read a moment ago."""

_LAST_SECOND = 253_402_300_799
"""The end of the year 9999, beyond which a Timestamp cannot go."""

EventMailbox = Mailbox[Event]
User = tuple[Keyspace, str]


class Watches:
    """The watched users of this process."""

    def __init__(self, reading: Reading, redis_client: RedisClient, most: int) -> None:
        self._watched: Shared[User, _Watched] = Shared(
            lambda user: _Watched(reading, redis_client, user, most), _Watched.cancel
        )

    @asynccontextmanager
    async def watching(
        self, keyspace: Keyspace, user_id: str, mailbox: EventMailbox
    ) -> AsyncIterator[Snapshot]:
        """The user's sessions now; what comes after is put into `mailbox`."""
        with self._watched.using((keyspace, user_id)) as watched:
            try:
                yield await watched.join(mailbox)
            finally:
                watched.leave(mailbox)

    async def close(self) -> None:
        await asyncio.gather(*(watched.end() for watched in self._watched))


class _Watched:
    """One user: a subscription, and a task that reads the list when a session is due."""

    def __init__(self, reading: Reading, redis_client: RedisClient, user: User, most: int) -> None:
        self._reading = reading
        self._subscriber = redis_client.subscriber
        self._keyspace, self._user_id = user
        self._most = most
        self._topic = Topic(events_channel(*user))
        self._audience: set[EventMailbox] = set()
        self._due: dict[str, float] = {}
        """By handle, when a session ends unless it is touched, in monotonic seconds."""
        self._stirred = asyncio.Event()
        self._resync = False
        self._tasks = BackgroundTasks(redis_client.monitor)
        self._task = self._tasks.keep("session.watch", self._follow, on_fault=lambda _: self.on_gap())

    async def join(self, mailbox: EventMailbox) -> Snapshot:
        """What happens while the list is read comes after it, once more."""
        self._audience.add(mailbox)
        await self._subscriber.subscribe(self._topic, self)
        asked = time.monotonic()
        snapshot = await self._read()
        self._remember(snapshot, asked)
        self._stirred.set()
        return snapshot

    def leave(self, mailbox: EventMailbox) -> None:
        self._audience.discard(mailbox)

    def cancel(self) -> None:
        self._task.cancel()
        self._subscriber.unsubscribe(self._topic, self)

    async def end(self) -> None:
        self.cancel()
        await self._tasks.close()

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - it is this user's
        event = _event_of(self._user_id, payload)
        if event is None:
            return  # a raw client's
        if isinstance(event, Changed):
            if event.change is Change.CREATED:
                self._due[event.handle] = time.monotonic()  # when it is due will be read
            elif event.change is Change.REVOKED:
                self._due.pop(event.handle, None)
        self._tell(event)
        self._stirred.set()

    def on_gap(self) -> None:
        for mailbox in self._audience:
            mailbox.gap(GapReason.REDIS_LOST)
        self._resync = True
        self._stirred.set()

    def _tell(self, event: Event) -> None:
        # Each kind of change is told, whatever became of the session since.
        key = (event.handle, event.change) if isinstance(event, Changed) else None
        for mailbox in self._audience:
            mailbox.put(event, size=100, key=(self._user_id, key) if key else None)

    async def _follow(self) -> None:
        while True:
            due = min(self._due.values(), default=float("inf"))
            pause = max(0.0, min(_LOOK_SECONDS, due - time.monotonic() + _AFTER_LAPSE_SECONDS))
            try:
                async with asyncio.timeout(pause):
                    await self._stirred.wait()
                self._stirred.clear()
                if not self._resync and min(self._due.values(), default=float("inf")) > time.monotonic():
                    continue
            except TimeoutError:
                pass
            try:
                await self._look()
            except QuikstateError:
                await asyncio.sleep(_RETRY_SECONDS)

    async def _look(self) -> None:
        """Read the list: what is gone without a word has expired, or was deleted by a raw client."""
        before = dict(self._due)
        resync, self._resync = self._resync, False
        asked = time.monotonic()
        try:
            snapshot = await self._read()
        except QuikstateError:
            self._resync = self._resync or resync
            raise
        if resync:
            self._due.clear()
            self._tell(snapshot)
        self._remember(snapshot, asked)
        there = {session.handle for session in snapshot.sessions}
        for handle, due in before.items() if not snapshot.more and not resync else ():
            if handle not in there and self._due.pop(handle, None) is not None:
                over = due <= time.monotonic() + _AFTER_LAPSE_SECONDS
                change = Change.EXPIRED if over else Change.REVOKED
                self._tell(Changed(self._user_id, handle, change))

    async def _read(self) -> Snapshot:
        sessions, more = await self._reading.page(self._keyspace, self._user_id, "", 0, self._most)
        return Snapshot(self._user_id, sessions, bool(more))

    def _remember(self, snapshot: Snapshot, asked: float) -> None:
        """From when it was asked for: of a session that ends meanwhile it is not said that it was revoked."""
        for session in snapshot.sessions:
            self._due[session.handle] = asked + _lapses_in(session)


def _lapses_in(session: Session) -> float:
    return float("inf") if session.expires_in is None else session.expires_in / 1e6


def _event_of(user_id: str, payload: bytes) -> Event | None:
    """What a script says; None for what none of them can have said."""
    try:
        match json.loads(payload):
            case {"kind": "all" | "tokens" as kind, "mark": mark, **more}:
                tokens_only, since = kind == "tokens", valid_from(int(mark))
                kept, device = str(more.get("kept", "")), str(more.get("device", ""))
                if 0 <= since <= _LAST_SECOND:
                    return AllRevoked(user_id, kept, device, since, tokens_only=tokens_only)
            case {"kind": kind, "handle": str(handle)}:
                return Changed(user_id, handle, Change(kind))
    except (ValueError, TypeError, OverflowError, RecursionError):
        pass
    return None
