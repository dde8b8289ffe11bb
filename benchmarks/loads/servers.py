"""Loads that start and end servers of their own: what a start costs, and what a drain loses."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import grpc

from benchmarks.go_program import delimited, go_command
from benchmarks.laboratory import Running
from benchmarks.loads.load import Sent, quantile
from benchmarks.processes import BenchmarkFailed, Process, cpu_seconds, resident_kib

_ADDRESS = re.compile(r" on (\S+:\d+)")
_ANY_PORT = "127.0.0.1:0"
_LOAD_SECONDS = 0.5
"""Under load before a server is told to end, and again once it has."""

Call = Callable[[grpc.Channel], object]


@dataclass(frozen=True)
class Starts:
    """Starts `quikstate serve` again and again, each until it has answered `first`.

    A call is a start. Its latency is that of the answer, its memory what the server has by then.
    """

    first: Call

    def send(self, running: Running, calls: int) -> Sent:
        starts = [self._start(running) for _ in range(calls)]
        seconds, cpu, kib = zip(*starts, strict=True)
        latencies = sorted(one * 1e6 for one in seconds)
        return Sent(
            calls,
            sum(seconds),
            quantile(latencies, 0.50),
            quantile(latencies, 0.99),
            cpu_seconds=0.0,
            server_cpu_seconds=sum(cpu),
            memory_kib=median(kib),
        )

    def _start(self, running: Running) -> tuple[float, float, float]:
        """Wall and CPU seconds to the first answer, and KiB then."""
        flags = {"--listen": _ANY_PORT, "--metrics-listen": _ANY_PORT, "--redis-url": running.redis.url}
        words = [word for flag in flags.items() for word in flag]
        command = [sys.executable, "-m", "quikstate_server", "serve", *words, *running.transport_flags]
        with TemporaryDirectory() as folder:
            begun = time.monotonic()
            with Process(command, Path(folder, "log"), tied=False) as server:
                said = server.first_line()
                if not (address := _ADDRESS.search(said)):
                    raise BenchmarkFailed(f"a server said no address: {said}")
                with grpc.insecure_channel(address[1]) as channel:
                    self.first(channel)
                    seconds, cpu = time.monotonic() - begun, cpu_seconds(server.pid)
                return seconds, cpu, resident_kib(server.pid)


@dataclass(frozen=True)
class Drains:
    """Ends a server under load, again and again, beside one that stays: so many drains are asked for.

    The caller keeps `in_flight` calls of `method` running, and retries nothing itself: an error is a lost
    call. What grpc-go knows that no server has begun, it sends to the server that stays.
    """

    method: str
    body: bytes
    in_flight: int = 64

    def send(self, running: Running, calls: int) -> Sent:
        told = [self._drain(running) for _ in range(calls)]
        lost = sum(one["lost"] for one in told)
        why = next((one["why"] for one in told if one["why"]), "")
        return Sent(
            sum(one["calls"] for one in told),
            sum(one["seconds"] for one in told),
            median(one["p50_us"] for one in told),
            median(one["p99_us"] for one in told),
            sum(one["cpu_seconds"] for one in told),
            server_cpu_seconds=0.0,  # the servers that end are not those whose meters are read
            lost=lost,
            note=f"{lost} calls lost in {calls} drains: {why}" if lost else "",
        )

    def _drain(self, running: Running) -> dict[str, Any]:
        """What the Go program says of the calls around one drain, and the CPU seconds it took."""
        with (
            TemporaryDirectory() as folder,
            Process(running.command, Path(folder, "leaving.log")) as leaving,
        ):
            bodies = Path(folder, "bodies")
            bodies.write_bytes(delimited([self.body]))
            flags = {"mode": "press", "method": self.method, "bodies": bodies, "lanes": self.in_flight}
            servers = {"target": f"{leaving.first_line()},{running.address}"}
            with Process(go_command(flags | servers), Path(folder, "caller.log")) as caller:
                caller.first_line()
                time.sleep(_LOAD_SECONDS)
                leaving.end()
                time.sleep(_LOAD_SECONDS)
                told: dict[str, Any] = json.loads(caller.ask(""))
                return told | {"cpu_seconds": cpu_seconds(caller.pid)}
