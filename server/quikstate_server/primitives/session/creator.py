"""Logging in: the session is listed first and written then, so that whatever breaks leaves a row at most."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import InvalidRequest, QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.hash_fields import microseconds, of_new, size_of
from quikstate_server.primitives.session.model import Created, Ended, Missing, NewSession, TooMany, valid_from
from quikstate_server.primitives.session.names import handle_of, new_id
from quikstate_server.primitives.session.reader import Reading
from quikstate_server.primitives.session.revoker import Revoking
from quikstate_server.primitives.session.user_store import WRITING_SECONDS, Evicted, Full, Listed, Row

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
        """Ask whether there is room, look which sessions are over, and then make room, in one script.

        So whoever logs in beside others gets a session, and it is the last that is left.
        """
        users = self.reading.users
        over: list[Row] = []
        evicted: list[Row] = []
        make_room = False
        while True:
            answer = await users.register(wanted, handle, session_id, over, make_room=make_room)
            match answer:
                case Ended():
                    return answer
                case Listed():
                    return await self._write(wanted, answer, [*evicted, *answer.evicted])
                case Evicted(rows):
                    evicted += rows
                case Full():
                    found = await self._over(wanted, answer)
                    if wanted.reject and not set(found) - set(over):
                        return TooMany()
                    over, make_room = found, not wanted.reject

    async def _write(self, wanted: NewSession, listed: Listed, evicted: Sequence[Row]) -> Created | Ended:
        fields = of_new(wanted, listed.handle, listed.valid_from)
        (session, replicas), _ = await asyncio.gather(
            self.reading.sessions.create(wanted.keyspace, listed.session_id, fields, wanted.min_replicas),
            self._end(wanted.keyspace, evicted),
        )
        if session is None:
            return Ended()
        acked = min(listed.replicas, replicas)
        handles = tuple(row.handle for row in evicted)
        return Created(session, handles, valid_from(listed.mark), acked)

    async def _end(self, keyspace: Keyspace, evicted: Sequence[Row]) -> None:
        """Delete what was evicted. If that fails, it is as revoked as before, and its TTL ends it."""
        if evicted:
            await asyncio.gather(
                *(self.revoking.drop(keyspace, row) for row in evicted), return_exceptions=True
            )
            _log.info("session.evicted", sessions=len(evicted))

    async def _over(self, wanted: NewSession, full: Full) -> list[Row]:
        """Rows that stand for no session any more: Redis's TTLs take none from the list."""
        found = await self.reading.of_rows(wanted.keyspace, wanted.user_id, full.rows)
        return [
            row
            for row, one in zip(full.rows, found, strict=True)
            if isinstance(one, Missing) and (one.was_there or not row.may_be_on_its_way(full.now))
        ]

    def _check_size(self, wanted: NewSession, handle: str) -> None:
        most = self.reading.users.acts.limits.max_session_bytes
        if size_of(of_new(wanted, handle, 10**15)) > most:
            raise InvalidRequest({"attributes": f"the session must be at most {most} bytes"})

    def _clean(self, wanted: NewSession, handle: str) -> None:
        self.cleaning.spawn("session.revoke_unfinished", self._revoke(wanted, handle))

    async def _revoke(self, wanted: NewSession, handle: str) -> None:
        longest = microseconds(wanted.lifetime + WRITING_SECONDS)
        for pause in _CLEANING_PAUSES:
            await asyncio.sleep(pause)
            try:
                await self.revoking.by_handles(wanted.keyspace, wanted.user_id, {handle: longest})
            except QuikstateError:
                continue
            return
        _log.warning("session.left_to_expire")
