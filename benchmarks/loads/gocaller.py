"""Streams, leases, and unary calls with many bodies, by a small Go program that leaves messages as bytes."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from benchmarks.loads.load import Sent, run
from benchmarks.processes import BenchmarkFailed

_SOURCE = Path(__file__).parent.parent / "gocaller"
_BUILD_SECONDS = 600


@dataclass(frozen=True)
class GoCaller:
    """Sends `bodies` in turn: as `lanes` calls at once, or on `lanes` streams, `window` at once on each.

    Leases are taken by `method` and given back by `release`: each lane's own by
    "leases", the one of all by "hand-over". Items are enqueued by `method` and
    settled by `release`: one by one by "work", on streams by "consume". By
    "fan-out" each call is a message that `release` publishes, `every` so many
    seconds, and all lanes receive by `method`.
    """

    mode: Literal["unary", "stream", "leases", "hand-over", "work", "consume", "fan-out"]
    method: str
    bodies: Sequence[bytes]
    lanes: int = 64
    window: int = 1
    connections: int = 4
    release: str = ""
    every: float = 0.0

    def send(self, address: str, calls: int) -> Sent:
        with tempfile.NamedTemporaryFile() as bodies:
            bodies.write(delimited(self.bodies))
            bodies.flush()
            printed, cpu = run([str(program()), *self._flags(address, calls, bodies.name)])
        told = json.loads(printed)
        return Sent(told["calls"], told["seconds"], told["p50_us"], told["p99_us"], cpu)

    def _flags(self, address: str, calls: int, bodies: str) -> list[str]:
        flags = {
            "target": address,
            "mode": self.mode,
            "method": self.method,
            "release": self.release,
            "bodies": bodies,
            "calls": calls,
            "lanes": self.lanes,
            "window": self.window,
            "connections": self.connections,
            "every": f"{self.every:g}s",
        }
        return [f"-{name}={value}" for name, value in flags.items()]


@cache
def program() -> Path:
    """The Go program, built if need be; BenchmarkFailed where there is no Go."""
    if not shutil.which("go"):
        raise BenchmarkFailed("needs Go, which is not installed")
    built = _SOURCE.parent.parent / "build" / "benchmarks" / "gocaller"
    done = subprocess.run(
        ["go", "build", "-o", built, "."],
        cwd=_SOURCE,
        capture_output=True,
        text=True,
        timeout=_BUILD_SECONDS,
        check=False,
    )
    if done.returncode:
        raise BenchmarkFailed(f"needs a Go program that could not be built: {done.stderr.strip()}")
    return built


def delimited(messages: Sequence[bytes]) -> bytes:
    """The messages, each after its length."""
    return b"".join(_varint(len(message)) + message for message in messages)


def _varint(number: int) -> bytes:
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)
