"""Context of the current call, as code below the transport sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from quikstate_server.caller import Caller, Grant
from quikstate_server.slots import NO_LIMIT, Slots


@dataclass(slots=True)
class CallContext:
    """One call: set by the transport, read by servicers and the Redis client."""

    method: str = ""
    """The full gRPC method, such as `quikstate.v1.LockService/AcquireLock`."""

    deadline: float | None = None
    """The caller's deadline in time.monotonic() seconds; None for none."""

    namespace: str = ""
    """The namespace of the caller's keys; "" is the default one, with the legacy key layout."""

    peer: str = ""
    """The address of the caller."""

    header_values: Callable[[str], Sequence[str]] = lambda _: ()
    """Returns the values of one of the caller's headers, by its name in lower case; not of one in `-bin`."""

    certificate: Callable[[], bytes | None] = lambda: None
    """Returns the caller's verified TLS certificate, in DER; None without mutual TLS."""

    offer: Callable[[bytes], bool] | None = None
    """Sends an encoded response of a stream if it need not wait, and returns True; else returns False, and
    nothing of it is sent. It never raises. Call it only while the handler is not sending. What is published
    to a thousand streams so wakes none of their tasks. None if the transport cannot do that."""

    caller: Caller | None = None
    """Authenticated caller; None while callers are not authenticated."""

    grant: Grant | None = None
    """Rights of the caller in the service that it calls; None: all."""

    subscriptions: Slots = NO_LIMIT
    """The caller's slots for subscriptions, of all of its streams."""

    trace_id: str = ""
    """The id of the caller's trace, or of the call's own, in hex; "" if it is not known or not traced."""

    traced: bool = False
    """True if the call has a span, so that its work may have child spans."""

    def remaining(self) -> float | None:
        """Return the seconds left, never negative; None without a deadline."""
        if self.deadline is None:
            return None
        return max(0.0, self.deadline - time.monotonic())


_OUTSIDE = CallContext()
_current: ContextVar[CallContext] = ContextVar("call", default=_OUTSIDE)


def current() -> CallContext:
    """Return the call being served; outside of any, one without deadline and caller."""
    return _current.get()


def enter(call: CallContext) -> None:
    """Make `call` the current one for the rest of this task."""
    _current.set(call)
