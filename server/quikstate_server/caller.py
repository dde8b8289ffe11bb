"""A caller: its namespace, and what it may do, reach and use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

_NO_GRANTS: Mapping[str, Grant] = MappingProxyType({})


class Access(Enum):
    """What an RPC needs, as its proto says; none includes another."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a caller may do in one service."""

    access: frozenset[Access]
    names: tuple[str, ...] = ()
    """Prefixes: each name in a request must begin with one of them. None: any name."""

    def allows(self, name: str) -> bool:
        """Return True if a request may have this name, or this prefix of names."""
        return not self.names or name.startswith(self.names)

    def covers(self, other: Grant) -> bool:
        """Return True if this grant allows all that the other one does."""
        if not self.access >= other.access:
            return False
        return not self.names or (bool(other.names) and all(map(self.allows, other.names)))


@dataclass(frozen=True, slots=True)
class Quotas:
    """What a caller may use of one process; None is no limit."""

    calls_per_second: float | None = None
    burst: int | None = None
    """Calls at once after a pause. Default: calls_per_second."""
    calls_in_flight: int | None = None
    waiting_calls: int | None = None
    """Of the calls in flight, those that may wait: AcquireLock, GetEntries and Receive."""
    streams: int | None = None
    subscriptions: int | None = None
    """Channels and prefixes of all of its streams."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One caller of the policy file."""

    name: str
    namespace: str = ""
    """The namespace of its keys; "" is the default one, with the legacy key layout."""
    grants: Mapping[str, Grant] = field(default_factory=lambda: _NO_GRANTS)
    """By the name of the service, such as `rate_limit`."""
    quotas: Quotas = Quotas()

    def grant(self, service: str, access: Access | None) -> Grant | None:
        """Return the grant with this access to a service; None if there is none."""
        grant = self.grants.get(service)
        return grant if grant and access in grant.access else None
