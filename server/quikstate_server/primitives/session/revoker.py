"""Revocation: first the marks that hold whatever is lost, then the sessions themselves."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import structlog

from quikstate_server.errors import Overloaded
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import Found, Revoked, Session, valid_from
from quikstate_server.primitives.session.reader import Reading
from quikstate_server.primitives.session.session_store import Pointer
from quikstate_server.primitives.session.user_store import Marked, Row

_MOST_HOPS = 10
"""Rotations that a session is followed through to be deleted; it is revoked whether or not it is."""
_log = structlog.get_logger()


class _Owner(NamedTuple):
    """`lives` is how long the session may live yet, in microseconds, if that is known."""

    user_id: str
    handle: str
    lives: int | None


@dataclass(frozen=True, slots=True)
class Revoking:
    reading: Reading

    async def by_ids(self, keyspace: Keyspace, session_ids: Sequence[str], min_replicas: int = 0) -> Revoked:
        """The sessions that have these ids, or had them before a rotation."""
        owners = await asyncio.gather(*(self._owner(keyspace, session_id) for session_id in session_ids))
        by_user: dict[str, dict[str, int | None]] = defaultdict(dict)
        for owner in filter(None, owners):
            by_user[owner.user_id][owner.handle] = owner.lives
        outcomes = [
            await self.by_handles(keyspace, user_id, handles, min_replicas)
            for user_id, handles in by_user.items()
            if user_id
        ]
        # Those that are in no list, or of no user, go by their ids.
        dropped = [
            (owner.handle, *await self._drop(keyspace, session_id, min_replicas))
            for session_id, owner in zip(session_ids, owners, strict=True)
            if owner
        ]
        named = dict.fromkeys(handle for outcome in outcomes for handle in outcome.handles)
        late = dict.fromkeys(handle for handle, there, _ in dropped if there)
        acked = [outcome.replicas for outcome in outcomes] + [replicas for _, _, replicas in dropped]
        return Revoked(tuple(named | late), 0, min(acked, default=0))

    async def by_handles(
        self, keyspace: Keyspace, user_id: str, handles: Mapping[str, int | None], min_replicas: int = 0
    ) -> Revoked:
        """Beside each handle, the microseconds that its session may live yet, if that is known."""
        marked = await self.reading.users.revoke(
            keyspace, user_id, "handles", handles=handles, min_replicas=min_replicas
        )
        return await self._end(keyspace, user_id, marked, marked.rows, min_replicas)

    async def all_of(
        self, keyspace: Keyspace, user_id: str, *, keep: str = "", min_replicas: int = 0
    ) -> Revoked:
        """All of a user's sessions, but the one with the handle `keep`, and all tokens."""
        which = "but" if keep else "user"
        marked = await self.reading.users.revoke(keyspace, user_id, which, keep, min_replicas=min_replicas)
        return await self._end(keyspace, user_id, marked, marked.rows, min_replicas)

    async def device(
        self, keyspace: Keyspace, user_id: str, device_id: str, min_replicas: int = 0
    ) -> Revoked:
        """All sessions on one device, and the tokens issued to it."""
        marked = await self.reading.users.revoke(
            keyspace, user_id, "device", device_id, min_replicas=min_replicas
        )
        found = await asyncio.gather(*(self.reading.of_row(keyspace, row) for row in marked.rows))
        rows = [
            row
            for row, one in zip(marked.rows, found, strict=True)
            if isinstance(one, Session) and one.device_id == device_id
        ]
        return await self._end(keyspace, user_id, marked, rows, min_replicas)

    async def handle_to_keep(self, keyspace: Keyspace, user_id: str, session_id: str) -> str:
        """The handle of the user's session with this id; "" if there is none."""
        found = await self.reading.get(keyspace, session_id)
        mine = isinstance(found, Found) and found.session.user_id == user_id
        return found.session.handle if mine and isinstance(found, Found) else ""

    async def _end(
        self, keyspace: Keyspace, user_id: str, marked: Marked, rows: Sequence[Row], min_replicas: int
    ) -> Revoked:
        """Delete what the marks have ended already: what is left behind here, its TTL ends."""
        named = [row for row in rows if row.session_id]
        ended = await asyncio.gather(*(self._drop(keyspace, row.session_id, min_replicas) for row in named))
        await self.reading.users.forget(keyspace, user_id, rows, written=True)
        handles = tuple(row.handle for row, (there, _) in zip(named, ended, strict=True) if there)
        acked = min([marked.replicas, *(replicas for _, replicas in ended)])
        _log.info("session.revoked", sessions=len(handles), all=bool(marked.mark))
        if not marked.whole:
            raise Overloaded("limits.max_user_marks")
        return Revoked(handles, valid_from(marked.mark), acked)

    async def drop(self, keyspace: Keyspace, row: Row) -> None:
        """Delete a session that is revoked."""
        if row.session_id:
            await self._drop(keyspace, row.session_id)

    async def _drop(self, keyspace: Keyspace, session_id: str, min_replicas: int = 0) -> tuple[bool, int]:
        """Under any id that it has by now: whether it was there, and the replicas."""
        for _ in range(_MOST_HOPS):
            there, session_id, replicas = await self.reading.sessions.drop(keyspace, session_id, min_replicas)
            if there or not session_id:
                break
        return there, replicas

    async def _owner(self, keyspace: Keyspace, session_id: str) -> _Owner | None:
        """Whose it is; None if there is no such session, and never was one."""
        found = await self.reading.sessions.get(keyspace, session_id)
        if isinstance(found, Session):
            lives = None if found.expires is None else found.expires - found.read_at
            return _Owner(found.user_id, found.handle, lives)
        return _Owner(found.user_id, found.handle, found.known_for) if isinstance(found, Pointer) else None
