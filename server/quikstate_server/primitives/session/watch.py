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
from contextvars import Context

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
from quikstate_server.primitives.session.reading import Reading
from quikstate_server.primitives.session.user_store import events_channel
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.topology.subscriber import Subscriber, Topic

_LOOK_SECONDS = 30.0
_RETRY_SECONDS = 1.0
_AFTER_LAPSE_SECONDS = 0.01
"""Redis's keys lapse in whole milliseconds, and the page was read a moment ago."""

EventMailbox = Mailbox[Event]
User = tuple[Keyspace, str]


class Watches:
    """The watched users of this process."""

    def __init__(self, reading: Reading, subscriber: Subscriber, most: int) -> None:
        self._reading = reading
        self._subscriber = subscriber
        self._most = most
        self._watched: dict[User, _Watched] = {}

    @asynccontextmanager
    async def watching(self, space: Keyspace, user_id: str, mailbox: EventMailbox) -> AsyncIterator[Snapshot]:
        """The user's sessions now; what comes after is put into `mailbox`."""
        user = (space, user_id)
        if user not in self._watched:
            self._watched[user] = _Watched(self._reading, self._subscriber, user, self._most)
        watched = self._watched[user]
        try:
            yield await watched.join(mailbox)
        finally:
            watched.leave(mailbox)
            if watched.idle and self._watched.get(user) is watched:
                del self._watched[user]
                watched.cancel()

    async def close(self) -> None:
        await asyncio.gather(*(watched.end() for watched in self._watched.values()))


class _Watched:
    """One user: a subscription, and a task that reads the list when a session is due."""

    def __init__(self, reading: Reading, subscriber: Subscriber, user: User, most: int) -> None:
        self._reading = reading
        self._subscriber = subscriber
        self._space, self._user_id = user
        self._most = most
        self._topic = Topic(events_channel(*user))
        self._audience: set[EventMailbox] = set()
        self._due: dict[str, float] = {}
        """By handle, when a session ends unless it is touched, in monotonic seconds."""
        self._stirred = asyncio.Event()
        self._resync = False
        # In a context of its own: the deadline of the call that began it is not the watch's.
        self._task = asyncio.get_running_loop().create_task(self._follow(), context=Context())

    @property
    def idle(self) -> bool:
        return not self._audience

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
        await asyncio.wait((self._task,))

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - it is this user's
        told = json.loads(payload)
        match told:
            case {"kind": "all" | "tokens"}:
                self._tell(self._all_revoked(told))
                self._stirred.set()
            case {"kind": kind, "handle": handle}:
                change = Change(kind)
                if change is Change.CREATED:
                    self._due[handle] = time.monotonic()  # when it is due will be read
                elif change is Change.REVOKED:
                    self._due.pop(handle, None)
                self._tell(Changed(self._user_id, handle, change))
                self._stirred.set()

    def on_gap(self) -> None:
        for mailbox in self._audience:
            mailbox.gap(GapReason.REDIS_LOST)
        self._resync = True
        self._stirred.set()

    def _all_revoked(self, told: dict[str, str]) -> AllRevoked:
        return AllRevoked(
            self._user_id,
            told.get("kept", ""),
            told.get("device", ""),
            valid_from(int(told["mark"])),
            tokens_only=told["kind"] == "tokens",
        )

    def _tell(self, event: Event) -> None:
        key = event.handle if isinstance(event, Changed) else None
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
        sessions, more = await self._reading.page(self._space, self._user_id, "", 0, self._most)
        return Snapshot(self._user_id, sessions, bool(more))

    def _remember(self, snapshot: Snapshot, asked: float) -> None:
        """From when it was asked for: of a session that ends meanwhile it is not said that it was revoked."""
        for session in snapshot.sessions:
            self._due[session.handle] = asked + _lapses_in(session)


def _lapses_in(session: Session) -> float:
    return float("inf") if session.expires_in is None else session.expires_in / 1e6
