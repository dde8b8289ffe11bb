"""Gauges of queues: how many items each has, and how old its oldest is.

They are counted in the background, and only while somebody reads the metrics. Queues with most items have
gauges of their own, so that labels stay few.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import KeyTypeConflict, QuikstateError
from quikstate_server.primitives.queue.model import QueueStats, QueueSummary
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.services.common.wiring import ServiceContext

_PAGE_SIZE = 100
_MAX_SHARE = 0.1
"""The share of the time in which queues are counted: of very many, less often."""
_READ_WITHIN_SECONDS = 120.0
"""How long after the metrics were read the queues are still counted."""
_STATES = ("ready", "delayed", "leased", "dead")
_OTHERS = ("", "")
"""The labels of all queues without gauges of their own: no queue has an empty name."""


class _CountedQueue(NamedTuple):
    """A queue to be compared by its number of items."""

    items: int
    labels: tuple[str, str]
    """Namespace and name."""
    stats: QueueStats


class QueueGauges(Collector):
    """Counts the queues of all namespaces again and again."""

    def __init__(self, queues: Queues, context: ServiceContext) -> None:
        self._queues = queues
        self._keyspaces = context.keyspaces
        self._namespaces = context.namespaces
        self._max_gauges = context.limits.max_queue_gauges
        self._interval = context.settings.queue_gauges_seconds
        self._tasks = BackgroundTasks(context.redis_client.monitor)
        self._read_at = float("-inf")
        self._counted: Sequence[tuple[tuple[str, str], QueueStats]] = ()
        context.metrics.add(self)

    async def start(self) -> None:
        """Begin to count."""
        self._tasks.keep_running("metrics.queues", self._keep_counting)

    async def close(self) -> None:
        """Stop."""
        await self._tasks.close()

    def collect(self) -> Iterator[Metric]:
        """Return the gauges as they were counted last; on the thread of whoever reads them."""
        self._read_at = time.monotonic()
        items = GaugeMetricFamily(
            "quikstate_queue_items",
            "Items of a queue by state; without a name, of all queues that have no gauges of their own.",
            labels=("namespace", "queue", "state"),
        )
        ages = GaugeMetricFamily(
            "quikstate_queue_oldest_age_seconds",
            "Age of a queue's oldest item that is no dead letter.",
            labels=("namespace", "queue"),
        )
        for labels, stats in self._counted:
            for state in _STATES:
                items.add_metric((*labels, state), getattr(stats, state))
            ages.add_metric(labels, stats.oldest_age or 0.0)
        yield items
        yield ages

    async def _keep_counting(self) -> None:
        while True:
            began = time.monotonic()
            is_read = began - self._read_at < _READ_WITHIN_SECONDS + self._interval
            self._counted = await self._count() if is_read else ()
            took = time.monotonic() - began
            await asyncio.sleep(max(self._interval, took / _MAX_SHARE))

    async def _count(self) -> Sequence[tuple[tuple[str, str], QueueStats]]:
        """Return what the gauges show; nothing if Redis cannot be asked."""
        largest: list[_CountedQueue] = []
        others = QueueStats(0, 0, 0, 0, None)
        try:
            async for counted in self._all():
                heapq.heappush(largest, counted)
                if len(largest) > self._max_gauges:
                    others = _sum(others, heapq.heappop(largest).stats)
        except QuikstateError:
            return ()
        shown = [(each.labels, each.stats) for each in largest]
        return [*shown, (_OTHERS, others)] if others.items else shown

    async def _all(self) -> AsyncIterator[_CountedQueue]:
        for namespace in sorted(self._namespaces()):
            with suppress(KeyTypeConflict):  # a raw Redis client has damaged this index
                async for row in self._all_of(namespace):
                    yield _CountedQueue(row.stats.items, (namespace, row.queue), row.stats)

    async def _all_of(self, namespace: str) -> AsyncIterator[QueueSummary]:
        keyspace, after = self._keyspaces.of_namespace(namespace), ""
        while True:
            page = await self._queues.list_queues(keyspace, "", after, _PAGE_SIZE)
            for row in page.queues:
                yield row
            if not (after := page.next_after):
                return


def _sum(one: QueueStats, other: QueueStats) -> QueueStats:
    ages = [age for age in (one.oldest_age, other.oldest_age) if age is not None]
    return QueueStats(
        one.ready + other.ready,
        one.delayed + other.delayed,
        one.leased + other.leased,
        one.dead + other.dead,
        max(ages, default=None),
    )
