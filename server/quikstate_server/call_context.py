"""What the code below the transport may know of the call it serves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class CallContext:
    """One call: set by the interceptors, read by servicers and the Redis client layer."""

    method: str = ""
    """The full gRPC method, such as `quikstate.v1.LockService/AcquireLock`."""

    deadline: float | None = None
    """When the caller stops waiting, in time.monotonic() seconds; None for never."""

    namespace: str = ""
    """Whose keys the caller may reach; "" is the default namespace, the seed's plain keys."""

    peer: str = ""
    """The caller's identity, or its address while there is no authentication."""

    metadata: Callable[[], Iterable[tuple[str, str | bytes]]] = tuple
    """The caller's headers, read when they are asked for, since most calls need none."""

    traced: bool = False
    """It has a span, and what it does may have some inside."""

    def remaining(self) -> float | None:
        """Seconds left, never negative; None without a deadline."""
        if self.deadline is None:
            return None
        return max(0.0, self.deadline - time.monotonic())


_OUTSIDE = CallContext()
_current: ContextVar[CallContext] = ContextVar("call", default=_OUTSIDE)


def current() -> CallContext:
    """The call being served; one without deadline and caller outside of any."""
    return _current.get()


def enter(call: CallContext) -> None:
    """Make `call` the current one for the rest of this task."""
    _current.set(call)
