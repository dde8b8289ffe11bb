"""The arithmetic of each algorithm, by a clock of the test's own.

A single server is enough: every topology runs the same script, and only its arithmetic is tested here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quikstate_server.primitives.rate_limit.model import Algorithm, Hit, Limit, RateLimitRule
from support.rate_limit.clock import ClockedRedis
from support.rate_limit.models import NEVER, ScriptResult, model_of
from support.redis.redis_process import StartRedis

each_algorithm = pytest.mark.parametrize("algorithm", Algorithm, ids=lambda algorithm: algorithm.value)

SECOND = 1_000_000
HOUR = 3_600 * SECOND

Step = tuple[int, int, bool]
"""Microseconds since the step before, cost, dry run."""


@pytest.fixture
def clocked(start_redis: StartRedis) -> Iterator[ClockedRedis]:
    with start_redis().client() as client:
        yield ClockedRedis(client)


def begin_example(clocked: ClockedRedis) -> str:
    """Return a new name, at a time at which windows of all lengths begin: a failing example fails again."""
    clocked.now += -clocked.now % (420 * SECOND)
    return clocked.new_name()


def new_rule(algorithm: Algorithm, limit: int, window_ms: int, burst: int | None = None) -> RateLimitRule:
    return RateLimitRule(Limit(algorithm, limit, window_ms, burst))


@st.composite
def rules(draw: st.DrawFn, algorithm: Algorithm) -> RateLimitRule:
    limit, window_ms = draw(st.integers(1, 20)), draw(st.sampled_from([1, 7, 100, 60_000]))
    burst = draw(st.none() | st.integers(1, 40)) if algorithm is Algorithm.TOKEN_BUCKET else None
    policy = draw(st.sampled_from(["", "login"]))  # a fixed window without one is shared with raw clients
    return RateLimitRule(Limit(algorithm, limit, window_ms, burst), policy)


@st.composite
def schedules(draw: st.DrawFn, window_ms: int, *, back: bool = False) -> Sequence[Step]:
    """Return steps with gaps of all sizes, also just around a window; `back` lets the clock go back."""
    window = window_ms * 1_000
    sizes = st.one_of(
        st.integers(0, 5),
        st.integers(0, window // 5),
        st.integers(0, 3 * window),
        st.sampled_from([window - 1, window, window + 1]),
    )
    gaps = st.tuples(sizes, st.sampled_from([1, 1, 1, -1])).map(lambda pair: pair[0] * pair[1])
    costs = st.sampled_from([1, 1, 1, 2, 3, 7, 0, -1, -2, 50])
    steps = st.tuples(gaps if back else sizes, costs, st.sampled_from([False, False, False, True]))
    return draw(st.lists(steps, min_size=1, max_size=25))


@each_algorithm
@given(data=st.data())
def test_rate_limit_equals_its_model(
    clocked: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """Costs, peeks, refunds and dry runs, at any time, a clock that goes back included."""
    rule = data.draw(rules(algorithm))
    model, name = model_of(rule), begin_example(clocked)
    for gap, cost, dry in data.draw(schedules(rule.limit.window_ms, back=True)):
        clocked.now += gap
        clocked.expire(name, rule)
        assert clocked.hit(name, rule, cost, dry=dry) == model.hit(clocked.now, cost, dry=dry)


Batch = tuple[int, list[tuple[int, int]], bool, bool]
"""Microseconds since the batch before, the rules and costs, all or nothing, dry run."""


@st.composite
def batches(draw: st.DrawFn, window_ms: int, rules: int, *, back: bool) -> Sequence[Batch]:
    hit = st.tuples(st.integers(0, rules - 1), st.sampled_from([1, 1, 2, 3, 7, 0, -1, -4, 20]))
    hits = st.lists(hit, min_size=1, max_size=5)
    return [
        (gap, draw(hits), draw(st.booleans()), dry)
        for gap, _, dry in draw(schedules(window_ms, back=back))[:12]
    ]


@st.composite
def rules_of_one_state(draw: st.DrawFn, algorithm: Algorithm) -> Sequence[RateLimitRule]:
    """Return two or three rules; buckets have one rate."""
    first = draw(rules(algorithm))
    limits = st.integers(1, 20)
    if algorithm is Algorithm.TOKEN_BUCKET:
        limits = st.just(first.limit.limit)
    bursts = st.integers(1, 40) if algorithm is Algorithm.TOKEN_BUCKET else st.none()
    others = draw(st.lists(st.tuples(limits, bursts), min_size=1, max_size=2))
    return [first] + [
        RateLimitRule(Limit(algorithm, limit, first.limit.window_ms, burst), first.policy)
        for limit, burst in others
    ]


@each_algorithm
@given(data=st.data())
def test_rate_limit_hits_of_one_state_under_several_limits_equal_their_model(
    clocked: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """In one request and in several, all or nothing and independent: whatever limit a hit names, it is
    decided on the state that the hits before it leave."""
    rules_ = data.draw(rules_of_one_state(algorithm))
    model, name = model_of(rules_[0]), begin_example(clocked)
    for gap, hits, all_or_nothing, dry in data.draw(
        batches(rules_[0].limit.window_ms, len(rules_), back=True)
    ):
        clocked.now += gap
        clocked.expire(name, rules_[0])
        results = clocked.check(
            [Hit(name, rules_[number], cost) for number, cost in hits],
            all_or_nothing=all_or_nothing,
            dry=dry,
        )
        limits_and_costs = [(rules_[number].limit, cost) for number, cost in hits]
        assert results == model.hits(clocked.now, limits_and_costs, all_or_nothing=all_or_nothing, dry=dry)


@given(data=st.data())
def test_rate_limit_bucket_at_several_rates_equals_its_model(
    clocked: ClockedRedis, data: st.DataObject
) -> None:
    """The wait of a hit that follows one at another rate in the same request is an estimate: not compared."""
    limits = data.draw(st.lists(st.integers(1, 20), min_size=2, max_size=3))
    rules_ = [new_rule(Algorithm.TOKEN_BUCKET, limit, 100, burst=10) for limit in limits]
    model, name = model_of(rules_[0]), begin_example(clocked)
    for gap, hits, all_or_nothing, dry in data.draw(batches(100, len(rules_), back=True)):
        clocked.now += gap
        clocked.expire(name, rules_[0])
        results = clocked.check(
            [Hit(name, rules_[number], cost) for number, cost in hits],
            all_or_nothing=all_or_nothing,
            dry=dry,
        )
        limits_and_costs = [(rules_[number].limit, cost) for number, cost in hits]
        expected = model.hits(clocked.now, limits_and_costs, all_or_nothing=all_or_nothing, dry=dry)
        if all_or_nothing:
            results, expected = [[_without_wait(each) for each in replies] for replies in (results, expected)]
        assert results == expected


def _without_wait(result: ScriptResult) -> ScriptResult:
    return result._replace(wait=min(result.wait, 1))


@each_algorithm
@given(data=st.data())
def test_rate_limit_retry_after_is_exact(
    clocked: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """A denied hit passes when the result says, and not a microsecond sooner."""
    rule, name = data.draw(rules(algorithm)), begin_example(clocked)
    for gap, cost, _ in data.draw(schedules(rule.limit.window_ms)):
        clocked.now += gap
        result = clocked.hit(name, rule, cost)
        if result.wait > 0:
            clocked.now += result.wait - 1
            assert clocked.hit(name, rule, cost, dry=True).wait == 1
            clocked.now += 1
            assert clocked.hit(name, rule, cost).wait == 0


@each_algorithm
@given(data=st.data())
def test_rate_limit_is_full_again_after_full_after(
    clocked: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    rule, name = data.draw(rules(algorithm)), begin_example(clocked)
    for gap, cost, _ in data.draw(schedules(rule.limit.window_ms)):
        clocked.now += gap
        clocked.hit(name, rule, cost)
    clocked.now += clocked.hit(name, rule, 0).full_after
    assert clocked.hit(name, rule, 0) == (0, rule.limit.capacity, 0)


@each_algorithm
@given(data=st.data())
def test_rate_limit_state_outlives_its_use_by_little(
    clocked: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """Every key expires, and none while it matters."""
    rule, name = data.draw(rules(algorithm)), begin_example(clocked)
    for gap, cost, _ in data.draw(schedules(rule.limit.window_ms)):
        clocked.now += gap
        clocked.hit(name, rule, cost)
        needed = clocked.now + clocked.hit(name, rule, 0).full_after
        expires = clocked.expires_at(name, rule)
        if needed > clocked.now:
            assert (
                needed
                <= (expires + 1) * 1_000
                <= clocked.now + 2 * max(needed - clocked.now, rule.limit.window_ms * 1_000) + 2_000
            )
        else:
            assert expires != -1


def max_admitted(algorithm: Algorithm, limit: Limit) -> int:
    """Return the maximum in any window, as the proto promises it."""
    return {
        Algorithm.TOKEN_BUCKET: limit.capacity + limit.limit,
        Algorithm.FIXED_WINDOW: 2 * limit.limit,
        Algorithm.SLIDING_WINDOW_LOG: limit.limit,
        Algorithm.SLIDING_WINDOW_COUNTER: 2 * limit.limit - 1,
    }[algorithm]


def max_in_a_window(times: Sequence[int], window: int) -> int:
    return max(sum(start <= time < start + window for time in times) for start in times)


@each_algorithm
@given(data=st.data())
def test_rate_limit_admits_no_more_than_promised(
    clocked: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """Flood the limit at times of any kind."""
    rule, name, admitted = data.draw(rules(algorithm)), begin_example(clocked), list[int]()
    window = rule.limit.window_ms * 1_000
    for gap in data.draw(
        st.lists(st.integers(0, window) | st.sampled_from([window - 1, window, 1]), max_size=12)
    ):
        clocked.now += gap
        while clocked.hit(name, rule).wait == 0:
            admitted.append(clocked.now)
    if admitted:
        assert max_in_a_window(admitted, window) <= max_admitted(algorithm, rule.limit)


@each_algorithm
def test_rate_limit_admits_what_is_due_under_overload(clocked: ClockedRedis, algorithm: Algorithm) -> None:
    """20 a second against 10 a second, for 30 seconds: 300 are due. The legacy limiter, which
    charges what it rejects, admits 10 of them."""
    rule, name = new_rule(algorithm, 10, 1_000), clocked.new_name()
    admitted = 0
    for _ in range(600):
        clocked.now += 50_000
        admitted += clocked.hit(name, rule).wait == 0
    assert 260 <= admitted <= 310  # a counter estimates on the safe side


@each_algorithm
@pytest.mark.parametrize("back", [1, 30 * SECOND, HOUR, 400 * 24 * HOUR])
def test_rate_limit_clock_that_went_back_bans_nobody(
    clocked: ClockedRedis, algorithm: Algorithm, back: int
) -> None:
    """A counter shared with raw Redis clients is the exception: it ends when its key expires."""
    rule, name = RateLimitRule(Limit(algorithm, 10, 60_000), "login"), clocked.new_name()
    assert clocked.hit(name, rule, 10).wait == 0
    clocked.now -= back
    result = clocked.hit(name, rule)
    assert 0 < result.wait <= 120 * SECOND
    clocked.now += result.wait
    assert clocked.hit(name, rule).wait == 0


@pytest.mark.parametrize(("phase", "left"), [(0, 9), (499, 9), (500, 14), (999, 14)])
@pytest.mark.parametrize("policy", ["", "login"])
def test_rate_limit_fixed_window_that_ended_does_not_come_back_with_the_clock(
    clocked: ClockedRedis, policy: str, phase: int, left: int
) -> None:
    """The counter lasts through the millisecond in which it ends. Then it is gone, even if the hits that find
    it so leave nothing charged."""
    rule, name = RateLimitRule(Limit(Algorithm.FIXED_WINDOW, 14, 1), policy), begin_example(clocked)
    clocked.now += phase
    clocked.hit(name, rule, 6)
    clocked.now += 1_500
    clocked.expire(name, rule)
    clocked.check([Hit(name, rule, 3), Hit(name, rule, -4)], all_or_nothing=False)
    clocked.now -= 1_500
    assert clocked.hit(name, rule, 0).remaining == left


@each_algorithm
def test_rate_limit_lowered_clamps_what_is_left(clocked: ClockedRedis, algorithm: Algorithm) -> None:
    name = clocked.new_name()
    assert clocked.hit(name, new_rule(algorithm, 1_000, 60_000), 500).remaining == 500
    lowered = new_rule(algorithm, 10, 60_000)
    result = clocked.hit(name, lowered)
    assert result.remaining == 0
    assert 0 < result.wait <= 120 * SECOND
    clocked.now += result.wait
    assert clocked.hit(name, lowered).wait == 0


@each_algorithm
def test_rate_limit_raised_keeps_what_was_used(clocked: ClockedRedis, algorithm: Algorithm) -> None:
    name = clocked.new_name()
    assert clocked.hit(name, new_rule(algorithm, 10, 60_000), 10).remaining == 0
    assert clocked.hit(name, new_rule(algorithm, 100, 60_000), 0).remaining == 90


@example(limit=3, window_ms=1_000)
@example(limit=7, window_ms=1)
@given(limit=st.integers(1, 200), window_ms=st.sampled_from([1, 1_000, 60_000]))
def test_rate_limit_token_bucket_holds_as_many_single_hits_as_one_of_that_cost(
    clocked: ClockedRedis, limit: int, window_ms: int
) -> None:
    """This holds too if the limit does not divide the window."""
    rule, at_once, singly = (
        new_rule(Algorithm.TOKEN_BUCKET, limit, window_ms),
        clocked.new_name(),
        clocked.new_name(),
    )
    assert clocked.hit(at_once, rule, limit).wait == 0
    assert [clocked.hit(singly, rule).wait for _ in range(limit)] == [0] * limit
    assert clocked.hit(at_once, rule) == clocked.hit(singly, rule)


def test_rate_limit_token_bucket_takes_rates_above_one_a_microsecond(clocked: ClockedRedis) -> None:
    rule, name = new_rule(Algorithm.TOKEN_BUCKET, 1_000_000_000, 1), clocked.new_name()
    assert clocked.hit(name, rule, 1_000_000_000) == (0, 0, 1_000)
    clocked.now += 1
    assert clocked.hit(name, rule, 1_000_000).wait == 0


@each_algorithm
def test_rate_limit_works_at_the_ends_of_its_range(clocked: ClockedRedis, algorithm: Algorithm) -> None:
    max_limit = 10_000 if algorithm is Algorithm.SLIDING_WINDOW_LOG else 1_000_000_000
    rule, name = new_rule(algorithm, max_limit, 30 * 86_400_000), clocked.new_name()
    assert clocked.hit(name, rule, max_limit)[:2] == (0, 0)
    result = clocked.hit(name, rule)
    assert 0 < result.wait <= result.full_after
    clocked.now += result.wait
    assert clocked.hit(name, rule).wait == 0


def test_rate_limit_token_bucket_that_fills_for_ever_is_capped(clocked: ClockedRedis) -> None:
    """30 days a token, a billion tokens: more years than a Duration holds."""
    rule = new_rule(Algorithm.TOKEN_BUCKET, 1, 30 * 86_400_000, burst=1_000_000_000)
    result = clocked.hit(clocked.new_name(), rule, 1_000_000_000)
    assert result == (0, 0, 315_576_000_000 * SECOND)


@each_algorithm
def test_rate_limit_cost_above_the_limit_is_denied_for_good(
    clocked: ClockedRedis, algorithm: Algorithm
) -> None:
    rule, name = new_rule(algorithm, 10, 60_000), clocked.new_name()
    assert clocked.hit(name, rule, 11) == (NEVER, 10, 0)


@each_algorithm
def test_rate_limit_hits_of_one_state_under_several_limits_are_all_charged(
    clocked: ClockedRedis, algorithm: Algorithm
) -> None:
    """Two limits of one window on one key share their state; neither is admitted past its own."""
    name, small, large = clocked.new_name(), new_rule(algorithm, 10, 60_000), new_rule(algorithm, 20, 60_000)
    results = clocked.check([Hit(name, small, 4), Hit(name, large, 4)])
    assert [each.wait for each in results] == [0, 0]
    assert clocked.hit(name, small, 0).remaining == 2
    assert clocked.hit(name, large, 0).remaining == 12


LIMITS_OF_THREE = [(10, 11, 12), (12, 11, 10), (10, 20, 10)]


@each_algorithm
@pytest.mark.parametrize("limits", LIMITS_OF_THREE)
def test_rate_limit_all_or_nothing_charges_no_state_past_a_limit(
    clocked: ClockedRedis, algorithm: Algorithm, limits: Sequence[int]
) -> None:
    name = clocked.new_name()
    hits = [Hit(name, new_rule(algorithm, limit, 60_000), 10) for limit in limits]
    results = clocked.check(hits)
    assert [each.wait == 0 for each in results] == [True, limits[1] == 20, False]
    assert clocked.hit(name, hits[0].rule, 0).remaining == limits[0]
    results = clocked.check(hits, all_or_nothing=False)
    assert [each.wait == 0 for each in results] == [True, limits[1] == 20, False]


def test_rate_limit_lowered_rate_is_not_forgotten_when_the_old_one_is_full(
    clocked: ClockedRedis,
) -> None:
    name, fast, slow = (
        clocked.new_name(),
        *(new_rule(Algorithm.TOKEN_BUCKET, rate, 1_000, 100) for rate in (100, 1)),
    )
    for cost in (1, 101, -1):
        clocked.hit(name, slow, -1_000)
        clocked.hit(name, fast, 100)
        assert clocked.hit(name, slow, cost).full_after >= 99 * SECOND - 1
        clocked.now += 1_150_000
        clocked.expire(name, slow)
        assert clocked.hit(name, slow, 100).wait > 97 * SECOND


def test_rate_limit_refund_under_a_smaller_limit_gives_back_no_more_than_its_cost(
    clocked: ClockedRedis,
) -> None:
    name, large, small = (
        clocked.new_name(),
        *(new_rule(Algorithm.TOKEN_BUCKET, limit, 6_000) for limit in (6, 1)),
    )
    clocked.hit(name, large, 6)
    clocked.hit(name, small, -1)
    assert clocked.hit(name, large, 0).remaining == 1
    assert clocked.hit(name, large, 2).wait > 0


@each_algorithm
def test_rate_limit_independent_hits_get_the_results_of_single_requests(
    clocked: ClockedRedis, algorithm: Algorithm
) -> None:
    large, small = (new_rule(algorithm, limit, 86_400_000) for limit in (6, 1))
    for costs in ((3, 1), (6, -1), (6, 1)):
        beside, apart = clocked.new_name(), clocked.new_name()
        together = clocked.check(
            [Hit(beside, large, costs[0]), Hit(beside, small, costs[1])], all_or_nothing=False
        )
        assert together == [clocked.hit(apart, large, costs[0]), clocked.hit(apart, small, costs[1])]


def test_rate_limit_peek_at_a_lowered_rate_returns_when_the_state_expires(clocked: ClockedRedis) -> None:
    name, fast, slow = (
        clocked.new_name(),
        *(new_rule(Algorithm.TOKEN_BUCKET, rate, 1_000, 100) for rate in (100, 1)),
    )
    clocked.hit(name, fast, 100)
    peek = clocked.hit(name, slow, 0)
    assert 1_000_000 <= peek.full_after <= 1_002_000
    clocked.now += peek.full_after
    clocked.expire(name, slow)
    assert clocked.hit(name, slow, 100).wait == 0


def test_rate_limit_shorter_window_does_not_end_a_longer_one(clocked: ClockedRedis) -> None:
    name = clocked.new_name()
    long, short = (
        new_rule(Algorithm.FIXED_WINDOW, limit, window) for limit, window in ((15, 60_000), (20, 1_000))
    )
    clocked.hit(name, long, 12)
    ends = clocked.expires_at(name, long)
    for cost, passes in ((1, True), (100, False), (9, False), (-1, True), (0, True)):
        result = clocked.hit(name, short, cost)
        assert (result.wait == 0) is passes
        assert result.full_after > 59 * SECOND
        assert clocked.expires_at(name, long) == ends
    clocked.now += 2 * SECOND
    assert clocked.hit(name, long, 4).wait > 57 * SECOND


@each_algorithm
def test_rate_limit_log_and_others_take_costs_beyond_luas_stack(
    clocked: ClockedRedis, algorithm: Algorithm
) -> None:
    rule, name = new_rule(algorithm, 10_000, 60_000), clocked.new_name()
    assert clocked.hit(name, rule, 9_999).remaining == 1
    assert clocked.hit(name, rule, -9_999).remaining == 10_000
