"""The master that Redis Sentinel names, and what follows when it names another.

A majority of the sentinels must name it, and go on naming it: when it has not for
`sentinel_fence_seconds` we may be cut off beside a master that is none any more, so nothing is
sent until it does. The server itself is asked too, whenever a connection is made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

import structlog
from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.errors import Overloaded, RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.connection import Dial
from quikstate_server.redis_client.connection.dial import Address, Credentials, dial, dial_master
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.packing import pack
from quikstate_server.redis_client.replies import ConnectionLost, ReplyTimeout
from quikstate_server.redis_client.router import OnChange, Router
from quikstate_server.redis_client.sentinel.quorum import Master, Sentinels
from quikstate_server.settings import RedisSettings, RedisUrl

DialMaster = Callable[[str, int], Awaitable[AbstractConnection]]
"""Makes a connection to a host and port where a master is, or raises RedisUnavailable."""

_NEW_SECONDS = 1.0
_SHORT_PAUSE_SECONDS = 0.05
_ROLE = pack(("ROLE",))
_log = structlog.get_logger()


class SentinelRouter(Router):
    """Every key is on the master: one Node for as long as it is that, another after each switch."""

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
        self._sentinels = Sentinels(sentinels, name, settings, monitor, self._on_agreed)
        self._dial_master = dial_master
        self._settings = settings
        self._on_change = on_change
        self._master: Master | None = None
        self._node: Node | None = None
        self._epoch = 0
        self._confirmed_until = float("-inf")
        self._fence: asyncio.TimerHandle | None = None
        self._sure = False
        self._in_doubt_since = float("-inf")
        self._told = (False, True)
        self._switched_at = float("-inf")
        self._mended = asyncio.Event()
        self._suspected: Node | None = None
        self._at_work = BackgroundTasks(monitor)
        self.on_switch: Callable[[], Coroutine[Any, Any, None]] | None = None
        """Called when the master is another one, to leave the old one."""

    async def start(self) -> None:
        """Return once the master is known, or after connect_seconds: it is looked for as long as it takes."""
        self._sentinels.start()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.connect_seconds):
                await self._mended.wait()

    async def close(self) -> None:
        await self._sentinels.close()
        if self._fence:
            self._fence.cancel()
        if self._node:
            await self._node.close()
        await self._at_work.close()

    async def dial(self) -> AbstractConnection:
        """A connection to the master."""
        return await self._confirmed().dial()

    def node_for(self, key: str) -> Node:  # noqa: ARG002 - the interface of all topologies
        return self._confirmed()

    def nodes(self) -> Sequence[Node]:
        return (self._confirmed(),)

    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        return [list(range(len(keys)))]

    def suspect(self, node: Node) -> None:
        """Ask the sentinels again, and the node itself."""
        if node is not self._node:
            return
        self._sentinels.ask()  # each time: what they said while it is asked for its role may be old already
        if node is not self._suspected:
            self._suspected = node
            self._at_work.spawn("redis.ask_role", self._ask_role(node))

    @property
    def hopeful(self) -> bool:
        """In a doubt that lasts calls are refused at once, so that they do not pile up.

        It lasts since it was noticed: this process may have stood still itself.
        """
        return self._sure or monotonic() < self._in_doubt_since + self._settings.connect_seconds

    def vouches_for(self, node: Node) -> bool:
        return node is self._node and monotonic() < self._confirmed_until

    async def pause(self, seconds: float) -> None:
        """Short while the master is new: it may refuse writes until its replicas have come, which is soon."""
        new = monotonic() - self._switched_at < _NEW_SECONDS
        with suppress(TimeoutError):
            async with asyncio.timeout(min(seconds, _SHORT_PAUSE_SECONDS) if new else seconds):
                await self._mended.wait()

    @property
    def failover_epoch(self) -> int:
        return self._epoch

    @property
    def is_available(self) -> bool:
        return self._node is not None and self._node.is_available and self.vouches_for(self._node)

    @property
    def accepts_writes(self) -> bool:
        return self._node is None or self._node.accepts_writes

    def _confirmed(self) -> Node:
        """The master's node, if a majority has lately confirmed it."""
        if self._node is None or not self.vouches_for(self._node):
            raise RedisUnavailable(self._sentinels.doubt())
        return self._node

    def _on_agreed(self, master: Master, until: float) -> None:
        self._confirmed_until = until
        if master != self._master:
            self._switch(master)
        self._look()

    def _switch(self, master: Master) -> None:
        """Go by another master: every connection to the one before ends, in-use ones too."""
        address = f"{master.host}:{master.port}"
        _log.info("sentinel.master", name=self._name, address=address, epoch=master.epoch)
        if master.epoch < self._epoch:
            _log.warning("sentinel.epoch_went_back", name=self._name, epoch=master.epoch, known=self._epoch)
        self._master, self._epoch = master, max(self._epoch, master.epoch)
        self._switched_at = monotonic()
        before = self._node
        name = f"{self._name}#{self._epoch} {address}"
        dial = partial(self._dial_master, master.host, master.port)
        self._node = Node(name, dial, self._settings, self._monitor, self._tell, self._epoch)
        self._node.start()
        self._mend()
        if before:
            self._at_work.spawn("redis.leave_master", before.close())
            if self.on_switch:
                self._at_work.spawn("redis.reconnect_subscriber", self.on_switch())

    async def _ask_role(self, node: Node) -> None:
        """Leave a server that says itself that it is no master: none connects to it until it is one."""
        try:
            if connection := node.ready():
                role = await connection.send(_ROLE, monotonic() + self._settings.stall_seconds)
                if not isinstance(role, list) or role[0] != b"master":
                    await node.drop_connections()
        except (ConnectionLost, ReplyTimeout, Overloaded):
            pass  # a connection that does not answer is judged by others
        finally:
            self._suspected = None

    def _look(self) -> None:
        """Tell what has changed, and look again when the majority's word lapses."""
        left = self._confirmed_until - monotonic()
        if self._fence:
            self._fence.cancel()
        self._fence = asyncio.get_running_loop().call_later(left, self._look) if left > 0 else None
        if self._sure and left <= 0:
            self._in_doubt_since = monotonic()
            _log.warning("sentinel.in_doubt", name=self._name, why=self._sentinels.doubt())
        elif left > 0 and not self._sure:
            _log.info("sentinel.sure", name=self._name, node=self._node and self._node.name)
            self._mend()
        self._sure = left > 0
        self._tell()

    def _mend(self) -> None:
        """Something is better: who waits to repeat a call need not wait longer."""
        mended, self._mended = self._mended, asyncio.Event()
        mended.set()

    def _tell(self) -> None:
        told, self._told = self._told, (self.is_available, self.accepts_writes)
        if self._told != told:
            self._on_change()


