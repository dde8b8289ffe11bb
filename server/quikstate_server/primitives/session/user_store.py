"""The acts on one user's list and marks: one typed method for each Lua file."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple, cast

from quikstate_server import keys
from quikstate_server.errors import InvalidRequest
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.hash_fields import microseconds
from quikstate_server.primitives.session.model import Ended, NewSession, Session
from quikstate_server.primitives.session.script_runner import Acts, script
from quikstate_server.redis_client.packing import Argument

_USER = "session_user.lua"
_MARKS = (_USER, "session_marks.lua")
REGISTER = script("session_register.lua", *_MARKS, "session_listed.lua")
RELIST = script("session_relist.lua", _USER)
FORGET = script("session_forget.lua", _USER, allow_oom=True)
STANDING = script("session_standing.lua", _USER, read_only=True)
LIST_SESSIONS = script("session_list_sessions.lua", _USER, read_only=True)
REVOKE_SESSIONS = script("session_revoke_sessions.lua", *_MARKS, allow_oom=True)
REVOKE_USER_TOKENS = script("session_revoke_user_tokens.lua", *_MARKS, allow_oom=True)

_SIDECARS = ("ids", "not_before", "revoked")
WRITING_SECONDS = 10.0
"""How long a listed session may not be there yet: far longer than a late write can run."""
MOST_ROWS = 1_000
"""Rows that one script reads."""
_MOST_STANDING = 100
"""Sessions that one script looks at, so that nobody waits long for it."""
_NONE: Mapping[str, int | None] = MappingProxyType({})


class Row(NamedTuple):
    """One session in a user's list. `about` is what the list says of it, quoted when it is forgotten."""

    handle: str
    about: str
    ends: int = 0

    @property
    def session_id(self) -> str:
        """Empty if the list has lost it."""
        return "".join(self.about.split(" ", 2)[2:])

    def may_be_on_its_way(self, now: int) -> bool:
        """Whether it was listed so recently that it may not be written yet."""
        told, _, rest = self.about.partition(" ")
        since = rest.partition(" ")[0]
        return told == "listed" and since.isdecimal() and now - int(since) < microseconds(WRITING_SECONDS)


class Listed(NamedTuple):
    """A session that may now be written, valid from an instant; `mark` is the last that revoked tokens."""

    handle: str
    session_id: str
    valid_from: int
    mark: int
    evicted: Sequence[Row]
    replicas: int


class Full(NamedTuple):
    """The user has too many sessions, of which these are some, at the instant `now`."""

    now: int
    rows: Sequence[Row]


class Evicted(NamedTuple):
    """These were revoked, and more have to go."""

    rows: Sequence[Row]


class Marked(NamedTuple):
    """What a revocation found listed, and the instant up to which all is revoked, or 0.

    `whole` is False if there was no room for a mark of what is not listed, or of a device.
    """

    mark: int
    whole: bool
    rows: Sequence[Row]
    replicas: int


