"""Rotation: a session goes on under a new id, whatever breaks on the way.

The old session is asked first, in one script, which id its successor has: the
first claim holds. Only then is the successor written, and only when it is there
does the old session become a pointer to it. Until that last act the old id
works; whoever repeats the call goes on where it stopped. What revokes the old
session meanwhile takes the claim away, and marks the handle, which both share.
"""

from __future__ import annotations

from dataclasses import dataclass

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import DAY_SECONDS, Found, Missing, Replayed, Session
from quikstate_server.primitives.session.names import new_id
from quikstate_server.primitives.session.reading import Reading
from quikstate_server.primitives.session.session_store import Claimed, Pointer, Read

_MOST_COPIES = 5
"""How often a session is copied anew because it was updated meanwhile."""


@dataclass(frozen=True, slots=True)
class Rotating:
    reading: Reading

    async def rotate(
        self, space: Keyspace, session_id: str, grace: float, min_replicas: int = 0
    ) -> Found | Missing | Replayed:
        claim = await self.reading.sessions.claim(space, session_id, new_id(), min_replicas)
        if isinstance(claim, Claimed):
            return await self._move(space, claim, grace, min_replicas)
        if not isinstance(claim, Pointer):
            return claim
        if not claim.answers:
            return Replayed(claim.user_id, claim.handle)
        return await self.reading.get(space, claim.successor)  # a repeat within the grace

    async def _move(
        self, space: Keyspace, claim: Claimed, grace: float, min_replicas: int
    ) -> Found | Missing:
        users, sessions = self.reading.users, self.reading.sessions
        stands, _ = await users.relist(space, claim.read.session, claim.successor, min_replicas)
        read = claim.read
        for _ in range(_MOST_COPIES if stands else 0):
            made, acked = await self._copy(space, read, claim.successor, min_replicas)
            if made is None:
                break
            outcome, acked_too = await sessions.retire(
                space, read.session, claim.successor, grace, min_replicas
            )
            if isinstance(outcome, Read):
                read = outcome
                continue
            if outcome:
                return Found(made, replicas=min(acked, acked_too))
            await sessions.drop(space, claim.successor)
            break
        return Missing()

    async def _copy(
        self, space: Keyspace, read: Read, successor: str, min_replicas: int
    ) -> tuple[Session | None, int]:
        """Write the successor: all that the session is, with the end it has."""
        session = read.session
        ends = session.expires or session.read_at + round(DAY_SECONDS * 1e6)
        ours: dict[str, str | int] = {
            "handle": session.handle,
            "version": session.version,
            "validFromUs": session.valid_from,
            "expiresUs": ends,
        }
        return await self.reading.sessions.create(
            space, successor, {**read.fields, **ours}, announced=False, min_replicas=min_replicas
        )
