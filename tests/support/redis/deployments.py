"""The topologies that tests run on, each made of real processes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import redis
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.router import cluster_client
from quikstate_server.redis_client.connection.dial import Address, Credentials
from quikstate_server.redis_client.embedded.data_directory import socket_path
from quikstate_server.redis_client.sentinel.client import sentinel_client
from quikstate_server.redis_client.standalone import standalone_client
from quikstate_server.settings import RedisSettings
from support.harness.eventually import wait_until
from support.redis.binaries import Server
from support.redis.cluster_process import ClusterProcess, plain_cluster_client
from support.redis.redis_process import RedisProcess, plain_client
from support.redis.sentinel_group import SentinelGroup
from support.server import embedded_server


class Deployment(Protocol):
    """Redis running in one topology."""

    @property
    def url(self) -> str:
        """What a whole server has for it as its redis_url."""

    def redis_client(self, settings: RedisSettings) -> RedisClient:
        """A Redis client on it, not yet started."""

    def client(self) -> redis.Redis:
        """A plain client to the same data."""

    def close(self) -> None: ...


class Standalone:
    def __init__(self, server: Server) -> None:
        self._process = RedisProcess(server)

    @property
    def url(self) -> str:
        return f"unix://{self._process.path}"

    def redis_client(self, settings: RedisSettings) -> RedisClient:
        return standalone_client(self._process.address, Credentials(), settings)

    def client(self) -> redis.Redis:
        return self._process.client()

    def close(self) -> None:
        self._process.close()


class Embedded:
    """The child as `serve` runs it: its configuration, its AOF, its supervisor."""

    def __init__(self, server: Server) -> None:
        assert server.binary, server.absence
        self._folder = tempfile.TemporaryDirectory(prefix="qs-", dir="/tmp")
        self._socket = str(socket_path(Path(self._folder.name)))
        log = Path(self._folder.name, "said")
        with log.open("w") as said:
            self._process = subprocess.Popen(
                [sys.executable, embedded_server.__file__, self._folder.name, server.binary.release.kind],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
            )
        wait_until(lambda: self._process.poll() is not None or embedded_server.READY in log.read_text())
        assert self._process.poll() is None, log.read_text()

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def redis_client(self, settings: RedisSettings) -> RedisClient:
        return standalone_client(Address(path=self._socket), Credentials(), settings)

    def client(self) -> redis.Redis:
        return plain_client(self._socket)

    def close(self) -> None:
        self._process.communicate(timeout=60)
        self._folder.cleanup()


class Cluster:
    """Three masters, each with a third of the slots, which a busy machine does not make doubt each other."""

    def __init__(self, server: Server) -> None:
        self._processes = ClusterProcess(server, cluster_node_timeout="60000")
        self._client = plain_cluster_client(self._processes.addresses[0])

    @property
    def url(self) -> str:
        return f"redis+cluster://{self._processes.addresses[0]}"

    def redis_client(self, settings: RedisSettings) -> RedisClient:
        return cluster_client(self._processes.addresses, Credentials(), settings)

    def client(self) -> redis.Redis:
        """What a test before has published may still be on its way from another node: it is waited for."""
        wait_until(self._processes.hear_each_other)
        return self._client

    def close(self) -> None:
        self._client.close()
        self._processes.close()


class Sentinel:
    """A master, two replicas and three sentinels, which leave them alone: faults have groups of their own."""

    def __init__(self, server: Server) -> None:
        self._group = SentinelGroup(server, down_after=60.0)
        self._group.stop_publishing()

    @property
    def url(self) -> str:
        return self._group.url

    def redis_client(self, settings: RedisSettings) -> RedisClient:
        return sentinel_client(self._group.target, settings)

    def client(self) -> redis.Redis:
        return self._group.master.client()

    def close(self) -> None:
        self._group.close()


TOPOLOGIES: dict[str, Callable[[Server], Deployment]] = {
    "embedded": Embedded,
    "standalone": Standalone,
    "sentinel": Sentinel,
    "cluster": Cluster,
}
"""The rows of the matrix: a topology's tests begin to run with its line here."""
