"""Revocation: first the marks that hold whatever is lost, then the sessions themselves."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import Found, Revoked, valid_from
from quikstate_server.primitives.session.reading import Reading
from quikstate_server.primitives.session.session_store import Pointer, Read
from quikstate_server.primitives.session.user_store import Marked, Row

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Revoking:
    reading: Reading

    async def by_ids(self, space: Keyspace, session_ids: Sequence[str], min_replicas: int = 0) -> Revoked:
        """The sessions that have these ids, or had them before a rotation."""
        owners = await asyncio.gather(*(self._owner(space, session_id) for session_id in session_ids))
        by_user: dict[str, list[str]] = defaultdict(list)
        for user_id, handle in filter(None, owners):
            by_user[user_id].append(handle)
        outcomes = [
            await self.by_handles(space, user_id, handles, min_replicas)
            for user_id, handles in by_user.items()
            if user_id
        ]
        # Those that are in no list, or of no user, go by their ids.
        dropped = [
            await self.reading.sessions.drop(space, session_id, min_replicas)
            for session_id, owner in zip(session_ids, owners, strict=True)
            if owner
        ]
        named = [handle for outcome in outcomes for handle in outcome.handles]
        late = [
            owner[1]
            for owner, (there, _) in zip(filter(None, owners), dropped, strict=True)
            if there and owner[1] not in named
        ]
        acked = [outcome.replicas for outcome in outcomes] + [replicas for _, replicas in dropped]
        return Revoked((*named, *late), 0, min(acked, default=0))

    async def by_handles(
        self, space: Keyspace, user_id: str, handles: Sequence[str], min_replicas: int = 0
    ) -> Revoked:
        marked = await self.reading.users.revoke(
            space, user_id, "handles", handles=handles, min_replicas=min_replicas
        )
        return await self._end(space, user_id, marked, marked.rows, min_replicas)

    async def all_of(
        self, space: Keyspace, user_id: str, *, keep: str = "", min_replicas: int = 0
    ) -> Revoked:
        """All of a user's sessions, but the one with the handle `keep`, and all tokens."""
        which = "but" if keep else "user"
        marked = await self.reading.users.revoke(space, user_id, which, keep, min_replicas=min_replicas)
        return await self._end(space, user_id, marked, marked.rows, min_replicas)

    async def device(self, space: Keyspace, user_id: str, device_id: str, min_replicas: int = 0) -> Revoked:
        """All sessions on one device, and the tokens issued to it."""
        users, sessions = self.reading.users, self.reading.sessions
        marked = await users.revoke(space, user_id, "device", device_id, min_replicas=min_replicas)
        found = await asyncio.gather(*(sessions.get(space, row.session_id) for row in marked.rows))
        rows = [
            row
            for row, one in zip(marked.rows, found, strict=True)
            if isinstance(one, Read) and one.session.device_id == device_id
        ]
        return await self._end(space, user_id, marked, rows, min_replicas)

    async def handle_to_keep(self, space: Keyspace, user_id: str, session_id: str) -> str:
        """The handle of the user's session with this id; "" if there is none."""
        found = await self.reading.get(space, session_id)
        mine = isinstance(found, Found) and found.session.user_id == user_id
        return found.session.handle if mine and isinstance(found, Found) else ""

    async def _end(
        self, space: Keyspace, user_id: str, marked: Marked, rows: Sequence[Row], min_replicas: int
    ) -> Revoked:
        """Delete what the marks have ended already: what is left behind here, its TTL ends."""
        drop = self.reading.sessions.drop
        named = [row for row in rows if row.session_id]
        ended = await asyncio.gather(*(drop(space, row.session_id, min_replicas) for row in named))
        await self.reading.users.forget(space, user_id, rows, written=True)
        handles = tuple(row.handle for row, (there, _) in zip(named, ended, strict=True) if there)
        acked = min([marked.replicas, *(replicas for _, replicas in ended)])
        _log.info("session.revoked", sessions=len(handles), all=bool(marked.mark))
        return Revoked(handles, valid_from(marked.mark), acked)

    async def _owner(self, space: Keyspace, session_id: str) -> tuple[str, str] | None:
        """The user and the handle; None if there is no such session, and never was one."""
        answer = await self.reading.sessions.get(space, session_id)
        if isinstance(answer, Read):
            return answer.session.user_id, answer.session.handle
        return (answer.user_id, answer.handle) if isinstance(answer, Pointer) else None
