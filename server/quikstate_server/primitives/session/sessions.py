"""Sessions: the primitive that SessionService calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import InvalidRequest
from quikstate_server.keys import Keyspace
from quikstate_server.logs import get_logger
from quikstate_server.primitives.session.creator import SessionCreator
from quikstate_server.primitives.session.identifiers import digest_for_log
from quikstate_server.primitives.session.model import (
    NewSession,
    RevocationResult,
    SessionCreated,
    SessionEnded,
    SessionFound,
    SessionLimitReached,
    SessionNotFound,
    SessionReplayed,
    SessionSnapshot,
    SessionVersionMismatch,
)
from quikstate_server.primitives.session.reader import Page, SessionReader
from quikstate_server.primitives.session.revocation_marks import RevocationMarks
from quikstate_server.primitives.session.revoker import SessionRevoker
from quikstate_server.primitives.session.rotator import SessionRotator
from quikstate_server.primitives.session.session_store import SessionStore, UpdateResult
from quikstate_server.primitives.session.user_session_store import UserSessionStore
from quikstate_server.primitives.session.watch import SessionMailbox, SessionWatches
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits

_log = get_logger()


class Sessions:
    """The sessions of all users. Several servers may share one Redis."""

    def __init__(self, redis_client: RedisClient, limits: Limits) -> None:
        self._limits = limits
        self._reader = SessionReader(
            SessionStore(redis_client, limits), UserSessionStore(redis_client, limits)
        )
        self._revoker = SessionRevoker(self._reader, RevocationMarks(redis_client, limits))
        self._creator = SessionCreator(self._reader, self._revoker, BackgroundTasks(redis_client.monitor))
        self._rotator = SessionRotator(self._reader)
        self._watches = SessionWatches(self._reader, redis_client, limits.max_page_size)

    async def start(self) -> None:
        """Do nothing: no task runs before the first call that needs one."""

    async def close(self) -> None:
        """End all watches and the cleanup after failed calls."""
        await self._watches.close()
        await self._creator.close()

    async def create(self, new: NewSession) -> SessionCreated | SessionLimitReached | SessionEnded:
        """Create a session."""
        return await self._creator.create(new)

    async def get(
        self, keyspace: Keyspace, session_id: str, *, touch: bool = False, revoke_on_replay: bool = False
    ) -> SessionFound | SessionNotFound | SessionReplayed:
        """Return the session of an id."""
        result = await self._reader.get(keyspace, session_id, touch=touch)
        return await self._handle_replay(keyspace, session_id, result, revoke=revoke_on_replay)

    async def update(
        self,
        keyspace: Keyspace,
        session_id: str,
        changed: Mapping[str, str],
        removed: Sequence[str] = (),
        expected_version: int | None = None,
        min_replicas: int = 0,
    ) -> SessionFound | SessionNotFound | SessionReplayed | SessionVersionMismatch:
        """Set and remove attributes. Raise InvalidRequest if the session would be too large."""
        result = await self._reader.follow(
            keyspace,
            session_id,
            lambda current_id: self._reader.sessions.update(
                keyspace, current_id, changed, removed, expected_version, min_replicas
            ),
        )
        if not isinstance(result, UpdateResult):
            return result
        if result.verdict == "too big":
            max_bytes = self._limits.max_session_bytes
            raise InvalidRequest({"set": f"the session must have at most {max_bytes} bytes"})
        session = result.session
        rotated = session.session_id != session_id
        found = await self._reader.unless_revoked(keyspace, SessionFound(session, rotated, result.replicas))
        if isinstance(found, SessionFound) and result.verdict == "version":
            return SessionVersionMismatch(session)
        return found

    async def rotate(
        self,
        keyspace: Keyspace,
        session_id: str,
        grace: float,
        *,
        revoke_on_replay: bool = False,
        min_replicas: int = 0,
    ) -> SessionFound | SessionNotFound | SessionReplayed:
        """Give the session a new id, and return it under that."""
        result = await self._rotator.rotate(keyspace, session_id, grace, min_replicas)
        return await self._handle_replay(keyspace, session_id, result, revoke=revoke_on_replay)

    async def revoke_ids(
        self, keyspace: Keyspace, session_ids: Sequence[str], min_replicas: int = 0
    ) -> RevocationResult:
        """Revoke the sessions of these ids."""
        return await self._revoker.revoke_ids(keyspace, session_ids, min_replicas)

    async def revoke_handles(
        self, keyspace: Keyspace, user_id: str, handles: Sequence[str], min_replicas: int = 0
    ) -> RevocationResult:
        """Revoke a user's sessions by their handles."""
        return await self._revoker.revoke_handles(keyspace, user_id, dict.fromkeys(handles), min_replicas)

    async def revoke_user(
        self,
        keyspace: Keyspace,
        user_id: str,
        *,
        keep_handle: str = "",
        keep_id: str = "",
        min_replicas: int = 0,
    ) -> RevocationResult:
        """Revoke all of a user's sessions but one, if one is named, and all tokens."""
        keep = await self._revoker.find_handle(keyspace, user_id, keep_id) if keep_id else keep_handle
        return await self._revoker.revoke_user(keyspace, user_id, keep=keep, min_replicas=min_replicas)

    async def delete_user(self, keyspace: Keyspace, user_id: str) -> int:
        """Revoke all of a user's sessions and tokens, and delete the sessions; return how many lived."""
        return await self._revoker.delete_user(keyspace, user_id)

    async def revoke_device(
        self, keyspace: Keyspace, user_id: str, device_id: str, min_replicas: int = 0
    ) -> RevocationResult:
        """Revoke a user's sessions on one device, and the tokens issued to it."""
        return await self._revoker.revoke_device(keyspace, user_id, device_id, min_replicas)

    async def list(
        self, keyspace: Keyspace, user_id: str, after: str, after_expires_at: int, size: int
    ) -> Page:
        """Return a page of the user's sessions: those after the one of the handle `after`."""
        return await self._reader.read_page(keyspace, user_id, after, after_expires_at, size)

    def watch(
        self, keyspace: Keyspace, user_id: str, mailbox: SessionMailbox
    ) -> AbstractAsyncContextManager[SessionSnapshot]:
        """Return the user's current sessions; while entered, `mailbox` gets each change."""
        return self._watches.watch(keyspace, user_id, mailbox)

    async def _handle_replay(
        self,
        keyspace: Keyspace,
        session_id: str,
        result: SessionFound | SessionNotFound | SessionReplayed,
        *,
        revoke: bool,
    ) -> SessionFound | SessionNotFound | SessionReplayed:
        """Log a replay, and revoke the session if `revoke` asks for it."""
        if not isinstance(result, SessionReplayed):
            return result
        if revoke:
            handles = {result.handle: result.remembered_for}
            await self._revoker.revoke_handles(keyspace, result.user_id, handles)
        _log.warning("session.replayed", session=digest_for_log(session_id), revoked=revoke)
        return replace(result, revoked=revoke)
