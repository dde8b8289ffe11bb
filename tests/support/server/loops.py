"""The event loop of the tests: the server's. It also ends the tasks of a failed test, and reports leaks."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from contextvars import Context
from typing import Any
from weakref import WeakSet

import uvloop

from support.harness.checkout import ROOT

_END_SECONDS = 5.0


class _Recording:
    """The tasks that began in the body of the current test."""

    is_on = False

    def __init__(self) -> None:
        self.tasks: WeakSet[asyncio.Task[Any]] = WeakSet()


_recording = _Recording()


class Loop(uvloop.Loop):
    """uvloop warns of open transports in the midst of closing, where an error makes it wait for ever."""

    def create_task(  # type: ignore[override] # the stubs of asyncio allow generators too
        self, coro: Coroutine[Any, Any, Any], *, name: str | None = None, context: Context | None = None
    ) -> asyncio.Task[Any]:
        """Record the tasks of a test's body, and those of the server that inherit its context."""
        task = super().create_task(coro, name=name, context=context)
        if _recording.is_on and context is None and _is_ours(coro):
            _recording.tasks.add(task)
        return task

    def close(self) -> None:
        with warnings.catch_warnings(record=True) as left_open:
            warnings.simplefilter("always", ResourceWarning)
            super().close()
        if left_open:
            raise ResourceWarning("; ".join(str(warning.message) for warning in left_open))


@contextmanager
def recorded_tasks() -> Iterator[None]:
    """Record the tasks that begin in the block, the body of a test."""
    _recording.tasks.clear()
    _recording.is_on = True
    try:
        yield
    finally:
        _recording.is_on = False


def end_tasks() -> None:
    """Cancel the tasks of a test that has failed, before its fixtures close what these use.

    Otherwise the loop would cancel them when it is closed, and they would begin to clean up with closed
    clients; and asyncio would print the exception of each that had failed, which nobody retrieves by then.
    """
    recorded = list(_recording.tasks)
    for loop in {task.get_loop() for task in recorded}:
        tasks = [task for task in recorded if task.get_loop() is loop]
        if not loop.is_closed():
            loop.run_until_complete(_cancel([task for task in tasks if not task.done()]))
        for task in tasks:
            if task.done() and not task.cancelled():
                task.exception()


async def _cancel(tasks: list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=_END_SECONDS)


def _is_ours(coro: Coroutine[Any, Any, Any]) -> bool:
    """Return True for a coroutine of the server or the tests: those of libraries have owners of their own."""
    code = getattr(coro, "cr_code", None)
    return code is not None and code.co_filename.startswith(str(ROOT)) and "/.venv/" not in code.co_filename
