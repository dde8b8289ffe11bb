"""The types of locks: requests, leases, holders and states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from quikstate_server.keys import Keyspace

_SEQ_BITS = 52


class LockMode(Enum):
    EXCLUSIVE = "exclusive"
    SHARED = "shared"
    SEMAPHORE = "semaphore"


@dataclass(frozen=True, slots=True, order=True)
class FencingToken:
    """Sentinel's epoch, then Redis's clock in microseconds, or one more than the last token.

    Callers see one integer: 11 bits of epoch and 52 of seq, which last until 2112.
    """

    epoch: int
    seq: int

    def __int__(self) -> int:
        return self.epoch << _SEQ_BITS | self.seq

    @classmethod
    def from_int(cls, number: int) -> FencingToken:
        return cls(number >> _SEQ_BITS, number & ((1 << _SEQ_BITS) - 1))


@dataclass(frozen=True, slots=True)
class LockTarget:
    """The resources of one request, in one namespace and group."""

    keyspace: Keyspace
    resources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LockRequest:
    """A request for a lease. `ttl` is in seconds; `permits` is how many may hold a SEMAPHORE at once."""

    target: LockTarget
    mode: LockMode = LockMode.EXCLUSIVE
    permits: int = 1
    ttl: float = 30.0
    owner: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    min_replicas: int = 0
    request_id: str = ""
    stream: str = ""
    """The name of the HoldLock stream that will renew the lease; "" for none."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease that is held for at least `valid_for` seconds more, with one token a resource."""

    lease_id: str
    target: LockTarget
    tokens: tuple[FencingToken, ...]
    valid_for: float
    replicas: int = 0


@dataclass(frozen=True, slots=True)
class LockQueued:
    """The request waits; `position` requests come first."""

    lease_id: str
    position: int
    expires_in: float | None
    """Seconds until the holders' leases expire unless they renew them; None for never."""


@dataclass(frozen=True, slots=True)
class LockBusy:
    """`resource` is held by others, whose lease expires in `expires_in` seconds; None for never."""

    resource: str
    expires_in: float | None


@dataclass(frozen=True, slots=True)
class LeaseEnded:
    """The lease that an earlier request with this request_id got has ended."""


@dataclass(frozen=True, slots=True)
class LeaseSuperseded:
    """Another stream has reattached to the lease."""


@dataclass(frozen=True, slots=True)
class WaiterStates:
    """The lease ids of one server's waiters that hold their resources by now, and of those that are gone."""

    expires_in: float | None
    """Seconds until the first of the locks expires; None for never."""
    held: frozenset[str]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class LockHolder:
    """A holder of a resource, without its secret lease id."""

    owner: str
    metadata: Mapping[str, str]
    token: FencingToken
    since: int
    """In Unix microseconds of Redis's clock."""
    expires_in: float = field(compare=False)


@dataclass(frozen=True, slots=True)
class LockState:
    """The state of one resource. Two states are equal if the same holders hold it."""

    resource: str
    is_held: bool
    mode: LockMode | None
    permits: int
    holders: tuple[LockHolder, ...]
    expires_in: float | None = field(compare=False)
    waiters: int = field(compare=False)
    last_token: FencingToken = field(compare=False)

    @property
    def has_raw_holder(self) -> bool:
        """Return True if a raw Redis client holds the lock."""
        return self.is_held and self.mode is None


@dataclass(frozen=True, slots=True)
class FencingVerdict:
    """The result of checking a fencing token, and the lowest token that is accepted."""

    is_accepted: bool
    lowest: FencingToken
    replicas: int = 0
