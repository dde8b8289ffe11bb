"""What differs between topologies: where a key is, and what a fault means there."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.replies import Redirect

OnChange = Callable[[], None]
"""Called when Redis begins or ceases to answer, or to take writes."""


class Router(ABC):
    """What differs between topologies: which node serves a key, and what follows from a fault."""

    @abstractmethod
    async def start(self) -> None: ...

    @abstractmethod
    async def close(self) -> None: ...

    @abstractmethod
    def node_for(self, key: str) -> Node:
        """The node that may write `key`; RedisUnavailable while there is none."""

    def prober(self, channel: str) -> Node:
        """The node that publishes, to find out whether `channel` is heard."""
        return self.node_for(channel)

    @abstractmethod
    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        """The positions of `keys`, grouped by what one script may touch at once."""

    @property
    def hopeful(self) -> bool:
        """Whether a call that finds no node should wait for one a little."""
        return True

    def vouches_for(self, node: Node) -> bool:  # noqa: ARG002 - most nodes stay what they are
        """Whether `node` is, by all that is known, still the one that may write its keys."""
        return True

    async def pause(self, seconds: float) -> None:
        """Wait before a repeat, so long at most: less when something has changed for the better."""
        await asyncio.sleep(seconds)

    @abstractmethod
    def suspect(self, node: Node) -> None:
        """`node` answered as one that is not the master (any more)."""

    def follow(self, redirect: Redirect, said_by: Node) -> Node:  # noqa: ARG002 - only a cluster can
        """The node to which `said_by` sends us on."""
        raise RedisUnavailable(f"Redis at {said_by.name} is one of a cluster: its URL is redis+cluster://")

    @abstractmethod
    def nodes(self) -> Sequence[Node]:
        """Those that hold the keys among them, as far as they are known."""

    @property
    @abstractmethod
    def failover_epoch(self) -> int:
        """Rises with each failover that someone counts, which is Sentinel; else 0."""

    @property
    @abstractmethod
    def is_available(self) -> bool:
        """True while every part of the keyspace is answered for."""

    @property
    @abstractmethod
    def accepts_writes(self) -> bool:
        """False while a part of the keyspace is answered for by a server that refuses all writes."""
