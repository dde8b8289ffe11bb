"""A call that comes too late is not begun."""

from __future__ import annotations

import time
from typing import Any

from quikstate_server import call_context
from quikstate_server.errors import DeadlineExceeded
from quikstate_server.interceptors.method import Handler, Method, Send


class Deadline:
    """Refuses calls whose caller has stopped waiting. What begins is bounded by the Redis client layer,
    which reads the same deadline, and ended by the transport, which cancels it."""

    def around(self, method: Method, handler: Handler) -> Handler:  # noqa: ARG002 - the same for every method
        def bounded(request: Any, send: Send) -> Any:
            deadline = call_context.current().deadline
            if deadline is not None and deadline <= time.monotonic():
                raise DeadlineExceeded
            return handler(request, send)

        return bounded
