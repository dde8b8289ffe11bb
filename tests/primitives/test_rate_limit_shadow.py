"""Policies in shadow mode count, and deny nothing."""

from __future__ import annotations

import pytest

from quikstate_server import keys
from quikstate_server.errors import PolicyNotFound
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
from quikstate_server.primitives.rate_limit.shadow import check_beside_shadow
from support.rate_limit.requests import IN_ONE_SLOT, MINUTE, results_of

TWO = Limit(Algorithm.SLIDING_WINDOW_LOG, 2, MINUTE)
SHADOW = RateLimitRule(TWO, "shadow", is_shadow=True)
ENFORCED = RateLimitRule(TWO, "enforced")


def hits(*rules: RateLimitRule, name: str = "k", cost: int = 1) -> list[Hit]:
    return [Hit(keys.rate(name), rule, cost) for rule in rules]


async def check(limiter: RateLimiter, *rules: RateLimitRule, **options: object) -> list[HitResult]:
    request = RateLimitCheck(IN_ONE_SLOT, hits(*rules), **options)  # type: ignore[arg-type] # as the test says
    return results_of(await check_beside_shadow(limiter, request))


def told(results: list[HitResult]) -> list[tuple[bool, bool, int]]:
    return [(result.allowed, result.shadow_denied, result.remaining) for result in results]


async def test_rate_limit_in_shadow_mode_counts_and_never_denies(limiter: RateLimiter) -> None:
    assert told(await check(limiter, SHADOW)) == [(True, False, 1)]
    assert told(await check(limiter, SHADOW)) == [(True, False, 0)]
    (third,) = await check(limiter, SHADOW)
    assert (third.allowed, third.shadow_denied) == (True, True)
    assert third.retry_after is not None


async def test_rate_limit_in_shadow_mode_holds_up_no_other(limiter: RateLimiter) -> None:
    for _ in range(2):
        await check(limiter, SHADOW)
    assert told(await check(limiter, SHADOW, ENFORCED)) == [(True, True, 0), (True, False, 1)]
    assert told(await check(limiter, ENFORCED, SHADOW)) == [(True, False, 0), (True, True, 0)]
    enforced, shadow = await check(limiter, ENFORCED, SHADOW)
    assert (enforced.allowed, enforced.shadow_denied) == (False, False)
    assert shadow.allowed


async def test_rate_limit_in_shadow_mode_is_not_charged_for_a_denied_request(limiter: RateLimiter) -> None:
    for _ in range(2):
        await check(limiter, ENFORCED)
    result = await check(limiter, ENFORCED, SHADOW)
    assert [each.allowed for each in result] == [False, True]
    assert told(await check(limiter, SHADOW, dry_run=True)) == [(True, False, 1)]


async def test_rate_limit_in_shadow_mode_repeats_safely(limiter: RateLimiter) -> None:
    for _ in range(3):
        assert told(await check(limiter, SHADOW, ENFORCED, request_id="once")) == [(True, False, 1)] * 2
    assert told(await check(limiter, SHADOW)) == [(True, False, 0)]


async def test_rate_limit_errors_of_other_hits_are_as_without_shadow(limiter: RateLimiter) -> None:
    missing = PolicyNotFound("missing")
    request = RateLimitCheck(IN_ONE_SLOT, [*hits(SHADOW), missing])
    with pytest.raises(PolicyNotFound):
        await check_beside_shadow(limiter, request)
    result = await check_beside_shadow(
        limiter, request._replace(all_or_nothing=False, hits=[missing, *hits(SHADOW, ENFORCED)])
    )
    assert isinstance(result, CheckResult)
    assert result.outcomes[0] is missing
    assert all(isinstance(each, HitResult) and each.allowed for each in result.outcomes[1:])
