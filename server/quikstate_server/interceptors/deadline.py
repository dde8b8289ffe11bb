"""Refuses calls whose deadline has passed."""

from __future__ import annotations

import time
from typing import Any

from quikstate_server import call_context
from quikstate_server.errors import DeadlineExceeded
from quikstate_server.interceptors.method import Handler, Method, Send


class Deadline:
    """Refuses calls whose caller has stopped waiting. Calls that begin are bounded by the Redis client, which
    reads the same deadline, and by the transport, which cancels them."""

    def around(self, method: Method, handler: Handler) -> Handler:  # noqa: ARG002 - the same for every method
        def bounded(request: Any, send: Send) -> Any:
            deadline = call_context.current().deadline
            if deadline is not None and deadline <= time.monotonic():
                raise DeadlineExceeded
            return handler(request, send)

        return bounded
