"""How a session is found by its id: through rotations, and only if its user's marks let it stand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import Found, Missing, Replayed, Session
from quikstate_server.primitives.session.session_store import Pointer, Read, SessionStore
from quikstate_server.primitives.session.user_store import Row, UserStore

T = TypeVar("T")
_MOST_HOPS = 10
"""Rotations within one grace that an old id is followed through."""

Page = tuple[list[Session], str]
"""Sessions, and where the next page begins; "" after the last."""


@dataclass(frozen=True, slots=True)
class Reading:
    sessions: SessionStore
    users: UserStore

    async def get(
        self, space: Keyspace, session_id: str, *, touch: bool = False
    ) -> Found | Missing | Replayed:
        """The session; two round trips, since its user's marks are on a slot of their own."""
        answer: Read | Missing | Replayed = await followed(
            session_id, lambda one: self.sessions.get(space, one, touch=touch)
        )
        if not isinstance(answer, Read):
            return answer
        session = answer.session
        return await self.if_it_stands(space, Found(session, session.session_id != session_id))

    async def if_it_stands(self, space: Keyspace, found: Found) -> Found | Missing:
        """Missing, if it was revoked. What the list has lost is put back."""
        session = found.session
        if not session.user_id:
            return found
        (standing,) = await self.users.standing(space, session.user_id, [session])
        if standing == 1:
            with suppress(QuikstateError):  # the next call will do it
                await self.users.relist(space, session, session.session_id)
        return found if standing else Missing()

    async def page(self, space: Keyspace, user_id: str, after: str, ended: int, size: int) -> Page:
        """Sessions of a user, the first to end for good first. Rows without a session are forgotten."""
        rows = await self.users.rows(space, user_id, after, ended, size)
        found = await asyncio.gather(*(self._of_row(space, row) for row in rows))
        there = [session for session in found if session]
        standing = await self.users.standing(space, user_id, there)
        living = [session for session, stands in zip(there, standing, strict=True) if stands]
        handles = {session.handle for session in living}
        await self.users.forget(space, user_id, [row for row in rows if row.handle not in handles])
        last = rows[-1] if len(rows) == size else None
        return living, f"{last.ends}:{last.handle}" if last else ""

    async def _of_row(self, space: Keyspace, row: Row) -> Session | None:
        """None if it is over. One that was rotated is there under its next id."""
        if not row.session_id:
            return None
        answer: Read | Missing | Replayed = await followed(
            row.session_id, lambda one: self.sessions.get(space, one)
        )
        return answer.session if isinstance(answer, Read) else None


async def followed(session_id: str, act: Callable[[str], Awaitable[T | Pointer]]) -> T | Missing | Replayed:
    """What `act` makes of the session, wherever it is now."""
    for _ in range(_MOST_HOPS):
        answer = await act(session_id)
        if not isinstance(answer, Pointer):
            return answer
        if not answer.answers:
            return Replayed(answer.user_id, answer.handle)
        session_id = answer.successor
    return Missing()
