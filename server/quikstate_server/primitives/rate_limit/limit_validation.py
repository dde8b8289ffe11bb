"""Validation of a limit, in requests and in policy files alike."""

from __future__ import annotations

from collections.abc import Iterator

from quikstate_server.primitives.rate_limit.model import Algorithm, Limit
from quikstate_server.settings import Limits


def limit_violations(limit: Limit, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield a field of `limit` and the rule that it breaks."""
    max_limit = limits.max_limit
    if limit.algorithm is Algorithm.SLIDING_WINDOW_LOG:
        max_limit = min(max_limit, limits.max_log_limit)
    if not 1 <= limit.limit <= max_limit:
        yield "limit", f"must be 1 to {max_limit}"
    if not 1 <= limit.window_ms <= limits.max_ttl_seconds * 1_000:
        yield "window", f"must be 1 ms to {limits.max_ttl_seconds} s"
    if limit.burst is None:
        return
    if limit.algorithm is not Algorithm.TOKEN_BUCKET:
        yield "burst", "may be set only for a token bucket"
    elif not 1 <= limit.burst <= limits.max_limit:
        yield "burst", f"must be 1 to {limits.max_limit}"
