"""What every load generator takes and tells."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.laboratory import Running
from benchmarks.processes import BenchmarkFailed

_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Sent:
    """One run, in which every call was answered but the lost."""

    calls: int
    seconds: float
    p50_us: float
    p99_us: float
    cpu_seconds: float
    """Of the load generator."""
    server_cpu_seconds: float | None = None
    """Of the servers, where the load starts its own; else their meters are read."""
    memory_kib: float = 0.0
    """Of a server that the load started."""
    lost: int = 0
    """Units of the calls that came to nothing: those with an error, or deliveries that never came."""
    note: str = ""
    """What the table's reader should know: why some are lost."""


class Load(Protocol):
    def send(self, running: Running, calls: int) -> Sent:
        """Send so many calls; BenchmarkFailed unless all were answered well, or counted as lost."""


def run(command: Sequence[str]) -> tuple[str, float]:
    """Run a load generator; what it printed, and the CPU time it took."""
    before = _children_cpu()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=False)
    except FileNotFoundError:
        raise BenchmarkFailed(f"needs {command[0]}, which is not installed") from None
    except subprocess.TimeoutExpired:
        raise BenchmarkFailed(f"{command[0]} did not end in {_PATIENCE_SECONDS} s") from None
    if done.returncode:
        raise BenchmarkFailed(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout, _children_cpu() - before


def quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[int(share * (len(ordered) - 1))]


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Stopwatch:
    """Wall and CPU time of this process, for a load that runs in it."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._wall, time.process_time() - self._cpu
