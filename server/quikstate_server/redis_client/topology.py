"""The servers of one Redis and their roles, as this process knows them without asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from quikstate_server.redis_client.node import Node


class RedisMode(Enum):
    """The way in which Redis servers work together."""

    STANDALONE = "standalone"
    EMBEDDED = "embedded"
    """One server, which quikstate started itself."""
    SENTINEL = "sentinel"
    CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class KnownMaster:
    """A master, by its address, with the connections to it; "" and None while there is none."""

    address: str
    node: Node | None
    slots: Sequence[tuple[int, int]] = ()
    """The ranges of a Cluster's slots that it serves, both ends included."""

    @property
    def is_connected(self) -> bool:
        """Return True while a connection to it replies."""
        return self.node is not None and self.node.is_available


@dataclass(frozen=True, slots=True)
class KnownSentinel:
    """A sentinel; `master` is the address that it named last, "" if it named none."""

    address: str
    is_connected: bool
    master: str


@dataclass(frozen=True, slots=True)
class KnownTopology:
    """All of them. Without Sentinel there are no sentinels, and the quorum is 0."""

    mode: RedisMode
    masters: Sequence[KnownMaster]
    sentinels: Sequence[KnownSentinel] = ()
    sentinel_quorum: int = 0
    last_failover_at: int | None = None
    """When this process last saw a change of master, in Unix microseconds; None if it saw none."""
