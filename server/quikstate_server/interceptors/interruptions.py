"""Ends calls from outside, with an error that their callers see."""

from __future__ import annotations

import asyncio
from typing import NoReturn, cast

from quikstate_server.errors import QuikstateError


class Interruptions:
    """Cancels the tasks of calls, and knows which cancellations are its own."""

    def __init__(self) -> None:
        self._errors: dict[asyncio.Task[object], QuikstateError] = {}

    def interrupt(self, task: asyncio.Task[object], error: QuikstateError) -> None:
        """Cancel the call's task once; the call then fails with `error`."""
        if task not in self._errors:
            self._errors[task] = error
            task.cancel()

    def reraise(self, cancelled: asyncio.CancelledError) -> NoReturn:
        """Raise the error of this task's interruption, or `cancelled` if somebody else cancels it too."""
        task = cast("asyncio.Task[object]", asyncio.current_task())
        error = self._errors.get(task)
        if error is None or task.uncancel():
            raise cancelled
        raise error from None

    def forget(self, task: asyncio.Task[object]) -> None:
        """Note that the task has left what could be interrupted."""
        self._errors.pop(task, None)
