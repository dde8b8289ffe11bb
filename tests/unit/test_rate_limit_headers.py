"""HTTP response headers of rate limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quikstate_server.errors import RedisUnavailable
from quikstate_server.primitives.rate_limit.model import (
    Algorithm,
    HitOutcome,
    HitResult,
    Limit,
    RateLimitRule,
)
from quikstate_server.services.rate_limit.headers import rate_limit_headers

SECOND = 1_000_000
TEN = RateLimitRule(Limit(Algorithm.TOKEN_BUCKET, 10, 60_000))
LOGIN = RateLimitRule(Limit(Algorithm.TOKEN_BUCKET, 5, 60_000, burst=20), "login")
FIXED = RateLimitRule(Limit(Algorithm.FIXED_WINDOW, 3, 60_000))


def headers_of(*outcomes: HitOutcome) -> dict[str, str]:
    return dict(rate_limit_headers(outcomes))


def test_headers_of_an_allowed_hit() -> None:
    assert headers_of(HitResult(TEN, True, remaining=7, full_after=17_200_000)) == {
        "RateLimit-Policy": '"10/60s";q=10;w=60',
        "RateLimit": '"10/60s";r=7;t=18',
        "X-RateLimit-Limit": "10",
        "X-RateLimit-Remaining": "7",
        "X-RateLimit-Reset": "18",
    }


def test_headers_of_a_denied_hit_have_retry_after() -> None:
    denied = HitResult(TEN, False, remaining=2, full_after=48 * SECOND, retry_after=6 * SECOND + 1)
    assert headers_of(denied) == {
        "RateLimit-Policy": '"10/60s";q=10;w=60',
        "RateLimit": '"10/60s";r=2;t=7',
        "X-RateLimit-Limit": "10",
        "X-RateLimit-Remaining": "2",
        "X-RateLimit-Reset": "7",
        "Retry-After": "7",
    }


def test_headers_name_policies_and_the_tightest_hit() -> None:
    outcomes = [
        HitResult(TEN, True, remaining=1, full_after=54 * SECOND),
        HitResult(LOGIN, False, remaining=19, full_after=132 * SECOND, retry_after=12 * SECOND),
        HitResult(LOGIN, True, remaining=0, full_after=240 * SECOND),
    ]
    headers = headers_of(*outcomes)
    assert headers["RateLimit-Policy"] == '"10/60s";q=10;w=60, "login";q=20;w=240'
    assert headers["RateLimit"] == '"10/60s";r=1;t=54, "login";r=19;t=12'
    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) == ("20", "19")
    assert headers["Retry-After"] == "12"


def test_headers_wait_for_the_last_of_several_denied_hits() -> None:
    denied = [HitResult(TEN, False, retry_after=seconds * SECOND) for seconds in (3, 9, 5)]
    assert headers_of(*denied)["Retry-After"] == "9"


def test_headers_have_no_retry_after_for_a_hit_that_can_never_pass() -> None:
    never = HitResult(TEN, False, remaining=10, cost_exceeds_limit=True)
    assert "Retry-After" not in headers_of(never, HitResult(TEN, False, retry_after=SECOND))


def test_headers_of_a_fixed_window_do_not_outlast_it() -> None:
    """It lasts up to a millisecond longer than its length, which must not become a second."""
    first = HitResult(FIXED, True, remaining=2, full_after=60 * SECOND + 700)
    assert headers_of(first)["RateLimit"] == '"3/60s fixed_window";r=2;t=60'


def test_headers_of_a_counter_begun_by_a_longer_window_last_as_long() -> None:
    denied = HitResult(FIXED, False, retry_after=3_600 * SECOND)
    assert headers_of(denied)["Retry-After"] == "3600"


@given(
    st.lists(st.builds(Limit, st.sampled_from(Algorithm), *[st.integers(1, 3)] * 2, st.none()), min_size=2)
)
def test_headers_give_different_limits_different_names(limits: list[Limit]) -> None:
    """Different limits have different names, equal limits one name, and none has the name of a policy."""
    bursts = [Limit(Algorithm.TOKEN_BUCKET, limit.limit, limit.window_ms * 500, 9) for limit in limits]
    rules = [RateLimitRule(limit) for limit in limits + bursts] + [RateLimitRule(limits[0], "default")]
    headers = headers_of(*(HitResult(rule, True, remaining=rule.limit.capacity) for rule in rules))
    policies = [policy.split(";")[0] for policy in headers["RateLimit-Policy"].split(", ")]
    assert len(policies) == len(set(policies)) == len(set(rules))
    assert [state.split(";")[0] for state in headers["RateLimit"].split(", ")] == policies


@given(st.builds(Limit, st.sampled_from(Algorithm), *[st.integers(1, 10**9)] * 2, st.integers(1, 10**9)))
def test_headers_have_a_quota_not_below_what_remains(limit: Limit) -> None:
    policy = headers_of(HitResult(RateLimitRule(limit), True, remaining=limit.capacity))["RateLimit-Policy"]
    _, quota, window = policy.split(";")
    assert quota == f"q={limit.capacity}"
    assert 1 <= int(window.removeprefix("w=")) < 10**15


@pytest.mark.parametrize("milliseconds", [1, 500])
def test_headers_round_short_windows_up(milliseconds: int) -> None:
    short = RateLimitRule(Limit(Algorithm.SLIDING_WINDOW_COUNTER, 3, milliseconds))
    assert headers_of(HitResult(short, True, remaining=3))["RateLimit-Policy"] == (
        f'"3/{milliseconds}ms sliding_window_counter";q=3;w=1'
    )


def test_headers_leave_out_what_redis_did_not_decide() -> None:
    degraded = HitResult(LOGIN, True, degraded=True)
    assert headers_of(degraded, RedisUnavailable("gone")) == {}
    assert headers_of(degraded, HitResult(TEN, True, remaining=7))["RateLimit"] == '"10/60s";r=7;t=0'
