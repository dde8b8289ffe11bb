"""Owns every task that outlives the call which began it: only cancellation ends one in silence.

An exception that nobody foresaw is logged with its cause, counted, and the task is run again after a
back-off. Where its state cannot be trusted by then, `on_fault` tells everyone who depends on it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import Context
from typing import Any

import structlog

from quikstate_server.backoff import Backoff

Run = Callable[[], Awaitable[None]]
OnFault = Callable[[Exception], None]

_BACKOFF = Backoff(0.05, 5.0)
"""After each fault."""
_STEADY_SECONDS = 10.0
"""A task that ran this long has recovered: its next fault is a first one again."""
_CANCEL_AGAIN_SECONDS = 1.0
_MAX_FAULTS_IN_ROW = 5
"""After so many faults of a vital task the server says that it is not alive."""
_log = structlog.get_logger()


class FaultMonitor:
    """Counts the unforeseen exceptions of a server, and knows whether its vital tasks recover from theirs."""

    def __init__(self, on_fault: Callable[[str], None] = lambda _: None) -> None:
        self.on_fault = on_fault
        """Told the name of what failed, at each fault."""
        self.on_change: Callable[[], None] = lambda: None
        """Called when `is_alive` begins or ceases to be true."""
        self._failing: set[object] = set()

    @property
    def is_alive(self) -> bool:
        """False while a vital task fails again and again: a new process may do better."""
        return not self._failing

    def report(self, task: str, error: BaseException, *, again: bool = False) -> None:
        """Count a fault, and log it unless it is the same one `again`."""
        self.on_fault(task)
        if not again:
            _log.error("background.fault", task=task, exc_info=error)

    def set_failing(self, who: object, *, failing: bool) -> None:
        before = self.is_alive
        (self._failing.add if failing else self._failing.discard)(who)
        if self.is_alive != before:
            self.on_change()

    def handle_loop_error(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Report what a callback of the event loop raised, as `loop.set_exception_handler` wants it."""
        error = context.get("exception") or RuntimeError(context["message"])
        self.report("event_loop", error)


class BackgroundTasks:
    """The tasks of one owner, from its start to `close`.

    Each runs in a context of its own: the deadline of the call that began it is not the task's.
    """

    def __init__(self, monitor: FaultMonitor) -> None:
        self._monitor = monitor
        self._kept: set[asyncio.Task[None]] = set()
        self._spawned: set[asyncio.Task[None]] = set()

    @property
    def spawned(self) -> int:
        """Count the spawned tasks that run."""
        return len(self._spawned)

    def keep_running(
        self, name: str, run: Run, *, on_fault: OnFault | None = None, vital: bool = False
    ) -> asyncio.Task[None]:
        """Run `run` until it returns or the task is cancelled, anew after each fault.

        `on_fault` is called before each back-off. Without a `vital` task the server is not alive.
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

    async def finish(self) -> None:
        """Return once all that was spawned has ended."""
        while self._spawned:
            await asyncio.wait(self._spawned)

    async def close(self) -> None:
        """Cancel what is kept, and finish."""
        await _cancel(set(self._kept))
        await self.finish()

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
        except Exception as error:  # noqa: BLE001 - nobody awaits it: here is where it can be told
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
        self._last = ""

    async def run(self) -> None:
        pauses = iter(_BACKOFF)
        try:
            while (error := await self._fault()) is not None:
                if not self._faults:
                    pauses = iter(_BACKOFF)
                self._note(error)
                await asyncio.sleep(next(pauses))
        finally:
            self._monitor.set_failing(self, failing=False)

    async def _fault(self) -> Exception | None:
        """Run it once: None if it has done its work, else what it raised."""
        timer = asyncio.get_running_loop().call_later(_STEADY_SECONDS, self._recover)
        try:
            await self._run()
        except asyncio.CancelledError as error:
            if is_cancelled():
                raise
            return RuntimeError(f"{self._name} awaited what others had cancelled: {error!r}")
        except Exception as error:  # noqa: BLE001 - only cancellation ends it
            return error
        finally:
            timer.cancel()
        return None

    def _recover(self) -> None:
        self._faults, self._last = 0, ""
        self._monitor.set_failing(self, failing=False)

    def _note(self, error: Exception) -> None:
        self._faults += 1
        self._monitor.report(self._name, error, again=repr(error) == self._last)
        self._last = repr(error)
        if self._vital and self._faults >= _MAX_FAULTS_IN_ROW:
            self._monitor.set_failing(self, failing=True)
        if self._on_fault:
            try:
                self._on_fault(error)
            except Exception as second:  # noqa: BLE001 - the task must go on all the same
                self._monitor.report(f"{self._name}.on_fault", second)


async def _cancel(tasks: set[asyncio.Task[None]]) -> None:
    """Cancel them until they have ended: the wait_for of Python 3.11, which libraries use, loses some."""
    while tasks:
        for task in tasks:
            task.cancel()
        _, tasks = await asyncio.wait(tasks, timeout=_CANCEL_AGAIN_SECONDS)


def is_cancelled() -> bool:
    """Tell a cancellation of this task from that of something which it awaited."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