def router(
    target: RedisUrl, settings: RedisSettings, monitor: FaultMonitor, on_change: OnChange = lambda: None
) -> SentinelRouter:
    """The router that `target` describes."""
    credentials = Credentials(target.username, target.password, target.database)

    async def connect(host: str, port: int) -> AbstractConnection:
        return await dial_master(Address(host, port, tls=target.tls), credentials, settings)

    dials = {str(address): dial_sentinel(address, settings) for address in addresses_of(target, settings)}
    return SentinelRouter(target.master, dials, connect, settings, monitor, on_change)


def sentinel_client(
    target: RedisUrl,
    settings: RedisSettings,
    *,
    channel_prefix: str = "",
    on_change: OnChange = lambda: None,
    monitor: FaultMonitor | None = None,
) -> RedisClient:
    monitor = monitor or FaultMonitor()
    made = router(target, settings, monitor, on_change)
    redis_client = RedisClient(made, made.dial, settings, monitor, channel_prefix=channel_prefix)
    made.on_switch = redis_client.subscriber.reconnect
    return redis_client


async def check_sentinel_connection(target: RedisUrl, settings: RedisSettings) -> None:
    """Open and close a connection to the master; an error says why there is none."""
    made = router(target, settings, FaultMonitor())
    try:
        await made.start()
        connection = await made.dial()
        await connection.disconnect(nowait=True)
    finally:
        await made.close()


def addresses_of(target: RedisUrl, settings: RedisSettings) -> list[Address]:
    """Where the sentinels are; each once, or it would have two votes."""
    tls = target.tls if settings.sentinel_tls == "as_redis" else settings.sentinel_tls == "tls"
    return [Address(host, port, tls=tls) for host, port in dict.fromkeys(target.hosts)]


def dial_sentinel(address: Address, settings: RedisSettings) -> Dial:
    """Connects as `dial` does, by the settings that are for sentinels."""
    password = settings.sentinel_password
    credentials = Credentials(settings.sentinel_username, password.get_secret_value() if password else "")
    theirs = settings.model_copy(
        update={
            "connect_seconds": settings.sentinel_seconds,
            "command_seconds": settings.sentinel_seconds,
            "tls_ca_file": settings.sentinel_tls_ca_file,
            "tls_cert_file": settings.sentinel_tls_cert_file,
            "tls_key_file": settings.sentinel_tls_key_file,
        }
    )
    return partial(dial, address, credentials, theirs)
