"""A budget that bounds how often faults are answered by sending again."""

from __future__ import annotations

_EARNED_PER_CALL = 0.1
_MAX_RETRIES = 100.0


class RetryBudget:
    """Each call earns a tenth of a retry, up to a hundred: retries do not double the load of an outage.

    As in Finagle's RetryBudget and gRPC's retry throttling (gRFC A6).
    """

    def __init__(self) -> None:
        self._retries = _MAX_RETRIES

    def earn(self) -> None:
        """Add what a call earns."""
        if self._retries < _MAX_RETRIES:
            self._retries += _EARNED_PER_CALL

    def spend(self) -> bool:
        """Take one retry; return False if there is none left."""
        if self._retries < 1.0:
            return False
        self._retries -= 1.0
        return True
