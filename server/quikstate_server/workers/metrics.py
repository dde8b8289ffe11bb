"""Merges the metrics of all workers into those of one server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Lock

from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from prometheus_client.registry import Collector
from prometheus_client.samples import Exemplar, Sample

SampleKey = tuple[str, tuple[tuple[str, str], ...]]
"""A sample's name and labels."""
SampleValues = dict[SampleKey, float]

_SUM_GAUGES = frozenset(
    {
        "quikstate_calls_in_flight",
        "quikstate_streams_open",
        "quikstate_lock_waiters",
        "quikstate_stream_followers",
        "quikstate_stream_mailbox_bytes",
        "quikstate_redis_commands_in_flight",
        "quikstate_cache_redis_commands_in_flight",
        "process_open_fds",
        "process_resident_memory_bytes",
        "process_virtual_memory_bytes",
    }
)
_MIN_GAUGES = frozenset(
    {
        "quikstate_redis_available",
        "quikstate_redis_accepts_writes",
        "quikstate_cache_redis_available",
        "quikstate_cache_redis_accepts_writes",
        "quikstate_redis_replicas",
        "quikstate_cache_redis_replicas",
        "process_start_time_seconds",
    }
)
"""Gauges of which the lowest counts; of all others the highest does."""
_CUMULATIVE = frozenset({"counter", "histogram", "summary"})


class WorkerMetrics(Collector):
    """Scrapes all workers at each scrape. Counts of a worker that has exited stay counted."""

    def __init__(self, scrape: Callable[[], Mapping[int, str]]) -> None:
        """Take a function that returns the metrics of each worker that replies, by its unique number."""
        self._scrape = scrape
        self._cumulative: dict[int, SampleValues] = {}
        self._lock = Lock()

    def collect(self) -> Iterator[Metric]:
        """Return the merged metrics, as a registry asks for them."""
        with self._lock:
            scraped = {
                worker: list(text_string_to_metric_families(text))  # type: ignore[no-untyped-call] # it has no types
                for worker, text in self._scrape().items()
            }
            self._cumulative |= {worker: dict(_cumulative(families)) for worker, families in scraped.items()}
            totals = _sum(self._cumulative.values())
        merged: dict[str, Metric] = {}
        for family in (family for families in scraped.values() for family in families):
            merged.setdefault(family.name, Metric(family.name, family.documentation, family.type))
        for name, metric in merged.items():
            families = [family for families in scraped.values() for family in families if family.name == name]
            values = totals if metric.type in _CUMULATIVE else _merge_gauges(name, families)
            exemplars = _exemplars(families)
            metric.samples = [
                Sample(key[0], dict(key[1]), values[key], exemplar=exemplar)
                for key, exemplar in exemplars.items()
            ]
            yield metric


def _samples(family: Metric) -> Iterator[Sample]:
    """Yield its samples without the times at which they began, which differ by worker."""
    return (sample for sample in family.samples if not sample.name.endswith("_created"))


def _exemplars(families: Iterable[Metric]) -> Mapping[SampleKey, Exemplar | None]:
    """Return the keys of all samples, each with the exemplar of a worker that has one."""
    exemplars: dict[SampleKey, Exemplar | None] = {}
    for sample in (sample for family in families for sample in _samples(family)):
        exemplars[_key(sample)] = sample.exemplar or exemplars.get(_key(sample))
    return exemplars


def _key(sample: Sample) -> SampleKey:
    return sample.name, tuple(sorted(sample.labels.items()))


def _cumulative(families: Iterable[Metric]) -> Iterator[tuple[SampleKey, float]]:
    for family in families:
        if family.type in _CUMULATIVE:
            yield from ((_key(sample), sample.value) for sample in _samples(family))


def _sum(workers: Iterable[SampleValues]) -> SampleValues:
    totals: SampleValues = {}
    for values in workers:
        for key, value in values.items():
            totals[key] = totals.get(key, 0.0) + value
    return totals


def _merge_gauges(name: str, families: Iterable[Metric]) -> SampleValues:
    merge: Callable[[list[float]], float] = max
    if name in _SUM_GAUGES:
        merge = sum
    elif name in _MIN_GAUGES:
        merge = min
    values: dict[SampleKey, list[float]] = {}
    for family in families:
        for sample in family.samples:
            values.setdefault(_key(sample), []).append(sample.value)
    return {key: merge(of_workers) for key, of_workers in values.items()}
