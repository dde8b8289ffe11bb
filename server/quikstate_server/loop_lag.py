"""Measures how late the event loop runs what is due: all calls of the process wait for it."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic

from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.metrics import Metrics

_INTERVAL_SECONDS = 0.25
_RECENT_SECONDS = 10.0


class LoopLag:
    """Looks four times a second, and records each time by how much it came too late."""

    def __init__(self, metrics: Metrics, monitor: FaultMonitor) -> None:
        self._record = metrics.histogram(
            "quikstate_event_loop_lag_seconds", "Delay of what the event loop had to do."
        )
        self._recent: deque[float] = deque(maxlen=round(_RECENT_SECONDS / _INTERVAL_SECONDS))
        self._tasks = BackgroundTasks(monitor)

    @property
    def recent_seconds(self) -> float:
        """Return the largest lag of the last ten seconds."""
        return max(self._recent, default=0.0)

    async def start(self) -> None:
        """Begin to measure."""
        self._tasks.keep_running("metrics.loop_lag", self._measure)

    async def close(self) -> None:
        """Stop."""
        await self._tasks.close()

    async def _measure(self) -> None:
        while True:
            due_at = monotonic() + _INTERVAL_SECONDS
            await asyncio.sleep(_INTERVAL_SECONDS)
            lag = max(0.0, monotonic() - due_at)
            self._record(lag)
            self._recent.append(lag)
