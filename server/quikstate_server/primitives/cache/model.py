"""Requests to the cache and their results; names of entries are those of keys.cached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace


class ReadOutcome(Enum):
    """The outcome of reading an entry."""

    HIT = "hit"
    STALE = "stale"
    MISS = "miss"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class CacheRead:
    """A request to read entries; `lease_seconds` None takes no leases."""

    keyspace: Keyspace
    names: Sequence[str]
    accept_stale: bool = False
    lease_seconds: float | None = None
    wait_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class CacheReadResult:
    """One entry as it was read.

    `lease` is the right to fill it; `is_being_filled` says that another caller has that right.
    """

    outcome: ReadOutcome
    value: bytes = b""
    etag: str = ""
    expires_in: float | None = None
    """Seconds; None without a TTL."""
    lease: str = ""
    is_being_filled: bool = False
    lease_expires_in: float = 0.0
    """Seconds until the fill lease that somebody holds expires."""


class WriteCondition(Enum):
    """A condition of a write. Without one, the entry is always stored."""

    NONE = ""
    ABSENT = "absent"
    ETAG = "etag"
    LEASE = "lease"


@dataclass(frozen=True, slots=True)
class CacheWrite:
    """A request to store one entry; TTLs are in seconds.

    It stores a value or, if that is None, a negative entry; with `abandon` it only gives back its lease.
    """

    name: str
    value: bytes | None
    ttl: float = 0.0
    soft_ttl: float = 0.0
    """0 for never."""
    jitter: float = 0.0
    tags: Sequence[str] = ()
    condition: WriteCondition = WriteCondition.NONE
    expected: str = ""
    """The etag or the lease that the condition demands."""
    abandon: bool = False


class WriteOutcome(Enum):
    """The outcome of a write; the values are those of cache_set_entries.lua."""

    STORED = "stored"
    EXISTS = "exists"
    CHANGED = "changed"
    LEASE_LOST = "lost"
    INVALIDATED = "invalidated"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class CacheWriteResult:
    """The result of one write; `etag` is that of the present value, as far as it is known."""

    outcome: WriteOutcome
    etag: str = ""
    expires_in: float = 0.0


class CacheDeleteResults(NamedTuple):
    """The results of a delete, in the order of the request."""

    keys: Sequence[bool | QuikstateError]
    """For each key whether it had an entry, or its error."""
    tags: Sequence[bool | QuikstateError]
    """For each tag True, or its error."""


@dataclass(frozen=True, slots=True)
class Invalidation:
    """An entry, by its kind and id, or a tag, whose copies are no longer valid."""

    kind: str
    """"" for a tag."""
    id: str
    etag: str = ""
    """Of the value that was stored; "" where it was deleted."""
