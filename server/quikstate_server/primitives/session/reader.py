"""How a session is found by its id: through rotations, and only if its user's marks let it stand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.model import Found, Missing, Replayed, Session
from quikstate_server.primitives.session.session_store import Pointer, SessionStore
from quikstate_server.primitives.session.user_store import Row, UserStore

T = TypeVar("T")
_HOPS_BEFORE_THE_LIST = 10
"""Rotations that an old id is followed through before the user's list is asked, which may have lost it."""
_MOST_HOPS = 1_000
"""After so many, within one grace, it is told as replayed."""

Page = tuple[list[Session], str]
"""Sessions, and where the next page begins; "" after the last."""


@dataclass(frozen=True, slots=True)
class Reading:
    sessions: SessionStore
    users: UserStore

    async def get(
        self, keyspace: Keyspace, session_id: str, *, touch: bool = False
    ) -> Found | Missing | Replayed:
        """The session; two round trips, since its user's marks are on a slot of their own."""
        session = await self.followed(
            keyspace, session_id, lambda one: self.sessions.get(keyspace, one, touch=touch)
        )
        if not isinstance(session, Session):
            return session
        return await self.if_it_stands(keyspace, Found(session, session.session_id != session_id))

    async def if_it_stands(self, keyspace: Keyspace, found: Found) -> Found | Missing:
        """Missing, if it was revoked. What the list has lost is put back."""
        session = found.session
        if not session.user_id:
            return found
        (standing,) = await self.users.standing(keyspace, session.user_id, [session])
        if standing == 1:
            with suppress(QuikstateError):  # the next call will do it
                await self.users.relist(keyspace, session)
        return found if standing else Missing(was_there=True)

    async def page(self, keyspace: Keyspace, user_id: str, after: str, ended: int, size: int) -> Page:
        """Sessions of a user, the first to end for good first. Rows without a session are forgotten."""
        rows = await self.users.rows(keyspace, user_id, after, ended, size)
        living = [one for one in await self.of_rows(keyspace, user_id, rows) if isinstance(one, Session)]
        handles = {session.handle for session in living}
        await self.users.forget(keyspace, user_id, [row for row in rows if row.handle not in handles])
        last = rows[-1] if len(rows) == size else None
        return living, f"{last.ends}:{last.handle}" if last else ""

    async def of_rows(self, keyspace: Keyspace, user_id: str, rows: Sequence[Row]) -> list[Session | Missing]:
        """For each row its session, unless it is over or was revoked."""
        found = await asyncio.gather(*(self.of_row(keyspace, row) for row in rows))
        there = [one for one in found if isinstance(one, Session)]
        standing = await self.users.standing(keyspace, user_id, there)
        revoked = {one.session_id for one, stands in zip(there, standing, strict=True) if not stands}
        return [
            Missing(was_there=True) if isinstance(one, Session) and one.session_id in revoked else one
            for one in found
        ]

    async def of_row(self, keyspace: Keyspace, row: Row) -> Session | Missing:
        """Its session, if it is not over. One that was rotated is there under its next id."""
        if not row.session_id:
            return Missing(was_there=True)
        found = await self.followed(
            keyspace, row.session_id, lambda one: self.sessions.get(keyspace, one), only_in_grace=False
        )
        return found if isinstance(found, Session | Missing) else Missing()

    async def followed(
        self,
        keyspace: Keyspace,
        session_id: str,
        act: Callable[[str], Awaitable[T | Pointer | Missing]],
        *,
        only_in_grace: bool = True,
    ) -> T | Missing | Replayed:
        """What `act` makes of the session, wherever it is now: an old id answers for its own grace."""
        pointer = await act(session_id)
        if not isinstance(pointer, Pointer):
            return pointer
        if only_in_grace and not pointer.answers:
            return replayed(pointer)
        successor = pointer.successor
        for hop in range(_MOST_HOPS):
            if hop == _HOPS_BEFORE_THE_LIST:
                known = await self.users.id_of(keyspace, pointer.user_id, pointer.handle)
                successor = known or successor
            answer = await act(successor)
            if not isinstance(answer, Pointer):
                return answer
            successor = answer.successor
        return replayed(pointer)


def replayed(pointer: Pointer) -> Replayed:
    return Replayed(pointer.user_id, pointer.handle, known_for=pointer.known_for)
