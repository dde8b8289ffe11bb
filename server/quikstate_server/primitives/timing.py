"""The times of polls: a notification can be lost, and a TTL expires without one."""

from __future__ import annotations

import time

POLL_SECONDS = 1.0
"""The longest interval of polls for what somebody waits for, whatever was notified."""
_AFTER_EXPIRY_SECONDS = 0.002
"""Redis expires keys in whole milliseconds."""


def next_poll(expires_in: float | None, longest: float = POLL_SECONDS) -> float:
    """Return when to poll what expires in `expires_in` seconds (None for never), in monotonic seconds."""
    pause = longest if expires_in is None else min(longest, expires_in + _AFTER_EXPIRY_SECONDS)
    return time.monotonic() + pause
