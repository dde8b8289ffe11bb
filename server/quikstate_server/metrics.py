"""Metrics of one server, for Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

# OpenTelemetry's buckets for calls, and three below for a server that answers in less than a millisecond.
_DURATIONS = (
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
)  # fmt: skip


class Durations(dict[str, Callable[..., None]]):
    """Recorders of the durations of one method, by status code, kept since a look-up by labels costs as much
    as a record.

    `durations["OK"](seconds)` records one; a second argument is its exemplar, such as `{"trace_id": …}`.
    """

    def __init__(self, histogram: Histogram, method: str) -> None:
        super().__init__()
        self._histogram = histogram
        self._method = method
        _ = self["OK"]

    def __missing__(self, code: str) -> Callable[..., None]:
        self[code] = self._histogram.labels(self._method, code).observe
        return self[code]


class LabeledCounter(dict[tuple[str, ...], Callable[..., None]]):
    """The children of a counter by their labels, kept since a look-up by labels costs as much as a count.

    `counter["allowed", "login"]()` adds 1.
    """

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter

    def __missing__(self, labels: tuple[str, ...]) -> Callable[..., None]:
        self[labels] = (self._counter.labels(*labels) if labels else self._counter).inc
        return self[labels]


class _ReadFamily(Collector):
    """Counts or values that somebody else keeps, read at each scrape."""

    def __init__(
        self,
        family: type[CounterMetricFamily | GaugeMetricFamily],
        name: str,
        meaning: str,
        labels: Sequence[str],
        read: Callable[[], Mapping[tuple[str, ...], float]],
    ) -> None:
        self._family = family
        self._name = name
        self._meaning = meaning
        self._labels = labels
        self._read = read

    def collect(self) -> Iterator[Metric]:
        """Return it, as a registry asks for it."""
        family = self._family(self._name, self._meaning, labels=self._labels)
        for labels, value in self._read().items():
            family.add_metric(labels, value)
        yield family


class Metrics:
    """The registry, and what the whole server records in it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._gauges: dict[str, Callable[[], float]] = {}
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._durations = Histogram(
            "rpc_server_call_duration_seconds",
            "Durations of calls, and of streams from their begin to their end.",
            ["rpc_method", "rpc_response_status_code"],
            buckets=_DURATIONS,
            registry=self.registry,
        )
        self._faults = Counter(
            "quikstate_background_faults",
            "Unexpected exceptions of background tasks and of event loop callbacks.",
            ["task"],
            registry=self.registry,
        )
        self._refusals = self.counter(
            "quikstate_refused_calls",
            "Calls that a limit refused (RESOURCE_EXHAUSTED), by the name of the limit; for a quota, by its "
            "caller too.",
            "limit",
            "caller",
        )
        Info("quikstate_build", "The version of the server.", registry=self.registry).info(
            {"version": version("quikstate")}
        )
        self._audit = Counter(
            "quikstate_audit_events",
            "Acts of consequence by their outcome, and calls that were denied.",
            ["rpc_method", "outcome"],
            registry=self.registry,
        )

    def durations_of(self, method: str) -> Durations:
        """Return the recorders for calls of `method`."""
        return Durations(self._durations, method)

    def count_fault(self, task: str) -> None:
        """Count an unexpected exception of a background task."""
        self._faults.labels(task).inc()

    def count_refusal(self, limit: str, caller: str) -> None:
        """Count a call that a limit, or a quota of a caller, refused."""
        self._refusals[limit, caller]()

    def count_audit(self, method: str, outcome: str) -> None:
        """Count an act of consequence, or a call that was denied."""
        self._audit.labels(method, outcome).inc()

    def counter(self, name: str, meaning: str, *labels: str) -> LabeledCounter:
        """Register a counter whose labels have few values."""
        return LabeledCounter(Counter(name, meaning, labels, registry=self.registry))

    def read_counter(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Register a counter that is read at each scrape: what counts it then needs no metrics."""
        self.registry.register(_ReadFamily(CounterMetricFamily, name, meaning, (), lambda: {(): read()}))

    def read_counter_by(
        self, name: str, meaning: str, label: str, read: Callable[[], Mapping[str, float]]
    ) -> None:
        """Register one that is read at each scrape by the values of a label."""
        self._read_by(CounterMetricFamily, name, meaning, label, read)

    def gauge_by(self, name: str, meaning: str, label: str, read: Callable[[], Mapping[str, float]]) -> None:
        """Register values that are read at each scrape by the values of a label."""
        self._read_by(GaugeMetricFamily, name, meaning, label, read)

    def _read_by(
        self,
        family: type[CounterMetricFamily | GaugeMetricFamily],
        name: str,
        meaning: str,
        label: str,
        read: Callable[[], Mapping[str, float]],
    ) -> None:
        by_labels = _ReadFamily(
            family, name, meaning, [label], lambda: {(value,): number for value, number in read().items()}
        )
        self.registry.register(by_labels)

    def histogram(self, name: str, meaning: str) -> Callable[[float], None]:
        """Register a histogram of durations in seconds; return what records one."""
        return Histogram(name, meaning, buckets=_DURATIONS, registry=self.registry).observe

    def gauge(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Register a value that is read at each scrape."""
        Gauge(name, meaning, registry=self.registry).set_function(read)
        self._gauges[name] = read

    def read_gauge(self, name: str) -> float:
        """Return the value of a gauge now; 0 for one that is not registered."""
        return self._gauges[name]() if name in self._gauges else 0.0

    def durations(self) -> Iterator[Sample]:
        """Yield the samples of the durations of calls."""
        for family in self._durations.collect():
            yield from family.samples

    def add(self, collector: Collector) -> None:
        """Register what has metrics of its own."""
        self.registry.register(collector)

    def exposition(self) -> bytes:
        """Return all metrics in the OpenMetrics text format, which has exemplars."""
        text: bytes = generate_latest(self.registry)  # type: ignore[no-untyped-call] # it has no types
        return text
