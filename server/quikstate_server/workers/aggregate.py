"""The metrics of all workers as those of one server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Lock

from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample

Key = tuple[str, tuple[tuple[str, str], ...]]
"""A sample's name and labels."""
Values = dict[Key, float]

_SUMMED = frozenset(
    {
        "quikstate_calls_in_flight",
        "quikstate_streams_open",
        "process_open_fds",
        "process_resident_memory_bytes",
        "process_virtual_memory_bytes",
    }
)
_LEAST = frozenset(
    {
        "quikstate_redis_answers",
        "quikstate_redis_takes_writes",
        "quikstate_cache_redis_answers",
        "quikstate_cache_redis_takes_writes",
        "process_start_time_seconds",
    }
)
"""Gauges that are as good as the worst worker's; of all others the greatest counts."""
_COUNTING = frozenset({"counter", "histogram", "summary"})


class Aggregate(Collector):
    """Asks every worker at each scrape. What one that has ended had counted stays counted."""

    def __init__(self, scrape: Callable[[], Mapping[int, str]]) -> None:
        """`scrape` has what each worker that answers says, by a number that is its own for good."""
        self._scrape = scrape
        self._last: dict[int, Values] = {}
        self._lock = Lock()

    def collect(self) -> Iterator[Metric]:
        with self._lock:
            told = {
                worker: list(text_string_to_metric_families(text)) for worker, text in self._scrape().items()
            }
            self._last |= {worker: dict(_counted(families)) for worker, families in told.items()}
            counted = _summed(self._last.values())
        merged: dict[str, Metric] = {}
        for family in (family for families in told.values() for family in families):
            merged.setdefault(family.name, Metric(family.name, family.documentation, family.type))
        for name, metric in merged.items():
            families = [family for families in told.values() for family in families if family.name == name]
            values = counted if metric.type in _COUNTING else _gauged(name, families)
            names = dict.fromkeys(_key(sample) for family in families for sample in family.samples)
            metric.samples = [Sample(key[0], dict(key[1]), values[key]) for key in names]
            yield metric


def _key(sample: Sample) -> Key:
    return sample.name, tuple(sorted(sample.labels.items()))


def _counted(families: Iterable[Metric]) -> Iterator[tuple[Key, float]]:
    for family in families:
        if family.type in _COUNTING:
            yield from ((_key(sample), sample.value) for sample in family.samples)


def _summed(several: Iterable[Values]) -> Values:
    total: Values = {}
    for values in several:
        for key, value in values.items():
            total[key] = total.get(key, 0.0) + value
    return total


def _gauged(name: str, families: Iterable[Metric]) -> Values:
    choose: Callable[[list[float]], float] = max
    if name in _SUMMED:
        choose = sum
    elif name in _LEAST:
        choose = min
    found: dict[Key, list[float]] = {}
    for family in families:
        for sample in family.samples:
            found.setdefault(_key(sample), []).append(sample.value)
    return {key: choose(values) for key, values in found.items()}
