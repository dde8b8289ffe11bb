"""The words of locking: what is asked for, what is held, what is in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from quikstate_server.keys import Keyspace

_SEQ_BITS = 52


class Mode(Enum):
    EXCLUSIVE = "exclusive"
    SHARED = "shared"
    SEMAPHORE = "semaphore"


@dataclass(frozen=True, slots=True, order=True)
class Token:
    """A fencing token: Sentinel's epoch, then Redis's clock in microseconds or one more than the last.

    One integer outside of Redis: 11 bits of epoch, 52 of seq, good until 2112.
    """

    epoch: int
    seq: int

    def __int__(self) -> int:
        return self.epoch << _SEQ_BITS | self.seq

    @classmethod
    def of(cls, number: int) -> Token:
        return cls(number >> _SEQ_BITS, number & ((1 << _SEQ_BITS) - 1))


@dataclass(frozen=True, slots=True)
class Target:
    """The resources of one act, in one namespace and group."""

    keyspace: Keyspace
    resources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A lease as it is asked for. `ttl` in seconds; `permits` is how many may hold a SEMAPHORE."""

    target: Target
    mode: Mode = Mode.EXCLUSIVE
    permits: int = 1
    ttl: float = 30.0
    owner: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    min_replicas: int = 0
    request_id: str = ""
    stream: str = ""
    """The HoldLock stream that is to renew it, by its name; "" if none is."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease that is held, for `valid_for` seconds from now at least; one token a resource."""

    lease_id: str
    target: Target
    tokens: tuple[Token, ...]
    valid_for: float
    replicas: int = 0


@dataclass(frozen=True, slots=True)
class Queued:
    """Others come first. `lapses_in` seconds the holders lapse unless they renew; None for never."""

    lease_id: str
    position: int
    lapses_in: float | None


@dataclass(frozen=True, slots=True)
class Busy:
    """`resource` is not to be had now."""

    resource: str
    lapses_in: float | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The lease that this request_id got has ended."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """Another stream has taken the lease up."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How the waiters of one server stand at some resources, by lease id."""

    lapses_in: float | None
    held: frozenset[str]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a resource, without the secret. `since` in Unix microseconds of Redis's clock."""

    owner: str
    metadata: Mapping[str, str]
    token: Token
    since: int
    expires_in: float = field(compare=False)


@dataclass(frozen=True, slots=True)
class State:
    """One resource as it was read. Two states are equal if the same hold it."""

    resource: str
    held: bool
    mode: Mode | None
    permits: int
    holders: tuple[Holder, ...]
    expires_in: float | None = field(compare=False)
    waiters: int = field(compare=False)
    last_token: Token = field(compare=False)

    @property
    def raw_holder(self) -> bool:
        """True if a client that does not use quikstate holds the key."""
        return self.held and self.mode is None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a token is not stale, and the lowest that is not."""

    accepted: bool
    lowest: Token
    replicas: int = 0
