"""How often faults may be answered by sending again."""

from __future__ import annotations

_EARNED_A_CALL = 0.1
_MOST = 100.0


class RetryBudget:
    """A tenth of a retry is earned a call, a hundred at most: an outage is not doubled by retries.

    As in Finagle's RetryBudget and gRPC's retry throttling (gRFC A6).
    """

    def __init__(self) -> None:
        self._tokens = _MOST

    def earn(self) -> None:
        if self._tokens < _MOST:
            self._tokens += _EARNED_A_CALL

    def spend(self) -> bool:
        """Take one retry; False if there is none left."""
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True
