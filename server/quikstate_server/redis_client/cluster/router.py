"""Redis Cluster: many masters, each with a part of the 16384 slots, which move and fail over."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic

from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.slot_map import FAULTS, ClusterMap, ask
from quikstate_server.redis_client.cluster.slots import SLOTS, View, slot_of
from quikstate_server.redis_client.connection.dial import Address, Credentials, dial
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.replies import Redirect
from quikstate_server.redis_client.router import OnChange, Router
from quikstate_server.redis_client.slot_batches import group_equal
from quikstate_server.settings import RedisSettings

_GUEST_SECONDS = 10.0
"""How long a node that has no slot is kept after its last ASK: one may be on its way to it."""


class ClusterRouter(Router):
    """A Node for each master. The slots are known from ClusterMap, and a MOVED corrects them at once."""

    def __init__(
        self,
        seeds: Sequence[Address],
        credentials: Credentials,
        settings: RedisSettings,
        monitor: FaultMonitor,
        on_change: OnChange = lambda: None,
    ) -> None:
        self._monitor = monitor
        self._credentials = credentials
        self._settings = settings
        self._on_change = on_change
        self._tls = seeds[0].tls
        self._owners: list[Node | None] = [None] * SLOTS
        self._masters: tuple[Node, ...] = ()
        self._nodes: dict[Address, Node] = {}
        self._pointed_at: dict[Address, float] = {}
        self._retiring = BackgroundTasks(monitor)
        self._closing = asyncio.Event()
        self._serves = False
        self._told = (False, True)
        self._map = ClusterMap(
            seeds,
            self._dial,
            settings,
            self._nodes,
            monitor,
            on_view=self._heed,
            well=lambda: self.is_available,
        )

    async def start(self) -> None:
        self._map.start()

    async def close(self) -> None:
        await self._map.close()
        self._closing.set()
        await self._retiring.close()
        await asyncio.gather(*(node.close() for node in self._nodes.values()))

    def node_for(self, key: str) -> Node:
        slot = slot_of(key)
        node = self._owners[slot]
        if node is None:
            self._map.refresh()
            raise RedisUnavailable(f"no node of the cluster is known to serve slot {slot}")
        return node

    def prober(self, channel: str) -> Node:
        """Any that answers: all are heard everywhere, and the channel's own may be the one that failed."""
        answering = [node for node in self._masters if node.is_available]
        return random.choice(answering) if answering else self.node_for(channel)  # noqa: S311 - to try all links

    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        return group_equal(map(slot_of, keys))

    def nodes(self) -> Sequence[Node]:
        return self._masters

    @property
    def failover_epoch(self) -> int:
        return 0

    @property
    def is_available(self) -> bool:
        return self._serves and all(node.is_available for node in self._masters)

    @property
    def accepts_writes(self) -> bool:
        return all(node.accepts_writes for node in self._masters)

    def suspect(self, node: Node) -> None:  # noqa: ARG002 - all are asked
        self._map.refresh()

    def follow(self, redirect: Redirect, said_by: Node) -> Node:
        host = redirect.host or said_by.name.rpartition(":")[0].strip("[]")
        address = Address(host, redirect.port, tls=self._tls)
        node = self._node_at(address)
        self._pointed_at[address] = monotonic()
        if not redirect.once and self._owners[redirect.slot] is not node:
            self._owners[redirect.slot] = node
            self._masters = _by_name({*self._masters, node})
            self._map.refresh()
        return node

    async def dial_any(self) -> AbstractConnection:
        """A connection to one that answers, whichever: each hears what is published at any other."""
        answering = [address for address, node in self._nodes.items() if node.is_available]
        return await self._dial(random.choice(answering or self._map.known))  # noqa: S311 - to spread load

    def _heed(self, view: View) -> None:
        """The slots are served as `view` says."""
        owners: list[Node | None] = [None] * SLOTS
        masters = set()
        for shard in view.shards:
            node = self._node_at(shard.master)
            masters.add(node)
            owners[shard.first : shard.last + 1] = [node] * (shard.last + 1 - shard.first)
        self._owners, self._masters = owners, _by_name(masters)
        self._serves = view.serves and None not in owners
        self._dismiss({address for address, node in self._nodes.items() if node not in masters})
        self._tell()

    def _node_at(self, address: Address) -> Node:
        if address not in self._nodes:
            dial = partial(self._dial, address)
            node = Node(str(address), dial, self._settings, self._monitor, self._on_node_change)
            node.start()
            self._nodes[address] = node
        return self._nodes[address]

    def _dismiss(self, addresses: set[Address]) -> None:
        """Those that have no slot, and are not about to have one."""
        now = monotonic()
        for address in addresses:
            if now - self._pointed_at.get(address, float("-inf")) >= _GUEST_SECONDS:
                self._pointed_at.pop(address, None)
                self._retiring.spawn("redis.retire_node", self._retire(self._nodes.pop(address)))

    async def _retire(self, node: Node) -> None:
        """Close it when nobody waits for its replies any more."""
        node.retire()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.command_seconds):
                await self._closing.wait()
        await node.close()

    def _on_node_change(self) -> None:
        if not self.is_available:
            self._map.refresh()
        self._tell()

    def _tell(self) -> None:
        told, self._told = self._told, (self.is_available, self.accepts_writes)
        if self._told != told:
            self._on_change()

    async def _dial(self, address: Address) -> AbstractConnection:
        return await dial(address, self._credentials, self._settings)


async def find_cluster(seeds: Sequence[Address], credentials: Credentials, settings: RedisSettings) -> View:
    """The view of the first of `seeds` that has one; the cause of RedisUnavailable is the last one's."""
    fault: Exception | None = None
    for seed in seeds:
        try:
            return await ask(await dial(seed, credentials, settings), seed, settings)
        except FAULTS as error:
            fault = error
    raise RedisUnavailable("none of the nodes named is one of a cluster that answers") from fault


def _by_name(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(nodes, key=lambda node: node.name))


def cluster_client(
    seeds: Sequence[Address],
    credentials: Credentials,
    settings: RedisSettings,
    *,
    channel_prefix: str = "",
    on_change: OnChange = lambda: None,
    monitor: FaultMonitor | None = None,
) -> RedisClient:
    """`seeds` are some of its nodes; one that answers is enough to find the others."""
    monitor = monitor or FaultMonitor()
    router = ClusterRouter(seeds, credentials, settings, monitor, on_change)
    return RedisClient(router, router.dial_any, settings, monitor, channel_prefix=channel_prefix)
