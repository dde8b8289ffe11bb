"""Sends the metrics to an OpenTelemetry collector, as Prometheus scrapes them: no call records them twice.

Only a server that sends metrics imports it, and with it OpenTelemetry.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    DataT,
    Gauge,
    Histogram,
    HistogramDataPoint,
    Metric,
    MetricExporter,
    MetricsData,
    NumberDataPoint,
    PeriodicExportingMetricReader,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from prometheus_client import CollectorRegistry
from prometheus_client import Metric as Family
from prometheus_client.samples import Sample

from quikstate_server.telemetry import resource

_CUMULATIVE = AggregationTemporality.CUMULATIVE


def start_sending_metrics(endpoint: str, timeout: float, registry: CollectorRegistry) -> Callable[[], None]:
    """Send all of `registry` at each OTEL_METRIC_EXPORT_INTERVAL; return what sends the last and stops."""
    return RegistryReader(OTLPMetricExporter(endpoint, timeout=timeout), registry).shutdown


class RegistryReader(PeriodicExportingMetricReader):
    """Exports a registry of Prometheus's client in place of a meter provider's instruments."""

    def __init__(self, exporter: MetricExporter, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._started_at = time.time_ns()
        super().__init__(exporter)
        self._set_collect_callback(lambda *_, **__: self._read())  # as a meter provider does

    def _read(self) -> MetricsData:
        points = _Points(self._started_at, time.time_ns())
        metrics = [points.metric(family) for family in self._registry.collect() if family.samples]
        scope = ScopeMetrics(InstrumentationScope("quikstate"), metrics, "")
        return MetricsData([ResourceMetrics(resource(), [scope], "")])


class _Points:
    """The data points of one reading."""

    def __init__(self, started_at: int, now: int) -> None:
        self._started_at = started_at
        self._now = now

    def metric(self, family: Family) -> Metric:
        unit = "s" if family.name.endswith("_seconds") else ""
        return Metric(family.name, family.documentation, unit, self._data(family))

    def _data(self, family: Family) -> DataT:
        if family.type == "histogram":
            return Histogram(list(self._histograms(family.samples)), _CUMULATIVE)
        if family.type == "counter":
            totals = (sample for sample in family.samples if sample.name.endswith("_total"))
            return Sum(list(self._numbers(totals)), _CUMULATIVE, is_monotonic=True)
        return Gauge(list(self._numbers(family.samples)))

    def _numbers(self, samples: Iterable[Sample]) -> Iterator[NumberDataPoint]:
        for sample in samples:
            yield NumberDataPoint(dict(sample.labels), self._started_at, self._now, float(sample.value))

    def _histograms(self, samples: Iterable[Sample]) -> Iterator[HistogramDataPoint]:
        for labels, values in _by_labels(samples).items():
            bounds = sorted(bound for bound in values if isinstance(bound, float))
            counts = [int(values[bound]) for bound in bounds]
            yield HistogramDataPoint(
                attributes=dict(labels),
                start_time_unix_nano=self._started_at,
                time_unix_nano=self._now,
                count=counts[-1],
                sum=values["sum"],
                bucket_counts=[
                    count - before for count, before in zip(counts, [0, *counts[:-1]], strict=True)
                ],
                explicit_bounds=bounds[:-1],  # the last is infinite
                min=0.0,
                max=bounds[-2],
            )


def _by_labels(samples: Iterable[Sample]) -> Mapping[tuple[tuple[str, str], ...], dict[float | str, float]]:
    """Return the cumulative counts of each histogram by their bounds, and its `sum`."""
    found: dict[tuple[tuple[str, str], ...], dict[float | str, float]] = {}
    for sample in samples:
        labels = tuple((name, value) for name, value in sample.labels.items() if name != "le")
        values = found.setdefault(labels, {})
        if sample.name.endswith("_bucket"):
            values[float(sample.labels["le"])] = sample.value
        elif sample.name.endswith("_sum"):
            values["sum"] = sample.value
    return found
