"""What Prometheus is told of rate limits."""

from __future__ import annotations

from collections.abc import Sequence

from quikstate_server.metrics import Metrics
from quikstate_server.primitives.rate_limit.model import HitOutcome, HitResult

_INLINE = "(inline)"
"""Stands for all limits in requests: a policy cannot have this name."""


class RateLimitMetrics:
    """Counts the decisions on hits."""

    def __init__(self, metrics: Metrics) -> None:
        self._decisions = metrics.counter(
            "quikstate_rate_limit_decisions",
            "Hits by their policy and its decision: allowed, denied, or failed: no decision could be made. "
            "allowed_degraded and denied_degraded were made without Redis; shadow_denied would have been "
            "denied, but for its policy's mode.",
            "policy",
            "decision",
        )

    def count(self, outcomes: Sequence[HitOutcome]) -> None:
        """Count the outcome of each hit of a request."""
        decisions = self._decisions
        for outcome in outcomes:
            if not isinstance(outcome, HitResult):
                decisions[_INLINE, "failed"]()
                continue
            decision = "allowed" if outcome.allowed else "denied"
            if outcome.shadow_denied:
                decision = "shadow_denied"
            elif outcome.degraded:
                decision += "_degraded"
            decisions[outcome.rule.policy or _INLINE, decision]()
