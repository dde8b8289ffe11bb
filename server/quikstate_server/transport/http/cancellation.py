"""The cancellation of a call: by whom, and once."""

from __future__ import annotations

import asyncio
from enum import Enum, auto


class CancellationCause(Enum):
    """Why a call is cancelled."""

    CLIENT_LEFT = auto()
    DEADLINE = auto()
    SERVER_STOPPED = auto()


class CancelledOnce:
    """Something that a task serves, which is cancelled once: again would interrupt the handler's cleanup.

    A client that sets a deadline leaves as the deadline passes here: both cancel the call at the same time.
    """

    __slots__ = ("cause", "task")

    def __init__(self) -> None:
        self.cause: CancellationCause | None = None
        """Why it was cancelled; None if it was not, or has cleaned up after its deadline."""
        self.task: asyncio.Task[None] | None = None

    def cancel(self, cause: CancellationCause) -> None:
        """Cancel the task, unless it was."""
        if self.cause is None and self.task is not None:
            self.cause = cause
            self.task.cancel()
