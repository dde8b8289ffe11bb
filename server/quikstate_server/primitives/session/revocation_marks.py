"""The scripts that set a user's revocation marks: one typed method for each Lua file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.user_session_store import (
    IndexEntry,
    mark_memory,
    parse_entries,
    user_keys,
)
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.reply_types import read_bytes, read_list
from quikstate_server.redis_client.script import load_script
from quikstate_server.settings import Limits

_PARTS = ("session_user_index.lua", "session_revocation_marks.lua")
REVOKE_SESSIONS = load_script(__package__, "session_revoke_sessions.lua", *_PARTS, flags="allow-oom")
REVOKE_USER_TOKENS = load_script(__package__, "session_revoke_user_tokens.lua", *_PARTS, flags="allow-oom")

_MAX_ENTRIES = 1_000
"""Most entries of the index that one revocation reads."""


class MarkedSessions(NamedTuple):
    """The sessions in the index that a revocation covers, and its mark, or 0.

    `all_marked` is False if the user has too many marks to add one for a device, or for a handle that the
    index lacks.
    """

    mark: int
    all_marked: bool
    entries: Sequence[IndexEntry]
    replicas: int


@dataclass(frozen=True, slots=True)
class RevocationMarks:
    """The revocation marks of users in Redis."""

    redis_client: RedisClient
    limits: Limits

    async def mark_handles(
        self, keyspace: Keyspace, user_id: str, handles: Mapping[str, int | None], min_replicas: int
    ) -> MarkedSessions:
        """Revoke sessions. Each handle maps to the µs that its session may still live, None if unknown."""
        pairs = [(handle, "" if remaining is None else remaining) for handle, remaining in handles.items()]
        return await self._mark(keyspace, user_id, "handles", "", min_replicas, *chain.from_iterable(pairs))

    async def mark_user(
        self, keyspace: Keyspace, user_id: str, keep: str, min_replicas: int
    ) -> MarkedSessions:
        """Revoke all of a user's sessions, but the one with the handle `keep` unless that is ""."""
        scope = "all_but_one" if keep else "user"
        return await self._mark(keyspace, user_id, scope, keep, min_replicas)

    async def mark_device(
        self, keyspace: Keyspace, user_id: str, device_id: str, min_replicas: int
    ) -> MarkedSessions:
        """Revoke all of a user's sessions on one device."""
        return await self._mark(keyspace, user_id, "device", device_id, min_replicas)

    async def _mark(
        self, keyspace: Keyspace, user_id: str, scope: str, subject: str, min_replicas: int, *args: Argument
    ) -> MarkedSessions:
        acknowledged = await self.redis_client.run_acknowledged(
            REVOKE_SESSIONS,
            user_keys(keyspace, user_id),
            scope,
            subject,
            mark_memory(self.limits),
            _MAX_ENTRIES,
            self.limits.max_user_marks,
            *args,
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )
        mark, all_marked, *entries = read_list(acknowledged.reply)
        return MarkedSessions(int(mark or 0), bool(all_marked), parse_entries(entries), acknowledged.replicas)

    async def mark_tokens(
        self, keyspace: Keyspace, user_id: str, issued_before: int | None, min_replicas: int
    ) -> tuple[int, int]:
        """Revoke all tokens issued before an instant, None for now; return the mark, and the replicas."""
        acknowledged = await self.redis_client.run_acknowledged(
            REVOKE_USER_TOKENS,
            user_keys(keyspace, user_id),
            "" if issued_before is None else issued_before,
            mark_memory(self.limits),
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )
        return int(read_bytes(acknowledged.reply)), acknowledged.replicas


def not_before_key(keyspace: Keyspace, user_id: str) -> str:
    """Return the key of a user's revocation marks."""
    return keyspace.sidecar(keys.user_sessions(user_id), "not_before")
