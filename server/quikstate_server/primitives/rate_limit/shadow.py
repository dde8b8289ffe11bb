"""Policies in shadow mode: they count and are reported, and never deny, as envoyproxy/ratelimit's."""

from __future__ import annotations

from collections.abc import Sequence

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import (
    CheckResult,
    Hit,
    HitOutcome,
    HitResult,
    RateLimitCheck,
)

_REQUEST_ID_PREFIX = "\x01shadow:"
"""No caller's request_id may have a control character."""


async def check_beside_shadow(limiter: RateLimiter, check: RateLimitCheck) -> CheckResult:
    """Check hits of which some may be under policies in shadow mode.

    The others are decided first, as if those were not there. Then each hit in shadow mode is decided by
    itself, and charged unless the request is denied. Whatever it would have been, it is allowed.
    """
    in_shadow = [index for index, hit in enumerate(check.hits) if isinstance(hit, Hit) and hit.rule.is_shadow]
    if not in_shadow:
        return await limiter.check(check)
    enforced = sorted(set(range(len(check.hits))).difference(in_shadow))
    outcomes: dict[int, HitOutcome] = {}
    if enforced:
        result = await limiter.check(check._replace(hits=[check.hits[index] for index in enforced]))
        outcomes.update(zip(enforced, result.outcomes, strict=True))
    is_denied = check.all_or_nothing and not CheckResult(list(outcomes.values())).allowed
    shadow = check._replace(
        hits=[check.hits[index] for index in in_shadow],
        all_or_nothing=False,
        dry_run=check.dry_run or is_denied,
        request_id=check.request_id and _REQUEST_ID_PREFIX + check.request_id,
    )
    outcomes.update(zip(in_shadow, await _observe(limiter, shadow), strict=True))
    return CheckResult([outcomes[index] for index in range(len(check.hits))])


async def _observe(limiter: RateLimiter, shadow: RateLimitCheck) -> Sequence[HitResult]:
    """Return what the hits would have got; whatever fails, they pass."""
    outcomes: Sequence[HitOutcome]
    try:
        outcomes = (await limiter.check(shadow)).outcomes
    except QuikstateError as error:
        outcomes = [error] * len(shadow.hits)
    hits = [hit for hit in shadow.hits if isinstance(hit, Hit)]
    return [_passing(hit, outcome) for hit, outcome in zip(hits, outcomes, strict=True)]


def _passing(hit: Hit, outcome: HitOutcome) -> HitResult:
    if not isinstance(outcome, HitResult):
        return HitResult(hit.rule, True, degraded=True)
    return outcome if outcome.allowed else outcome._replace(allowed=True, shadow_denied=True)
