"""What happened between two looks at a server: calls a second, and how long they took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quikstate.v1.admin_pb2 import DurationBucket, MethodInfo, WorkerInfo
from quikstate_server.cli.top.sample import Sample
from quikstate_server.services.common.protobuf_time import seconds_from_duration

_NEW_METHOD = MethodInfo()
Histogram = Counter[float]
"""Counts by the longest duration of their bucket, in seconds; infinity for the last one."""


@dataclass(frozen=True, slots=True)
class CallRates:
    """Calls that ended in the interval. A percentile is None if there was no unary call."""

    method: str
    calls: float
    failed: float
    p50: float | None
    p99: float | None
    streams_open: int


@dataclass(frozen=True, slots=True)
class WorkerRates:
    """One process in the interval; None for one that is new."""

    worker: WorkerInfo
    calls: float | None
    cpu: float | None
    """The share of one core, 1 for all of it."""


@dataclass(frozen=True, slots=True)
class Rates:
    """All of an interval of so many seconds; `methods` have the busiest first."""

    seconds: float
    total: CallRates
    methods: Sequence[CallRates]
    workers: Sequence[WorkerRates]


def rates_between(before: Sample, now: Sample) -> Rates:
    """Return the rates; those of processes that were not there before count from nothing."""
    seconds = now.taken_at - before.taken_at
    previous = {_identity(worker): worker for worker in before.server.workers}
    changes = _Changes(seconds)
    workers = []
    for worker in now.server.workers:
        known = previous.get(_identity(worker))
        workers.append(_worker_rates(worker, known, seconds))
        if known:
            changes.add(worker, known)
        else:
            changes.add_open_streams(worker)
    methods = [changes.rates(method) for method in changes.methods]
    busiest = sorted(methods, key=lambda rates: (-rates.calls, -rates.streams_open, rates.method))
    return Rates(seconds, changes.total(), busiest, workers)


class _Changes:
    """What has changed in all processes, by method."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ended: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._streams: Counter[str] = Counter()
        self._durations: dict[str, Histogram] = {}

    @property
    def methods(self) -> Iterable[str]:
        return [method for method in self._durations if self._ended[method] or self._streams[method]]

    def add(self, worker: WorkerInfo, before: WorkerInfo) -> None:
        """Take in what one process has done since."""
        known = {info.method: info for info in before.methods}
        self.add_open_streams(worker)
        for info in worker.methods:
            old = known.get(info.method, _NEW_METHOD)
            self._ended[info.method] += info.ended - old.ended
            self._failed[info.method] += info.failed - old.failed
            if not info.streaming:
                durations = _histogram(info.durations)
                durations.subtract(_histogram(old.durations))
                self._durations[info.method].update(durations)

    def add_open_streams(self, worker: WorkerInfo) -> None:
        for info in worker.methods:
            self._durations.setdefault(info.method, Histogram())
            self._streams[info.method] += info.streams_open

    def rates(self, method: str) -> CallRates:
        return self._rates(
            method,
            self._ended[method],
            self._failed[method],
            self._durations[method],
            self._streams[method],
        )

    def total(self) -> CallRates:
        durations = Histogram()
        for each in self._durations.values():
            durations.update(each)
        totals = self._ended.total(), self._failed.total()
        return self._rates("", *totals, durations, self._streams.total())

    def _rates(self, method: str, ended: int, failed: int, durations: Histogram, streams: int) -> CallRates:
        p50, p99 = percentile(durations, 0.5), percentile(durations, 0.99)
        return CallRates(method, ended / self._seconds, failed / self._seconds, p50, p99, streams)


def percentile(durations: Mapping[float, int], share: float) -> float | None:
    """Return the duration that a share of the calls did not exceed, as Prometheus does; None without calls.

    Within a bucket calls are taken to be spread evenly. Of the last one only its lower bound is known.
    """
    wanted, seen, lower = share * sum(durations.values()), 0, 0.0
    if not wanted:
        return None
    for bound, count in sorted(durations.items()):
        if count and seen + count >= wanted:
            return lower if bound == float("inf") else lower + (bound - lower) * (wanted - seen) / count
        seen, lower = seen + count, bound
    return lower


def _histogram(buckets: Iterable[DurationBucket]) -> Histogram:
    return Histogram(
        {
            seconds_from_duration(bucket.up_to) if bucket.HasField("up_to") else float("inf"): bucket.count
            for bucket in buckets
        }
    )


def _identity(worker: WorkerInfo) -> tuple[int, int, int]:
    """Return what tells a process from the one before it, and from that of another server."""
    return worker.number, worker.process_id, worker.start_time.ToMicroseconds()


def _worker_rates(worker: WorkerInfo, before: WorkerInfo | None, seconds: float) -> WorkerRates:
    if before is None:
        return WorkerRates(worker, None, None)
    calls = sum(info.ended for info in worker.methods) - sum(info.ended for info in before.methods)
    cpu = seconds_from_duration(worker.cpu_time) - seconds_from_duration(before.cpu_time)
    return WorkerRates(worker, calls / seconds, cpu / seconds)
