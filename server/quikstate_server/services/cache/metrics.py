"""What Prometheus is told of the cache."""

from __future__ import annotations

from collections.abc import Sequence

from quikstate_server.errors import QuikstateError
from quikstate_server.metrics import Metrics
from quikstate_server.primitives.cache.model import (
    CacheReadResult,
    CacheWrite,
    CacheWriteResult,
    WriteCondition,
)


class CacheMetrics:
    """Counts reads and writes of entries."""

    def __init__(self, metrics: Metrics) -> None:
        self._reads = metrics.counter(
            "quikstate_cache_reads",
            "Entries read, by outcome: hit, stale, miss, negative, or failed.",
            "outcome",
        )
        self._writes = metrics.counter(
            "quikstate_cache_writes",
            "Entries written, by outcome; a fill is a write with a lease to fill: lost and invalidated are "
            "fills that came too late.",
            "kind",
            "outcome",
        )

    def count_reads(self, results: Sequence[CacheReadResult | QuikstateError]) -> None:
        """Count the results of a read."""
        for result in results:
            self._reads[(_outcome(result),)]()

    def count_writes(
        self, writes: Sequence[CacheWrite], results: Sequence[CacheWriteResult | QuikstateError]
    ) -> None:
        """Count the results of writes."""
        for write, result in zip(writes, results, strict=True):
            kind = "fill" if write.condition is WriteCondition.LEASE else "set"
            self._writes[kind, _outcome(result)]()


def _outcome(result: CacheReadResult | CacheWriteResult | QuikstateError) -> str:
    return "failed" if isinstance(result, QuikstateError) else result.outcome.value
