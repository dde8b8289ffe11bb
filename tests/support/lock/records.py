"""The records of a history of locks: callers, leases, raw clients' keys and breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from quikstate_server.primitives.lock.model import Lease, LockMode, LockRequest

CLAIM_SECONDS = 3.0
"""How long a lock is kept for a waiter that was granted it and has not confirmed it."""
REGISTRATION_SECONDS = 5.0
"""How long a server that died still counts as alive."""


@dataclass(eq=False)
class Caller:
    """One call of acquire and its outcome. Readers see its `owner`, which a repeat of a request shares."""

    number: int
    owner: str
    lock_request: LockRequest
    wait: float
    asked: float
    first_asked: float
    """Differs for the repeat of a request."""
    queued: float | None = None
    received: float | None = None
    """When it was granted a lease."""
    gone: float | None = None
    """When it ended without one."""
    killed: bool = False
    asleep: float = 0.0
    """Seconds for which it was seen to wait for a free lock."""
    disturbed: bool = False
    """A break while it waited may have cost it its place, or a lease that it was just being granted."""

    @property
    def pending(self) -> bool:
        return self.received is None and self.gone is None


@dataclass(eq=False)
class Holding:
    """A lease, as the callers that were granted it count on it."""

    callers: list[Caller]
    lease: Lease
    received: float
    until: float
    confirmed: float
    """Redis had it for certain after this moment."""
    given_up: bool = False
    released: float | None = None
    """When the response to a release of it came."""
    found_held: bool = False
    """True if one of the releases found it held."""

    def token(self, resource: str) -> int:
        target = self.lease.target
        return int(self.lease.tokens[target.resources.index(resource)])

    @property
    def lock_request(self) -> LockRequest:
        return self.callers[0].lock_request


@dataclass(eq=False)
class Raw:
    """A raw client's key, as the client counts on it."""

    value: str
    received: float
    until: float


@dataclass(eq=False)
class Break:
    """What took a lock from the holder of `token`, or from every holder if that is None."""

    began: float
    ended: float
    token: int | None


@dataclass
class Resource:
    holdings: list[Holding] = field(default_factory=list)
    raws: list[Raw] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    last: object = None
    """The last state that a reader saw: while it changes, the lock is in use."""


def believe(holding: Holding, lease: Lease, now: float, ttl: float) -> None:
    """Count on the lease until its time is over, unless it was given up meanwhile."""
    until = now + lease.valid_for
    holding.confirmed = max(holding.confirmed, until - ttl)
    if not holding.given_up:
        holding.until = until


def compatible(one: LockRequest, other: LockRequest) -> bool:
    return one.mode is other.mode is not LockMode.EXCLUSIVE and one.permits == other.permits


def in_queue(caller: Caller) -> bool:
    """Return True if its place in the queue counts: not that of a repeat, nor after a break."""
    return not caller.lock_request.request_id and not caller.disturbed


def may_be_sent_back(caller: Caller, others: Iterable[Caller]) -> bool:
    """Return True if a holder with other permits may have sent it to the end of the queue."""
    return caller.lock_request.mode is LockMode.SEMAPHORE and any(
        other.lock_request.mode is LockMode.SEMAPHORE
        and other.lock_request.permits != caller.lock_request.permits
        and set(other.lock_request.target.resources) & set(caller.lock_request.target.resources)
        and (other.gone is None or other.gone >= caller.asked)
        for other in others
    )


def may_keep_free(caller: Caller, now: float) -> bool:
    """Return True if it waits for several resources, of which one may stay idle until it can have all."""
    if len(caller.lock_request.target.resources) == 1 or not caller.wait or caller.received is not None:
        return False
    return caller.gone is None or now - caller.gone < REGISTRATION_SECONDS + CLAIM_SECONDS
