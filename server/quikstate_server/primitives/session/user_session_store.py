"""The scripts on one user's session index: one typed method for each Lua file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NamedTuple

from quikstate_server import keys
from quikstate_server.errors import InvalidRequest
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.session.hash_fields import to_microseconds
from quikstate_server.primitives.session.model import NewSession, Session, SessionEnded
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.reply_types import read_ints, read_text, read_texts
from quikstate_server.redis_client.script import load_script
from quikstate_server.redis_client.slot_batches import raise_first_error, run_slot_batches
from quikstate_server.settings import Limits

_INDEX = "session_user_index.lua"
REGISTER = load_script(
    __package__, "session_register.lua", _INDEX, "session_revocation_marks.lua", "session_eviction.lua"
)
RESTORE_TO_INDEX = load_script(__package__, "session_restore_to_index.lua", _INDEX)
REMOVE_FROM_INDEX = load_script(__package__, "session_remove_from_index.lua", _INDEX, flags="allow-oom")
CHECK_VALIDITY = load_script(__package__, "session_check_validity.lua", _INDEX, read_only=True)
LIST_SESSIONS = load_script(__package__, "session_list_sessions.lua", _INDEX, read_only=True)

_SIDECARS = ("ids", "not_before", "revoked")
MAX_WRITE_SECONDS = 10.0
"""How long a registered session may not exist yet: far longer than a late write can run."""


_PAGE = 1_000


class IndexEntry(NamedTuple):
    """One session in its user's index, with its `record` as session_user_index.lua describes it."""

    handle: str
    record: str
    expires_at: int = 0

    @property
    def session_id(self) -> str:
        """Return the id; "" if the index has lost it."""
        return "".join(self.record.split(" ", 2)[2:])

    @property
    def valid_from(self) -> int:
        """Return the instant from which the session is valid; 0 if the index has lost it."""
        valid_from = "".join(self.record.split(" ", 2)[1:2])
        return int(valid_from) if valid_from.isdecimal() else 0

    def may_be_unwritten(self, now: int) -> bool:
        """Return True if the session was registered so recently that its write may be under way."""
        age_limit = to_microseconds(MAX_WRITE_SECONDS)
        return self.record.startswith("listed ") and now - self.valid_from < age_limit


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


class Validity(IntEnum):
    """The state of a session that exists, as session_check_validity.lua returns it."""

    REVOKED = 0
    MISSING_FROM_INDEX = 1
    VALID = 2


