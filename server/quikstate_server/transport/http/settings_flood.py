"""Notices a client that sends more SETTINGS than a client has reason to."""

from __future__ import annotations

from typing import Final

_MAX_A_SECOND: Final = 20
"""Each may change the windows of all streams: 2 ms for 20,000. Clients send one at times, to fit the line."""


class SettingsFlood:
    """Counts SETTINGS frames by the second."""

    __slots__ = ("_count", "_second")

    def __init__(self) -> None:
        self._second = 0
        self._count = 0

    def begins(self, now: float) -> bool:
        """Count a frame at a monotonic time; return True if it is one too many."""
        if int(now) != self._second:
            self._second, self._count = int(now), 0
        self._count += 1
        return self._count > _MAX_A_SECOND
