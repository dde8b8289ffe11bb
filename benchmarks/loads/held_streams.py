"""Streams that each hold a lease and are otherwise idle: opened by the Go program, and kept."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.laboratory import Running
from benchmarks.loads.gocaller import delimited, program
from benchmarks.loads.load import Sent
from benchmarks.processes import BenchmarkFailed, Process, cpu_seconds


class HeldStreams:
    """One stream for each of `bodies`, and a `keepalive` on each of them every so many seconds; with `listen`
    so many streams, whose request is the keepalive.

    While they are `held` it sends nothing else: what it counts as a call is a second of a stream.
    """

    def __init__(
        self,
        method: str,
        bodies: Sequence[bytes],
        keepalive: bytes,
        every: int,
        connections: int = 4,
        listen: int = 0,
    ) -> None:
        self.streams = listen or len(bodies)
        self._bodies = delimited([*bodies, keepalive])
        self._flags = {
            "mode": "listen" if listen else "hold",
            "method": method,
            "lanes": self.streams,
            "every": f"{every}s",
            "connections": connections,
        }
        self._caller: Process | None = None

    @contextmanager
    def held(self, running: Running) -> Iterator[None]:
        """All streams are open, and have their leases."""
        with TemporaryDirectory() as folder:
            bodies = Path(folder, "bodies")
            bodies.write_bytes(self._bodies)
            flags = self._flags | {"target": running.address, "bodies": bodies}
            words = [f"-{name}={value}" for name, value in flags.items()]
            with Process([program(), *words], Path(folder, "log")) as self._caller:
                self._caller.first_line()
                yield

    def send(self, address: str, calls: int) -> Sent:  # noqa: ARG002 - it is known to those who hold
        if not self._caller:
            raise BenchmarkFailed("no streams are held")
        before = cpu_seconds(self._caller.pid)
        time.sleep(calls / self.streams)
        cpu = cpu_seconds(self._caller.pid) - before
        if not self._caller.runs:
            raise BenchmarkFailed("a stream was lost")
        return Sent(calls, calls / self.streams, 0.0, 0.0, cpu)
