"""Asks the nodes of a Redis Cluster for their views: at intervals, on demand, and often in trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from time import monotonic
from typing import Any

from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import Overloaded, RedisUnavailable
from quikstate_server.redis_client.cluster.view import VIEW_COMMANDS, ClusterView, parse_view
from quikstate_server.redis_client.connection.connection import SharedConnection
from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError, ReplyTimeout
from quikstate_server.redis_client.reply_types import read_bytes, read_list
from quikstate_server.repeated_warning import RepeatedWarning
from quikstate_server.settings import RedisSettings
from quikstate_server.signals import Signal

_POLL_SECONDS = 1.0
"""Between polls while all is well: so soon it is known that a cluster fails, though nobody calls."""
_HURRY_SECONDS = 0.2
"""Between polls while a part of the keys cannot be written."""
_MIN_POLL_SECONDS = 0.05
"""Between polls at least, however often one is demanded: a reshard moves slot after slot."""
_LAGGARD_SECONDS = 0.1
"""How long the other nodes may take once one has answered."""
VIEW_FAULTS = (RedisUnavailable, ConnectionLost, ReplyTimeout, ReplyError)
"""What is raised when a node does not report its view."""


class ClusterViewPoller:
    """Passes the newest view of the nodes to `on_view`, beginning with the seeds.

    All nodes are asked at once, so that one that hangs delays nobody. Nodes may disagree for a while, and one
    that is cut off stays behind for as long as it is: a view that is older than one seen before is used only
    where no node has a newer one.
    """

    def __init__(
        self,
        seeds: Sequence[Address],
        dial: Callable[[Address], Awaitable[AbstractConnection]],
        settings: RedisSettings,
        nodes: Mapping[Address, Node],
        monitor: FaultMonitor,
        *,
        on_view: Callable[[ClusterView], None],
        is_healthy: Callable[[], bool],
    ) -> None:
        """Take the `nodes`, asked over their connections; others are asked only while it is not healthy."""
        self.known_addresses: tuple[Address, ...] = tuple(seeds)
        """Every node in the newest view, and the seeds."""
        self._seeds = seeds
        self._dial = dial
        self._settings = settings
        self._nodes = nodes
        self._on_view = on_view
        self._is_healthy = is_healthy
        self._newest_rank = (False, -1)
        self._last_fault = "no connection to any of them answers"
        self._outage = RepeatedWarning("redis.cluster_unreachable")
        self._poll_now = Signal()
        self._tasks = BackgroundTasks(monitor)

    def start(self) -> None:
        """Begin to poll."""
        self._tasks.keep_running("redis.cluster_view", self._keep_polling, vital=True)

    async def close(self) -> None:
        """End the polling."""
        await self._tasks.close()

    def refresh(self) -> None:
        """Poll soon: something was not as the newest view says."""
        self._poll_now.set()

    async def _keep_polling(self) -> None:
        while True:
            self._poll_now.clear()
            await self._poll()
            if not self._is_healthy():
                await asyncio.sleep(_HURRY_SECONDS)
                continue
            await asyncio.sleep(_MIN_POLL_SECONDS)
            await self._poll_now.wait(monotonic() + _POLL_SECONDS)

    async def _poll(self) -> None:
        loop = asyncio.get_running_loop()
        asking = {loop.create_task(request) for request in self._requests()}
        try:
            await self._use_first(asking)
        finally:
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)

    async def _use_first(self, asking: set[asyncio.Task[ClusterView | None]]) -> None:
        """Use at once a view as new as any before, and newer ones after it; else the newest of all."""
        until = monotonic() + self._settings.connect_seconds
        older: list[ClusterView] = []
        is_used = False
        while asking:
            timeout = _LAGGARD_SECONDS if is_used else until - monotonic()
            done, asking = await asyncio.wait(asking, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                break
            for view in filter(None, (task.result() for task in done)):
                if view.rank > self._newest_rank or (view.rank == self._newest_rank and not is_used):
                    is_used = True
                    self._use(view)
                else:
                    older.append(view)
        if not is_used and older:
            self._use(max(older, key=lambda view: view.rank))
        elif not is_used:
            self._outage.warn(nodes_known=len(self.known_addresses), last_error=self._last_fault)

    def _use(self, view: ClusterView) -> None:
        self._outage.resolve("redis.cluster_reached")
        self._newest_rank = view.rank
        self.known_addresses = tuple(dict.fromkeys((*view.addresses, *self._seeds)))
        self._on_view(view)

    def _requests(self) -> Iterator[Coroutine[Any, Any, ClusterView | None]]:
        for address, node in self._nodes.items():
            if connection := node.ready_connection():
                yield self._ask(address, connection)
        if not self._is_healthy():
            yield from (self._ask(address) for address in self.known_addresses if address not in self._nodes)

    async def _ask(self, address: Address, connection: SharedConnection | None = None) -> ClusterView | None:
        """Return a node's view, over a new connection if none is given; None if it does not report it."""
        try:
            if connection:
                return await _request_view(connection, address, self._settings)
            return await fetch_view(await self._dial(address), address, self._settings)
        except (*VIEW_FAULTS, Overloaded) as error:
            self._last_fault = str(error)
            return None


async def fetch_view(raw: AbstractConnection, address: Address, settings: RedisSettings) -> ClusterView:
    """Return the view of the node at `address`, over a connection that is closed afterwards."""
    connection = SharedConnection(raw, settings)
    try:
        return await _request_view(connection, address, settings)
    finally:
        await connection.close()


async def _request_view(
    connection: SharedConnection, address: Address, settings: RedisSettings
) -> ClusterView:
    until = monotonic() + settings.connect_seconds
    replies = []
    for command in VIEW_COMMANDS:
        reply = await connection.send(command, until)
        if isinstance(reply, ReplyError):
            raise reply
        replies.append(reply)
    info, slots = replies
    try:
        return parse_view(read_bytes(info), read_list(slots), address)
    except Exception as error:  # the edge: a reply that cannot be understood reports nothing
        raise ReplyError(
            f"unexpected reply about the slots of the cluster: {type(error).__name__}"
        ) from error
