"""Finds a session by its id: through rotations, and only if no revocation mark covers it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import Session, SessionFound, SessionNotFound, SessionReplayed
from quikstate_server.primitives.session.session_store import RotationPointer, SessionStore
from quikstate_server.primitives.session.user_session_store import IndexEntry, UserSessionStore, Validity

T = TypeVar("T")
_HOPS_BEFORE_INDEX = 10
"""Rotations that are followed before the user's index is asked, which may have lost the session."""
_MAX_HOPS = 1_000
"""After more rotations within one grace the id counts as replayed."""

Page = tuple[list[Session], str]
"""Sessions, and the token of the next page; "" after the last."""


@dataclass(frozen=True, slots=True)
class SessionReader:
    """Reads sessions by id or by user."""

    sessions: SessionStore
    users: UserSessionStore

    async def get(
        self, keyspace: Keyspace, session_id: str, *, touch: bool = False
    ) -> SessionFound | SessionNotFound | SessionReplayed:
        """Return the session, in two round trips, since its user's marks are on another slot."""
        session = await self.follow(
            keyspace, session_id, lambda current_id: self.sessions.get(keyspace, current_id, touch=touch)
        )
        if not isinstance(session, Session):
            return session
        return await self.unless_revoked(keyspace, SessionFound(session, session.session_id != session_id))

    async def unless_revoked(self, keyspace: Keyspace, found: SessionFound) -> SessionFound | SessionNotFound:
        """Return `found` unless the session was revoked. If the index has lost it, put it back."""
        session = found.session
        if not session.user_id:
            return found
        (validity,) = await self.users.check_validity(keyspace, session.user_id, [session])
        if validity is Validity.MISSING_FROM_INDEX:
            with suppress(QuikstateError):  # the next call does it
                await self.users.restore_to_index(keyspace, session)
        return SessionNotFound(existed=True) if validity is Validity.REVOKED else found

    async def read_page(
        self, keyspace: Keyspace, user_id: str, after: str, after_expires_at: int, size: int
    ) -> Page:
        """Return a user's sessions, the first to end for good first. Remove entries without a session."""
        entries = await self.users.list_entries(keyspace, user_id, after, after_expires_at, size)
        results = await self.read_entries(keyspace, user_id, entries)
        sessions = [result for result in results if isinstance(result, Session)]
        handles = {session.handle for session in sessions}
        stale = [entry for entry in entries if entry.handle not in handles]
        await self.users.remove_from_index(keyspace, user_id, stale)
        last = entries[-1] if len(entries) == size else None
        return sessions, f"{last.expires_at}:{last.handle}" if last else ""

    async def read_entries(
        self, keyspace: Keyspace, user_id: str, entries: Sequence[IndexEntry]
    ) -> list[Session | SessionNotFound]:
        """Return for each entry its session, unless that has ended or was revoked."""
        results = await asyncio.gather(*(self.read_entry(keyspace, entry) for entry in entries))
        sessions = [result for result in results if isinstance(result, Session)]
        states = await self.users.check_validity(keyspace, user_id, sessions)
        revoked = {
            session.session_id
            for session, state in zip(sessions, states, strict=True)
            if state is Validity.REVOKED
        }
        return [
            SessionNotFound(existed=True)
            if isinstance(result, Session) and result.session_id in revoked
            else result
            for result in results
        ]

    async def read_entry(self, keyspace: Keyspace, entry: IndexEntry) -> Session | SessionNotFound:
        """Return the session of an entry, also under a later id, unless it has ended."""
        if not entry.session_id:
            return SessionNotFound(existed=True)
        result = await self.follow(
            keyspace,
            entry.session_id,
            lambda current_id: self.sessions.get(keyspace, current_id),
            only_in_grace=False,
        )
        return result if isinstance(result, Session | SessionNotFound) else SessionNotFound()

    async def follow(
        self,
        keyspace: Keyspace,
        session_id: str,
        call: Callable[[str], Awaitable[T | RotationPointer | SessionNotFound]],
        *,
        only_in_grace: bool = True,
    ) -> T | SessionNotFound | SessionReplayed:
        """Return the result of `call` for the session's current id. An old id works during its own grace."""
        pointer = await call(session_id)
        if not isinstance(pointer, RotationPointer):
            return pointer
        if only_in_grace and not pointer.in_grace:
            return replayed(pointer)
        current_id = pointer.successor_id
        for hop in range(_MAX_HOPS):
            if hop == _HOPS_BEFORE_INDEX:
                indexed_id = await self.users.find_id(keyspace, pointer.user_id, pointer.handle)
                current_id = indexed_id or current_id
            result = await call(current_id)
            if not isinstance(result, RotationPointer):
                return result
            current_id = result.successor_id
        return replayed(pointer)


def replayed(pointer: RotationPointer) -> SessionReplayed:
    """Return the result for an id whose grace is over."""
    return SessionReplayed(pointer.user_id, pointer.handle, remembered_for=pointer.remembered_for)
