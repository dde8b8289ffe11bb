"""What Prometheus is told of queues."""

from __future__ import annotations

from collections.abc import Sequence

from quikstate_server.errors import QueueFull, QuikstateError
from quikstate_server.metrics import Metrics
from quikstate_server.primitives.queue.model import EnqueuedItem, SettlementOutcome
from quikstate_server.primitives.queue.queues import Queues


class QueueMetrics:
    """Counts items as they come, are delivered and end."""

    def __init__(self, metrics: Metrics, queues: Queues) -> None:
        self._enqueued = metrics.counter(
            "quikstate_queue_enqueued",
            "Items to enqueue, by outcome: added, duplicate, full (their queue was), or failed.",
            "outcome",
        )
        self._settled = metrics.counter(
            "quikstate_queue_settlements",
            "Settlements by outcome: settled, not_held (the lease was over), dead (the item's last attempt "
            "failed), or failed.",
            "outcome",
        )
        metrics.read_counter(
            "quikstate_queue_deliveries", "Items delivered, each attempt counted.", lambda: queues.delivered
        )
        metrics.read_counter(
            "quikstate_queue_redeliveries",
            "Of these, those that were delivered before.",
            lambda: queues.redelivered,
        )

    def count_enqueued(self, results: Sequence[EnqueuedItem | QuikstateError]) -> None:
        """Count the results of Enqueue."""
        for result in results:
            self._enqueued[(_enqueue_outcome(result),)]()

    def count_settled(self, outcomes: Sequence[SettlementOutcome | QuikstateError]) -> None:
        """Count the outcomes of settlements."""
        for outcome in outcomes:
            word = "failed" if isinstance(outcome, QuikstateError) else outcome.value
            self._settled[(word,)]()


def _enqueue_outcome(result: EnqueuedItem | QuikstateError) -> str:
    if isinstance(result, QueueFull):
        return "full"
    if isinstance(result, QuikstateError):
        return "failed"
    return "duplicate" if result.duplicate else "added"
