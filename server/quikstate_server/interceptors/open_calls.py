"""The calls that last: they end when their credential expires, or when the policy takes a right away."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

from quikstate_server.errors import QuikstateError
from quikstate_server.interceptors.interruptions import Interruptions

Authorize = Callable[[], float]
"""Returns the Unix time until which a call may last; raises the error with which it must end now."""


@dataclass(slots=True, eq=False)
class _OpenCall:
    task: asyncio.Task[object]
    authorize: Authorize
    expires_at: float
    timer: asyncio.TimerHandle | None = None


class OpenCalls:
    """Streams, and calls that may wait: each is authorized again whenever that could have changed."""

    def __init__(self) -> None:
        self._interruptions = Interruptions()
        self._calls: set[_OpenCall] = set()

    async def run(self, authorize: Authorize, expires_at: float, work: Awaitable[Any]) -> Any:
        """Run a call that is authorized until `expires_at`, until it ends or must end."""
        task = cast("asyncio.Task[object]", asyncio.current_task())
        call = _OpenCall(task, authorize, expires_at)
        self._calls.add(call)
        self._end_at_expiry(call)
        try:
            return await work
        except asyncio.CancelledError as cancelled:
            self._interruptions.reraise(cancelled)
        finally:
            self._calls.discard(call)
            self._interruptions.forget(task)
            if call.timer:
                call.timer.cancel()

    def check_all(self) -> None:
        """End the calls that are no longer authorized."""
        for call in list(self._calls):
            self._check(call)

    def _end_at_expiry(self, call: _OpenCall) -> None:
        left = call.expires_at - time.time()
        if left <= 0:
            self._check(call)
        elif left < float("inf"):
            call.timer = asyncio.get_running_loop().call_later(left, self._end_at_expiry, call)

    def _check(self, call: _OpenCall) -> None:
        try:
            expires_at = call.authorize()
        except QuikstateError as error:
            self._interruptions.interrupt(call.task, error)
            return
        if expires_at != call.expires_at:
            call.expires_at = expires_at
            if call.timer:
                call.timer.cancel()
            self._end_at_expiry(call)
