"""Asks the nodes of a Redis Cluster how it stands: now and then, whenever told to, and often in trouble."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, cast

from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import Overloaded, RedisUnavailable
from quikstate_server.redis_client.cluster.slots import QUESTIONS, View, view_of
from quikstate_server.redis_client.connection.connection import SharedConnection
from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.replies import ConnectionLost, ReplyError, ReplyTimeout
from quikstate_server.repeated_warning import RepeatedWarning
from quikstate_server.settings import RedisSettings

_POLL_SECONDS = 5.0
"""Between looks while all is well: a MOVED tells sooner, where there are calls."""
_HURRY_SECONDS = 0.2
"""Between looks while a part of the keys cannot be written."""
_LEAST_SECONDS = 0.05
"""Between looks however often one is asked for: a reshard moves slot after slot."""
_LAGGARD_SECONDS = 0.1
"""How long the others may take once one has answered."""
FAULTS = (RedisUnavailable, ConnectionLost, ReplyTimeout, ReplyError)
"""Why a node does not tell its view."""


class ClusterMap:
    """Tells `on_view` what the nodes say, beginning with the seeds.

    All are asked at once, so that one that hangs delays nobody. Nodes may
    disagree for a while, and one that is cut off stays behind for as long as it
    is: what is older than what was seen is heeded only where nobody knows better.
    """

    def __init__(
        self,
        seeds: Sequence[Address],
        dial: Callable[[Address], Awaitable[AbstractConnection]],
        settings: RedisSettings,
        nodes: Mapping[Address, Node],
        monitor: FaultMonitor,
        *,
        on_view: Callable[[View], None],
        well: Callable[[], bool],
    ) -> None:
        """`nodes` are asked over the connections they have; the others only while it is not `well`."""
        self.known: tuple[Address, ...] = tuple(seeds)
        """Every node heard of, and the seeds."""
        self._seeds = seeds
        self._dial = dial
        self._settings = settings
        self._nodes = nodes
        self._on_view = on_view
        self._well = well
        self._newest = (False, -1)
        self._fault = "no connection to any of them answers"
        self._unseen = RepeatedWarning("redis.cluster_not_seen")
        self._stale = asyncio.Event()
        self._tasks = BackgroundTasks(monitor)

    def start(self) -> None:
        self._tasks.keep_running("redis.cluster_map", self._keep, vital=True)

    async def close(self) -> None:
        await self._tasks.close()

    def refresh(self) -> None:
        """Look soon: something was not as the map says."""
        self._stale.set()

    async def _keep(self) -> None:
        while True:
            self._stale.clear()
            await self._look()
            if not self._well():
                await asyncio.sleep(_HURRY_SECONDS)
                continue
            await asyncio.sleep(_LEAST_SECONDS)
            with suppress(TimeoutError):
                async with asyncio.timeout(_POLL_SECONDS):
                    await self._stale.wait()

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        asking = {loop.create_task(question) for question in self._questions()}
        try:
            await self._heed_first(asking)
        finally:
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)

    async def _heed_first(self, asking: set[asyncio.Task[View | None]]) -> None:
        """Heed at once a view that is as new as any before, and newer ones after it; else the newest."""
        until = monotonic() + self._settings.connect_seconds
        older: list[View] = []
        heeded = False
        while asking:
            patience = _LAGGARD_SECONDS if heeded else until - monotonic()
            done, asking = await asyncio.wait(asking, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                break
            for view in filter(None, (task.result() for task in done)):
                if view.rank > self._newest or (view.rank == self._newest and not heeded):
                    heeded = True
                    self._heed(view)
                else:
                    older.append(view)
        if not heeded and older:
            self._heed(max(older, key=lambda view: view.rank))
        elif not heeded:
            self._unseen.happened(nodes_known=len(self.known), last_error=self._fault)

    def _heed(self, view: View) -> None:
        self._unseen.over("redis.cluster_seen")
        self._newest = view.rank
        self.known = tuple(dict.fromkeys((*view.addresses, *self._seeds)))
        self._on_view(view)

    def _questions(self) -> Iterator[Coroutine[Any, Any, View | None]]:
        for address, node in self._nodes.items():
            if connection := node.ready():
                yield self._ask(address, connection)
        if not self._well():
            yield from (self._ask(address) for address in self.known if address not in self._nodes)

    async def _ask(self, address: Address, connection: SharedConnection | None = None) -> View | None:
        """Its view, over a connection of the moment if none is given; None if it does not tell."""
        try:
            if connection:
                return await _view(connection, address, self._settings)
            return await ask(await self._dial(address), address, self._settings)
        except (*FAULTS, Overloaded) as error:
            self._fault = str(error)
            return None


async def ask(raw: AbstractConnection, address: Address, settings: RedisSettings) -> View:
    """The view of the node at `address`, over a connection that ends with this."""
    passing = SharedConnection(raw, settings)
    try:
        return await _view(passing, address, settings)
    finally:
        await passing.close()


async def _view(connection: SharedConnection, address: Address, settings: RedisSettings) -> View:
    until = monotonic() + settings.connect_seconds
    replies = []
    for question in QUESTIONS:
        reply = await connection.send(question, until)
        if isinstance(reply, ReplyError):
            raise reply
        replies.append(reply)
    info, slots = cast("tuple[bytes, list[Any]]", replies)
    try:
        return view_of(info, slots, address)
    except Exception as error:  # the edge: what cannot be understood tells nothing
        raise ReplyError(
            f"unexpected reply about the slots of the cluster: {type(error).__name__}"
        ) from error
