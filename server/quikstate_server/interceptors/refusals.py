"""Notes the calls that are refused: by a limit, by a quota, or for who calls."""

from __future__ import annotations

from quikstate_server import call_context
from quikstate_server.errors import (
    Overloaded,
    PermissionDenied,
    QuikstateError,
    QuotaExceeded,
    Unauthenticated,
)
from quikstate_server.metrics import Metrics
from quikstate_server.repeated_warning import RepeatedWarning


class Refusals:
    """Counts each refused call. Denials are in the log too: each kind at first, then once a minute."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._warnings: dict[tuple[str, str, str], RepeatedWarning] = {}

    def note(self, method: str, error: Exception) -> None:
        """Note the error of a call, if it is a refusal."""
        if isinstance(error, Overloaded | QuotaExceeded):
            self._metrics.count_refusal(error.metadata["limit"], error.metadata.get("caller", ""))
        elif isinstance(error, Unauthenticated | PermissionDenied):
            self._metrics.count_audit(method, error.reason)
            self._warn(method, error)

    def _warn(self, method: str, error: QuikstateError) -> None:
        caller = error.metadata.get("caller", "")
        warning = self._warnings.setdefault((caller, method, error.reason), RepeatedWarning("audit.denied"))
        warning.warn(caller=caller, method=method, reason=error.reason, peer=call_context.current().peer)
