"""The arithmetic of each algorithm, by a clock of the test's own.

A single server is enough: every topology runs the same script, and only its arithmetic is looked at here.
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
def timed(start_redis: StartRedis) -> Iterator[ClockedRedis]:
    with start_redis().client() as client:
        yield ClockedRedis(client)


def rule(algorithm: Algorithm, limit: int, window_ms: int, burst: int | None = None) -> RateLimitRule:
    return RateLimitRule(Limit(algorithm, limit, window_ms, burst))


@st.composite
def rules(draw: st.DrawFn, algorithm: Algorithm) -> RateLimitRule:
    limit, window_ms = draw(st.integers(1, 20)), draw(st.sampled_from([1, 7, 100, 60_000]))
    burst = draw(st.none() | st.integers(1, 40)) if algorithm is Algorithm.TOKEN_BUCKET else None
    policy = draw(st.sampled_from(["", "login"]))  # a fixed window without one is shared with raw clients
    return RateLimitRule(Limit(algorithm, limit, window_ms, burst), policy)


@st.composite
def schedules(draw: st.DrawFn, window_ms: int, *, back: bool = False) -> Sequence[Step]:
    """Gaps of all sizes, those just around a window too; `back` lets the clock go back as far."""
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
def test_rate_limit_answers_as_its_model(
    timed: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """Costs, peeks, refunds and dry runs, at any time, a clock that goes back included."""
    chosen = data.draw(rules(algorithm))
    model, name = model_of(chosen), timed.new_name()
    for gap, cost, dry in data.draw(schedules(chosen.limit.window_ms, back=True)):
        timed.now += gap
        timed.expire(name, chosen)
        assert timed.hit(name, chosen, cost, dry=dry) == model.hit(timed.now, cost, dry=dry)


Batch = tuple[int, list[tuple[int, int]], bool, bool]
"""Microseconds since the one before, which rules and costs, all or none, dry run."""


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
    """Two or three, at one rate where they are buckets."""
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
def test_rate_limit_hits_of_one_state_under_several_limits_answer_as_their_model(
    timed: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """In one request and in several, all or none and each by itself: whatever limit a hit names, it is judged
    on what those before it leave, and where all must pass none is charged unless all do."""
    chosen = data.draw(rules_of_one_state(algorithm))
    model, name = model_of(chosen[0]), timed.new_name()
    for gap, hits, all_or_nothing, dry in data.draw(
        batches(chosen[0].limit.window_ms, len(chosen), back=True)
    ):
        timed.now += gap
        timed.expire(name, chosen[0])
        told = timed.check(
            [Hit(name, chosen[number], cost) for number, cost in hits], all_or_nothing=all_or_nothing, dry=dry
        )
        asked = [(chosen[number].limit, cost) for number, cost in hits]
        assert told == model.hits(timed.now, asked, all_or_nothing=all_or_nothing, dry=dry)


@given(data=st.data())
def test_rate_limit_bucket_at_several_rates_answers_as_its_model(
    timed: ClockedRedis, data: st.DataObject
) -> None:
    """But for when a hit could pass that follows one at another rate in the same request: that is a guess."""
    limits = data.draw(st.lists(st.integers(1, 20), min_size=2, max_size=3))
    chosen = [rule(Algorithm.TOKEN_BUCKET, limit, 100, burst=10) for limit in limits]
    model, name = model_of(chosen[0]), timed.new_name()
    for gap, hits, all_or_nothing, dry in data.draw(batches(100, len(chosen), back=True)):
        timed.now += gap
        timed.expire(name, chosen[0])
        told = timed.check(
            [Hit(name, chosen[number], cost) for number, cost in hits], all_or_nothing=all_or_nothing, dry=dry
        )
        asked = [(chosen[number].limit, cost) for number, cost in hits]
        expected = model.hits(timed.now, asked, all_or_nothing=all_or_nothing, dry=dry)
        if all_or_nothing:
            told, expected = [[_without_wait(each) for each in answers] for answers in (told, expected)]
        assert told == expected


def _without_wait(told: ScriptResult) -> ScriptResult:
    return told._replace(wait=min(told.wait, 1))


@each_algorithm
@given(data=st.data())
def test_rate_limit_retry_after_is_exact(
    timed: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """A denied hit passes when it was told, and not a microsecond sooner."""
    chosen, name = data.draw(rules(algorithm)), timed.new_name()
    for gap, cost, _ in data.draw(schedules(chosen.limit.window_ms)):
        timed.now += gap
        told = timed.hit(name, chosen, cost)
        if told.wait > 0:
            timed.now += told.wait - 1
            assert timed.hit(name, chosen, cost, dry=True).wait == 1
            timed.now += 1
            assert timed.hit(name, chosen, cost).wait == 0


@each_algorithm
@given(data=st.data())
def test_rate_limit_is_full_again_when_told(
    timed: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    chosen, name = data.draw(rules(algorithm)), timed.new_name()
    for gap, cost, _ in data.draw(schedules(chosen.limit.window_ms)):
        timed.now += gap
        timed.hit(name, chosen, cost)
    timed.now += timed.hit(name, chosen, 0).full_after
    assert timed.hit(name, chosen, 0) == (0, chosen.limit.capacity, 0)


@each_algorithm
@given(data=st.data())
def test_rate_limit_state_outlives_its_use_by_little(
    timed: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """No key is immortal, and none is gone while it matters."""
    chosen, name = data.draw(rules(algorithm)), timed.new_name()
    for gap, cost, _ in data.draw(schedules(chosen.limit.window_ms)):
        timed.now += gap
        timed.hit(name, chosen, cost)
        needed = timed.now + timed.hit(name, chosen, 0).full_after
        expires = timed.expires_at(name, chosen)
        if needed > timed.now:
            assert (
                needed
                <= (expires + 1) * 1_000
                <= timed.now + 2 * max(needed - timed.now, chosen.limit.window_ms * 1_000) + 2_000
            )
        else:
            assert expires != -1


def most_admitted(algorithm: Algorithm, limit: Limit) -> int:
    """In any window, as the proto promises it."""
    return {
        Algorithm.TOKEN_BUCKET: limit.capacity + limit.limit,
        Algorithm.FIXED_WINDOW: 2 * limit.limit,
        Algorithm.SLIDING_WINDOW_LOG: limit.limit,
        Algorithm.SLIDING_WINDOW_COUNTER: 2 * limit.limit - 1,
    }[algorithm]


def most_in_a_window(instants: Sequence[int], window: int) -> int:
    return max(sum(start <= instant < start + window for instant in instants) for start in instants)


@each_algorithm
@given(data=st.data())
def test_rate_limit_admits_no_more_than_promised(
    timed: ClockedRedis, algorithm: Algorithm, data: st.DataObject
) -> None:
    """Floods at instants of any kind: at each, as much as passes."""
    chosen, name, admitted = data.draw(rules(algorithm)), timed.new_name(), list[int]()
    window = chosen.limit.window_ms * 1_000
    timed.now += -timed.now % window  # so that the clock-aligned windows begin with the schedule
    for gap in data.draw(
        st.lists(st.integers(0, window) | st.sampled_from([window - 1, window, 1]), max_size=12)
    ):
        timed.now += gap
        while timed.hit(name, chosen).wait == 0:
            admitted.append(timed.now)
    if admitted:
        assert most_in_a_window(admitted, window) <= most_admitted(algorithm, chosen.limit)


@each_algorithm
def test_rate_limit_admits_what_is_due_while_more_is_asked(timed: ClockedRedis, algorithm: Algorithm) -> None:
    """20 a second against 10 a second, for 30 seconds: 300 are due. The seed's limiter, which charges what it
    rejects, admits 10 of them."""
    chosen, name = rule(algorithm, 10, 1_000), timed.new_name()
    admitted = 0
    for _ in range(600):
        timed.now += 50_000
        admitted += timed.hit(name, chosen).wait == 0
    assert 260 <= admitted <= 310  # a counter estimates on the safe side


@each_algorithm
@pytest.mark.parametrize("back", [1, 30 * SECOND, HOUR, 400 * 24 * HOUR])
def test_rate_limit_clock_that_went_back_bans_nobody(
    timed: ClockedRedis, algorithm: Algorithm, back: int
) -> None:
    """But for a counter that raw clients share, which ends when its key does."""
    chosen, name = RateLimitRule(Limit(algorithm, 10, 60_000), "login"), timed.new_name()
    assert timed.hit(name, chosen, 10).wait == 0
    timed.now -= back
    told = timed.hit(name, chosen)
    assert 0 < told.wait <= 120 * SECOND
    timed.now += told.wait
    assert timed.hit(name, chosen).wait == 0


@each_algorithm
def test_rate_limit_lowered_clamps_what_is_left(timed: ClockedRedis, algorithm: Algorithm) -> None:
    name = timed.new_name()
    assert timed.hit(name, rule(algorithm, 1_000, 60_000), 500).remaining == 500
    lowered = rule(algorithm, 10, 60_000)
    told = timed.hit(name, lowered)
    assert told.remaining == 0
    assert 0 < told.wait <= 120 * SECOND
    timed.now += told.wait
    assert timed.hit(name, lowered).wait == 0


@each_algorithm
def test_rate_limit_raised_keeps_what_was_used(timed: ClockedRedis, algorithm: Algorithm) -> None:
    name = timed.new_name()
    assert timed.hit(name, rule(algorithm, 10, 60_000), 10).remaining == 0
    assert timed.hit(name, rule(algorithm, 100, 60_000), 0).remaining == 90


@example(limit=3, window_ms=1_000)
@example(limit=7, window_ms=1)
@given(limit=st.integers(1, 200), window_ms=st.sampled_from([1, 1_000, 60_000]))
def test_rate_limit_token_bucket_holds_as_many_single_hits_as_one_of_that_cost(
    timed: ClockedRedis, limit: int, window_ms: int
) -> None:
    """Where the limit does not divide the window too."""
    chosen, all_or_nothing, singly = (
        rule(Algorithm.TOKEN_BUCKET, limit, window_ms),
        timed.new_name(),
        timed.new_name(),
    )
    assert timed.hit(all_or_nothing, chosen, limit).wait == 0
    assert [timed.hit(singly, chosen).wait for _ in range(limit)] == [0] * limit
    assert timed.hit(all_or_nothing, chosen) == timed.hit(singly, chosen)


def test_rate_limit_token_bucket_takes_rates_above_one_a_microsecond(timed: ClockedRedis) -> None:
    chosen, name = rule(Algorithm.TOKEN_BUCKET, 1_000_000_000, 1), timed.new_name()
    assert timed.hit(name, chosen, 1_000_000_000) == (0, 0, 1_000)
    timed.now += 1
    assert timed.hit(name, chosen, 1_000_000).wait == 0


@each_algorithm
def test_rate_limit_works_at_the_ends_of_its_range(timed: ClockedRedis, algorithm: Algorithm) -> None:
    most = 10_000 if algorithm is Algorithm.SLIDING_WINDOW_LOG else 1_000_000_000
    chosen, name = rule(algorithm, most, 30 * 86_400_000), timed.new_name()
    assert timed.hit(name, chosen, most)[:2] == (0, 0)
    told = timed.hit(name, chosen)
    assert 0 < told.wait <= told.full_after
    timed.now += told.wait
    assert timed.hit(name, chosen).wait == 0


def test_rate_limit_token_bucket_that_fills_for_ever_is_told_in_years(timed: ClockedRedis) -> None:
    """30 days a token, a billion tokens: more years than a Duration can say."""
    chosen = rule(Algorithm.TOKEN_BUCKET, 1, 30 * 86_400_000, burst=1_000_000_000)
    told = timed.hit(timed.new_name(), chosen, 1_000_000_000)
    assert told == (0, 0, 315_576_000_000 * SECOND)


@each_algorithm
def test_rate_limit_cost_above_the_limit_is_denied_for_good(
    timed: ClockedRedis, algorithm: Algorithm
) -> None:
    chosen, name = rule(algorithm, 10, 60_000), timed.new_name()
    assert timed.hit(name, chosen, 11) == (NEVER, 10, 0)


@each_algorithm
def test_rate_limit_hits_of_one_state_under_several_limits_are_all_charged(
    timed: ClockedRedis, algorithm: Algorithm
) -> None:
    """Two limits of one window on one key share their state; neither is admitted past its own."""
    name, small, large = timed.new_name(), rule(algorithm, 10, 60_000), rule(algorithm, 20, 60_000)
    told = timed.check([Hit(name, small, 4), Hit(name, large, 4)])
    assert [each.wait for each in told] == [0, 0]
    assert timed.hit(name, small, 0).remaining == 2
    assert timed.hit(name, large, 0).remaining == 12


COSTS_OF_ALL = [(10, 11, 12), (12, 11, 10), (10, 20, 10)]


@each_algorithm
@pytest.mark.parametrize("limits", COSTS_OF_ALL)
def test_rate_limit_all_or_nothing_charges_no_state_past_a_limit(
    timed: ClockedRedis, algorithm: Algorithm, limits: Sequence[int]
) -> None:
    name = timed.new_name()
    hits = [Hit(name, rule(algorithm, limit, 60_000), 10) for limit in limits]
    told = timed.check(hits)
    assert [each.wait == 0 for each in told] == [True, limits[1] == 20, False]
    assert timed.hit(name, hits[0].rule, 0).remaining == limits[0]
    told = timed.check(hits, all_or_nothing=False)
    assert [each.wait == 0 for each in told] == [True, limits[1] == 20, False]


def test_rate_limit_lowered_rate_is_not_forgotten_when_the_old_one_would_be_full(timed: ClockedRedis) -> None:
    name, fast, slow = (
        timed.new_name(),
        *(rule(Algorithm.TOKEN_BUCKET, rate, 1_000, 100) for rate in (100, 1)),
    )
    for asked in (1, 101, -1):
        timed.hit(name, slow, -1_000)
        timed.hit(name, fast, 100)
        assert timed.hit(name, slow, asked).full_after >= 99 * SECOND - 1
        timed.now += 1_150_000
        timed.expire(name, slow)
        assert timed.hit(name, slow, 100).wait > 97 * SECOND


def test_rate_limit_refund_under_a_smaller_limit_gives_back_no_more_than_its_cost(
    timed: ClockedRedis,
) -> None:
    name, large, small = timed.new_name(), *(rule(Algorithm.TOKEN_BUCKET, limit, 6_000) for limit in (6, 1))
    timed.hit(name, large, 6)
    timed.hit(name, small, -1)
    assert timed.hit(name, large, 0).remaining == 1
    assert timed.hit(name, large, 2).wait > 0


@each_algorithm
def test_rate_limit_hits_one_by_one_are_answered_as_requests_of_their_own(
    timed: ClockedRedis, algorithm: Algorithm
) -> None:
    large, small = (rule(algorithm, limit, 86_400_000) for limit in (6, 1))
    for costs in ((3, 1), (6, -1), (6, 1)):
        beside, apart = timed.new_name(), timed.new_name()
        all_or_nothing = timed.check(
            [Hit(beside, large, costs[0]), Hit(beside, small, costs[1])], all_or_nothing=False
        )
        assert all_or_nothing == [timed.hit(apart, large, costs[0]), timed.hit(apart, small, costs[1])]


def test_rate_limit_look_at_a_lowered_rate_says_when_the_state_lapses(timed: ClockedRedis) -> None:
    name, fast, slow = (
        timed.new_name(),
        *(rule(Algorithm.TOKEN_BUCKET, rate, 1_000, 100) for rate in (100, 1)),
    )
    timed.hit(name, fast, 100)
    looked = timed.hit(name, slow, 0)
    assert 1_000_000 <= looked.full_after <= 1_002_000
    timed.now += looked.full_after
    timed.expire(name, slow)
    assert timed.hit(name, slow, 100).wait == 0


def test_rate_limit_shorter_window_does_not_end_a_longer_one(timed: ClockedRedis) -> None:
    name = timed.new_name()
    long, short = (
        rule(Algorithm.FIXED_WINDOW, limit, window) for limit, window in ((15, 60_000), (20, 1_000))
    )
    timed.hit(name, long, 12)
    ends = timed.expires_at(name, long)
    for cost, passes in ((1, True), (100, False), (9, False), (-1, True), (0, True)):
        told = timed.hit(name, short, cost)
        assert (told.wait == 0) is passes
        assert told.full_after > 59 * SECOND
        assert timed.expires_at(name, long) == ends
    timed.now += 2 * SECOND
    assert timed.hit(name, long, 4).wait > 57 * SECOND


@each_algorithm
def test_rate_limit_log_and_others_take_costs_beyond_luas_stack(
    timed: ClockedRedis, algorithm: Algorithm
) -> None:
    chosen, name = rule(algorithm, 10_000, 60_000), timed.new_name()
    assert timed.hit(name, chosen, 9_999).remaining == 1
    assert timed.hit(name, chosen, -9_999).remaining == 10_000
