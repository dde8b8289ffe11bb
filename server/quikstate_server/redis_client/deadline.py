"""The deadline of a command to Redis."""

from __future__ import annotations

from time import monotonic

from quikstate_server import call_context
from quikstate_server.errors import DeadlineExceeded
from quikstate_server.settings import RedisSettings


def command_deadline(settings: RedisSettings) -> float:
    """Return the caller's deadline, or that of `command_seconds` if it is sooner, in monotonic seconds."""
    now = monotonic()
    latest = now + settings.command_seconds
    callers = call_context.current().deadline
    if callers is None:
        return latest
    if callers <= now:
        raise DeadlineExceeded
    return min(latest, callers)
