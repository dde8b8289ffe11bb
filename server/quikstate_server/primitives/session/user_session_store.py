"""The scripts on one user's session index and revocation marks: one typed method for each Lua file."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple, cast

from quikstate_server import keys
from quikstate_server.errors import InvalidRequest
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.hash_fields import to_microseconds
from quikstate_server.primitives.session.model import NewSession, Session, SessionEnded
from quikstate_server.primitives.session.script_runner import ScriptRunner, script
from quikstate_server.redis_client.packing import Argument

_INDEX = "session_user_index.lua"
_MARKS = (_INDEX, "session_revocation_marks.lua")
REGISTER = script("session_register.lua", *_MARKS, "session_eviction.lua")
RESTORE_TO_INDEX = script("session_restore_to_index.lua", _INDEX)
REMOVE_FROM_INDEX = script("session_remove_from_index.lua", _INDEX, allow_oom=True)
CHECK_VALIDITY = script("session_check_validity.lua", _INDEX, read_only=True)
LIST_SESSIONS = script("session_list_sessions.lua", _INDEX, read_only=True)
REVOKE_SESSIONS = script("session_revoke_sessions.lua", *_MARKS, allow_oom=True)
REVOKE_USER_TOKENS = script("session_revoke_user_tokens.lua", *_MARKS, allow_oom=True)

_SIDECARS = ("ids", "not_before", "revoked")
MAX_WRITE_SECONDS = 10.0
"""How long a registered session may not exist yet: far longer than a late write can run."""
_MAX_ENTRIES = 1_000
"""Most entries that one script reads."""
_MAX_CHECKS = 100
"""Most sessions that one script checks, so that it does not delay other callers."""
_NO_HANDLES: Mapping[str, int | None] = MappingProxyType({})


class IndexEntry(NamedTuple):
    """One session in its user's index, with its `record` as session_user_index.lua describes it."""

    handle: str
    record: str
    expires_at: int = 0

    @property
    def session_id(self) -> str:
        """Return the id; "" if the index has lost it."""
        return "".join(self.record.split(" ", 2)[2:])

    def may_be_unwritten(self, now: int) -> bool:
        """Return True if the session was registered so recently that its write may be under way."""
        state, _, rest = self.record.partition(" ")
        valid_from = rest.partition(" ")[0]
        age_limit = to_microseconds(MAX_WRITE_SECONDS)
        return state == "listed" and valid_from.isdecimal() and now - int(valid_from) < age_limit


class Registration(NamedTuple):
    """A session that may now be written; `last_mark` is the last mark that revoked the user's tokens."""

    handle: str
    session_id: str
    valid_from: int
    last_mark: int
    evicted: Sequence[IndexEntry]
    replicas: int


class IndexFull(NamedTuple):
    """The user has too many sessions, of which these are some, at the instant `now`."""

    now: int
    entries: Sequence[IndexEntry]


class PartialEviction(NamedTuple):
    """These sessions were evicted, and more must be."""

    entries: Sequence[IndexEntry]


class MarkedSessions(NamedTuple):
    """The sessions in the index that a revocation covers, and its mark, or 0.

    `all_marked` is False if the user has too many marks to add one for a device, or for a handle that the
    index lacks.
    """

    mark: int
    all_marked: bool
    entries: Sequence[IndexEntry]
    replicas: int


class Validity(IntEnum):
    """The state of a session that exists, as session_check_validity.lua returns it."""

    REVOKED = 0
    MISSING_FROM_INDEX = 1
    VALID = 2


