"""Warns of what goes wrong again and again: once, then now and then with how often, and when it is over."""

from __future__ import annotations

from time import monotonic

import structlog

_FIRST_SECONDS = 5.0
_SECONDS = 60.0
_log = structlog.get_logger()


class RepeatedWarning:
    """For what is tried for ever: an outage of an hour is some sixty lines, not fifteen thousand."""

    def __init__(self, event: str, *, first_after: float = 0.0) -> None:
        """What lasts no longer than `first_after` seconds is not told at all, unless by `begin`."""
        self._event = event
        self._first_after = first_after
        self._since: float | None = None
        self._due = 0.0
        self._times = 0
        self._told = False

    def begin(self, event: str, **facts: object) -> None:
        """It goes wrong from now on; said as `event`, unless it does already."""
        if self._since is None:
            self._start(monotonic() + _FIRST_SECONDS)
            self._told = True
            _log.warning(event, **facts)

    def happened(self, **facts: object) -> None:
        """It went wrong, once more or for the first time."""
        now = monotonic()
        if self._since is None:
            self._start(now + self._first_after)
        self._times += 1
        if now >= self._due:
            self._due = now + _SECONDS
            self._told = True
            _log.warning(self._event, **facts, **self._so_far(now))

    def over(self, event: str, **facts: object) -> None:
        """It is well again; said as `event`, if anybody was told that it was not."""
        if self._told:
            _log.warning(event, **facts, **self._so_far(monotonic()))
        self._since, self._times, self._told = None, 0, False

    def _start(self, due: float) -> None:
        self._since, self._due = monotonic(), due

    def _so_far(self, now: float) -> dict[str, object]:
        since = now if self._since is None else self._since
        return {"times": self._times, "seconds": round(max(0.0, now - since), 1)}
