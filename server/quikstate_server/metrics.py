"""The metrics of one server, for Prometheus."""

from __future__ import annotations

from collections.abc import Callable
from wsgiref.simple_server import WSGIServer

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
    start_http_server,
)

# OpenTelemetry's buckets for calls, and three below for a server that answers in less than a millisecond.
_DURATIONS = (
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
)  # fmt: skip


class Durations(dict[str, Callable[[float], None]]):
    """By status code, what takes the seconds of a call of one method; made once, since a look-up by labels
    costs as much as a record."""

    def __init__(self, histogram: Histogram, method: str) -> None:
        super().__init__()
        self._histogram = histogram
        self._method = method
        _ = self["OK"]

    def __missing__(self, code: str) -> Callable[[float], None]:
        self[code] = self._histogram.labels(self._method, code).observe
        return self[code]


class Metrics:
    """What is counted and measured, and the endpoint that tells of it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._durations = Histogram(
            "rpc_server_call_duration_seconds",
            "How long calls took; streams from their first to their last item.",
            ["rpc_method", "rpc_response_status_code"],
            buckets=_DURATIONS,
            registry=self.registry,
        )
        self._faults = Counter(
            "quikstate_background_faults",
            "Exceptions of background tasks and of callbacks of the event loop that nobody foresaw.",
            ["task"],
            registry=self.registry,
        )
        self._endpoint: WSGIServer | None = None

    def durations_of(self, method: str) -> Durations:
        """Where the calls of `method` are recorded."""
        return Durations(self._durations, method)

    def count_fault(self, task: str) -> None:
        """Count an exception of a background task that nobody foresaw."""
        self._faults.labels(task).inc()

    def gauge(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """A value that is read when it is asked for."""
        Gauge(name, meaning, registry=self.registry).set_function(read)

    def serve(self, host: str, port: int) -> int:
        """Answer Prometheus on a thread of its own; the port taken. OSError if it is not to be had."""
        self._endpoint, _ = start_http_server(port, host, self.registry)
        return self._endpoint.server_port

    def exposition(self) -> bytes:
        """What Prometheus would be told now."""
        return generate_latest(self.registry)

    def close(self) -> None:
        if self._endpoint:
            self._endpoint.shutdown()
            self._endpoint.server_close()