@dataclass(frozen=True, slots=True)
class UserStore:
    acts: Acts

    async def register(
        self, wanted: NewSession, handle: str, session_id: str, over: Sequence[Row], *, make_room: bool
    ) -> Listed | Full | Evicted | Ended:
        """List a session that is about to be written, in place of those that are over.

        `make_room` revokes others for it, those that were created first.
        """
        reply, replicas = await self.acts.run(
            REGISTER,
            _register_keys(wanted),
            handle,
            session_id,
            microseconds(wanted.lifetime),
            wanted.max_sessions,
            wanted.device_id,
            self.acts.limits.request_memory_seconds * 1_000,
            _fingerprint(wanted),
            int(make_room),
            *_words(over),
            min_replicas=wanted.min_replicas,
        )
        match cast("list[object]", reply):
            case [b"listed", bytes(known), bytes(known_id), bytes(stamp), bytes(mark), *rows]:
                evicted = _pairs(cast("list[bytes]", rows))
                return Listed(known.decode(), known_id.decode(), int(stamp), int(mark), evicted, replicas)
            case [b"full", bytes(now), int(), *rows]:
                return Full(int(now), _pairs(cast("list[bytes]", rows)))
            case [b"evicted", *rows]:
                return Evicted(_pairs(cast("list[bytes]", rows)))
            case [b"other request"]:
                raise InvalidRequest({"request_id": "was given to another request before"})
        return Ended()

    async def relist(self, keyspace: Keyspace, session: Session, min_replicas: int = 0) -> tuple[bool, int]:
        """List the session under the id it has now; False if it was revoked."""
        ends = session.expires
        if ends is None:
            ends = session.read_at + self.acts.memory
        about = (session.handle, session.session_id, session.device_id, session.valid_from, ends)
        reply, replicas = await self.acts.run(
            RELIST, _keys(keyspace, session.user_id), *about, min_replicas=min_replicas
        )
        return bool(reply), replicas

    async def id_of(self, keyspace: Keyspace, user_id: str, handle: str) -> str:
        """The id that the list knows a session by; "" if it does not."""
        key = keyspace.sidecar(keys.user_sessions(user_id), "ids")
        about = await self.acts.redis_client.command("HGET", key, handle, key=key, read_only=True)
        return Row(handle, about.decode(errors="replace")).session_id if isinstance(about, bytes) else ""

    async def forget(
        self, keyspace: Keyspace, user_id: str, rows: Sequence[Row], *, written: bool = False
    ) -> None:
        """Take sessions from the list that are over. `written` says that none is still being written."""
        if rows:
            grace = 0 if written else microseconds(WRITING_SECONDS)
            await self.acts.run(FORGET, _keys(keyspace, user_id), grace, *_words(rows))

    async def standing(self, keyspace: Keyspace, user_id: str, sessions: Sequence[Session]) -> list[int]:
        """For each session 0 if it was revoked, 1 if it stands, 2 if it is listed too."""
        if len(sessions) <= _MOST_STANDING:
            return await self._standing(keyspace, user_id, sessions)
        parts = range(0, len(sessions), _MOST_STANDING)
        told = await asyncio.gather(
            *(self._standing(keyspace, user_id, sessions[at : at + _MOST_STANDING]) for at in parts)
        )
        return list(chain.from_iterable(told))

    async def _standing(self, keyspace: Keyspace, user_id: str, sessions: Sequence[Session]) -> list[int]:
        if not sessions:
            return []
        words: list[tuple[Argument, ...]] = [
            (one.handle, one.session_id, one.device_id, one.valid_from) for one in sessions
        ]
        reply, _ = await self.acts.run(STANDING, _keys(keyspace, user_id), *chain.from_iterable(words))
        return cast("list[int]", reply)

    async def rows(self, keyspace: Keyspace, user_id: str, after: str, ended: int, count: int) -> list[Row]:
        """A page of the list: what comes after the row `after`, or `ended` if that is gone."""
        reply, _ = await self.acts.run(LIST_SESSIONS, _keys(keyspace, user_id), after, ended, count)
        words = _texts(cast("list[bytes]", reply))
        triples = zip(words[::3], words[1::3], words[2::3], strict=True)
        return [Row(handle, about, int(ends)) for handle, about, ends in triples]

    async def revoke(
        self,
        keyspace: Keyspace,
        user_id: str,
        which: str,
        subject: str = "",
        handles: Mapping[str, int | None] = _NONE,
        min_replicas: int = 0,
    ) -> Marked:
        """`which` is `handles`, `user`, `but` with the handle kept as `subject`, or `device`.

        Beside each handle, the microseconds that its session may live yet, if that is known.
        """
        words: tuple[Argument, ...] = (which, subject, self.acts.memory, MOST_ROWS)
        pairs = [word for one, left in handles.items() for word in (one, "" if left is None else left)]
        most = self.acts.limits.max_user_marks
        reply, replicas = await self.acts.run(
            REVOKE_SESSIONS, _keys(keyspace, user_id), *words, most, *pairs, min_replicas=min_replicas
        )
        mark, whole, *rows = cast("list[bytes]", reply)
        return Marked(int(mark or 0), bool(whole), _pairs(rows), replicas)

    async def revoke_tokens(
        self, keyspace: Keyspace, user_id: str, before: int | None, min_replicas: int
    ) -> tuple[int, int]:
        """Revoke all tokens issued before an instant, None for now; the mark, and the replicas."""
        reply, replicas = await self.acts.run(
            REVOKE_USER_TOKENS,
            _keys(keyspace, user_id),
            "" if before is None else before,
            self.acts.memory,
            min_replicas=min_replicas,
        )
        return int(cast("bytes", reply)), replicas


def events_channel(keyspace: Keyspace, user_id: str) -> str:
    """Where the scripts say what becomes of a user's sessions."""
    return keyspace.sidecar(keys.user_sessions(user_id), "events")


def not_before_key(keyspace: Keyspace, user_id: str) -> str:
    return keyspace.sidecar(keys.user_sessions(user_id), "not_before")


def _keys(keyspace: Keyspace, user_id: str) -> list[str]:
    return keyspace.family(keys.user_sessions(user_id), _SIDECARS)


def _register_keys(wanted: NewSession) -> list[str]:
    name = keys.user_sessions(wanted.user_id)
    suffixes = [*_SIDECARS, "given"]
    if wanted.request_id:
        suffixes.append(f"request:{keys.segment(wanted.request_id)}")
    return wanted.keyspace.family(name, suffixes)


def _fingerprint(wanted: NewSession) -> str:
    """Tells requests apart that have the same id."""
    if not wanted.request_id:
        return ""
    asked = replace(wanted, keyspace=Keyspace(), attributes={}, min_replicas=0)
    told = repr((asked, sorted(wanted.attributes.items())))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _words(rows: Sequence[Row]) -> list[str]:
    return [word for row in rows for word in (row.handle, row.about)]


def _pairs(words: Sequence[bytes]) -> list[Row]:
    texts = _texts(words)
    return [Row(handle, about) for handle, about in zip(texts[::2], texts[1::2], strict=True)]


def _texts(words: Sequence[bytes]) -> list[str]:
    """What a raw client wrote may be no UTF-8."""
    return [word.decode(errors="replace") for word in words]
