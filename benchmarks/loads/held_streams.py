"""Streams that the Go program opens and keeps: idle ones, of which each holds a lease."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.go_program import delimited, go_command
from benchmarks.laboratory import Running
from benchmarks.loads.load import Sent
from benchmarks.processes import BenchmarkFailed, Process, cpu_seconds


class GoStreams:
    """So many streams in a `mode` of the Go program, open while they are `held`."""

    def __init__(
        self, mode: str, method: str, bodies: Sequence[bytes], streams: int, every: float, **flags: object
    ) -> None:
        self.streams = streams
        self._bodies = delimited(bodies)
        self._flags = {"mode": mode, "method": method, "lanes": streams, "every": f"{every:g}s"} | flags
        self._caller: Process | None = None

    @contextmanager
    def held(self, running: Running) -> Iterator[None]:
        """All streams are open, and have what they begin with."""
        with TemporaryDirectory() as folder:
            bodies = Path(folder, "bodies")
            bodies.write_bytes(self._bodies)
            command = go_command(self._flags | {"target": running.address, "bodies": bodies})
            with Process(command, Path(folder, "log")) as self._caller:
                self._caller.first_line()
                yield
        self._caller = None

    @property
    def caller(self) -> Process:
        if not self._caller:
            raise BenchmarkFailed("no streams are held")
        return self._caller


class HeldStreams(GoStreams):
    """One stream for each of `bodies`, and a `keepalive` on each of them every so many seconds.

    While they are `held` it sends nothing else: what it counts as a call is a second of a stream.
    """

    def __init__(self, method: str, bodies: Sequence[bytes], keepalive: bytes, every: int) -> None:
        super().__init__("hold", method, [*bodies, keepalive], len(bodies), every)

    def send(self, running: Running, calls: int) -> Sent:  # noqa: ARG002 - it is known to those who hold
        before = cpu_seconds(self.caller.pid)
        time.sleep(calls / self.streams)
        cpu = cpu_seconds(self.caller.pid) - before
        if not self.caller.runs:
            raise BenchmarkFailed("a stream was lost")
        return Sent(calls, calls / self.streams, 0.0, 0.0, cpu)
