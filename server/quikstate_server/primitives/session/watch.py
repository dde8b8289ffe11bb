"""Watching users' sessions: each user is read once for all its watchers in this process.

The scripts publish each change, which goes to the watchers as it comes: so a session that is created and
revoked between two reads is not missed. No message tells that a session expires. So the user's sessions are
read when the first of them is due to expire, and now and then for those that raw Redis clients delete.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager

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
from quikstate_server.primitives.streams.mailbox import Mailbox
from quikstate_server.primitives.streams.watch_hub import Feed, WatchHub
from quikstate_server.redis_client.client import RedisClient

_POLL_SECONDS = 30.0
_AFTER_EXPIRY_SECONDS = 0.01
"""Redis's keys expire in whole milliseconds, and a TTL is known from a moment before."""
_MESSAGE_SECONDS = 1.0
"""How long a message may be behind a read, which goes over another connection."""

_LAST_SECOND = 253_402_300_799
"""The end of the year 9999: the last second of a google.protobuf.Timestamp."""

SessionMailbox = Mailbox[SessionEvent]


class SessionWatches:
    """The watched users of this process."""

    def __init__(self, reader: SessionReader, redis_client: RedisClient, max_sessions: int) -> None:
        self._hub: WatchHub[tuple[Keyspace, str], _UserFeed] = WatchHub(
            "session.watch", redis_client, lambda key: _UserFeed(reader, redis_client, *key, max_sessions)
        )

    @asynccontextmanager
    async def watch(
        self, keyspace: Keyspace, user_id: str, mailbox: SessionMailbox
    ) -> AsyncIterator[SessionSnapshot]:
        """Return the user's current sessions; while entered, `mailbox` gets each change."""
        async with self._hub.watching([(keyspace, user_id)], mailbox) as (snapshot,):
            yield snapshot

    async def close(self) -> None:
        await self._hub.close()


class _UserFeed(Feed[SessionEvent, SessionSnapshot]):
    """One user.

    In a cluster a session can be on another node than its user's index: then the message of its creation can
    come after that of its revocation. The next read does not find it, and its end is published once more.
    """

    def __init__(
        self,
        reader: SessionReader,
        redis_client: RedisClient,
        keyspace: Keyspace,
        user_id: str,
        max_sessions: int,
    ) -> None:
        super().__init__(redis_client, events_channel(keyspace, user_id))
        self._reader = reader
        self._keyspace = keyspace
        self._user_id = user_id
        self._max_sessions = max_sessions
        self._expiries: dict[str, float] = {}
        """By handle, when a session ends without a touch, in monotonic seconds."""
        self._missing: dict[str, float] = {}
        """By handle, when a read first found no such session although it had not expired."""
        self._resync = False
        """True if the watchers may have missed something, so that they need a snapshot."""

    async def join(self, mailbox: SessionMailbox) -> SessionSnapshot:
        """Return the sessions. `mailbox` also gets changes during the read, which may be in them already."""
        self.mailboxes.add(mailbox)
        return await super().join(mailbox)

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - it is this user's
        event = _parse_event(self._user_id, payload)
        if event is None:
            return  # a raw client published it
        if isinstance(event, SessionChange):
            if event.kind is SessionChangeKind.CREATED:
                self._expiries[event.handle] = float("inf")  # until a read tells it
                self.wake()
            elif event.kind is SessionChangeKind.REVOKED:
                self._forget(event.handle)
        self._publish(event)

    def on_gap(self) -> None:
        self._resync = True
        super().on_gap()

    async def refresh(self, joining: Collection[SessionMailbox]) -> float:
        """Read the sessions. One that is gone without a message has expired, or a raw client deleted it."""
        known = dict(self._expiries)
        resync, self._resync = self._resync, False
        read_at = time.monotonic()
        try:
            snapshot = await self._read()
        except QuikstateError:
            self._resync = self._resync or resync
            raise
        if resync:
            self._expiries.clear()
            self._missing.clear()
            self._publish(snapshot)
        self._remember(snapshot, read_at)
        if not resync:
            self._forget_gone(known, snapshot)
        for mailbox in joining:
            self.admit(mailbox, snapshot)
        return self._next_refresh()

    def _next_refresh(self) -> float:
        next_expiry = min(self._expiries.values(), default=float("inf"))
        first_missing = min(self._missing.values(), default=float("inf"))
        return min(
            next_expiry + _AFTER_EXPIRY_SECONDS,
            first_missing + _MESSAGE_SECONDS,
            time.monotonic() + _POLL_SECONDS,
        )

    async def _read(self) -> SessionSnapshot:
        sessions, next_page = await self._reader.read_page(
            self._keyspace, self._user_id, "", 0, self._max_sessions
        )
        return SessionSnapshot(self._user_id, sessions, bool(next_page))

    def _remember(self, snapshot: SessionSnapshot, read_at: float) -> None:
        """Keep the expiries, counted from the start of the read, so that none is taken for a revocation."""
        for session in snapshot.sessions:
            self._expiries[session.handle] = read_at + _seconds_left(session)

    def _forget_gone(self, known: Mapping[str, float], snapshot: SessionSnapshot) -> None:
        """Forget sessions that were known before the read but are not in it, and publish that they ended.

        One that has not expired was revoked, by a script whose message may still be on its way, or by a raw
        client: it is published only if no message comes. Where there are more sessions than were read, such
        a session may be one of the others: nothing is published of those.
        """
        handles, now = {session.handle for session in snapshot.sessions}, time.monotonic()
        for handle, expiry in known.items():
            if handle in handles:
                self._missing.pop(handle, None)
            elif handle not in self._expiries:
                continue  # a message told of its end
            elif snapshot.more:
                self._forget(handle)
            elif expiry <= now + _AFTER_EXPIRY_SECONDS:
                self._publish_end(handle, SessionChangeKind.EXPIRED)
            elif self._missing.setdefault(handle, now) <= now - _MESSAGE_SECONDS:
                self._publish_end(handle, SessionChangeKind.REVOKED)

    def _publish_end(self, handle: str, kind: SessionChangeKind) -> None:
        self._forget(handle)
        self._publish(SessionChange(self._user_id, handle, kind))

    def _forget(self, handle: str) -> None:
        self._expiries.pop(handle, None)
        self._missing.pop(handle, None)

    def _publish(self, event: SessionEvent) -> None:
        # Every kind of change reaches a slow watcher, whatever became of the session since.
        key = (self._user_id, event.handle, event.kind) if isinstance(event, SessionChange) else None
        for mailbox in self.mailboxes:
            mailbox.put(event, size=100, key=key)


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
