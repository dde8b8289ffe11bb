"""Routes every command to the master that a majority of the sentinels names.

The majority must go on naming it: when it has not for `sentinel_fence_seconds`, this process may be cut off
together with a master that was replaced, so nothing is sent until the majority names one again. The server's
own role is checked too, whenever a connection is made.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import Overloaded, RedisUnavailable
from quikstate_server.logs import get_logger
from quikstate_server.redis_client.connection.connection import Dial
from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyTimeout
from quikstate_server.redis_client.router import OnChange, Router
from quikstate_server.redis_client.sentinel.quorum import Master, SentinelQuorum
from quikstate_server.redis_client.topology import KnownMaster, KnownTopology, RedisMode
from quikstate_server.settings import RedisSettings

DialMaster = Callable[[str, int], Awaitable[AbstractConnection]]
"""Opens a connection to the master at a host and port, or raises RedisUnavailable."""

_NEW_MASTER_SECONDS = 1.0
_SHORT_PAUSE_SECONDS = 0.05
_ROLE = pack(("ROLE",))
_log = get_logger()


class SentinelRouter(Router):
    """Every key is on the master: one Node while a server is the master, another after each switch."""

    def __init__(
        self,
        name: str,
        sentinels: dict[str, Dial],
        dial_master: DialMaster,
        settings: RedisSettings,
        monitor: FaultMonitor,
        on_change: OnChange,
    ) -> None:
        self._name = name
        self._monitor = monitor
        self._quorum = SentinelQuorum(sentinels, name, settings, monitor, self._on_agreed)
        self._dial_master = dial_master
        self._settings = settings
        self._on_change = on_change
        self._master: Master | None = None
        self._node: Node | None = None
        self._failover_epoch = 0
        self._failovers = 0
        self._confirmed_until = float("-inf")
        self._fence_timer: asyncio.TimerHandle | None = None
        self._has_quorum = False
        self._quorum_lost_at = float("-inf")
        self._reported = (False, True)
        self._switched_at = float("-inf")
        self._last_failover_at: int | None = None
        self._wakeup = asyncio.Event()
        self._suspected: Node | None = None
        self._tasks = BackgroundTasks(monitor)
        self.on_switch: Callable[[], Coroutine[Any, Any, None]] | None = None
        """Reconnects the subscriber after a switch to another master; its listeners get a gap."""

    async def start(self) -> None:
        """Return once the master is known, or after connect_seconds: the search for it goes on."""
        self._quorum.start()
        await self._wait_wakeup(self._settings.connect_seconds)

    async def close(self) -> None:
        await self._quorum.close()
        if self._fence_timer:
            self._fence_timer.cancel()
        if self._node:
            await self._node.close()
        await self._tasks.close()

    async def dial(self) -> AbstractConnection:
        """Open a connection to the master."""
        return await self._confirmed_node().dial()

    def node_for(self, key: str) -> Node:  # noqa: ARG002 - the interface of all topologies
        return self._confirmed_node()

    def nodes(self) -> Sequence[Node]:
        return (self._confirmed_node(),)

    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        return [list(range(len(keys)))] if keys else []

    def report_suspect(self, node: Node) -> None:
        """Ask the sentinels again, and the node for its role."""
        if node is not self._node:
            return
        self._quorum.ask()  # each time: their votes may be outdated by the time the role is known
        if node is not self._suspected:
            self._suspected = node
            self._tasks.spawn("redis.ask_role", self._check_role(node))

    @property
    def may_wait(self) -> bool:
        """Return False in a long loss of the quorum: calls are refused at once, so that they do not pile up.

        It counts from when it was noticed: this process may have been suspended itself.
        """
        return self._has_quorum or monotonic() < self._quorum_lost_at + self._settings.connect_seconds

    def is_confirmed(self, node: Node) -> bool:
        return node is self._node and monotonic() < self._confirmed_until

    async def pause(self, seconds: float) -> None:
        """Wait less while the master is new: it refuses writes until its replicas have connected, soon."""
        is_new = monotonic() - self._switched_at < _NEW_MASTER_SECONDS
        await self._wait_wakeup(min(seconds, _SHORT_PAUSE_SECONDS) if is_new else seconds)

    def topology(self) -> KnownTopology:
        address = str(Address(self._master.host, self._master.port)) if self._master else ""
        return KnownTopology(
            RedisMode.SENTINEL,
            [KnownMaster(address, self._node)],
            self._quorum.known,
            self._quorum.quorum,
            self._last_failover_at,
        )

    @property
    def failovers(self) -> int:
        return self._failovers

    @property
    def failover_epoch(self) -> int:
        return self._failover_epoch

    @property
    def is_available(self) -> bool:
        return self._node is not None and self._node.is_available and self.is_confirmed(self._node)

    @property
    def accepts_writes(self) -> bool:
        return self._node is None or self._node.accepts_writes

    def _confirmed_node(self) -> Node:
        """Return the master's node, if a majority has lately confirmed it."""
        if self._node is None or not self.is_confirmed(self._node):
            raise RedisUnavailable(self._quorum.error())
        return self._node

    def _on_agreed(self, master: Master, until: float) -> None:
        self._confirmed_until = until
        if master != self._master:
            self._switch(master)
        self._check_quorum()

    def _switch(self, master: Master) -> None:
        """Use another master: every connection to the previous one ends, in-use ones too."""
        address = f"{master.host}:{master.port}"
        _log.info("sentinel.master_changed", name=self._name, address=address, epoch=master.failover_epoch)
        if master.failover_epoch < self._failover_epoch:
            known = self._failover_epoch
            _log.warning(
                "sentinel.epoch_decreased", name=self._name, epoch=master.failover_epoch, known=known
            )
        self._master, self._failover_epoch = master, max(self._failover_epoch, master.failover_epoch)
        self._switched_at = monotonic()
        previous = self._node
        name = f"{self._name}#{self._failover_epoch} {address}"
        dial = partial(self._dial_master, master.host, master.port)
        self._node = Node(
            name, dial, self._settings, self._monitor, self._report_change, self._failover_epoch
        )
        self._node.start()
        self._wake_retries()
        if previous:
            self._failovers += 1
            self._last_failover_at = time.time_ns() // 1_000
            self._tasks.spawn("redis.leave_master", previous.close())
            if self.on_switch:
                self._tasks.spawn("redis.reconnect_subscriber", self.on_switch())

    async def _check_role(self, node: Node) -> None:
        """Leave a server that says itself that it is no master; it is dialled again only once it is one."""
        try:
            if connection := node.ready_connection():
                role = await connection.send(_ROLE, monotonic() + self._settings.stall_seconds)
                if not isinstance(role, list) or role[0] != b"master":
                    await node.drop_connections()
        except (ConnectionLost, ReplyTimeout, Overloaded):
            pass  # the node itself detects a connection that does not answer
        finally:
            self._suspected = None

    def _check_quorum(self) -> None:
        """Report what has changed, and check again when the votes of the majority expire."""
        left = self._confirmed_until - monotonic()
        if self._fence_timer:
            self._fence_timer.cancel()
        loop = asyncio.get_running_loop()
        self._fence_timer = loop.call_later(left, self._check_quorum) if left > 0 else None
        if self._has_quorum and left <= 0:
            self._quorum_lost_at = monotonic()
            _log.warning("sentinel.quorum_lost", name=self._name, error=self._quorum.error())
        elif left > 0 and not self._has_quorum:
            _log.info("sentinel.quorum_reached", name=self._name, node=self._node and self._node.name)
            self._wake_retries()
        self._has_quorum = left > 0
        self._report_change()

    async def _wait_wakeup(self, seconds: float) -> None:
        """Return when _wake_retries is called, or after `seconds`."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wakeup.wait()

    def _wake_retries(self) -> None:
        """Wake the calls that pause before a retry: the master is known again, or is another one."""
        wakeup, self._wakeup = self._wakeup, asyncio.Event()
        wakeup.set()

    def _report_change(self) -> None:
        before, self._reported = self._reported, (self.is_available, self.accepts_writes)
        if self._reported != before:
            self._on_change()
