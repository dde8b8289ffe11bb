"""Processes that the benchmark starts, ends, and reads the CPU time of."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from quikstate_server.redis_client.embedded import tie_to_parent

_TICK = 1 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.01
_PROC = Path("/proc")
_END_SECONDS = 15


class BenchmarkFailed(Exception):
    """Tells what could not be measured, and why."""


class Process:
    """A child that prints one line when it is ready, and ends when we do, kill -9 included."""

    def __init__(self, command: Sequence[str | Path], log: Path, *, tied: bool = True) -> None:
        """Start it. Untied it takes no CPU but its own, and may outlive us if we are killed."""
        self._log = log
        tie = [sys.executable, "-I", tie_to_parent.__file__, "exec", str(os.getpid())] if tied else []
        with log.open("wb") as errors:
            self._child = subprocess.Popen(
                [*tie, *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def runs(self) -> bool:
        return self._child.poll() is None

    def first_line(self) -> str:
        """Return what it prints when it is ready."""
        return self._line()

    def ask(self, question: str) -> str:
        """Return the line that it prints in answer to one on its standard input."""
        if self._child.stdin:
            self._child.stdin.write(f"{question}\n")
            self._child.stdin.flush()
        return self._line()

    def _line(self) -> str:
        line = self._child.stdout.readline().strip() if self._child.stdout else ""
        if not line:
            raise BenchmarkFailed(f"a process has ended: {self._log.read_text()[-2000:]}")
        return line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Tell it to end, and wait until it has."""
        self._child.terminate()
        try:
            self._child.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                pipe.close()


def machine_cpu_seconds() -> float:
    """Return the CPU seconds that all processes, the kernel and other guests took of this machine so far."""
    user, nice, system, _, _, irq, softirq, steal, *_ = (_PROC / "stat").read_text().split()[1:]
    return sum(map(int, (user, nice, system, irq, softirq, steal))) * _TICK


def cpu_seconds(pid: int) -> float:
    """User and system time so far of a process and all below it, as the kernel counted it."""
    parents, times = {}, {}
    for entry in _PROC.iterdir():
        if entry.name.isdecimal() and (fields := _stat(entry)):
            parents[int(entry.name)] = int(fields[1])
            times[int(entry.name)] = (int(fields[11]) + int(fields[12])) * _TICK
    return sum(time for child, time in times.items() if _descends(child, pid, parents))


def resident_kib(pid: int) -> float:
    """Memory of a process that no other has."""
    status = (_PROC / str(pid) / "status").read_text()
    return float(next(line for line in status.splitlines() if line.startswith("RssAnon:")).split()[1])


def _stat(entry: Path) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold anything: state, parent, …"""
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has just ended
        return []


def _descends(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid != ancestor:
        if pid not in parents:
            return False
        pid = parents[pid]
    return True
