"""Until when something may take."""

from __future__ import annotations

from time import monotonic

from quikstate_server import call_context
from quikstate_server.errors import DeadlineExceeded
from quikstate_server.settings import RedisSettings


def deadline(settings: RedisSettings) -> float:
    """The caller's deadline, and never later than our own setting allows, in monotonic seconds."""
    now = monotonic()
    own = now + settings.command_seconds
    callers = call_context.current().deadline
    if callers is None:
        return own
    if callers <= now:
        raise DeadlineExceeded
    return min(own, callers)
