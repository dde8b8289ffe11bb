"""What Prometheus is told of sessions."""

from __future__ import annotations

from functools import cache

from quikstate_server.interceptors.method import snake_case
from quikstate_server.metrics import Metrics


class SessionMetrics:
    """Counts what became of operations on sessions."""

    def __init__(self, metrics: Metrics) -> None:
        self._outcomes = metrics.counter(
            "quikstate_session_operations",
            "Operations on one session (create, get, update, rotate), by outcome: created, found, not_found, "
            "replayed (an id that was rotated away: perhaps stolen), limit_reached, version_mismatch, ended.",
            "operation",
            "outcome",
        )
        self._revoked = metrics.counter("quikstate_sessions_revoked", "Sessions that were revoked.")
        self._evicted = metrics.counter(
            "quikstate_sessions_evicted", "Sessions that ended since their user began too many."
        )

    def count(self, operation: str, result: object) -> None:
        """Count the result of an operation."""
        self._outcomes[operation, _outcome(type(result).__name__)]()
        if evicted := getattr(result, "evicted", ()):
            self._evicted[()](len(evicted))

    def count_revoked(self, sessions: int) -> None:
        """Count sessions that were revoked."""
        self._revoked[()](sessions)


@cache
def _outcome(result_type: str) -> str:
    """Return the outcome that a type of result stands for: `not_found` for SessionNotFound."""
    return snake_case(result_type.removeprefix("Session"))
