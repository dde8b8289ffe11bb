"""What is measured, and what it needs: each server starts when it is first asked for."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from benchmarks.collector import Collector
from benchmarks.processes import Process, cpu_seconds, resident_kib
from benchmarks.redis_process import RedisProcess, ScriptTime


class Server(Enum):
    """What can be measured; the value is how tables call it."""

    REDIS = "Redis"
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


_WITH_A_REDIS = {
    Server.OURS_FULL,
    Server.OURS_FULL_OF_LOCKS,
    Server.OURS_FULL_OF_SESSIONS,
    Server.OURS_FULL_OF_USERS,
}
"""Each has one of its own, full of what it is to look through."""


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    address: str
    redis: RedisProcess
    process: Process | None = None
    """None for Redis itself."""

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.process.pid) if self.process else 0.0

    def resident_kib(self) -> float:
        return resident_kib(self.process.pid) if self.process else 0.0


class Laboratory:
    def __init__(self) -> None:
        self._ends = ExitStack()
        self._running: dict[Server, Running] = {}

    def __enter__(self) -> Self:
        # Not where TMPDIR points: a unix socket's path has 107 bytes at most.
        self._folder = Path(self._ends.enter_context(TemporaryDirectory(prefix="qs-", dir="/tmp")))
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()

    def server(self, server: Server) -> Running:
        """A server under test, started if need be."""
        if server not in self._running:
            self._running[server] = self._start(server)
        return self._running[server]

    def rest(self, seconds: float) -> None:
        """Find out what each Redis is asked while nobody calls: every server looks after presence
        four times a second, which is no part of anyone's call."""
        before = {running.redis: running.redis.script_time() for running in self._running.values()}
        time.sleep(seconds)
        for redis, earlier in before.items():
            ran = redis.script_time().less(earlier)
            redis.at_rest = ScriptTime(ran.calls / seconds, ran.microseconds / seconds)

    @cached_property
    def redis(self) -> RedisProcess:
        """Shared by all servers but those that have one of their own."""
        return self._ends.enter_context(RedisProcess(self._folder / "redis"))

    @cached_property
    def _collector(self) -> Collector:
        return self._ends.enter_context(Collector())

    def _start(self, server: Server) -> Running:
        if server is Server.REDIS:
            return Running(str(self.redis.socket), self.redis)
        redis = self.redis
        if server in _WITH_A_REDIS:
            redis = self._ends.enter_context(RedisProcess(self._folder / f"{server.name}-redis"))
        command = [sys.executable, "-m", *self._program(server, redis)]
        process = self._ends.enter_context(Process(command, self._folder / f"{server.name}.log"))
        return Running(process.first_line(), redis, process)

    def _program(self, server: Server, redis: RedisProcess) -> list[str]:
        reached = ["--redis-url", redis.url]
        traced = [*reached, "--otlp-endpoint", self._collector.url]
        match server:
            case Server.BARE:
                return ["benchmarks.servers.bare"]
            case Server.BARE_CONTRIB:
                return ["benchmarks.servers.bare", "--contrib"]
            case Server.NAIVE:
                return ["benchmarks.servers.naive", *traced]
            case Server.OURS_TWO_WORKERS:
                return ["benchmarks.servers.ours", *traced, "--workers", "2"]
            case Server.OURS_UNTRACED:
                return ["benchmarks.servers.ours", *reached]
            case _:
                return ["benchmarks.servers.ours", *traced]
