"""Notices a client that sends more SETTINGS than a client has reason to."""

from __future__ import annotations

from typing import Final

_MAX: Final = 20
_SECONDS: Final = 10
"""Each may wake all streams, which takes 0.1 s if 10,000 wait. Clients send some first, to fit the line."""


class SettingsFlood:
    """Counts SETTINGS frames."""

    __slots__ = ("_count", "_since")

    def __init__(self) -> None:
        self._since = 0.0
        self._count = 0

    def begins(self, now: float) -> bool:
        """Count a frame at a monotonic time; return True if it is one too many."""
        if now - self._since > _SECONDS:
            self._since, self._count = now, 0
        self._count += 1
        return self._count > _MAX
