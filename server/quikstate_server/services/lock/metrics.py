"""What Prometheus is told of locks."""

from __future__ import annotations

from quikstate_server.metrics import Metrics
from quikstate_server.primitives.lock.locks import AcquireOutcome, Locks
from quikstate_server.primitives.lock.model import Lease, LockBusy


class LockMetrics:
    """Counts leases that were asked for, and how long their callers waited."""

    def __init__(self, metrics: Metrics, locks: Locks) -> None:
        self._acquisitions = metrics.counter(
            "quikstate_lock_acquisitions",
            "Requests for leases by outcome: acquired, busy (AcquireLock alone: HoldLock waits), or ended (a "
            "repeat of a request whose lease is over).",
            "outcome",
        )
        self._wait_seconds = metrics.histogram(
            "quikstate_lock_wait_seconds", "Time from the request of a lease that was acquired to its grant."
        )
        self._lost = metrics.counter(
            "quikstate_lock_leases_lost",
            "Leases that were lost while a HoldLock stream kept them.",
        )
        metrics.gauge("quikstate_lock_waiters", "Calls that wait for a lease.", lambda: locks.waiter_count)

    def count(self, outcome: AcquireOutcome, seconds: float) -> None:
        """Count the end of an acquisition that took so long."""
        if isinstance(outcome, Lease):
            self._acquisitions[("acquired",)]()
            self._wait_seconds(seconds)
        else:
            self._acquisitions[("busy" if isinstance(outcome, LockBusy) else "ended",)]()

    def count_lost(self) -> None:
        """Count a lease that was lost."""
        self._lost[()]()
