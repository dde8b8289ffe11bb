"""Validation of rate limit requests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration
from hypothesis import given, settings
from hypothesis import strategies as st
from protovalidate import Validator

from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    ListRateLimitPoliciesRequest,
    RateLimit,
    RateLimitAlgorithm,
    RateLimitHit,
    RateLimitKeyParts,
    RateLimitMode,
    ResetRateLimitRequest,
    StreamRateLimitRequest,
)
from quikstate_server.services.rate_limit import validation
from quikstate_server.settings import Limits

LIMITS = Limits()
MINUTE = Duration(seconds=60)
LOG = RateLimitAlgorithm.RATE_LIMIT_ALGORITHM_SLIDING_WINDOW_LOG
FIXED = RateLimitAlgorithm.RATE_LIMIT_ALGORITHM_FIXED_WINDOW
INDEPENDENT = RateLimitMode.RATE_LIMIT_MODE_INDEPENDENT

texts = st.sampled_from(
    ["", "a", "a:b", "é" * 128, "é" * 129, "x" * 256, "x" * 257, "a\nb", "a\x7f", "a\x85b"]
)
durations = st.builds(
    Duration,
    seconds=st.sampled_from([0, 1, 60, -1, 30 * 86_400, 30 * 86_400 + 1]),
    nanos=st.sampled_from([0, 1_000_000, 500_000, -1_000_000]),
)
numbers = st.sampled_from([0, 1, -1, 10, 10_000, 10_001, 1_000_000_000, 1_000_000_001])
limits = st.builds(
    RateLimit,
    algorithm=st.sampled_from([0, 1, 2, 3, 4, 5]),
    limit=numbers,
    window=st.none() | durations,
    burst=st.none() | numbers,
)
parts = st.builds(RateLimitKeyParts, parts=st.lists(texts, max_size=3) | st.just(["p"] * 17))
names: st.SearchStrategy[dict[str, Any]] = (
    st.fixed_dictionaries({"key": texts}) | st.fixed_dictionaries({"parts": parts}) | st.just({})
)
chosen: st.SearchStrategy[dict[str, Any]] = (
    st.fixed_dictionaries({"limit": limits}) | st.fixed_dictionaries({"policy": texts}) | st.just({})
)
good = st.just(RateLimitHit(key="k", limit=RateLimit(limit=10, window=MINUTE)))
hits = good | st.builds(
    lambda name, rule, cost: RateLimitHit(**name, **rule, cost=cost), names, chosen, st.none() | numbers
)
requests = st.builds(
    CheckRateLimitRequest,
    hits=st.lists(hits, max_size=3) | good.map(lambda hit: [hit] * 101),
    mode=st.sampled_from([0, 1, 2, 3]),
    group=st.just("") | texts,
    request_id=st.just("") | texts,
)


def violations_of(check: Callable[[Any, Limits], Any], request: Any) -> dict[str, str]:
    return dict(check(request, LIMITS))


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator()


@settings(max_examples=500)  # most of them break a rule
@given(requests)
def test_validation_guarantees_the_shape(validator: Validator, request_: CheckRateLimitRequest) -> None:
    """A request without violations passes protovalidate too, which then need not check it."""
    if not violations_of(validation.check_rate_limit, request_):
        assert validator.collect_violations(request_) == []


@given(st.builds(StreamRateLimitRequest, check=st.none() | requests))
def test_validation_guarantees_the_shape_of_stream_items(
    validator: Validator, request_: StreamRateLimitRequest
) -> None:
    wrong = violations_of(validation.stream_rate_limit, request_)
    if not wrong:
        assert validator.collect_violations(request_) == []
    elif request_.HasField("check"):
        inside = violations_of(validation.check_rate_limit, request_.check)
        assert wrong == {f"check.{path}": what for path, what in inside.items()}


@given(
    st.integers(1, 1_000_000_000),
    st.integers(1, 30 * 86_400_000),
    st.text("abc:.-/é", min_size=1, max_size=99),
)
def test_validation_passes_what_is_allowed(limit: int, milliseconds: int, key: str) -> None:
    window = Duration()
    window.FromMilliseconds(milliseconds)
    hit = RateLimitHit(key=key, limit=RateLimit(limit=limit, window=window, burst=limit), cost=-limit)
    other = RateLimitHit(parts=RateLimitKeyParts(parts=[key[:64], "::1"]), policy="login")
    assert violations_of(validation.check_rate_limit, CheckRateLimitRequest(hits=[hit, other])) == {}
    assert violations_of(validation.reset_rate_limit, ResetRateLimitRequest(key=key, limit=hit.limit)) == {}


def limited(**fields: Any) -> RateLimitHit:
    chosen: dict[str, Any] = {"limit": 10, "window": MINUTE} | fields
    return RateLimitHit(key="k", limit=RateLimit(**chosen))


@pytest.mark.parametrize(
    ("hit", "path"),
    [
        (RateLimitHit(policy="p"), "key"),
        (RateLimitHit(key="a\nb", policy="p"), "key"),
        (RateLimitHit(key="x" * 257, policy="p"), "key"),
        (RateLimitHit(parts=RateLimitKeyParts(), policy="p"), "parts.parts"),
        (RateLimitHit(parts=RateLimitKeyParts(parts=["a", ""]), policy="p"), "parts.parts[1]"),
        (RateLimitHit(parts=RateLimitKeyParts(parts=["x" * 200] * 2), policy="p"), "parts.parts"),
        (RateLimitHit(key="k"), "policy"),
        (RateLimitHit(key="k", policy="a\x00"), "policy"),
        (RateLimitHit(key="k", policy="p", cost=1_000_000_001), "cost"),
        (RateLimitHit(key="k", policy="p", cost=-1_000_000_001), "cost"),
        (limited(limit=0), "limit.limit"),
        (limited(limit=1_000_000_001), "limit.limit"),
        (limited(limit=10_001, algorithm=LOG), "limit.limit"),
        (limited(algorithm=9), "limit.algorithm"),
        (limited(window=None), "limit.window"),
        (limited(window=Duration(nanos=1_500_000)), "limit.window"),
        (limited(window=Duration(seconds=-1)), "limit.window"),
        (limited(window=Duration(seconds=30 * 86_400, nanos=1_000_000)), "limit.window"),
        (limited(burst=0), "limit.burst"),
        (limited(burst=1_000_000_001), "limit.burst"),
        (limited(burst=5, algorithm=FIXED), "limit.burst"),
    ],
)
def test_validation_names_the_invalid_field(hit: RateLimitHit, path: str) -> None:
    request = CheckRateLimitRequest(hits=[limited(), hit])
    assert set(violations_of(validation.check_rate_limit, request)) == {f"hits[1].{path}"}


def test_validation_examines_a_limit_again_after_an_invalid_hit() -> None:
    request = CheckRateLimitRequest(hits=[limited(limit=0), limited(limit=0)])
    assert set(violations_of(validation.check_rate_limit, request)) == {
        "hits[0].limit.limit",
        "hits[1].limit.limit",
    }


def test_validation_refuses_two_windows_on_one_raw_counter() -> None:
    """Only inline fixed windows share a counter, also if one names its key and another its parts."""
    hour = Duration(seconds=3_600)
    fixed = limited(algorithm=FIXED)
    longer = limited(algorithm=FIXED, window=hour)
    elsewhere = RateLimitHit(key="other", limit=longer.limit)
    in_parts = RateLimitHit(parts=RateLimitKeyParts(parts=["k"]), limit=longer.limit)
    others = [limited(window=hour), limited(algorithm=LOG, window=hour), RateLimitHit(key="k", policy="p")]
    fine = CheckRateLimitRequest(hits=[fixed, limited(algorithm=FIXED, limit=11), elsewhere, *others])
    assert violations_of(validation.check_rate_limit, fine) == {}
    wrong = CheckRateLimitRequest(hits=[*fine.hits, longer, in_parts, fixed], mode=INDEPENDENT)
    what = "must equal the window of hits[0], which uses the same counter"
    assert violations_of(validation.check_rate_limit, wrong) == {
        f"hits[{at}].limit.window": what for at in (6, 7)
    }


@pytest.mark.parametrize(
    ("mode", "most"), [(RateLimitMode.RATE_LIMIT_MODE_ALL_OR_NOTHING, 100), (INDEPENDENT, 1_000)]
)
def test_validation_bounds_the_hits_of_a_request(mode: Any, most: int) -> None:
    full = CheckRateLimitRequest(hits=[limited()] * most, mode=mode)
    assert violations_of(validation.check_rate_limit, full) == {}
    full.hits.add(key="k", policy="p")
    assert set(violations_of(validation.check_rate_limit, full)) == {"hits"}


@pytest.mark.parametrize("field", ["group", "request_id"])
@pytest.mark.parametrize("text", ["x" * 257, "a\tb"])
def test_validation_bounds_group_and_request_id(field: str, text: str) -> None:
    request = CheckRateLimitRequest(hits=[limited()])
    setattr(request, field, text)
    assert set(violations_of(validation.check_rate_limit, request)) == {field}


def test_validation_of_reset_and_list_names_their_fields() -> None:
    reset = ResetRateLimitRequest(group="a\nb")
    assert set(violations_of(validation.reset_rate_limit, reset)) == {"group", "key", "policy"}
    page = ListRateLimitPoliciesRequest(page_size=-1, page_token="x" * 2_000)
    assert set(violations_of(validation.list_rate_limit_policies, page)) == {"page_size", "page_token"}
    assert (
        violations_of(validation.list_rate_limit_policies, ListRateLimitPoliciesRequest(page_size=5_000))
        == {}
    )
