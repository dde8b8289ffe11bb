"""Owns every task that outlives the call which began it: only cancellation ends one without a trace.

An unforeseen exception is logged with its cause and counted, and the task is run again after a back-off.
Where its state can no longer be trusted, its `on_fault` notifies whatever depends on it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import Context
from typing import Any

from quikstate_server.backoff import Backoff
from quikstate_server.logs import get_logger

Run = Callable[[], Awaitable[None]]
OnFault = Callable[[Exception], None]

_BACKOFF = Backoff(0.05, 5.0)
"""The pause after each fault, before the task is run again."""
_STEADY_SECONDS = 10.0
"""A task that ran this long without a fault has recovered: its next fault counts as a first one."""
_CANCEL_AGAIN_SECONDS = 1.0
_MAX_FAULTS_IN_ROW = 5
"""After this many faults of a vital task in a row, the server reports that it is not alive."""
_log = get_logger()


class FaultMonitor:
    """Counts the unforeseen exceptions of a server, and knows whether its vital tasks recover from theirs."""

    def __init__(self, on_fault: Callable[[str], None] = lambda _: None) -> None:
        self.on_fault = on_fault
        """Called with the name of the task at each fault."""
        self.on_change: Callable[[], None] = lambda: None
        """Called when `is_alive` begins or ceases to be true."""
        self._failing: set[object] = set()

    @property
    def is_alive(self) -> bool:
        """Return False while a vital task fails again and again: a new process may do better."""
        return not self._failing

    def report(self, task: str, error: BaseException, *, again: bool = False) -> None:
        """Count a fault, and log it unless it is the same one `again`."""
        self.on_fault(task)
        if not again:
            _log.error("background.fault", task=task, exc_info=error)

    def set_failing(self, task: object, *, failing: bool) -> None:
        """Note that a vital task fails again and again, or that it has recovered or ended."""
        before = self.is_alive
        (self._failing.add if failing else self._failing.discard)(task)
        if self.is_alive != before:
            self.on_change()

    def handle_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Report what a callback of the event loop raised; a handler for `loop.set_exception_handler`."""
        error = context.get("exception") or RuntimeError(context["message"])
        self.report("event_loop", error)


class BackgroundTasks:
    """The tasks of one owner, from its start to `close`.

    Each runs in a context of its own: the deadline of the call that began it does not apply to the task.
    """

    def __init__(self, monitor: FaultMonitor) -> None:
        self._monitor = monitor
        self._kept: set[asyncio.Task[None]] = set()
        self._spawned: set[asyncio.Task[None]] = set()

    @property
    def spawned_count(self) -> int:
        """Return the number of spawned tasks that run."""
        return len(self._spawned)

    def keep_running(
        self, name: str, run: Run, *, on_fault: OnFault | None = None, vital: bool = False
    ) -> asyncio.Task[None]:
        """Run `run` until it returns or the task is cancelled, and again after each fault.

        `on_fault` is called before each back-off. While a `vital` task fails again and again, the server
        reports that it is not alive.
        """
        kept = _KeptTask(name, run, on_fault, self._monitor, vital=vital)
        return self._start(name, kept.run(), self._kept)

    def spawn(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run `work` once; a fault is logged and counted. `close` waits for its end."""
        return self._start(name, self._once(name, work), self._spawned)

    async def cancel(self, task: asyncio.Task[None] | None) -> None:
        """End a task, and return once it has ended."""
        if task:
            await _cancel({task})

    async def wait_spawned(self) -> None:
        """Return once every spawned task has ended."""
        while self._spawned:
            await asyncio.wait(self._spawned)

    async def close(self) -> None:
        """Cancel the tasks that are kept running, and wait for those that were spawned."""
        await _cancel(set(self._kept))
        await self.wait_spawned()

    def _start(
        self, name: str, work: Coroutine[Any, Any, None], owned: set[asyncio.Task[None]]
    ) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work, name=name, context=Context())
        owned.add(task)
        task.add_done_callback(owned.discard)
        return task

    async def _once(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except asyncio.CancelledError as error:
            if is_cancelled():
                raise
            self._monitor.report(name, error)
        except Exception as error:  # noqa: BLE001 - nobody awaits the task: it can be reported only here
            self._monitor.report(name, error)


class _KeptTask:
    """One task that is run again after each fault."""

    def __init__(
        self, name: str, run: Run, on_fault: OnFault | None, monitor: FaultMonitor, *, vital: bool
    ) -> None:
        self._name = name
        self._run = run
        self._on_fault = on_fault
        self._monitor = monitor
        self._vital = vital
        self._faults = 0
        self._last_fault = ""

    async def run(self) -> None:
        pauses = iter(_BACKOFF)
        try:
            while (error := await self._run_once()) is not None:
                if not self._faults:
                    pauses = iter(_BACKOFF)
                self._report(error)
                await asyncio.sleep(next(pauses))
        finally:
            self._monitor.set_failing(self, failing=False)

    async def _run_once(self) -> Exception | None:
        """Run it once; return None if it has done its work, else what it raised."""
        timer = asyncio.get_running_loop().call_later(_STEADY_SECONDS, self._recover)
        try:
            await self._run()
        except asyncio.CancelledError as error:
            if is_cancelled():
                raise
            return RuntimeError(f"{self._name} awaited something that was cancelled elsewhere: {error!r}")
        except Exception as error:  # noqa: BLE001 - only cancellation ends it
            return error
        finally:
            timer.cancel()
        return None

    def _recover(self) -> None:
        self._faults, self._last_fault = 0, ""
        self._monitor.set_failing(self, failing=False)

    def _report(self, error: Exception) -> None:
        self._faults += 1
        self._monitor.report(self._name, error, again=repr(error) == self._last_fault)
        self._last_fault = repr(error)
        if self._vital and self._faults >= _MAX_FAULTS_IN_ROW:
            self._monitor.set_failing(self, failing=True)
        if self._on_fault:
            try:
                self._on_fault(error)
            except Exception as second:  # noqa: BLE001 - the task must run again all the same
                self._monitor.report(f"{self._name}.on_fault", second)


async def _cancel(tasks: set[asyncio.Task[None]]) -> None:
    """Cancel them until they end: the wait_for of Python 3.11, which libraries use, loses cancellations."""
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=_CANCEL_AGAIN_SECONDS)


def is_cancelled() -> bool:
    """Return True if this task is being cancelled, rather than something that it awaited."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
