"""Routes each command to the master that serves its slot: the 16384 slots move and fail over."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic

from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.slots import SLOTS, slot_of, slot_ranges
from quikstate_server.redis_client.cluster.view import ClusterView
from quikstate_server.redis_client.cluster.view_poller import VIEW_FAULTS, ClusterViewPoller, fetch_view
from quikstate_server.redis_client.connection.dial import Address, Credentials, dial, server_asker
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.replies import Redirect
from quikstate_server.redis_client.router import OnChange, Router
from quikstate_server.redis_client.slot_batches import group_equal
from quikstate_server.redis_client.topology import KnownMaster, KnownTopology, RedisMode
from quikstate_server.settings import RedisSettings

_ASK_GRACE_SECONDS = 10.0
"""How long a node that has no slot is kept after the last redirect to it: a slot may be moving to it."""


class ClusterRouter(Router):
    """A Node for each master. ClusterViewPoller provides the slots, and a MOVED corrects them at once."""

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
        self._redirected_at: dict[Address, float] = {}
        self._retiring = BackgroundTasks(monitor)
        self._closing = asyncio.Event()
        self._is_serving = False
        self._replicas: set[Address] = set()
        self._failovers = 0
        self._last_failover_at: int | None = None
        self._reported = (False, True)
        self._poller = ClusterViewPoller(
            seeds,
            self._dial,
            settings,
            self._nodes,
            monitor,
            on_view=self._use_view,
            is_healthy=lambda: self.is_available,
        )

    async def start(self) -> None:
        self._poller.start()

    async def close(self) -> None:
        await self._poller.close()
        self._closing.set()
        await self._retiring.close()
        await asyncio.gather(*(node.close() for node in self._nodes.values()))

    def node_for(self, key: str) -> Node:
        slot = slot_of(key)
        node = self._owners[slot]
        if node is None:
            self._poller.refresh()
            raise RedisUnavailable(f"no node of the cluster is known to serve slot {slot}")
        return node

    def probe_node(self, channel: str) -> Node:
        """Return any node that answers: each hears all channels, and the channel's own may have failed."""
        answering = [node for node in self._masters if node.is_available]
        return random.choice(answering) if answering else self.node_for(channel)  # noqa: S311 - to try all links

    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        return group_equal(map(slot_of, keys))

    def nodes(self) -> Sequence[Node]:
        return self._masters

    def topology(self) -> KnownTopology:
        ranges = slot_ranges(self._owners)
        masters = [KnownMaster(node.name, node, ranges.get(node, ())) for node in self._masters]
        return KnownTopology(RedisMode.CLUSTER, masters, last_failover_at=self._last_failover_at)

    @property
    def failovers(self) -> int:
        return self._failovers

    @property
    def is_down(self) -> bool:
        return bool(self._masters) and not self._is_serving

    @property
    def failover_epoch(self) -> int:
        return 0

    @property
    def is_available(self) -> bool:
        return self._is_serving and all(node.is_available for node in self._masters)

    @property
    def accepts_writes(self) -> bool:
        return all(node.accepts_writes for node in self._masters)

    def report_suspect(self, node: Node) -> None:  # noqa: ARG002 - all are asked
        self._poller.refresh()

    def follow_redirect(self, redirect: Redirect, sender: Node) -> Node:
        host = redirect.host or sender.name.rpartition(":")[0].strip("[]")
        address = Address(host, redirect.port, tls=self._tls)
        node = self._node_at(address)
        self._redirected_at[address] = monotonic()
        if not redirect.is_ask and self._owners[redirect.slot] is not node:
            self._owners[redirect.slot] = node
            self._masters = _by_name({*self._masters, node})
            self._poller.refresh()
        return node

    async def dial_any(self) -> AbstractConnection:
        """Open a connection to any node that answers: each hears what is published at any other."""
        answering = [address for address, node in self._nodes.items() if node.is_available]
        return await self._dial(random.choice(answering or self._poller.known_addresses))  # noqa: S311 - to spread load

    def _use_view(self, view: ClusterView) -> None:
        owners: list[Node | None] = [None] * SLOTS
        masters = set()
        self._note_failover(view)
        for shard in view.shards:
            node = self._node_at(shard.master)
            masters.add(node)
            owners[shard.first : shard.last + 1] = [node] * (shard.last + 1 - shard.first)
        self._owners, self._masters = owners, _by_name(masters)
        self._is_serving = view.is_serving and None not in owners
        self._retire_unused({address for address, node in self._nodes.items() if node not in masters})
        self._report_change()

    def _note_failover(self, view: ClusterView) -> None:
        """Note a master that was a replica before; a slot that moves is no failover.

        A replica may be missing in a view while the nodes elect it.
        """
        masters = {shard.master for shard in view.shards}
        if promoted := self._replicas & masters:
            self._failovers += len(promoted)
            self._last_failover_at = time.time_ns() // 1_000
        self._replicas.update(replica for shard in view.shards for replica in shard.replicas)
        self._replicas -= masters

    def _node_at(self, address: Address) -> Node:
        if address not in self._nodes:
            dial = partial(self._dial, address)
            node = Node(str(address), dial, self._settings, self._monitor, self._on_node_change)
            node.start()
            self._nodes[address] = node
        return self._nodes[address]

    def _retire_unused(self, addresses: set[Address]) -> None:
        """Retire nodes that have no slot, and are not about to have one."""
        now = monotonic()
        for address in addresses:
            if now - self._redirected_at.get(address, float("-inf")) >= _ASK_GRACE_SECONDS:
                self._redirected_at.pop(address, None)
                self._retiring.spawn("redis.retire_node", self._retire(self._nodes.pop(address)))

    async def _retire(self, node: Node) -> None:
        """Close a node once no call can wait for its replies any more."""
        node.retire()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.command_seconds):
                await self._closing.wait()
        await node.close()

    def _on_node_change(self) -> None:
        if not self.is_available:
            self._poller.refresh()
        self._report_change()

    def _report_change(self) -> None:
        before, self._reported = self._reported, (self.is_available, self.accepts_writes)
        if self._reported != before:
            self._on_change()

    async def _dial(self, address: Address) -> AbstractConnection:
        return await dial(address, self._credentials, self._settings)


async def fetch_cluster_view(
    seeds: Sequence[Address], credentials: Credentials, settings: RedisSettings
) -> ClusterView:
    """Return the view of the first of `seeds` that has one; RedisUnavailable has the last fault as cause."""
    fault: Exception | None = None
    for seed in seeds:
        try:
            return await fetch_view(await dial(seed, credentials, settings), seed, settings)
        except VIEW_FAULTS as error:
            fault = error
    raise RedisUnavailable("none of the named nodes answers as part of a cluster") from fault


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
    """Return a client of a cluster, not yet started. One of the `seeds` is enough to find its other nodes."""
    monitor = monitor or FaultMonitor()
    router = ClusterRouter(seeds, credentials, settings, monitor, on_change)
    ask_server = server_asker(credentials, settings, tls=seeds[0].tls)
    return RedisClient(
        router, router.dial_any, settings, monitor, ask_server=ask_server, channel_prefix=channel_prefix
    )
