"""Metrics of one server, for Prometheus."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

# OpenTelemetry's buckets for calls, and three below for a server that answers in less than a millisecond.
_DURATIONS = (
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
)  # fmt: skip


class Durations(dict[str, Callable[[float], None]]):
    """Recorders of the durations of one method, by status code, kept since a look-up by labels costs as much
    as a record."""

    def __init__(self, histogram: Histogram, method: str) -> None:
        super().__init__()
        self._histogram = histogram
        self._method = method
        _ = self["OK"]

    def __missing__(self, code: str) -> Callable[[float], None]:
        self[code] = self._histogram.labels(self._method, code).observe
        return self[code]


class Metrics:
    """The registry, and what the whole server records in it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
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

    def count_audit(self, method: str, outcome: str) -> None:
        """Count an act of consequence, or a call that was denied."""
        self._audit.labels(method, outcome).inc()

    def gauge(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Register a value that is read at each scrape."""
        Gauge(name, meaning, registry=self.registry).set_function(read)

    def exposition(self) -> bytes:
        """Return all metrics in Prometheus's text format."""
        return generate_latest(self.registry)
