"""The topologies that tests run on, each made of real processes.

Where Redis has users, our clients are the least ones of `quikstate redis-acl`, so that every test of a
primitive shows that they suffice. Plain clients are the default user, who may do anything.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

import redis
from quikstate_server.cli.server import redis_acl
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.router import cluster_client
from quikstate_server.redis_client.connection.dial import Address, Credentials
from quikstate_server.redis_client.embedded.data_directory import socket_path
from quikstate_server.redis_client.sentinel.client import sentinel_client
from quikstate_server.redis_client.standalone import standalone_client
from quikstate_server.settings import RedisSettings, Settings
from support.harness.eventually import wait_until
from support.redis.binaries import Server
from support.redis.cluster_process import ClusterProcess, plain_cluster_client
from support.redis.redis_process import RedisProcess, plain_client
from support.redis.sentinel_group import SentinelGroup
from support.server import embedded_server

LEAST = Credentials("quikstate", "least")
ANYTHING = Credentials()
"""The default user, for clients that run commands which the server does not."""


def add_least_users(url: str, clients: Iterable[redis.Redis], **settings: object) -> None:
    """Add the least user of each kind of server; `url` is of the topology, and `clients` of its servers."""
    chosen = Settings.model_validate({"redis_url": url, **settings})
    of_redis, *of_sentinels = (placed.user for placed in redis_acl.users(chosen))
    for plain in clients:
        with plain as client:
            is_sentinel = "sentinel_masters" in client.info()
            (user,) = of_sentinels if is_sentinel else (of_redis,)
            rules = *user.rules, f">{LEAST.password}"
            client.execute_command("ACL", "SETUSER", user.name, *rules)


class Deployment(Protocol):
    """Redis running in one topology."""

    @property
    def url(self) -> str:
        """What a whole server has for it as its redis_url."""

    def redis_client(self, settings: RedisSettings, user: Credentials = LEAST) -> RedisClient:
        """A Redis client on it, not yet started."""

    def client(self) -> redis.Redis:
        """A plain client to the same data."""

    def close(self) -> None: ...


class Standalone:
    def __init__(self, server: Server) -> None:
        self._process = RedisProcess(server)
        add_least_users(self.url, [self._process.client()])

    @property
    def url(self) -> str:
        return f"unix://{LEAST.username}:{LEAST.password}@{self._process.path}"

    def redis_client(self, settings: RedisSettings, user: Credentials = LEAST) -> RedisClient:
        return standalone_client(self._process.address, user, settings)

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

    def redis_client(self, settings: RedisSettings, user: Credentials = LEAST) -> RedisClient:  # noqa: ARG002 - it has none
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
        add_least_users(self.url, (node.client() for node in self._processes.nodes))

    @property
    def url(self) -> str:
        return f"redis+cluster://{LEAST.username}:{LEAST.password}@{self._processes.addresses[0]}"

    def redis_client(self, settings: RedisSettings, user: Credentials = LEAST) -> RedisClient:
        return cluster_client(self._processes.addresses, user, settings)

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
        processes = (*self._group.nodes, *self._group.sentinels)
        add_least_users(self.url, (process.client() for process in processes))

    @property
    def url(self) -> str:
        return self._group.url.replace("://", f"://{LEAST.username}:{LEAST.password}@")

    def redis_client(self, settings: RedisSettings, user: Credentials = LEAST) -> RedisClient:
        target = replace(self._group.target, username=user.username, password=user.password)
        as_user = {"sentinel_username": user.username, "sentinel_password": SecretStr(user.password)}
        return sentinel_client(target, settings.model_copy(update=as_user))

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
