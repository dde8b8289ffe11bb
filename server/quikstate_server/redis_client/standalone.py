"""One Redis server at a fixed address."""

from __future__ import annotations

from collections.abc import Sequence

from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import FaultMonitor
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.dial import Address, Credentials, dial, server_asker
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.router import OnChange, Router
from quikstate_server.redis_client.topology import KnownMaster, KnownTopology, RedisMode
from quikstate_server.settings import RedisSettings


class StandaloneRouter(Router):
    """Every key is on the one node. It cannot be demoted, so nothing follows from a suspicion."""

    def __init__(self, node: Node, mode: RedisMode = RedisMode.STANDALONE) -> None:
        self._node = node
        self._mode = mode

    async def start(self) -> None:
        self._node.start()

    async def close(self) -> None:
        await self._node.close()

    def node_for(self, key: str) -> Node:  # noqa: ARG002 - the interface of all topologies
        return self._node

    def split_by_slot(self, keys: Sequence[str]) -> list[list[int]]:
        return [list(range(len(keys)))] if keys else []

    def nodes(self) -> Sequence[Node]:
        return (self._node,)

    def report_suspect(self, node: Node) -> None:
        pass

    def topology(self) -> KnownTopology:
        return KnownTopology(self._mode, [KnownMaster(self._node.name, self._node)])

    @property
    def failover_epoch(self) -> int:
        return 0

    @property
    def is_available(self) -> bool:
        return self._node.is_available

    @property
    def accepts_writes(self) -> bool:
        return self._node.accepts_writes


def standalone_client(
    address: Address,
    credentials: Credentials,
    settings: RedisSettings,
    *,
    channel_prefix: str = "",
    on_change: OnChange = lambda: None,
    monitor: FaultMonitor | None = None,
    mode: RedisMode = RedisMode.STANDALONE,
) -> RedisClient:
    """Return a client of the server at `address`, not yet started."""
    monitor = monitor or FaultMonitor()

    async def connect() -> AbstractConnection:
        return await dial(address, credentials, settings)

    router = StandaloneRouter(Node(str(address), connect, settings, monitor, on_change), mode)
    ask_server = server_asker(credentials, settings, tls=address.tls)
    return RedisClient(
        router, connect, settings, monitor, ask_server=ask_server, channel_prefix=channel_prefix
    )
