"""Requests to the rate limiter that several tests make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import (
    Algorithm,
    CheckResult,
    Hit,
    HitResult,
    Limit,
    RateLimitCheck,
    RateLimitRule,
)

each_algorithm = pytest.mark.parametrize("algorithm", Algorithm, ids=lambda algorithm: algorithm.value)

KEYSPACE = Keyspace()
IN_ONE_SLOT = Keyspace(group="test")
MINUTE = 60_000
TEN = RateLimitRule(Limit(Algorithm.TOKEN_BUCKET, 10, MINUTE))
FIXED = RateLimitRule(Limit(Algorithm.FIXED_WINDOW, 10, MINUTE))
KEY = keys.rate("k")


def new_rule(algorithm: Algorithm, limit: int = 10, window_ms: int = MINUTE) -> RateLimitRule:
    """Return an inline rule."""
    return RateLimitRule(Limit(algorithm, limit, window_ms))


def results_of(result: CheckResult) -> list[HitResult]:
    """Return the results of all hits, none of which may be an error."""
    results = [outcome for outcome in result.outcomes if isinstance(outcome, HitResult)]
    assert len(results) == len(result.outcomes), result.outcomes
    return results


async def check(limiter: RateLimiter, *hits: Hit, **options: Any) -> list[HitResult]:
    """Check hits whose keys are on one slot."""
    return results_of(await limiter.check(RateLimitCheck(IN_ONE_SLOT, hits, **options)))


async def hit(limiter: RateLimiter, rule: RateLimitRule, cost: int = 1, **options: Any) -> HitResult:
    """Check one hit on KEY."""
    (result,) = results_of(await limiter.check(RateLimitCheck(KEYSPACE, [Hit(KEY, rule, cost)], **options)))
    return result


def allowed(results: Sequence[HitResult]) -> list[bool]:
    """Return of each hit whether it was allowed."""
    return [result.allowed for result in results]
