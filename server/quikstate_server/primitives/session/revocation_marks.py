"""The scripts that set a user's revocation marks: one typed method for each Lua file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
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
from quikstate_server.redis_client.reply_types import read_bytes, read_list
from quikstate_server.redis_client.script import load_script
from quikstate_server.settings import Limits

_PARTS = ("session_user_index.lua", "session_revocation_marks.lua")
REVOKE_SESSIONS = load_script(__package__, "session_revoke_sessions.lua", *_PARTS, flags="allow-oom")
REVOKE_USER_TOKENS = load_script(__package__, "session_revoke_user_tokens.lua", *_PARTS, flags="allow-oom")

_MAX_ENTRIES = 1_000
"""Most entries of the index that one revocation reads."""
_NO_HANDLES: Mapping[str, int | None] = MappingProxyType({})


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
    redis_client: RedisClient
    limits: Limits

    async def revoke_sessions(
        self,
        keyspace: Keyspace,
        user_id: str,
        scope: str,
        subject: str = "",
        handles: Mapping[str, int | None] = _NO_HANDLES,
        min_replicas: int = 0,
    ) -> MarkedSessions:
        """Revoke sessions by marks. `scope` is `handles`, `user`, `but` or `device`.

        `subject` is the handle to keep, for `but`, or the device. `handles` maps each handle to the
        microseconds that its session may still live, None if unknown.
        """
        acknowledged = await self.redis_client.run_acknowledged(
            REVOKE_SESSIONS,
            user_keys(keyspace, user_id),
            scope,
            subject,
            mark_memory(self.limits),
            _MAX_ENTRIES,
            self.limits.max_user_marks,
            *chain.from_iterable(
                (handle, "" if remaining is None else remaining) for handle, remaining in handles.items()
            ),
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )
        mark, all_marked, *entries = read_list(acknowledged.reply)
        return MarkedSessions(int(mark or 0), bool(all_marked), parse_entries(entries), acknowledged.replicas)

    async def revoke_tokens(
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
