"""Warnings of a failure that repeats: at first, then now and then with a count, and at its end."""

from __future__ import annotations

from time import monotonic

from quikstate_server.logs import get_logger

_FIRST_SECONDS = 5.0
_INTERVAL_SECONDS = 60.0
_log = get_logger()


class RepeatedWarning:
    """Warnings of something that is tried for ever: an outage of an hour is some sixty lines, not 15,000."""

    def __init__(self, event: str, *, first_after: float = 0.0) -> None:
        """Log nothing of failures that last no longer than `first_after` seconds, unless by `begin`."""
        self._event = event
        self._first_after = first_after
        self._since: float | None = None
        self._next_at = 0.0
        self.count = 0
        self._is_logged = False

    def begin(self, event: str, **facts: object) -> None:
        """Note that failures begin; log it as `event`, unless they have begun already."""
        if self._since is None:
            self._start(monotonic() + _FIRST_SECONDS)
            self._is_logged = True
            _log.warning(event, **facts)

    def warn(self, **facts: object) -> None:
        """Count a failure, and log it unless one was logged within the last minute."""
        now = monotonic()
        if self._since is None:
            self._start(now + self._first_after)
        self.count += 1
        if now >= self._next_at:
            self._next_at = now + _INTERVAL_SECONDS
            self._is_logged = True
            _log.warning(self._event, **facts, **self._totals(now))

    def resolve(self, event: str, **facts: object) -> None:
        """Note that failures have ended; log it as `event`, if any of them was logged."""
        if self._is_logged:
            _log.warning(event, **facts, **self._totals(monotonic()))
        self._since, self.count, self._is_logged = None, 0, False

    def _start(self, next_at: float) -> None:
        self._since, self._next_at = monotonic(), next_at

    def _totals(self, now: float) -> dict[str, object]:
        since = now if self._since is None else self._since
        return {"times": self.count, "seconds": round(max(0.0, now - since), 1)}
