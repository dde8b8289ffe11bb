"""Watching users' sessions: one subscription and one task a user, shared by all its watchers in this process.

The scripts publish each change, which goes to the watchers as it comes: so a session that is created and
revoked between two reads is not missed. No message tells that a session expires. So the user's sessions are
read when the first of them is due to expire, and now and then for those that raw clients delete.
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
    Session,
    SessionChange,
    SessionChangeKind,
    SessionEvent,
    SessionSnapshot,
    SessionsRevoked,
    first_valid_second,
)
from quikstate_server.primitives.session.reader import SessionReader
from quikstate_server.primitives.session.user_session_store import events_channel
from quikstate_server.primitives.streams.joining import Shared
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.subscriber import ChannelFilter

_READ_SECONDS = 30.0
_RETRY_SECONDS = 1.0
_AFTER_EXPIRY_SECONDS = 0.01
"""Redis's keys expire in whole milliseconds, and a TTL is known from a moment before."""

_LAST_SECOND = 253_402_300_799
"""The end of the year 9999: the last second of a google.protobuf.Timestamp."""

SessionMailbox = Mailbox[SessionEvent]
User = tuple[Keyspace, str]


class SessionWatches:
    """The watched users of this process."""

    def __init__(self, reader: SessionReader, redis_client: RedisClient, max_sessions: int) -> None:
        self._feeds: Shared[User, _UserFeed] = Shared(
            lambda user: _UserFeed(reader, redis_client, user, max_sessions), _UserFeed.cancel
        )

    @asynccontextmanager
    async def watch(
        self, keyspace: Keyspace, user_id: str, mailbox: SessionMailbox
    ) -> AsyncIterator[SessionSnapshot]:
        """Return the user's current sessions; while entered, `mailbox` gets each change."""
        with self._feeds.using((keyspace, user_id)) as feed:
            try:
                yield await feed.join(mailbox)
            finally:
                feed.leave(mailbox)

    async def close(self) -> None:
        """End all watches."""
        await asyncio.gather(*(feed.end() for feed in self._feeds))


class _UserFeed:
    """One user: a subscription, and a task that reads the sessions when one is due to expire."""

    def __init__(
        self, reader: SessionReader, redis_client: RedisClient, user: User, max_sessions: int
    ) -> None:
        self._reader = reader
        self._subscriber = redis_client.subscriber
        self._keyspace, self._user_id = user
        self._max_sessions = max_sessions
        self._topic = ChannelFilter(events_channel(*user))
        self._audience: set[SessionMailbox] = set()
        self._expiries: dict[str, float] = {}
        """By handle, when a session ends without a touch, in monotonic seconds."""
        self._woken = asyncio.Event()
        self._resync = False
        self._tasks = BackgroundTasks(redis_client.monitor)
        self._task = self._tasks.keep_running("session.watch", self._follow, on_fault=lambda _: self.on_gap())

    async def join(self, mailbox: SessionMailbox) -> SessionSnapshot:
        """Add a watcher; return the sessions. A change during the read comes after them, once more."""
        self._audience.add(mailbox)
        await self._subscriber.subscribe(self._topic, self)
        read_at = time.monotonic()
        snapshot = await self._read()
        self._remember(snapshot, read_at)
        self._woken.set()
        return snapshot

    def leave(self, mailbox: SessionMailbox) -> None:
        self._audience.discard(mailbox)

    def cancel(self) -> None:
        self._task.cancel()
        self._subscriber.unsubscribe(self._topic, self)

    async def end(self) -> None:
        self.cancel()
        await self._tasks.close()

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - it is this user's
        event = _parse_event(self._user_id, payload)
        if event is None:
            return  # a raw client published it
        if isinstance(event, SessionChange):
            if event.kind is SessionChangeKind.CREATED:
                self._expiries[event.handle] = time.monotonic()  # its expiry is not known before a read
            elif event.kind is SessionChangeKind.REVOKED:
                self._expiries.pop(event.handle, None)
        self._publish(event)
        self._woken.set()

    def on_gap(self) -> None:
        for mailbox in self._audience:
            mailbox.gap(GapReason.REDIS_LOST)
        self._resync = True
        self._woken.set()

    def _publish(self, event: SessionEvent) -> None:
        # Every kind of change reaches a slow watcher, whatever became of the session since.
        key = (self._user_id, event.handle, event.kind) if isinstance(event, SessionChange) else None
        for mailbox in self._audience:
            mailbox.put(event, size=100, key=key)

    async def _follow(self) -> None:
        while True:
            next_expiry = min(self._expiries.values(), default=float("inf"))
            pause = max(0.0, min(_READ_SECONDS, next_expiry - time.monotonic() + _AFTER_EXPIRY_SECONDS))
            try:
                async with asyncio.timeout(pause):
                    await self._woken.wait()
                self._woken.clear()
                next_expiry = min(self._expiries.values(), default=float("inf"))
                if not self._resync and next_expiry > time.monotonic():
                    continue
            except TimeoutError:
                pass
            try:
                await self._refresh()
            except QuikstateError:
                await asyncio.sleep(_RETRY_SECONDS)

    async def _refresh(self) -> None:
        """Read the sessions. One that is gone without a message has expired, or a raw client deleted it."""
        expiries_before = dict(self._expiries)
        resync, self._resync = self._resync, False
        read_at = time.monotonic()
        try:
            snapshot = await self._read()
        except QuikstateError:
            self._resync = self._resync or resync
            raise
        if resync:
            self._expiries.clear()
            self._publish(snapshot)
        self._remember(snapshot, read_at)
        handles = {session.handle for session in snapshot.sessions}
        for handle, expiry in expiries_before.items() if not snapshot.more and not resync else ():
            if handle not in handles and self._expiries.pop(handle, None) is not None:
                has_expired = expiry <= time.monotonic() + _AFTER_EXPIRY_SECONDS
                kind = SessionChangeKind.EXPIRED if has_expired else SessionChangeKind.REVOKED
                self._publish(SessionChange(self._user_id, handle, kind))

    async def _read(self) -> SessionSnapshot:
        sessions, next_page = await self._reader.read_page(
            self._keyspace, self._user_id, "", 0, self._max_sessions
        )
        return SessionSnapshot(self._user_id, sessions, bool(next_page))

    def _remember(self, snapshot: SessionSnapshot, read_at: float) -> None:
        """Keep the expiries, counted from the start of the read, so that none is taken for a revocation."""
        for session in snapshot.sessions:
            self._expiries[session.handle] = read_at + _seconds_left(session)


def _seconds_left(session: Session) -> float:
    return float("inf") if session.expires_in is None else session.expires_in / 1e6


def _parse_event(user_id: str, payload: bytes) -> SessionEvent | None:
    """Return the event that a script published; None for a message that no script can have published."""
    try:
        match json.loads(payload):
            case {"kind": "all" | "tokens" as kind, "mark": mark, **fields}:
                tokens_only, tokens_valid_from = kind == "tokens", first_valid_second(int(mark))
                kept, device_id = str(fields.get("kept", "")), str(fields.get("device", ""))
                if 0 <= tokens_valid_from <= _LAST_SECOND:
                    return SessionsRevoked(
                        user_id, kept, device_id, tokens_valid_from, tokens_only=tokens_only
                    )
            case {"kind": kind, "handle": str(handle)}:
                return SessionChange(user_id, handle, SessionChangeKind(kind))
    except (ValueError, TypeError, OverflowError, RecursionError):
        pass
    return None
