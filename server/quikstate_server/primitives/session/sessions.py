"""Sessions, as callers ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import structlog

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import InvalidRequest
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.creator import Creating
from quikstate_server.primitives.session.model import (
    Created,
    Ended,
    Found,
    Missing,
    NewSession,
    OtherVersion,
    Replayed,
    Revoked,
    Snapshot,
    TooMany,
)
from quikstate_server.primitives.session.names import in_logs
from quikstate_server.primitives.session.reader import Page, Reading
from quikstate_server.primitives.session.revoker import Revoking
from quikstate_server.primitives.session.rotator import Rotating
from quikstate_server.primitives.session.script_runner import Acts
from quikstate_server.primitives.session.session_store import SessionStore, Updated
from quikstate_server.primitives.session.user_store import UserStore
from quikstate_server.primitives.session.watch import EventMailbox, Watches
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits

_log = structlog.get_logger()


class Sessions:
    """Several servers may share one Redis."""

    def __init__(self, redis_client: RedisClient, limits: Limits) -> None:
        acts = Acts(redis_client, limits)
        self._reading = Reading(SessionStore(acts), UserStore(acts))
        self._revoking = Revoking(self._reading)
        self._creating = Creating(self._reading, self._revoking, BackgroundTasks(redis_client.monitor))
        self._rotating = Rotating(self._reading)
        self._watches = Watches(self._reading, redis_client, limits.max_page_size)

    async def start(self) -> None:
        """Nothing runs until it is asked for."""

    async def close(self) -> None:
        await self._watches.close()
        await self._creating.close()

    async def create(self, wanted: NewSession) -> Created | TooMany | Ended:
        return await self._creating.create(wanted)

    async def get(
        self, keyspace: Keyspace, session_id: str, *, touch: bool = False, revoke_on_replay: bool = False
    ) -> Found | Missing | Replayed:
        found = await self._reading.get(keyspace, session_id, touch=touch)
        return await self._judged(keyspace, session_id, found, revoke_on_replay)

    async def update(
        self,
        keyspace: Keyspace,
        session_id: str,
        changed: Mapping[str, str],
        removed: Sequence[str] = (),
        expected_version: int | None = None,
        min_replicas: int = 0,
    ) -> Found | Missing | Replayed | OtherVersion:
        """Set and remove attributes. InvalidRequest if the session would be too large."""
        store = self._reading.sessions
        answer = await self._reading.followed(
            keyspace,
            session_id,
            lambda one: store.update(keyspace, one, changed, removed, expected_version, min_replicas),
        )
        if not isinstance(answer, Updated):
            return answer
        if answer.verdict == "too big":
            most = store.acts.limits.max_session_bytes
            raise InvalidRequest({"set": f"the session must stay within {most} bytes"})
        session = answer.session
        rotated = session.session_id != session_id
        found = await self._reading.if_it_stands(keyspace, Found(session, rotated, answer.replicas))
        if isinstance(found, Found) and answer.verdict == "version":
            return OtherVersion(session)
        return found

    async def rotate(
        self,
        keyspace: Keyspace,
        session_id: str,
        grace: float,
        *,
        revoke_on_replay: bool = False,
        min_replicas: int = 0,
    ) -> Found | Missing | Replayed:
        """The session under its new id."""
        found = await self._rotating.rotate(keyspace, session_id, grace, min_replicas)
        return await self._judged(keyspace, session_id, found, revoke_on_replay)

    async def revoke_ids(
        self, keyspace: Keyspace, session_ids: Sequence[str], min_replicas: int = 0
    ) -> Revoked:
        return await self._revoking.by_ids(keyspace, session_ids, min_replicas)

    async def revoke_handles(
        self, keyspace: Keyspace, user_id: str, handles: Sequence[str], min_replicas: int = 0
    ) -> Revoked:
        return await self._revoking.by_handles(keyspace, user_id, dict.fromkeys(handles), min_replicas)

    async def revoke_user(
        self,
        keyspace: Keyspace,
        user_id: str,
        *,
        keep_handle: str = "",
        keep_id: str = "",
        min_replicas: int = 0,
    ) -> Revoked:
        """All of a user's sessions but one, if one is named, and all tokens."""
        keep = await self._revoking.handle_to_keep(keyspace, user_id, keep_id) if keep_id else keep_handle
        return await self._revoking.all_of(keyspace, user_id, keep=keep, min_replicas=min_replicas)

    async def revoke_device(
        self, keyspace: Keyspace, user_id: str, device_id: str, min_replicas: int = 0
    ) -> Revoked:
        return await self._revoking.device(keyspace, user_id, device_id, min_replicas)

    async def list(self, keyspace: Keyspace, user_id: str, after: str, ended: int, size: int) -> Page:
        """A page of the user's sessions, from behind the row `after`."""
        return await self._reading.page(keyspace, user_id, after, ended, size)

    def watching(
        self, keyspace: Keyspace, user_id: str, mailbox: EventMailbox
    ) -> AbstractAsyncContextManager[Snapshot]:
        """The user's sessions now; while entered, what becomes of them is put into `mailbox`."""
        return self._watches.watching(keyspace, user_id, mailbox)

    async def _judged(
        self, keyspace: Keyspace, session_id: str, found: Found | Missing | Replayed, revoke: bool
    ) -> Found | Missing | Replayed:
        """A replay is logged, and may cost the session."""
        if not isinstance(found, Replayed):
            return found
        if revoke:
            await self._revoking.by_handles(keyspace, found.user_id, {found.handle: found.known_for})
        _log.warning("session.replayed", session=in_logs(session_id), revoked=revoke)
        return replace(found, revoked=revoke)
