"""Revokes sessions: first sets the marks, which hold whatever else is lost, then deletes the sessions."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quikstate_server.errors import Overloaded
from quikstate_server.keys import Keyspace
from quikstate_server.logs import get_logger
from quikstate_server.primitives.session.model import (
    RevocationResult,
    Session,
    SessionFound,
    first_valid_second,
)
from quikstate_server.primitives.session.reader import SessionReader
from quikstate_server.primitives.session.revocation_marks import MarkedSessions, RevocationMarks
from quikstate_server.primitives.session.session_store import DeleteResult, RotationPointer
from quikstate_server.primitives.session.user_session_store import IndexEntry

_MAX_HOPS = 10
"""Rotations that are followed to delete a session; its mark holds even if it is not deleted."""
_DELETED_AT_ONCE = 1_000
_log = get_logger()


class _Owner(NamedTuple):
    """The user and handle of a session; `remaining` µs that it may still live, None if unknown."""

    user_id: str
    handle: str
    remaining: int | None


@dataclass(frozen=True, slots=True)
class SessionRevoker:
    """Revokes sessions by id, handle, user or device."""

    reader: SessionReader
    marks: RevocationMarks

    async def revoke_ids(
        self, keyspace: Keyspace, session_ids: Sequence[str], min_replicas: int = 0
    ) -> RevocationResult:
        """Revoke the sessions that have these ids, or had them before a rotation."""
        owners = await asyncio.gather(*(self._find_owner(keyspace, session_id) for session_id in session_ids))
        by_user: dict[str, dict[str, int | None]] = defaultdict(dict)
        for owner in filter(None, owners):
            by_user[owner.user_id][owner.handle] = owner.remaining
        revocations = [
            await self.revoke_handles(keyspace, user_id, handles, min_replicas)
            for user_id, handles in by_user.items()
            if user_id
        ]
        # Sessions without a user, or missing from the index, are deleted by their ids.
        deletions = [
            (owner.handle, await self._delete(keyspace, session_id, min_replicas))
            for session_id, owner in zip(session_ids, owners, strict=True)
            if owner
        ]
        handles = dict.fromkeys(handle for revocation in revocations for handle in revocation.handles)
        handles |= dict.fromkeys(handle for handle, deletion in deletions if deletion.existed)
        replicas = [revocation.replicas for revocation in revocations]
        replicas += [deletion.replicas for _, deletion in deletions]
        return RevocationResult(tuple(handles), 0, min(replicas, default=0))

    async def revoke_handles(
        self, keyspace: Keyspace, user_id: str, handles: Mapping[str, int | None], min_replicas: int = 0
    ) -> RevocationResult:
        """Revoke sessions by handle. Each handle maps to the µs that its session may still live, if known."""
        marked = await self.marks.mark_handles(keyspace, user_id, handles, min_replicas)
        return await self._delete_marked(keyspace, user_id, marked, marked.entries, min_replicas)

    async def revoke_user(
        self, keyspace: Keyspace, user_id: str, *, keep: str = "", min_replicas: int = 0
    ) -> RevocationResult:
        """Revoke all of a user's sessions, but the one with the handle `keep`, and all tokens."""
        marked = await self.marks.mark_user(keyspace, user_id, keep, min_replicas)
        return await self._delete_marked(keyspace, user_id, marked, marked.entries, min_replicas)

    async def delete_user(self, keyspace: Keyspace, user_id: str) -> int:
        """Revoke all of a user's sessions and tokens, and delete each session; return how many lived.

        A session that is created later stays: its entry is younger than the mark. One that is being created
        is not written any more.
        """
        marked = await self.marks.mark_user(keyspace, user_id, "", 0)
        listed = await self.reader.users.list_all(keyspace, user_id)
        revoked = [entry for entry in listed if entry.valid_from <= marked.mark]
        count = 0
        for first in range(0, len(revoked), _DELETED_AT_ONCE):
            entries = revoked[first : first + _DELETED_AT_ONCE]
            result = await self._delete_marked(keyspace, user_id, marked, entries, 0, refuse_late=True)
            count += len(result.handles)
        return count

    async def revoke_device(
        self, keyspace: Keyspace, user_id: str, device_id: str, min_replicas: int = 0
    ) -> RevocationResult:
        """Revoke all sessions on one device, and the tokens issued to it."""
        marked = await self.marks.mark_device(keyspace, user_id, device_id, min_replicas)
        results = await asyncio.gather(*(self.reader.read_entry(keyspace, entry) for entry in marked.entries))
        entries = [
            entry
            for entry, result in zip(marked.entries, results, strict=True)
            if isinstance(result, Session) and result.device_id == device_id
        ]
        return await self._delete_marked(keyspace, user_id, marked, entries, min_replicas)

    async def find_handle(self, keyspace: Keyspace, user_id: str, session_id: str) -> str:
        """Return the handle of the user's session with this id; "" if there is none."""
        result = await self.reader.get(keyspace, session_id)
        if isinstance(result, SessionFound) and result.session.user_id == user_id:
            return result.session.handle
        return ""

    async def delete_evicted(self, keyspace: Keyspace, entry: IndexEntry) -> None:
        """Delete a session that was revoked to make room for another."""
        if entry.session_id:
            await self._delete(keyspace, entry.session_id)

    async def _delete_marked(
        self,
        keyspace: Keyspace,
        user_id: str,
        marked: MarkedSessions,
        entries: Sequence[IndexEntry],
        min_replicas: int,
        *,
        refuse_late: bool = False,
    ) -> RevocationResult:
        """Delete sessions that the marks have revoked already. Any that remain expire by their TTL.

        With `refuse_late` those that are being created are refused.
        """
        with_id = [entry for entry in entries if entry.session_id]
        deletions = await asyncio.gather(
            *(
                self._delete(
                    keyspace,
                    entry.session_id,
                    min_replicas,
                    may_be_unwritten=refuse_late and entry.may_be_unwritten(marked.mark),
                )
                for entry in with_id
            )
        )
        await self.reader.users.remove_from_index(keyspace, user_id, entries, written=True)
        handles = tuple(
            entry.handle for entry, deletion in zip(with_id, deletions, strict=True) if deletion.existed
        )
        _log.info("session.revoked", sessions=len(handles), all=bool(marked.mark))
        if not marked.all_marked:
            raise Overloaded("limits.max_user_marks")
        replicas = min([marked.replicas, *(deletion.replicas for deletion in deletions)])
        return RevocationResult(handles, first_valid_second(marked.mark), replicas)

    async def _delete(
        self, keyspace: Keyspace, session_id: str, min_replicas: int = 0, *, may_be_unwritten: bool = False
    ) -> DeleteResult:
        """Delete a session under the id it has by now."""
        for _ in range(_MAX_HOPS):
            deletion = await self.reader.sessions.delete(
                keyspace, session_id, min_replicas, may_be_unwritten=may_be_unwritten
            )
            if deletion.existed or not deletion.successor_id:
                break
            session_id = deletion.successor_id
        return deletion

    async def _find_owner(self, keyspace: Keyspace, session_id: str) -> _Owner | None:
        """Return the owner of a session; None if there is none, and never was one."""
        result = await self.reader.sessions.get(keyspace, session_id)
        if isinstance(result, Session):
            remaining = None if result.expires_at is None else result.expires_at - result.read_at
            return _Owner(result.user_id, result.handle, remaining)
        if isinstance(result, RotationPointer):
            return _Owner(result.user_id, result.handle, result.remembered_for)
        return None
