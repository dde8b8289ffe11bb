"""Rotation: a session goes on under a new id, whatever breaks on the way.

The new id is on the slot of the old one, so that one script moves the session as
it is and leaves a pointer in its place: there is no instant at which both ids
have a session, or none, and nothing that is written meanwhile is lost. Then the
user's list is told. If that does not happen, whoever reads the session does it.
"""

from __future__ import annotations

from dataclasses import dataclass

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import Found, Missing, Replayed, Session
from quikstate_server.primitives.session.reader import Reading, replayed


@dataclass(frozen=True, slots=True)
class Rotating:
    reading: Reading

    async def rotate(
        self, keyspace: Keyspace, session_id: str, grace: float, min_replicas: int = 0
    ) -> Found | Missing | Replayed:
        there = await self.reading.sessions.get(keyspace, session_id)
        if isinstance(there, Missing):
            return there
        moved, acked = await self.reading.sessions.rotate(keyspace, there, session_id, grace, min_replicas)
        if isinstance(moved, Session):
            return await self._list(keyspace, moved, acked, min_replicas)
        if isinstance(moved, Missing):
            return moved
        if not moved.answers:
            return replayed(moved)
        found = await self.reading.get(keyspace, session_id)  # a repeat within the grace
        if not isinstance(found, Found):
            return found
        return await self._list(keyspace, found.session, acked, min_replicas)

    async def _list(
        self, keyspace: Keyspace, session: Session, acked: int, min_replicas: int
    ) -> Found | Missing:
        """Missing, and nothing of it stays, if it was revoked meanwhile."""
        stands, acked_too = await self.reading.users.relist(keyspace, session, min_replicas)
        if stands:
            return Found(session, replicas=min(acked, acked_too))
        await self.reading.sessions.drop(keyspace, session.session_id)
        return Missing(was_there=True)
