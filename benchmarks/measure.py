"""Rounds: each row in turn, again and again, since a shared machine's speed changes from minute to minute."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from typing import Self

from benchmarks.laboratory import Laboratory, Running
from benchmarks.processes import BenchmarkFailed, cpu_seconds, machine_cpu_seconds
from benchmarks.redis_process import ScriptTime
from benchmarks.rows.row import Row

_FIRST_CALLS = 300
_RATE_CALLS = 600
_REST_SECONDS = 2.0

Say = Callable[[str], None]


@dataclass(frozen=True)
class Sample:
    """What one round said of a row; microseconds are a unit, latencies a call."""

    server_us: float
    """CPU, user and system, of all processes of the server."""
    redis_us: float
    """CPU of Redis."""
    caller_us: float
    """CPU of the load generator."""
    per_second: float
    p50_us: float
    p99_us: float
    others: float
    """Share of the machine's cores that anything else took meanwhile."""
    scripts: float
    """Scripts that Redis ran a call, but for those that it runs at rest too."""
    script_us: float
    """Microseconds in scripts a call, as Redis's commandstats have them."""
    memory_kib: float
    """Memory of the server: what a stream took which lasted meanwhile, or all of one just started."""
    lost: float
    """Units that came to nothing."""


@dataclass
class Measured:
    """A row and what the rounds said of it, or why there is nothing to say."""

    row: Row
    samples: list[Sample] = field(default_factory=list)
    failure: str = ""
    note: str = ""
    """What its reader should know, beside the samples."""
    calls: int = 0
    """Sent in each round."""

    def median(self) -> Sample:
        rounds = [asdict(sample) for sample in self.samples]
        return Sample(*(statistics.median(each[f.name] for each in rounds) for f in fields(Sample)))


def measure(
    laboratory: Laboratory, rows: Sequence[Row], rounds: int, seconds: float, say: Say
) -> list[Measured]:
    """Measure rows in `rounds` rounds of about so many seconds each."""
    results = [Measured(row) for row in rows]
    for result in results:
        say(f"starting {result.row.title}")
        _attempt(result, lambda it: _begin(laboratory, it, seconds))
    laboratory.rest(_REST_SECONDS)
    turns = _beside_references(results)
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}")
        for result in turns:
            if number < (result.row.rounds or rounds):
                _attempt(result, lambda it: _round(laboratory, it))
    return results


def _beside_references(results: Sequence[Measured]) -> Sequence[Measured]:
    """What is compared comes soon after what it is compared with, so that both meet the same machine."""
    place = {result.row.key: number for number, result in enumerate(results)}
    return sorted(results, key=lambda result: place.get(result.row.against, 0))


def _attempt(result: Measured, step: Callable[[Measured], None]) -> None:
    """One row's failure is said in its place, and the others go on."""
    if result.failure:
        return
    try:
        step(result)
    except BenchmarkFailed as failure:
        result.failure = str(failure)


def _begin(laboratory: Laboratory, result: Measured, seconds: float) -> None:
    """Start the server, warm it up, and find out how many calls it answers in so many seconds."""
    row = result.row
    running = laboratory.server(row.server, row.transport)
    if row.prepare:
        row.prepare(running)
    if row.calls:
        result.calls = row.calls
        return
    with _lasting(row, running):
        row.load.send(running, _FIRST_CALLS)
        sent = row.load.send(running, _RATE_CALLS)
    result.calls = max(_RATE_CALLS, round(sent.calls / sent.seconds * seconds))
    if row.proof:
        row.proof(running, _FIRST_CALLS + _RATE_CALLS)


def _round(laboratory: Laboratory, result: Measured) -> None:
    row = result.row
    running = laboratory.server(row.server, row.transport)
    empty = running.resident_kib()
    with _lasting(row, running):
        grown = running.resident_kib() - empty
        sample, note = _sample(row, running, result.calls, grown)
    if row.proof:
        row.proof(running, result.calls)
    result.samples.append(sample)
    result.note = note or result.note


@contextmanager
def _lasting(row: Row, running: Running) -> Iterator[None]:
    """What is to last meanwhile does; what its beginning and its end cost is no part of any sample."""
    if not row.during:
        yield
        return
    with row.during(running):
        running.wait_quiet()
        yield
    running.wait_quiet()


def _sample(row: Row, running: Running, calls: int, grown: float) -> tuple[Sample, str]:
    before = _Meters.of(running)
    sent = row.load.send(running, calls)
    after = _Meters.of(running)
    read, redis = after.server - before.server, after.redis - before.redis
    server = read if sent.server_cpu_seconds is None else sent.server_cpu_seconds
    scripts = after.scripts.less(before.scripts).less(running.redis.at_rest, after.clock - before.clock)
    others = after.machine - before.machine - server - redis - sent.cpu_seconds
    units = max(1, sent.calls * row.units - sent.lost)
    sample = Sample(
        server_us=server / units * 1e6,
        redis_us=redis / units * 1e6,
        caller_us=sent.cpu_seconds / units * 1e6,
        per_second=units / sent.seconds,
        p50_us=sent.p50_us,
        p99_us=sent.p99_us,
        others=max(0.0, others) / (after.clock - before.clock) / (os.cpu_count() or 1),
        scripts=scripts.calls / sent.calls,
        script_us=scripts.microseconds / sent.calls,
        memory_kib=grown / row.streams if row.streams else sent.memory_kib,
        lost=sent.lost,
    )
    return sample, sent.note


@dataclass(frozen=True)
class _Meters:
    """What is read before and after: CPU seconds, but for the clock and the scripts."""

    clock: float
    machine: float
    server: float
    redis: float
    scripts: ScriptTime

    @classmethod
    def of(cls, running: Running) -> Self:
        scripts = running.redis.script_time()
        redis = cpu_seconds(running.redis.pid)
        return cls(time.monotonic(), machine_cpu_seconds(), running.cpu_seconds(), redis, scripts)
