"""Cache entries, as callers read and write them; names are those of keys.cached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from quikstate_server.keys import Keyspace


class Outcome(Enum):
    """What a read found."""

    HIT = "hit"
    STALE = "stale"
    MISS = "miss"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Entries to be read; `lease_seconds` None takes no leases."""

    keyspace: Keyspace
    names: Sequence[str]
    accept_stale: bool = False
    lease_seconds: float | None = None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """One entry. `lease` is the right to fill it; `filling` says that another caller has that."""

    outcome: Outcome
    value: bytes = b""
    etag: str = ""
    expires_in: float | None = None
    """Seconds; None without a TTL."""
    lease: str = ""
    filling: bool = False
    lapses_in: float = 0.0
    """Seconds until the lease of whoever fills it ends."""


class Condition(Enum):
    """When an item is stored: always, or only if what it names is there."""

    NONE = ""
    ABSENT = "absent"
    ETAG = "etag"
    LEASE = "lease"


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be stored: a value, or without one a negative entry, unless to `abandon`. In seconds."""

    name: str
    value: bytes | None
    ttl: float = 0.0
    soft_ttl: float = 0.0
    """0 for never."""
    jitter: float = 0.0
    tags: Sequence[str] = ()
    condition: Condition = Condition.NONE
    wanted: str = ""
    """The etag or the lease of the condition."""
    abandon: bool = False


class SetOutcome(Enum):
    """What became of an item; the values are those of cache_set_entries.lua."""

    STORED = "stored"
    EXISTS = "exists"
    CHANGED = "changed"
    LEASE_LOST = "lost"
    INVALIDATED = "invalidated"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Stored:
    """`etag` is of the value that is there now, as far as it is known."""

    outcome: SetOutcome
    etag: str = ""
    expires_in: float = 0.0


@dataclass(frozen=True, slots=True)
class Invalidation:
    """An entry, by its kind and id, or a tag, of which copies are no longer good."""

    kind: str
    """"" for a tag."""
    id: str
    etag: str = ""
    """Of the value that was stored; "" where it was deleted."""
