"""Makes background tasks fail where they stand, by an exception that nobody foresaw."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict

import pytest

from quikstate_server.background import BackgroundTasks, OnFault, Run


class FaultInjector:
    """Knows the kept tasks that begin after it was made. Each of their runs can be made to fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.running: defaultdict[str, set[asyncio.Task[None]]] = defaultdict(set)
        """By name, the tasks whose work runs now: not one that is in its back-off."""
        self.runs: Counter[str] = Counter()
        """How often work of that name has begun."""
        self._failing: set[asyncio.Task[None]] = set()
        keep_running = BackgroundTasks.keep_running

        def injected(
            tasks: BackgroundTasks,
            name: str,
            run: Run,
            *,
            on_fault: OnFault | None = None,
            vital: bool = False,
        ) -> asyncio.Task[None]:
            return keep_running(tasks, name, lambda: self._run(name, run), on_fault=on_fault, vital=vital)

        monkeypatch.setattr(BackgroundTasks, "keep_running", injected)

    def fail(self, name: str) -> int:
        """Raise an exception in each task of that name, wherever it stands; how many they are."""
        tasks = list(self.running[name])
        for task in tasks:
            self._failing.add(task)
            task.cancel()
        return len(tasks)

    async def _run(self, name: str, run: Run) -> None:
        task = asyncio.current_task()
        assert task
        self.running[name].add(task)
        self.runs[name] += 1
        try:
            await run()
        except asyncio.CancelledError:
            if task not in self._failing:
                raise
            self._failing.discard(task)
            task.uncancel()
            raise RuntimeError("injected") from None
        finally:
            self.running[name].discard(task)
