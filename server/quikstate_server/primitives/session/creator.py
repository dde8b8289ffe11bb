"""Creates sessions: registers each in its user's index first, so that a failure leaves one entry at most."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from quikstate_server.background import BackgroundTasks
from quikstate_server.backoff import Backoff
from quikstate_server.errors import InvalidRequest, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.logs import get_logger
from quikstate_server.primitives.session.hash_fields import count_bytes, new_fields, to_microseconds
from quikstate_server.primitives.session.identifiers import handle_of, new_session_id
from quikstate_server.primitives.session.model import (
    NewSession,
    SessionCreated,
    SessionEnded,
    SessionLimitReached,
    SessionNotFound,
    first_valid_second,
)
from quikstate_server.primitives.session.reader import SessionReader
from quikstate_server.primitives.session.revoker import SessionRevoker
from quikstate_server.primitives.session.user_session_store import (
    MAX_WRITE_SECONDS,
    IndexEntry,
    IndexFull,
    PartialEviction,
    Registration,
)

_CLEANUP_ATTEMPTS = 3
_CLEANUP_BACKOFF = Backoff(0.2, 1.0, factor=5, at_once=True)
_log = get_logger()


@dataclass(frozen=True, slots=True)
class SessionCreator:
    """Creates sessions, and cleans up after calls that failed."""

    reader: SessionReader
    revoker: SessionRevoker
    cleanup_tasks: BackgroundTasks

    async def create(self, new: NewSession) -> SessionCreated | SessionLimitReached | SessionEnded:
        """Create a session. A call that fails leaves none, unless its request_id lets a repeat find it."""
        session_id = new_session_id()
        handle = handle_of(session_id)
        self._check_size(new, handle)
        try:
            return await self._create(new, handle, session_id)
        except BaseException:
            if not new.request_id:
                self.cleanup_tasks.spawn("session.revoke_unfinished", self._revoke_unfinished(new, handle))
            raise

    async def close(self) -> None:
        """End the cleanup after failed calls."""
        await self.cleanup_tasks.close()

    async def _create(
        self, new: NewSession, handle: str, session_id: str
    ) -> SessionCreated | SessionLimitReached | SessionEnded:
        """Ask for room, find the sessions that have ended, and then make room, in one script.

        So each of several concurrent logins gets a session, and the last of them remain.
        """
        ended: list[IndexEntry] = []
        evicted: list[IndexEntry] = []
        evict = False
        while True:
            result = await self.reader.users.register(new, handle, session_id, ended, evict=evict)
            match result:
                case SessionEnded():
                    return result
                case Registration():
                    return await self._write(new, result, [*evicted, *result.evicted])
                case PartialEviction(entries):
                    evicted += entries
                case IndexFull():
                    ended_before, ended = ended, await self._find_ended(new, result)
                    if new.reject and not set(ended) - set(ended_before):
                        return SessionLimitReached()
                    evict = not new.reject

    async def _write(
        self, new: NewSession, registration: Registration, evicted: Sequence[IndexEntry]
    ) -> SessionCreated | SessionEnded:
        fields = new_fields(new, registration.handle, registration.valid_from)
        (session, replicas), _ = await asyncio.gather(
            self.reader.sessions.create(new.keyspace, registration.session_id, fields, new.min_replicas),
            self._delete_evicted(new.keyspace, evicted),
        )
        if session is None:
            return SessionEnded()
        return SessionCreated(
            session,
            tuple(entry.handle for entry in evicted),
            first_valid_second(registration.last_mark),
            min(registration.replicas, replicas),
        )

    async def _delete_evicted(self, keyspace: Keyspace, evicted: Sequence[IndexEntry]) -> None:
        """Delete evicted sessions. Where this fails, they stay revoked, and expire by their TTL."""
        if evicted:
            await asyncio.gather(
                *(self.revoker.delete_evicted(keyspace, entry) for entry in evicted), return_exceptions=True
            )
            _log.info("session.evicted", sessions=len(evicted))

    async def _find_ended(self, new: NewSession, full: IndexFull) -> list[IndexEntry]:
        """Return the entries whose session has ended: Redis's TTLs do not remove them from the index."""
        results = await self.reader.read_entries(new.keyspace, new.user_id, full.entries)
        return [
            entry
            for entry, result in zip(full.entries, results, strict=True)
            if isinstance(result, SessionNotFound)
            and (result.existed or not entry.may_be_unwritten(full.now))
        ]

    def _check_size(self, new: NewSession, handle: str) -> None:
        max_bytes = self.reader.users.limits.max_session_bytes
        if count_bytes(new_fields(new, handle, 10**15)) > max_bytes:
            raise InvalidRequest({"attributes": f"the session must have at most {max_bytes} bytes"})

    async def _revoke_unfinished(self, new: NewSession, handle: str) -> None:
        """Revoke what a failed call may have written, or may still write."""
        remaining = to_microseconds(new.lifetime + MAX_WRITE_SECONDS)
        for pause in islice(_CLEANUP_BACKOFF, _CLEANUP_ATTEMPTS):
            await asyncio.sleep(pause)
            try:
                await self.revoker.revoke_handles(new.keyspace, new.user_id, {handle: remaining})
            except QuikstateError:
                continue
            return
        _log.warning("session.unfinished_not_revoked")
