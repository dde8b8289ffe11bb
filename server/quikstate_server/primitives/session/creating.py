"""Logging in: the session is listed first and written then, so that whatever breaks leaves a row at most."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import InvalidRequest, Overloaded, QuikstateError
from quikstate_server.primitives.session.hash_fields import of_new, size_of
from quikstate_server.primitives.session.model import Created, Ended, Missing, NewSession, TooMany, valid_from
from quikstate_server.primitives.session.names import handle_of, new_id
from quikstate_server.primitives.session.reading import Reading
from quikstate_server.primitives.session.revoking import Revoking
from quikstate_server.primitives.session.user_store import Full, Listed, Row

_MOST_ROUNDS = 10
"""How often room is made for a session while others take it."""
_CLEANING_PAUSES = (0.0, 0.2, 1.0)
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Creating:
    reading: Reading
    revoking: Revoking
    cleaning: BackgroundTasks

    async def create(self, wanted: NewSession) -> Created | TooMany | Ended:
        """A call that fails leaves no session behind, unless a request_id names it for the repeat."""
        session_id = new_id()
        handle = handle_of(session_id)
        self._check_size(wanted, handle)
        try:
            return await self._create(wanted, handle, session_id)
        except BaseException:
            if not wanted.request_id:
                self._clean(wanted, handle)
            raise

    async def close(self) -> None:
        await self.cleaning.close()

    async def _create(self, wanted: NewSession, handle: str, session_id: str) -> Created | TooMany | Ended:
        over: list[Row] = []
        evicted: list[str] = []
        for _ in range(_MOST_ROUNDS):
            listed = await self.reading.users.register(wanted, handle, session_id, over)
            if isinstance(listed, Listed):
                return await self._write(wanted, listed, evicted)
            if isinstance(listed, Ended):
                return listed
            over = await self._over(wanted, listed)
            if over:
                continue
            if wanted.reject:
                return TooMany()
            over = await self._evict(wanted, listed)
            evicted += [row.handle for row in over]
        raise Overloaded("max_sessions of the request")

    async def _write(self, wanted: NewSession, listed: Listed, evicted: Sequence[str]) -> Created | Ended:
        fields = of_new(wanted, listed.handle, listed.valid_from)
        session, replicas = await self.reading.sessions.create(
            wanted.space, listed.session_id, fields, announced=True, min_replicas=wanted.min_replicas
        )
        if session is None:
            return Ended()
        acked = min(listed.replicas, replicas)
        return Created(session, tuple(evicted), valid_from(listed.mark), acked)

    async def _over(self, wanted: NewSession, full: Full) -> list[Row]:
        """Rows that stand for no session any more: Redis's TTLs take none from the list."""
        found = await asyncio.gather(
            *(self.reading.sessions.get(wanted.space, row.session_id) for row in full.rows)
        )
        gone = [row for row, one in zip(full.rows, found, strict=True) if isinstance(one, Missing)]
        if not gone:
            return []
        await self.reading.users.forget(wanted.space, wanted.user_id, gone)
        left = await self.reading.users.rows(wanted.space, wanted.user_id, "", 0, len(full.rows))
        kept = {row.handle for row in left}
        return [row for row in gone if row.handle not in kept]

    async def _evict(self, wanted: NewSession, full: Full) -> list[Row]:
        """Revoke those that were listed first, as many as are too many."""
        oldest = sorted(full.rows, key=lambda row: row.since)[: full.listed - wanted.max_sessions + 1]
        handles = [row.handle for row in oldest]
        await self.revoking.by_handles(wanted.space, wanted.user_id, handles, wanted.min_replicas)
        return oldest

    def _check_size(self, wanted: NewSession, handle: str) -> None:
        most = self.reading.users.acts.limits.max_session_bytes
        if size_of(of_new(wanted, handle, 10**15)) > most:
            raise InvalidRequest({"attributes": f"the session must be at most {most} bytes"})

    def _clean(self, wanted: NewSession, handle: str) -> None:
        self.cleaning.spawn("session.revoke_unfinished", self._revoke(wanted, handle))

    async def _revoke(self, wanted: NewSession, handle: str) -> None:
        for pause in _CLEANING_PAUSES:
            await asyncio.sleep(pause)
            try:
                await self.revoking.by_handles(wanted.space, wanted.user_id, [handle])
            except QuikstateError:
                continue
            return
        _log.warning("session.left_to_expire")
