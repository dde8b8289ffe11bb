"""The topologies that tests run on, each made of real processes and reached through its constructor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import redis

from quikstate_server.settings import RedisSettings
from quikstate_server.topology.dial import Credentials
from quikstate_server.topology.standalone import standalone
from quikstate_server.topology.topology import Topology
from support.redis_process import RedisProcess
from support.servers import Server


class Deployment(Protocol):
    """Redis running in one topology."""

    def topology(self, settings: RedisSettings) -> Topology:
        """A Topology on it, not yet started."""

    def client(self) -> redis.Redis:
        """A plain client to the same data."""

    def close(self) -> None: ...


class Standalone:
    def __init__(self, server: Server) -> None:
        self._process = RedisProcess(server)

    def topology(self, settings: RedisSettings) -> Topology:
        return standalone(self._process.address, Credentials(), settings)

    def client(self) -> redis.Redis:
        return self._process.client()

    def close(self) -> None:
        self._process.close()


TOPOLOGIES: dict[str, Callable[[Server], Deployment]] = {
    "standalone": Standalone,
}
"""The rows of the matrix: a topology's tests begin to run with its line here."""
