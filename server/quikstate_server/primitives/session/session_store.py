"""The acts on one session: one typed method for each Lua file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.acts import Acts, script
from quikstate_server.primitives.session.hash_fields import (
    ATTRIBUTE,
    attributes,
    decoded,
    flat,
    session_of,
)
from quikstate_server.primitives.session.model import Change, Missing, Session
from quikstate_server.primitives.session.names import handle_of
from quikstate_server.primitives.session.user_store import events_channel

_STATE = "session_state.lua"
CREATE = script("session_create.lua", _STATE)
GET = script("session_get.lua", _STATE, read_only=True)
TOUCH = script("session_get.lua", _STATE)
UPDATE = script("session_update.lua", _STATE)
ROTATE = script("session_rotate.lua", _STATE)
RETIRE = script("session_retire.lua", _STATE)
DROP = script("session_drop.lua", _STATE, allow_oom=True)


class Pointer(NamedTuple):
    """The id was rotated away; `answers` while its grace lasts."""

    answers: bool
    successor: str
    user_id: str
    handle: str


class Read(NamedTuple):
    """A session, and its hash as it is."""

    session: Session
    fields: Mapping[str, str]


class Claimed(NamedTuple):
    """The id that the successor has, whoever claimed it, and what it takes over."""

    successor: str
    read: Read


class Updated(NamedTuple):
    """`verdict` is `live` if it was done, else `version` or `too big`."""

    verdict: str
    session: Session
    replicas: int


@dataclass(frozen=True, slots=True)
class SessionStore:
    acts: Acts

    async def create(
        self,
        space: Keyspace,
        session_id: str,
        fields: Mapping[str, str | int],
        *,
        announced: bool,
        min_replicas: int = 0,
    ) -> tuple[Session | None, int]:
        """Write a session; None if it is over. One that is there stays, unless it is an older version."""
        user_id, handle = str(fields["userId"]), str(fields["handle"])
        idle = int(fields.get("idleUs") or 0)
        reply, replicas = await self.acts.run(
            CREATE,
            _keys(space, session_id),
            fields.get("expiresUs") or 0,
            int(fields.get("lastSeenUs") or 0) + idle if idle else 0,
            fields.get("version") or 0,
            events_channel(space, user_id),
            event(Change.CREATED, handle, int(fields.get("expiresUs") or 0)) if announced else "",
            *flat(fields),
            min_replicas=min_replicas,
        )
        read = _read(session_id, cast("list[object]", reply))
        return (read.session if isinstance(read, Read) else None), replicas

    async def get(self, space: Keyspace, session_id: str, *, touch: bool = False) -> Read | Pointer | Missing:
        throttle = max(1, round(self.acts.limits.session_touch_seconds * 1e6)) if touch else 0
        reply, _ = await self.acts.run(TOUCH if touch else GET, _keys(space, session_id), throttle)
        return _read(session_id, cast("list[object]", reply))

    async def update(
        self,
        space: Keyspace,
        session_id: str,
        changed: Mapping[str, str],
        removed: Sequence[str],
        expected_version: int | None,
        min_replicas: int,
    ) -> Updated | Pointer | Missing:
        reply, replicas = await self.acts.run(
            UPDATE,
            _keys(space, session_id),
            "" if expected_version is None else expected_version,
            self.acts.limits.max_session_bytes,
            len(removed),
            *(ATTRIBUTE + name for name in removed),
            *flat(attributes(changed)),
            min_replicas=min_replicas,
            idempotent=False,
        )
        verdict, *rest = cast("list[object]", reply)
        known = verdict in (b"live", b"version", b"too big")
        read = _read(session_id, [b"live", *rest] if known else [verdict, *rest])
        if isinstance(read, Read):
            return Updated(cast("bytes", verdict).decode(), read.session, replicas)
        return read

    async def claim(
        self, space: Keyspace, session_id: str, proposed: str, min_replicas: int = 0
    ) -> Claimed | Pointer | Missing:
        """Settle the id of the successor: `proposed`, if it is the first claim."""
        reply, _ = await self.acts.run(
            ROTATE,
            _keys(space, session_id),
            proposed,
            handle_of(session_id),
            self.acts.memory // 1_000,
            min_replicas=min_replicas,
        )
        verdict, *rest = cast("list[object]", reply)
        if verdict != b"claimed":
            answer = _read(session_id, [verdict, *rest])
            return answer if isinstance(answer, Pointer) else Missing()
        successor, *found = rest
        read = _read(session_id, [b"live", *found])
        return Claimed(cast("bytes", successor).decode(), read) if isinstance(read, Read) else Missing()

    async def retire(
        self, space: Keyspace, session: Session, successor: str, grace: float, min_replicas: int
    ) -> tuple[Read | bool, int]:
        """Make it a pointer to its successor: True; False if it was revoked; what it is if it changed."""
        reply, replicas = await self.acts.run(
            RETIRE,
            _keys(space, session.session_id),
            successor,
            session.version,
            round(grace * 1e6),
            events_channel(space, session.user_id),
            event(Change.ROTATED, session.handle, session.expires or 0),
            min_replicas=min_replicas,
        )
        verdict, *rest = cast("list[object]", reply)
        if verdict == b"changed":
            read = _read(session.session_id, [b"live", *rest])
            return (read if isinstance(read, Read) else False), replicas
        return verdict == b"done", replicas

    async def drop(self, space: Keyspace, session_id: str, min_replicas: int = 0) -> tuple[bool, int]:
        """End the session; True if it was there."""
        reply, replicas = await self.acts.run(DROP, _keys(space, session_id), min_replicas=min_replicas)
        return bool(reply), replicas


def event(change: Change, handle: str, ends: int = 0) -> str:
    """What listeners to the user's channel hear."""
    return json.dumps({"kind": change.value, "handle": handle, "ends": ends})


def _keys(space: Keyspace, session_id: str) -> list[str]:
    return space.family(keys.session(session_id), ("rotated",))


def _read(session_id: str, reply: Sequence[object]) -> Read | Pointer | Missing:
    match reply:
        case [b"live", bytes(now), int(ttl), list(flat_fields)]:
            fields = decoded(flat_fields)
            session = session_of(session_id, fields, int(now), ttl)
            return Read(session, fields) if session else Missing()
        case [(b"rotated" | b"replayed") as verdict, bytes(successor), bytes(user_id), bytes(handle)]:
            return Pointer(verdict == b"rotated", successor.decode(), user_id.decode(), handle.decode())
    return Missing()
