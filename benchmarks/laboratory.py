"""Start the servers that are measured, and what they need, each when it is first asked for."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from benchmarks.collector import Collector
from benchmarks.go_program import go_command
from benchmarks.identities import Identities
from benchmarks.processes import Process, cpu_seconds, resident_kib
from benchmarks.redis_process import RedisProcess, ScriptTime

_QUIET_SHARE = 0.1
_LOOK_SECONDS = 0.2
_NOISY_SECONDS = 15


class Transport(Enum):
    """Name a transport of our servers; the value is that of the setting."""

    GRPC = "grpc"
    HTTP = "http"

    @property
    def title(self) -> str:
        """Return how tables call it."""
        return "grpc.aio" if self is Transport.GRPC else self.value

    @property
    def flags(self) -> Sequence[str]:
        """Return what chooses it in a command line."""
        return "--transport", self.value


class Server(Enum):
    """Name a server that can be measured; the value is its title in tables."""

    REDIS = "Redis"
    GRPC_GO = "grpc-go"
    BARE = "bare grpc.aio"
    BARE_CONTRIB = "bare grpc.aio + contrib OpenTelemetry"
    NAIVE = "naive"
    OURS = "quikstate"
    OURS_UNTRACED = "quikstate, tracing off"
    OURS_FULL = "quikstate, on a Redis of its own"
    OURS_FULL_OF_LOCKS = "quikstate, on another Redis of its own"
    OURS_HOLDING = "quikstate, new"
    OURS_TWO_WORKERS = "quikstate, 2 workers"
    OURS_FULL_OF_SESSIONS = "quikstate, on a third Redis of its own"
    OURS_FULL_OF_USERS = "quikstate, on a fourth Redis of its own"
    OURS_WATCHED = "quikstate, another new"
    OURS_LISTENED_TO = "quikstate, new too"
    OURS_AUTHENTICATING = "quikstate, with callers"
    OURS_TLS = "quikstate, TLS"
    OURS_MUTUAL_TLS = "quikstate, mutual TLS"
    OURS_PUBLISHING = "quikstate, with subscribers"

    @property
    def is_ours(self) -> bool:
        """Return True if it has a choice of transports."""
        return self.name.startswith("OURS")


_WITH_A_REDIS = {
    Server.OURS_FULL,
    Server.OURS_FULL_OF_LOCKS,
    Server.OURS_FULL_OF_SESSIONS,
    Server.OURS_FULL_OF_USERS,
}
"""Each has one of its own, on all transports the same, full of what it is to look through."""


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    address: str
    redis: RedisProcess
    process: Process | None = None
    """None for Redis itself."""
    command: Sequence[str] = ()
    """Starts another one like it."""
    transport: Transport | None = None
    identities: Identities | None = None
    """Those that it knows."""

    @property
    def transport_flags(self) -> Sequence[str]:
        return self.transport.flags if self.transport else ()

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.process.pid) if self.process else 0.0

    def resident_kib(self) -> float:
        return resident_kib(self.process.pid) if self.process else 0.0

    def wait_quiet(self) -> None:
        """Return when it has done what came before, so that this counts for nothing that follows."""
        give_up = time.monotonic() + _NOISY_SECONDS
        used = self.cpu_seconds()
        while time.monotonic() < give_up:
            time.sleep(_LOOK_SECONDS)  # the time over which the share of CPU is taken
            before, used = used, self.cpu_seconds()
            if used - before < _LOOK_SECONDS * _QUIET_SHARE:
                return


class Laboratory:
    def __init__(self) -> None:
        self._ends = ExitStack()
        self._running: dict[tuple[Server, Transport | None], Running] = {}
        self._own_redis: dict[Server, RedisProcess] = {}

    def __enter__(self) -> Self:
        # Not where TMPDIR points: a unix socket's path has 107 bytes at most.
        self._folder = Path(self._ends.enter_context(TemporaryDirectory(prefix="qs-", dir="/tmp")))
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def server(self, server: Server, transport: Transport | None) -> Running:
        """A server under test, started if need be."""
        if (server, transport) not in self._running:
            self._running[server, transport] = self._start(server, transport)
        return self._running[server, transport]

    def rest(self, seconds: float) -> None:
        """Find out what each Redis is asked while nobody calls: every server looks after presence
        four times a second, which is no part of anyone's call."""
        before = {running.redis: running.redis.script_time() for running in self._running.values()}
        time.sleep(seconds)  # the time that is measured: nobody calls in it
        for redis, earlier in before.items():
            ran = redis.script_time().less(earlier)
            redis.at_rest = ScriptTime(ran.calls / seconds, ran.microseconds / seconds)

    @cached_property
    def redis(self) -> RedisProcess:
        """Shared by all servers but those that have one of their own."""
        return self._ends.enter_context(RedisProcess(self._folder / "redis"))

    @cached_property
    def _identities(self) -> Identities:
        return Identities(self._folder / "identities")

    @cached_property
    def _collector(self) -> Collector:
        return self._ends.enter_context(Collector())

    def _start(self, server: Server, transport: Transport | None) -> Running:
        if server is Server.REDIS:
            return Running(str(self.redis.socket), self.redis)
        redis = self._redis_of(server)
        command = [*self._program(server, redis), *(transport.flags if transport else ())]
        log = "-".join([server.name, *([transport.value] if transport else ())])
        process = self._ends.enter_context(Process(command, self._folder / f"{log}.log"))
        return Running(process.first_line(), redis, process, command, transport, self._identities)

    def _redis_of(self, server: Server) -> RedisProcess:
        if server not in _WITH_A_REDIS:
            return self.redis
        if server not in self._own_redis:
            own = RedisProcess(self._folder / f"{server.name}-redis")
            self._own_redis[server] = self._ends.enter_context(own)
        return self._own_redis[server]

    def _program(self, server: Server, redis: RedisProcess) -> list[str]:
        python = [sys.executable, "-m"]
        reached = ["--redis-url", redis.url]
        traced = [*reached, "--otlp-endpoint", self._collector.url]
        match server:
            case Server.GRPC_GO:
                return go_command({"mode": "serve"})
            case Server.BARE:
                return [*python, "benchmarks.servers.bare"]
            case Server.BARE_CONTRIB:
                return [*python, "benchmarks.servers.bare", "--contrib"]
            case Server.NAIVE:
                return [*python, "benchmarks.servers.naive", *traced]
            case Server.OURS_TWO_WORKERS:
                return [*python, "benchmarks.servers.ours", *traced, "--workers", "2"]
            case Server.OURS_UNTRACED:
                return [*python, "benchmarks.servers.ours", *reached]
            case Server.OURS_AUTHENTICATING:
                flags = self._identities.server_flags(tls=False, client_ca=False, auth=True)
            case Server.OURS_TLS:
                flags = self._identities.server_flags(tls=True, client_ca=False, auth=False)
            case Server.OURS_MUTUAL_TLS:
                flags = self._identities.server_flags(tls=True, client_ca=True, auth=True)
            case _:
                flags = []
        return [*python, "benchmarks.servers.ours", *traced, *flags]
