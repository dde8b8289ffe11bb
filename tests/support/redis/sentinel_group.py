"""A master, its replicas and its sentinels, as processes on this machine."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar, cast

from quikstate_server.settings import Mode, RedisUrl
from support.harness.eventually import PATIENCE_SECONDS, wait_until
from support.redis.binaries import Server
from support.redis.redis_process import RedisProcess, free_port

NAME = "mymaster"
T = TypeVar("T", bound=RedisProcess)
_FAILOVER_SECONDS = 3.0
"""Sentinels try a failover that got no majority again after twice this."""


@dataclass(frozen=True)
class Place:
    """A place where processes run and listen: this host, or a network namespace."""

    host: str = "127.0.0.1"
    inside: tuple[str, ...] = ()
    """The command that runs another one there, such as `ip netns exec`."""


class SentinelProcess(RedisProcess):
    """A sentinel. It needs a configuration file of its own, since it writes its state there."""

    def __init__(self, server: Server, place: Place, port: int, lines: Sequence[str]) -> None:
        self._lines = lines
        self.host = place.host
        super().__init__(server, inside=place.inside, port=str(port))

    def _arguments(self) -> list[str]:
        file = self.folder / "sentinel.conf"
        if not file.exists():
            own = [f"{name} {self.config[name]}" for name in ("port", "dir", "unixsocket")]
            file.write_text("\n".join([*own, "protected-mode no", *self._lines, ""]))
        return [str(file), "--sentinel"]


class SentinelGroup:
    """`nodes` are the servers, the first of them the master; `sentinels` know each other from the start.

    The master and the first sentinel are `beside` each other, the others `elsewhere`.
    """

    def __init__(
        self,
        server: Server,
        *,
        down_after: float = 1.0,
        beside: Place = Place(),
        elsewhere: Place = Place(),
        node_config: Mapping[str, str] = MappingProxyType({}),
        sentinel_lines: Sequence[str] = (),
    ) -> None:
        with ExitStack() as started:
            self._start(server, down_after, beside, elsewhere, node_config, sentinel_lines, started)
            started.pop_all()

    def _start(
        self,
        server: Server,
        down_after: float,
        beside: Place,
        elsewhere: Place,
        node_config: Mapping[str, str],
        sentinel_lines: Sequence[str],
        started: ExitStack,
    ) -> None:
        def begun(process: T) -> T:
            started.callback(process.close)
            return process

        config = {"protected-mode": "no", **node_config}
        first = begun(RedisProcess(server, tcp=True, inside=beside.inside, **config))
        config["replicaof"] = f"{beside.host} {first.port}"
        others = [begun(RedisProcess(server, tcp=True, inside=elsewhere.inside, **config)) for _ in range(2)]
        self.nodes = [first, *others]
        about = [
            f"sentinel monitor {NAME} {beside.host} {first.port} 2",
            f"sentinel down-after-milliseconds {NAME} {down_after * 1_000:.0f}",
            f"sentinel failover-timeout {NAME} {_FAILOVER_SECONDS * 1_000:.0f}",
            *(f"sentinel known-replica {NAME} {elsewhere.host} {node.port}" for node in others),
            *sentinel_lines,
        ]
        ids = {place: secrets.token_hex(20) for place in self._places(beside, elsewhere)}
        self.sentinels = [
            begun(SentinelProcess(server, place, port, [*about, *_identity_lines(port, ids)]))
            for place, port in ids
        ]

    @staticmethod
    def _places(beside: Place, elsewhere: Place) -> list[tuple[Place, int]]:
        return [(place, free_port()) for place in (beside, elsewhere, elsewhere)]

    @property
    def target(self) -> RedisUrl:
        """Return the URL that names its sentinels."""
        hosts = tuple((sentinel.host, sentinel.port) for sentinel in self.sentinels)
        return RedisUrl(Mode.SENTINEL, hosts, master=NAME)

    @property
    def url(self) -> str:
        """Return the same as text, for a server's settings."""
        hosts = ",".join(f"{host}:{port}" for host, port in self.target.hosts)
        return f"redis+sentinel://{hosts}/{NAME}"

    @property
    def master(self) -> RedisProcess:
        """Return the master, as the first running sentinel names it."""
        for sentinel in self.sentinels:
            if sentinel.runs:
                return self.named_by(sentinel)
        raise AssertionError("no sentinel runs")

    def named_by(self, sentinel: SentinelProcess) -> RedisProcess:
        with sentinel.client() as client:
            _, port = client.sentinel_get_master_addr_by_name(NAME)
        return next(node for node in self.nodes if node.port == int(port))

    @property
    def replicas(self) -> list[RedisProcess]:
        master = self.master
        return [node for node in self.nodes if node is not master]

    def failover(self) -> None:
        """Fail over, as an operator does."""
        with self.sentinels[0].client() as client:
            client.execute_command("SENTINEL", "FAILOVER", NAME)

    def stop_publishing(self) -> None:
        """Make sentinels publish nothing, for tests that count what is published."""
        for sentinel in self.sentinels:
            with sentinel.client() as client:
                client.execute_command("SENTINEL", "DEBUG", "PUBLISH-PERIOD", 3_600_000)

    def wait_complete(self, within: float = PATIENCE_SECONDS) -> None:
        """Return once every replica follows the master, and every sentinel knows it."""
        wait_until(self._whole, within=within)

    def _whole(self) -> bool:
        master = self.master
        replicas = len(self.nodes) - 1
        with master.client() as client:
            if client.info("replication")["connected_slaves"] != replicas:
                return False
            client.set("whole", "1")
            if client.wait(replicas, 100) != replicas:  # a new replica receives nothing for a second
                return False
        return all(self._sees_all(sentinel, master) for sentinel in self.sentinels)

    def _sees_all(self, sentinel: SentinelProcess, master: RedisProcess) -> bool:
        with sentinel.client() as client:
            seen = cast("dict[str, object]", client.sentinel_master(NAME))
            replicas = cast("list[dict[str, object]]", client.sentinel_slaves(NAME))
        linked = [one for one in replicas if one["flags"] == "slave" and one["master-link-status"] == "ok"]
        return (seen["port"], seen["flags"]) == (master.port, "master") and len(linked) >= len(self.nodes) - 1

    def close(self) -> None:
        for process in [*self.sentinels, *self.nodes]:
            process.close()


def _identity_lines(own: int, ids: Mapping[tuple[Place, int], str]) -> Iterator[str]:
    """Yield the lines for the sentinel at port `own` with the ids of all; they follow `monitor`."""
    for (place, port), name in ids.items():
        if port == own:
            yield f"sentinel myid {name}"
        else:
            yield f"sentinel known-sentinel {NAME} {place.host} {port} {name}"


StartGroup = Callable[..., SentinelGroup]