@dataclass(frozen=True, slots=True)
class UserSessionStore:
    """The index of each user's sessions in Redis."""

    redis_client: RedisClient
    limits: Limits

    async def register(
        self, new: NewSession, handle: str, session_id: str, ended: Sequence[IndexEntry], *, evict: bool
    ) -> Registration | IndexFull | PartialEviction | SessionEnded:
        """Add a session to the index before it is written, in place of those that have ended.

        `evict` makes room for it: the sessions that were created first are revoked.
        """
        acknowledged = await self.redis_client.run_acknowledged(
            REGISTER,
            _register_keys(new),
            handle,
            session_id,
            to_microseconds(new.lifetime),
            new.max_sessions,
            new.device_id,
            self.limits.request_memory_seconds * 1_000,
            _fingerprint(new),
            int(evict),
            *_flatten(ended),
            min_replicas=new.min_replicas,
            safe_to_repeat=True,
        )
        return _parse_registration(acknowledged.reply, acknowledged.replicas)

    async def restore_to_index(
        self, keyspace: Keyspace, session: Session, min_replicas: int = 0
    ) -> tuple[bool, int]:
        """Put a session into the index under its current id; return if it is valid, and the replicas."""
        expires_at = session.expires_at
        if expires_at is None:
            expires_at = session.read_at + mark_memory(self.limits)
        acknowledged = await self.redis_client.run_acknowledged(
            RESTORE_TO_INDEX,
            user_keys(keyspace, session.user_id),
            session.handle,
            session.session_id,
            session.device_id,
            session.valid_from,
            expires_at,
            min_replicas=min_replicas,
            safe_to_repeat=True,
        )
        return bool(acknowledged.reply), acknowledged.replicas

    async def find_id(self, keyspace: Keyspace, user_id: str, handle: str) -> str:
        """Return the id that the index has for a handle; "" if it has none."""
        key = keyspace.sidecar(keys.user_sessions(user_id), "ids")
        record = await self.redis_client.command("HGET", key, handle, key=key, read_only=True)
        return IndexEntry(handle, read_text(record)).session_id if record is not None else ""

    async def remove_from_index(
        self, keyspace: Keyspace, user_id: str, entries: Sequence[IndexEntry], *, written: bool = False
    ) -> None:
        """Remove sessions that have ended. `written` says that none of them is still being written.

        Just after a revocation a session's valid_from may be ahead of the clock.
        """
        if entries:
            write_time = to_microseconds(-MAX_WRITE_SECONDS if written else MAX_WRITE_SECONDS)
            args: tuple[Argument, ...] = (write_time, *_flatten(entries))
            await self.redis_client.run(
                REMOVE_FROM_INDEX, user_keys(keyspace, user_id), *args, safe_to_repeat=True
            )

    async def check_validity(
        self, keyspace: Keyspace, user_id: str, sessions: Sequence[Session]
    ) -> list[Validity]:
        """Return for each session whether it was revoked, and whether the index has it."""

        async def check(indexes: Sequence[int]) -> list[Validity]:
            return await self._check_validity(keyspace, user_id, [sessions[index] for index in indexes])

        if len(sessions) == 1:  # each GetSession: a batch would cost it 5 µs
            return await check((0,))
        return raise_first_error(await run_slot_batches([range(len(sessions))], check))

    async def _check_validity(
        self, keyspace: Keyspace, user_id: str, sessions: Sequence[Session]
    ) -> list[Validity]:
        args: list[Argument] = []
        for session in sessions:
            args += session.handle, session.session_id, session.device_id, session.valid_from
        reply = await self.redis_client.run(CHECK_VALIDITY, user_keys(keyspace, user_id), *args)
        return [Validity(state) for state in read_ints(reply)]

    async def list_entries(
        self, keyspace: Keyspace, user_id: str, after: str, after_expires_at: int, max_entries: int
    ) -> list[IndexEntry]:
        """Return a page of the index: what follows the handle `after`, or its end if that entry is gone."""
        reply = await self.redis_client.run(
            LIST_SESSIONS, user_keys(keyspace, user_id), after, after_expires_at, max_entries
        )
        texts = read_texts(reply)
        triples = zip(texts[::3], texts[1::3], texts[2::3], strict=True)
        return [IndexEntry(handle, record, int(expires_at)) for handle, record, expires_at in triples]

    async def list_all(self, keyspace: Keyspace, user_id: str) -> list[IndexEntry]:
        """Return the whole index, a page at a time."""
        entries: list[IndexEntry] = []
        page = [IndexEntry("", "")]
        while page:
            last = page[-1]
            page = await self.list_entries(keyspace, user_id, last.handle, last.expires_at, _PAGE)
            entries += page
        return entries


def events_channel(keyspace: Keyspace, user_id: str) -> str:
    """Return the channel on which the scripts publish changes of a user's sessions."""
    return keyspace.sidecar(keys.user_sessions(user_id), "events")


def mark_memory(limits: Limits) -> int:
    """Return for how many microseconds a revocation mark is kept: the longest session or token."""
    return max(limits.max_session_lifetime_seconds, limits.max_token_lifetime_seconds) * 1_000_000


def user_keys(keyspace: Keyspace, user_id: str) -> list[str]:
    """Return the keys of session_user_index.lua."""
    return keyspace.family(keys.user_sessions(user_id), _SIDECARS)


def _parse_registration(
    reply: object, replicas: int
) -> Registration | IndexFull | PartialEviction | SessionEnded:
    match reply:
        case [b"registered", bytes(handle), bytes(session_id), bytes(valid_from), bytes(mark), *evicted]:
            return Registration(
                handle.decode(),
                session_id.decode(),
                int(valid_from),
                int(mark),
                parse_entries(evicted),
                replicas,
            )
        case [b"full", bytes(now), int(), *entries]:
            return IndexFull(int(now), parse_entries(entries))
        case [b"evicted", *entries]:
            return PartialEviction(parse_entries(entries))
        case [b"request id reused"]:
            raise InvalidRequest({"request_id": "was already used for a different request"})
    return SessionEnded()


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


def parse_entries(items: list[object]) -> list[IndexEntry]:
    """Return the entries in a reply: for each its handle and its record."""
    texts = read_texts(items)
    return [IndexEntry(handle, record) for handle, record in zip(texts[::2], texts[1::2], strict=True)]
