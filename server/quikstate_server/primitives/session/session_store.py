"""The scripts on one session: one typed method for each Lua file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.hash_fields import (
    ATTRIBUTE_PREFIX,
    attribute_fields,
    flatten,
    parse_session,
    read_hash,
    to_microseconds,
)
from quikstate_server.primitives.session.identifiers import handle_of, new_successor_id
from quikstate_server.primitives.session.model import Session, SessionChangeKind, SessionNotFound
from quikstate_server.primitives.session.user_session_store import (
    MAX_WRITE_SECONDS,
    events_channel,
    mark_memory,
)
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.reply_types import read_fields, read_list, read_text, read_texts
from quikstate_server.redis_client.script import load_script
from quikstate_server.settings import Limits

_HASH = "session_hash.lua"
CREATE = load_script(__package__, "session_create.lua", _HASH)
GET = load_script(__package__, "session_get.lua", _HASH, read_only=True)
TOUCH = load_script(__package__, "session_get.lua", _HASH)
UPDATE = load_script(__package__, "session_update.lua", _HASH)
ROTATE = load_script(__package__, "session_rotate.lua", _HASH)
DELETE = load_script(__package__, "session_delete.lua", _HASH, flags="allow-oom")

_WRITTEN_MS = round(1_000 * MAX_WRITE_SECONDS)


class RotationPointer(NamedTuple):
    """The pointer that a rotated id leaves behind. `remembered_for` µs; None if it has no TTL."""

    in_grace: bool
    successor_id: str
    user_id: str
    handle: str
    remembered_for: int | None


class UpdateResult(NamedTuple):
    """`verdict` is `live` if the update was done, else `version` or `too big`."""

    verdict: str
    session: Session
    replicas: int


class DeleteResult(NamedTuple):
    """`successor_id` is the id that the session has now, if it was rotated."""

    existed: bool
    successor_id: str
    replicas: int


@dataclass(frozen=True, slots=True)
class SessionStore:
    """The sessions' hashes and rotation pointers in Redis."""

    redis_client: RedisClient
    limits: Limits

    async def create(
        self, keyspace: Keyspace, session_id: str, fields: Mapping[str, str | int], min_replicas: int = 0
    ) -> tuple[Session | None, int]:
        """Write a session; return it, or None if it has ended, and the replicas. An existing one stays."""
        user_id, handle, expires_at = str(fields["userId"]), str(fields["handle"]), int(fields["expiresUs"])
        idle_timeout = int(fields.get("idleUs") or 0)
        acknowledged = await self.redis_client.run_acknowledged(
            CREATE,
            _keys(keyspace, session_id),
            expires_at,
            int(fields["lastSeenUs"]) + idle_timeout if idle_timeout else 0,
            _WRITTEN_MS,
            events_channel(keyspace, user_id),
            _encode_event(SessionChangeKind.CREATED, handle, expires_at),
            *flatten(fields),
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )
        session = self._parse(session_id, acknowledged.reply)
        return (session if isinstance(session, Session) else None), acknowledged.replicas

    async def get(
        self, keyspace: Keyspace, session_id: str, *, touch: bool = False
    ) -> Session | RotationPointer | SessionNotFound:
        """Read a session, or what is left of it."""
        min_touch_interval = max(1, to_microseconds(self.limits.session_touch_seconds)) if touch else 0
        reply = await self.redis_client.run(
            TOUCH if touch else GET, _keys(keyspace, session_id), min_touch_interval, safe_to_repeat=True
        )
        return self._parse(session_id, reply)

    async def update(
        self,
        keyspace: Keyspace,
        session_id: str,
        changed: Mapping[str, str],
        removed: Sequence[str],
        expected_version: int | None,
        min_replicas: int,
    ) -> UpdateResult | RotationPointer | SessionNotFound:
        """Set and remove attributes."""
        acknowledged = await self.redis_client.run_acknowledged(
            UPDATE,
            _keys(keyspace, session_id),
            "" if expected_version is None else expected_version,
            self.limits.max_session_bytes,
            len(removed),
            *(ATTRIBUTE_PREFIX + name for name in removed),
            *flatten(attribute_fields(changed)),
            min_replicas=min_replicas,
        )
        verdict, *rest = read_list(acknowledged.reply)
        had_session = verdict in (b"live", b"version", b"too big")
        result = self._parse(session_id, [b"live" if had_session else verdict, *rest])
        if isinstance(result, Session):
            return UpdateResult(read_text(verdict), result, acknowledged.replicas)
        return result

    async def rotate(
        self,
        keyspace: Keyspace,
        session: Session | RotationPointer,
        session_id: str,
        grace: float,
        min_replicas: int,
    ) -> tuple[Session | RotationPointer | SessionNotFound, int]:
        """Give `session`, as it was read by this id, a new id; a RotationPointer if it has one already."""
        successor_id = new_successor_id(keyspace, session_id)
        expires_at = session.expires_at or 0 if isinstance(session, Session) else 0
        acknowledged = await self.redis_client.run_acknowledged(
            ROTATE,
            [*_keys(keyspace, session_id), *_keys(keyspace, successor_id)],
            successor_id,
            handle_of(session_id),
            to_microseconds(grace),
            mark_memory(self.limits) // 1_000,
            _WRITTEN_MS,
            events_channel(keyspace, session.user_id),
            _encode_event(SessionChangeKind.ROTATED, session.handle, expires_at),
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )
        return self._parse(successor_id, acknowledged.reply), acknowledged.replicas

    async def delete(
        self, keyspace: Keyspace, session_id: str, min_replicas: int = 0, *, may_be_unwritten: bool = False
    ) -> DeleteResult:
        """Delete a session that is revoked. One that `may_be_unwritten` is not written afterwards either."""
        acknowledged = await self.redis_client.run_acknowledged(
            DELETE,
            _keys(keyspace, session_id),
            _WRITTEN_MS if may_be_unwritten else 0,
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )
        existed, successor_id = read_fields(acknowledged.reply, int, bytes)
        return DeleteResult(bool(existed), read_text(successor_id), acknowledged.replicas)

    def _parse(self, session_id: str, reply: object) -> Session | RotationPointer | SessionNotFound:
        match reply:
            case [b"live", bytes(now), int(ttl_ms), list(fields)]:
                max_clock_lead = to_microseconds(self.limits.max_clock_lead_seconds)
                session = parse_session(session_id, read_hash(fields), int(now), ttl_ms, max_clock_lead)
                return session or SessionNotFound(existed=True)
            case [(b"rotated" | b"replayed") as kind, *identity, int(ttl_ms)]:
                successor_id, user_id, handle = read_texts(identity)
                remembered_for = ttl_ms * 1_000 if ttl_ms >= 0 else None
                return RotationPointer(kind == b"rotated", successor_id, user_id, handle, remembered_for)
        return SessionNotFound(existed=reply == [b"gone"])


def _encode_event(kind: SessionChangeKind, handle: str, expires_at: int = 0) -> str:
    """Return the message that the script publishes on the user's channel."""
    return json.dumps({"kind": kind.value, "handle": handle, "ends": expires_at})


def _keys(keyspace: Keyspace, session_id: str) -> list[str]:
    return keyspace.family(keys.session(session_id), ("rotated",))
