"""Rotation: a session moves to a new id, whatever fails on the way.

The new id is on the slot of the old one. So one script moves the session and leaves a pointer in its place:
at no instant do both ids have a session, or neither, and no concurrent write is lost. Then the user's index
gets the new id. If that fails, the next call that reads the session does it.
"""

from __future__ import annotations

from dataclasses import dataclass

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import Session, SessionFound, SessionNotFound, SessionReplayed
from quikstate_server.primitives.session.reader import SessionReader, replayed


@dataclass(frozen=True, slots=True)
class SessionRotator:
    """Gives sessions new ids."""

    reader: SessionReader

    async def rotate(
        self, keyspace: Keyspace, session_id: str, grace: float, min_replicas: int = 0
    ) -> SessionFound | SessionNotFound | SessionReplayed:
        """Give the session a new id. A repeat within `grace` seconds returns the id it has by then."""
        current = await self.reader.sessions.get(keyspace, session_id)
        if isinstance(current, SessionNotFound):
            return current
        result, replicas = await self.reader.sessions.rotate(
            keyspace, current, session_id, grace, min_replicas
        )
        if isinstance(result, Session):
            return await self._update_index(keyspace, result, replicas, min_replicas)
        if isinstance(result, SessionNotFound):
            return result
        if not result.in_grace:
            return replayed(result)
        found = await self.reader.get(keyspace, session_id)
        if not isinstance(found, SessionFound):
            return found
        return await self._update_index(keyspace, found.session, replicas, min_replicas)

    async def _update_index(
        self, keyspace: Keyspace, session: Session, replicas: int, min_replicas: int
    ) -> SessionFound | SessionNotFound:
        """Put the new id into the index. If the session was revoked meanwhile, delete it."""
        is_valid, index_replicas = await self.reader.users.restore_to_index(keyspace, session, min_replicas)
        if is_valid:
            return SessionFound(session, replicas=min(replicas, index_replicas))
        await self.reader.sessions.delete(keyspace, session.session_id)
        return SessionNotFound(existed=True)
