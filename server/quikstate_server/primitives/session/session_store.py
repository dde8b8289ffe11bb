"""The acts on one session: one typed method for each Lua file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.hash_fields import (
    ATTRIBUTE,
    attributes,
    decoded,
    flat,
    session_of,
)
from quikstate_server.primitives.session.model import Change, Missing, Session
from quikstate_server.primitives.session.names import handle_of, successor_of
from quikstate_server.primitives.session.script_runner import Acts, script
from quikstate_server.primitives.session.user_store import WRITING_SECONDS, events_channel

_STATE = "session_state.lua"
CREATE = script("session_create.lua", _STATE)
GET = script("session_get.lua", _STATE, read_only=True)
TOUCH = script("session_get.lua", _STATE)
UPDATE = script("session_update.lua", _STATE)
ROTATE = script("session_rotate.lua", _STATE)
DROP = script("session_drop.lua", _STATE, allow_oom=True)

_WRITTEN_MS = round(1_000 * WRITING_SECONDS)


class Pointer(NamedTuple):
    """The id was rotated away; `answers` while its grace lasts. `known_for` µs it is remembered."""

    answers: bool
    successor: str
    user_id: str
    handle: str
    known_for: int | None


class Updated(NamedTuple):
    """`verdict` is `live` if it was done, else `version` or `too big`."""

    verdict: str
    session: Session
    replicas: int


@dataclass(frozen=True, slots=True)
class SessionStore:
    acts: Acts

    async def create(
        self, keyspace: Keyspace, session_id: str, fields: Mapping[str, str | int], min_replicas: int = 0
    ) -> tuple[Session | None, int]:
        """Write a session; None if it is over. One that is there stays."""
        user_id, handle, expires = str(fields["userId"]), str(fields["handle"]), int(fields["expiresUs"])
        idle = int(fields.get("idleUs") or 0)
        reply, replicas = await self.acts.run(
            CREATE,
            _keys(keyspace, session_id),
            expires,
            int(fields["lastSeenUs"]) + idle if idle else 0,
            _WRITTEN_MS,
            events_channel(keyspace, user_id),
            event(Change.CREATED, handle, expires),
            *flat(fields),
            min_replicas=min_replicas,
        )
        read = self._read(session_id, reply)
        return (read if isinstance(read, Session) else None), replicas

    async def get(
        self, keyspace: Keyspace, session_id: str, *, touch: bool = False
    ) -> Session | Pointer | Missing:
        throttle = max(1, round(self.acts.limits.session_touch_seconds * 1e6)) if touch else 0
        reply, _ = await self.acts.run(TOUCH if touch else GET, _keys(keyspace, session_id), throttle)
        return self._read(session_id, reply)

    async def update(
        self,
        keyspace: Keyspace,
        session_id: str,
        changed: Mapping[str, str],
        removed: Sequence[str],
        expected_version: int | None,
        min_replicas: int,
    ) -> Updated | Pointer | Missing:
        reply, replicas = await self.acts.run(
            UPDATE,
            _keys(keyspace, session_id),
            "" if expected_version is None else expected_version,
            self.acts.limits.max_session_bytes,
            len(removed),
            *(ATTRIBUTE + name for name in removed),
            *flat(attributes(changed)),
            min_replicas=min_replicas,
            safe_to_repeat=False,
        )
        verdict, *rest = cast("list[object]", reply)
        known = verdict in (b"live", b"version", b"too big")
        read = self._read(session_id, [b"live", *rest] if known else reply)
        if isinstance(read, Session):
            return Updated(cast("bytes", verdict).decode(), read, replicas)
        return read

    async def rotate(
        self, keyspace: Keyspace, session: Session | Pointer, session_id: str, grace: float, min_replicas: int
    ) -> tuple[Session | Pointer | Missing, int]:
        """Give the session that had this id when it was read another one; a Pointer if it has it already."""
        successor = successor_of(keyspace, session_id)
        ends = session.expires or 0 if isinstance(session, Session) else 0
        reply, replicas = await self.acts.run(
            ROTATE,
            [*_keys(keyspace, session_id), *_keys(keyspace, successor)],
            successor,
            handle_of(session_id),
            round(grace * 1e6),
            self.acts.memory // 1_000,
            _WRITTEN_MS,
            events_channel(keyspace, session.user_id),
            event(Change.ROTATED, session.handle, ends),
            min_replicas=min_replicas,
        )
        return self._read(successor, reply), replicas

    async def drop(self, keyspace: Keyspace, session_id: str, min_replicas: int = 0) -> tuple[bool, str, int]:
        """End the session: whether it was there, the id it has now if it was rotated, and the replicas."""
        reply, replicas = await self.acts.run(DROP, _keys(keyspace, session_id), min_replicas=min_replicas)
        there, successor = cast("tuple[int, bytes]", reply)
        return bool(there), successor.decode(errors="replace"), replicas

    def _read(self, session_id: str, reply: object) -> Session | Pointer | Missing:
        match reply:
            case [b"live", bytes(now), int(ttl), list(flat_fields)]:
                lead = round(self.acts.limits.max_clock_lead_seconds * 1e6)
                found = session_of(session_id, decoded(flat_fields), int(now), ttl, lead)
                return found or Missing(was_there=True)
            case [(b"rotated" | b"replayed") as verdict, bytes(to), bytes(user), bytes(one), int(ttl)]:
                successor, user_id, handle = (word.decode(errors="replace") for word in (to, user, one))
                known_for = ttl * 1_000 if ttl >= 0 else None
                return Pointer(verdict == b"rotated", successor, user_id, handle, known_for)
        return Missing(was_there=reply == [b"gone"])


def event(change: Change, handle: str, ends: int = 0) -> str:
    """What listeners to the user's channel hear."""
    return json.dumps({"kind": change.value, "handle": handle, "ends": ends})


def _keys(keyspace: Keyspace, session_id: str) -> list[str]:
    return keyspace.family(keys.session(session_id), ("rotated",))
