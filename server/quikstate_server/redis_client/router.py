"""The part that differs between topologies: which node serves a key, and what follows from a fault of it."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.replies import Redirect
from quikstate_server.redis_client.topology import KnownTopology

OnChange = Callable[[], None]
"""Called when Redis begins or ceases to answer, or to accept writes."""


class Router(ABC):
    """Chooses the node for a key, by the topology of Redis."""

    @abstractmethod
    async def start(self) -> None:
        """Begin to connect."""

    @abstractmethod
    async def close(self) -> None:
        """End every connection."""

    @abstractmethod
    def node_for(self, key: str) -> Node:
        """Return the node that may write `key`; raise RedisUnavailable while there is none."""

    def probe_node(self, channel: str) -> Node:
        """Return the node on which to publish a probe, which finds out whether `channel` is heard."""
        return self.node_for(channel)

    @abstractmethod
    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        """Return the indexes of `keys`, grouped by what one script may touch."""

    @abstractmethod
    def nodes(self) -> Sequence[Node]:
        """Return the nodes that hold the keys among them, as far as they are known."""

    @property
    def may_wait(self) -> bool:
        """Return True if a call that finds no node should wait for one."""
        return True

    def is_confirmed(self, node: Node) -> bool:  # noqa: ARG002 - most nodes stay what they are
        """Return True if `node` is known to be still the one that may write its keys."""
        return True

    async def pause(self, seconds: float) -> None:
        """Wait before a repeat, for `seconds` at most: less when something has changed for the better."""
        await asyncio.sleep(seconds)

    @abstractmethod
    def report_suspect(self, node: Node) -> None:
        """Note that `node` answered as one that is no master, or no longer."""

    def follow_redirect(self, redirect: Redirect, sender: Node) -> Node:  # noqa: ARG002 - only a cluster can
        """Return the node to which the node `sender` redirects."""
        raise RedisUnavailable(f"Redis at {sender.name} is part of a cluster: use a redis+cluster:// URL")

    @abstractmethod
    def topology(self) -> KnownTopology:
        """Return the servers and their roles as they are known now, in an outage too."""

    @property
    def failovers(self) -> int:
        """Return how many replicas this process saw become masters; 0 where it cannot see that."""
        return 0

    @property
    def is_down(self) -> bool:
        """Return True while Redis says itself that it does not serve all keys; only a cluster does."""
        return False

    @property
    @abstractmethod
    def failover_epoch(self) -> int:
        """Return the number of failovers that Sentinel has counted; 0 in other topologies."""

    @property
    @abstractmethod
    def is_available(self) -> bool:
        """Return True while nodes answer for every part of the keyspace."""

    @property
    @abstractmethod
    def accepts_writes(self) -> bool:
        """Return False while a part of the keyspace is served by a node that refuses all writes."""