@dataclass(frozen=True, slots=True)
class UserSessionStore:
    runner: ScriptRunner

    async def register(
        self, new: NewSession, handle: str, session_id: str, ended: Sequence[IndexEntry], *, evict: bool
    ) -> Registration | IndexFull | PartialEviction | SessionEnded:
        """Add a session to the index before it is written, in place of those that have ended.

        `evict` makes room for it: the sessions that were created first are revoked.
        """
        acknowledged = await self.runner.run(
            REGISTER,
            _register_keys(new),
            handle,
            session_id,
            to_microseconds(new.lifetime),
            new.max_sessions,
            new.device_id,
            self.runner.limits.request_memory_seconds * 1_000,
            _fingerprint(new),
            int(evict),
            *_flatten(ended),
            min_replicas=new.min_replicas,
        )
        match cast("list[object]", acknowledged.reply):
            case [b"registered", bytes(handle_), bytes(id_), bytes(valid_from), bytes(mark), *evicted]:
                return Registration(
                    handle_.decode(),
                    id_.decode(),
                    int(valid_from),
                    int(mark),
                    _parse_entries(evicted),
                    acknowledged.replicas,
                )
            case [b"full", bytes(now), int(), *entries]:
                return IndexFull(int(now), _parse_entries(entries))
            case [b"evicted", *entries]:
                return PartialEviction(_parse_entries(entries))
            case [b"request id reused"]:
                raise InvalidRequest({"request_id": "was already used for a different request"})
        return SessionEnded()

    async def restore_to_index(
        self, keyspace: Keyspace, session: Session, min_replicas: int = 0
    ) -> tuple[bool, int]:
        """Put a session into the index under its current id; return if it is valid, and the replicas."""
        expires_at = session.expires_at
        if expires_at is None:
            expires_at = session.read_at + self.runner.mark_memory
        acknowledged = await self.runner.run(
            RESTORE_TO_INDEX,
            _keys(keyspace, session.user_id),
            session.handle,
            session.session_id,
            session.device_id,
            session.valid_from,
            expires_at,
            min_replicas=min_replicas,
        )
        return bool(acknowledged.reply), acknowledged.replicas

    async def find_id(self, keyspace: Keyspace, user_id: str, handle: str) -> str:
        """Return the id that the index has for a handle; "" if it has none."""
        key = keyspace.sidecar(keys.user_sessions(user_id), "ids")
        record = await self.runner.redis_client.command("HGET", key, handle, key=key, read_only=True)
        return (
            IndexEntry(handle, record.decode(errors="replace")).session_id
            if isinstance(record, bytes)
            else ""
        )

    async def remove_from_index(
        self, keyspace: Keyspace, user_id: str, entries: Sequence[IndexEntry], *, written: bool = False
    ) -> None:
        """Remove sessions that have ended. `written` says that none of them is still being written."""
        if entries:
            write_time = 0 if written else to_microseconds(MAX_WRITE_SECONDS)
            await self.runner.run(REMOVE_FROM_INDEX, _keys(keyspace, user_id), write_time, *_flatten(entries))

    async def check_validity(
        self, keyspace: Keyspace, user_id: str, sessions: Sequence[Session]
    ) -> list[Validity]:
        """Return for each session whether it was revoked, and whether the index has it."""
        chunks = [sessions[start : start + _MAX_CHECKS] for start in range(0, len(sessions), _MAX_CHECKS)]
        if len(chunks) == 1:  # no task for one script, which is the path of each GetSession
            return await self._check_chunk(keyspace, user_id, sessions)
        results = await asyncio.gather(*(self._check_chunk(keyspace, user_id, chunk) for chunk in chunks))
        return list(chain.from_iterable(results))

    async def _check_chunk(
        self, keyspace: Keyspace, user_id: str, sessions: Sequence[Session]
    ) -> list[Validity]:
        args: Iterable[Argument] = chain.from_iterable(
            (session.handle, session.session_id, session.device_id, session.valid_from)
            for session in sessions
        )
        acknowledged = await self.runner.run(CHECK_VALIDITY, _keys(keyspace, user_id), *args)
        return [Validity(state) for state in cast("list[int]", acknowledged.reply)]

    async def list_entries(
        self, keyspace: Keyspace, user_id: str, after: str, after_expires_at: int, max_entries: int
    ) -> list[IndexEntry]:
        """Return a page of the index: what follows the handle `after`, or its end if that entry is gone."""
        acknowledged = await self.runner.run(
            LIST_SESSIONS, _keys(keyspace, user_id), after, after_expires_at, max_entries
        )
        texts = _decode(cast("list[bytes]", acknowledged.reply))
        triples = zip(texts[::3], texts[1::3], texts[2::3], strict=True)
        return [IndexEntry(handle, record, int(expires_at)) for handle, record, expires_at in triples]

    async def revoke(
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
        acknowledged = await self.runner.run(
            REVOKE_SESSIONS,
            _keys(keyspace, user_id),
            scope,
            subject,
            self.runner.mark_memory,
            _MAX_ENTRIES,
            self.runner.limits.max_user_marks,
            *chain.from_iterable(
                (handle, "" if remaining is None else remaining) for handle, remaining in handles.items()
            ),
            min_replicas=min_replicas,
        )
        mark, all_marked, *entries = cast("list[bytes]", acknowledged.reply)
        return MarkedSessions(
            int(mark or 0), bool(all_marked), _parse_entries(entries), acknowledged.replicas
        )

    async def revoke_tokens(
        self, keyspace: Keyspace, user_id: str, issued_before: int | None, min_replicas: int
    ) -> tuple[int, int]:
        """Revoke all tokens issued before an instant, None for now; return the mark, and the replicas."""
        acknowledged = await self.runner.run(
            REVOKE_USER_TOKENS,
            _keys(keyspace, user_id),
            "" if issued_before is None else issued_before,
            self.runner.mark_memory,
            min_replicas=min_replicas,
        )
        return int(cast("bytes", acknowledged.reply)), acknowledged.replicas


def events_channel(keyspace: Keyspace, user_id: str) -> str:
    """Return the channel on which the scripts publish changes of a user's sessions."""
    return keyspace.sidecar(keys.user_sessions(user_id), "events")


def not_before_key(keyspace: Keyspace, user_id: str) -> str:
    """Return the key of a user's revocation marks."""
    return keyspace.sidecar(keys.user_sessions(user_id), "not_before")


def _keys(keyspace: Keyspace, user_id: str) -> list[str]:
    return keyspace.family(keys.user_sessions(user_id), _SIDECARS)


def _register_keys(new: NewSession) -> list[str]:
    suffixes = [*_SIDECARS, "given"]
    if new.request_id:
        suffixes.append(f"request:{keys.segment(new.request_id)}")
    return new.keyspace.family(keys.user_sessions(new.user_id), suffixes)


def _fingerprint(new: NewSession) -> str:
    """Return a digest that tells apart requests with the same request_id."""
    if not new.request_id:
        return ""
    unordered = replace(new, keyspace=Keyspace(), attributes={}, min_replicas=0)
    content = repr((unordered, sorted(new.attributes.items())))
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _flatten(entries: Sequence[IndexEntry]) -> list[str]:
    return [text for entry in entries for text in (entry.handle, entry.record)]


def _parse_entries(items: Sequence[object]) -> list[IndexEntry]:
    texts = _decode(cast("Sequence[bytes]", items))
    return [IndexEntry(handle, record) for handle, record in zip(texts[::2], texts[1::2], strict=True)]


def _decode(items: Sequence[bytes]) -> list[str]:
    """Decode texts, which a raw client may have written as invalid UTF-8."""
    return [item.decode(errors="replace") for item in items]
