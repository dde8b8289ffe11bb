"""The view of a Redis Cluster that one of its nodes has: which master serves which slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis.cluster import parse_cluster_slots

from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.packing import pack

VIEW_COMMANDS = pack(("CLUSTER", "INFO")), pack(("CLUSTER", "SLOTS"))
"""The commands that ask a node for its view; `parse_view` reads the replies."""

_UNKNOWN_HOST = "?"
"""Where hostnames are preferred, what Redis calls a node that has announced none."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A range of slots, the last included, with its master and replicas."""

    first: int
    last: int
    master: Address
    replicas: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class ClusterView:
    """The view of one node. Of two views the one of the higher `rank` is the newer."""

    is_serving: bool
    """Its cluster_state is ok: it is not cut off from most masters, and no slot that it needs is lost."""
    cluster_epoch: int
    """The cluster's current epoch: it rises with each failover and each moved slot, and nodes pass it on."""
    shards: tuple[Shard, ...]

    @property
    def rank(self) -> tuple[bool, int]:
        """Return what views are compared by."""
        return self.is_serving, self.cluster_epoch

    @property
    def addresses(self) -> Iterator[Address]:
        """Yield the addresses of all masters and replicas."""
        for shard in self.shards:
            yield shard.master
            yield from shard.replicas


def parse_view(info: bytes, slots: Sequence[Any], source: Address) -> ClusterView:
    """Return the view in the replies to VIEW_COMMANDS of the node at `source`.

    A node that does not know its own host means the one at which it was asked.
    """
    facts = dict(line.split(":", 1) for line in info.decode().splitlines() if ":" in line)
    ranges: Mapping[tuple[int, int], Mapping[str, Any]]
    ranges = parse_cluster_slots(slots, current_host=source.host)

    def address(server: tuple[str, int]) -> Address:
        return Address(server[0], int(server[1]), tls=source.tls)

    shards = tuple(
        Shard(first, last, address(servers["primary"]), tuple(map(address, servers["replicas"])))
        for (first, last), servers in ranges.items()
        if servers["primary"][0] != _UNKNOWN_HOST
    )
    is_serving = facts.get("cluster_state") == "ok"
    return ClusterView(is_serving, int(facts.get("cluster_current_epoch", 0)), shards)
