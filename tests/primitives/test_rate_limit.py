"""Rate limits as services ask for them, by Redis's own clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
import redis

from quikstate_server import keys
from quikstate_server.errors import GroupRequired, InvalidRequest, KeyTypeConflict, PolicyNotFound
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import Algorithm, Check, Hit, Limit, Result, Rule, Verdict
from quikstate_server.redis_client.client import RedisClient
from support.harness.eventually import eventually
from support.redis.command_counts import commands_of

each_algorithm = pytest.mark.parametrize("algorithm", Algorithm, ids=lambda algorithm: algorithm.value)

SPACE = Keyspace()
IN_ONE_SLOT = Keyspace(group="test")
MINUTE = 60_000
TEN = Rule(Limit(Algorithm.TOKEN_BUCKET, 10, MINUTE))
FIXED = Rule(Limit(Algorithm.FIXED_WINDOW, 10, MINUTE))
KEY = keys.rate("k")


@pytest.fixture
def limiter(redis_client: RedisClient) -> RateLimiter:
    return RateLimiter(redis_client)


def rule(algorithm: Algorithm, limit: int = 10, window_ms: int = MINUTE) -> Rule:
    return Rule(Limit(algorithm, limit, window_ms))


def results(verdict: Verdict) -> list[Result]:
    """The answers, none of which is an error."""
    found = [answer for answer in verdict.answers if isinstance(answer, Result)]
    assert len(found) == len(verdict.answers), verdict.answers
    return found


async def check(limiter: RateLimiter, *hits: Hit, **how: Any) -> list[Result]:
    return results(await limiter.check(Check(IN_ONE_SLOT, hits, **how)))


async def hit(limiter: RateLimiter, rule: Rule, cost: int = 1, **how: Any) -> Result:
    (result,) = results(await limiter.check(Check(SPACE, [Hit(KEY, rule, cost)], **how)))
    return result


def allowed(answers: Sequence[Result]) -> list[bool]:
    return [answer.allowed for answer in answers]


@each_algorithm
async def test_rate_limit_admits_its_limit_of_100_racers(limiter: RateLimiter, algorithm: Algorithm) -> None:
    racers = [hit(limiter, rule(algorithm, 37)) for _ in range(100)]
    assert allowed(await asyncio.gather(*racers)).count(True) == 37


@each_algorithm
async def test_rate_limit_admits_what_is_due_in_real_time(limiter: RateLimiter, algorithm: Algorithm) -> None:
    """A flood for ten windows: no more than the windows and a burst, and no standstill."""
    flooded, admitted, began = rule(algorithm, 20, 100), 0, time.monotonic()
    while time.monotonic() - began < 1.0:
        admitted += (await hit(limiter, flooded)).allowed
    windows = (time.monotonic() - began) / 0.1
    assert 20 < admitted <= 20 * (windows + 2)


@each_algorithm
async def test_rate_limit_answers_when_a_denied_hit_can_pass(
    limiter: RateLimiter, algorithm: Algorithm
) -> None:
    short = rule(algorithm, 5, 50)
    while (denied := await hit(limiter, short)).allowed:
        pass
    assert denied.retry_after is not None
    assert 0 < denied.retry_after <= 100_000

    async def passes() -> bool:
        return (await hit(limiter, short)).allowed

    await eventually(passes)


@each_algorithm
async def test_rate_limit_keys_are_those_promised_and_never_immortal(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    await hit(limiter, rule(algorithm))
    await hit(limiter, Rule(Limit(algorithm, 10, MINUTE), "login"))
    plain = "rate:k" if algorithm is Algorithm.FIXED_WINDOW else f"{{rate:k}}:{algorithm.value}:60000"
    found = set(raw.scan_iter())
    assert found == {plain, f"{{rate:k}}:{algorithm.value}:60000:login"}
    assert all(0 < raw.pttl(key) <= 2 * MINUTE for key in found)


@pytest.mark.parametrize(
    ("algorithm", "commands"),
    [
        (Algorithm.TOKEN_BUCKET, {"get": 1, "set": 1}),
        (Algorithm.FIXED_WINDOW, {"get": 1, "set": 1}),
        (Algorithm.SLIDING_WINDOW_COUNTER, {"get": 1, "set": 1}),
        (Algorithm.SLIDING_WINDOW_LOG, {"llen": 1, "rpush": 1, "pexpireat": 1}),
    ],
    ids=lambda value: value.value if isinstance(value, Algorithm) else "",
)
async def test_rate_limit_new_hit_takes_one_script_and_few_commands(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm, commands: dict[str, int]
) -> None:
    await limiter.check(Check(SPACE, [Hit(keys.rate("loaded"), TEN)]))
    with commands_of(raw) as ran:
        await hit(limiter, rule(algorithm))
    assert ran == {"evalsha": 1, **commands}


async def test_rate_limit_bucket_lasts_as_long_as_a_lowered_rate_needs(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    """Once a hit has asked for it; a look says when the state that it saw will be gone."""
    fast, slow = (Rule(Limit(Algorithm.TOKEN_BUCKET, rate, MINUTE, burst=100)) for rate in (100, 10))
    await hit(limiter, fast, 100)
    assert 0 < (await hit(limiter, slow, 0)).full_after <= 60_002_000
    assert not (await hit(limiter, slow, 100)).allowed
    assert 500_000 < raw.pttl(slow.key(SPACE, KEY)) <= 600_001
    assert (await hit(limiter, slow, 0)).full_after > 500_000_000


# Together, or each by itself


async def test_rate_limit_together_charges_none_unless_all_pass(limiter: RateLimiter) -> None:
    full, free = Hit(keys.rate("full"), TEN, 10), Hit(keys.rate("free"), TEN)
    assert allowed(await check(limiter, full, free)) == [True, True]
    denied = await check(limiter, full._replace(cost=1), free)
    assert allowed(denied) == [False, True]
    assert [answer.remaining for answer in denied] == [0, 9]
    assert (await check(limiter, free._replace(cost=0)))[0].remaining == 9


async def test_rate_limit_together_sums_equal_hits_first(limiter: RateLimiter) -> None:
    twice = [Hit(KEY, TEN, 6), Hit(KEY, TEN, 6)]
    assert allowed(await check(limiter, *twice)) == [False, False]
    assert (await check(limiter, *twice))[0].cost_exceeds_limit
    answers = await check(limiter, Hit(KEY, TEN, 4), Hit(KEY, TEN, 5))
    assert [(answer.allowed, answer.remaining) for answer in answers] == [(True, 1), (True, 1)]


@each_algorithm
async def test_rate_limit_together_judges_limits_of_one_state_in_order(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    limits = [rule(algorithm, limit, 86_400_000) for limit in (10, 11, 12)]
    answers = await check(limiter, *(Hit(KEY, limit, 10) for limit in limits))
    assert allowed(answers) == [True, False, False]
    assert [answer.cost_exceeds_limit for answer in answers] == [False, True, True]
    assert raw.dbsize() == 0
    passed = await check(limiter, *(Hit(KEY, limit, 4) for limit in (limits[0], limits[2], limits[2])))
    assert [(answer.allowed, answer.remaining) for answer in passed] == [(True, 0), (True, 0), (True, 0)]


async def test_rate_limit_together_sums_what_follows_on_its_state(limiter: RateLimiter) -> None:
    """Between hits of another limit the same one is judged where it stands."""
    small, large = (rule(Algorithm.SLIDING_WINDOW_LOG, limit) for limit in (10, 100))
    hits = [Hit(KEY, small, 5), Hit(keys.rate("other"), small, 1), Hit(KEY, small, 2), Hit(KEY, large, 5)]
    answers = await check(limiter, *hits)
    assert [(answer.allowed, answer.remaining) for answer in answers] == [
        (True, 0),
        (True, 9),
        (True, 0),
        (True, 88),
    ]
    late = await check(limiter, Hit(KEY, large, 1), Hit(KEY, small, 1), Hit(KEY, large, 1))
    assert allowed(late) == [True, False, True]
    assert (await check(limiter, Hit(KEY, large, 0)))[0].remaining == 88


async def test_rate_limit_each_is_decided_in_order(limiter: RateLimiter) -> None:
    costs = [6, 6, 4, 1]
    answers = await check(limiter, *(Hit(KEY, TEN, cost) for cost in costs), together=False)
    assert [(answer.allowed, answer.remaining) for answer in answers] == [
        (True, 4),
        (False, 4),
        (True, 0),
        (False, 0),
    ]


async def test_rate_limit_each_goes_beyond_what_one_script_takes(limiter: RateLimiter) -> None:
    many = Rule(Limit(Algorithm.FIXED_WINDOW, 120, MINUTE))
    answers = await check(limiter, *[Hit(KEY, many)] * 250, together=False)
    assert allowed(answers) == [True] * 120 + [False] * 130


async def test_rate_limit_together_on_several_slots_needs_a_group(
    redis_client: RedisClient, raw: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_client, "split", lambda names: [[place] for place in range(len(names))])
    hits = [Hit(keys.rate(str(number)), TEN) for number in range(150)]
    with pytest.raises(GroupRequired):
        await RateLimiter(redis_client).check(Check(SPACE, hits[:2]))
    assert raw.dbsize() == 0
    verdict = await RateLimiter(redis_client).check(Check(SPACE, hits, together=False))
    assert verdict.allowed
    assert raw.dbsize() == 150


async def test_rate_limit_groups_and_namespaces_do_not_share(limiter: RateLimiter) -> None:
    spaces = [Keyspace(), Keyspace(group="g"), Keyspace(namespace="n"), Keyspace(namespace="n", group="g")]
    for keyspace in spaces:
        for chosen in (TEN, FIXED):
            (result,) = results(await limiter.check(Check(keyspace, [Hit(KEY, chosen, 10)])))
            assert result.allowed


async def test_rate_limit_unknown_policy_fails_its_own_hit_alone(limiter: RateLimiter) -> None:
    hits: list[Hit | PolicyNotFound] = [PolicyNotFound("gone"), Hit(KEY, TEN)]
    with pytest.raises(PolicyNotFound):
        await limiter.check(Check(SPACE, hits))
    unknown, known = (await limiter.check(Check(SPACE, hits, together=False))).answers
    assert isinstance(unknown, PolicyNotFound)
    assert isinstance(known, Result)
    assert known.remaining == 9
    with pytest.raises(PolicyNotFound):
        await limiter.check(Check(SPACE, hits[:1], together=False))


# Peeks, dry runs, refunds, reset


@each_algorithm
async def test_rate_limit_peek_and_dry_run_write_nothing(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    chosen = rule(algorithm)
    assert await hit(limiter, chosen, 0) == Result(chosen, True, 10, 0)
    assert (await hit(limiter, chosen, 4, dry_run=True)).remaining == 6
    assert not (await hit(limiter, chosen, 11, dry_run=True)).allowed
    await hit(limiter, chosen, -4, dry_run=True)
    assert raw.dbsize() == 0


async def test_rate_limit_dry_run_of_several_answers_as_if_charging(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    hits = [Hit(KEY, rule(algorithm), 6) for algorithm in Algorithm for _ in range(2)]
    dry = await check(limiter, *hits, together=False, dry_run=True)
    assert allowed(dry) == [True, False] * 4
    assert [answer.remaining for answer in dry] == [4, 4] * 4
    assert raw.dbsize() == 0


@each_algorithm
async def test_rate_limit_refund_gives_back_but_never_above_full(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    chosen = rule(algorithm)
    assert (await hit(limiter, chosen, -3)).remaining == 10
    assert raw.dbsize() == 0
    await hit(limiter, chosen, 8)
    assert (await hit(limiter, chosen, -3)).remaining in (4, 5)  # a token may just have come back
    assert (await hit(limiter, chosen, -1_000_000_000)).remaining == 10


@each_algorithm
@pytest.mark.parametrize("policy", ["", "login"])
async def test_rate_limit_refund_to_nothing_leaves_no_key(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm, policy: str
) -> None:
    chosen = Rule(Limit(algorithm, 10, MINUTE), policy)
    for costs in ([4, -4], [1, 3, -100], [5, 5, -10]):
        for cost in costs:
            await hit(limiter, chosen, cost)
        assert raw.dbsize() == 0
    assert not await limiter.reset(SPACE, KEY, chosen)


async def test_rate_limit_log_refunded_in_part_ends_with_its_newest_hit(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    log = rule(Algorithm.SLIDING_WINDOW_LOG)
    state = log.key(SPACE, KEY)
    for cost in (3, 4, 2):
        await hit(limiter, log, cost)
    instants = [int(instant) for instant in raw.lrange(state, 0, -1)[1::2]]
    assert (await hit(limiter, log, -4)).remaining == 5
    assert [int(number) for number in raw.lrange(state, 0, -1)] == [0, instants[0], 3, instants[1], 5]
    assert raw.pexpiretime(state) == -(-instants[1] // 1_000) + MINUTE


@each_algorithm
async def test_rate_limit_reset_forgets_what_was_charged(limiter: RateLimiter, algorithm: Algorithm) -> None:
    chosen = rule(algorithm)
    await hit(limiter, chosen, 10)
    assert await limiter.reset(SPACE, KEY, chosen)
    assert not await limiter.reset(SPACE, KEY, chosen)
    assert (await hit(limiter, chosen, 10)).allowed


async def test_rate_limit_reset_leaves_what_is_not_ours(limiter: RateLimiter, raw: redis.Redis) -> None:
    raw.zadd("rate:k", {"seed": 1})
    with pytest.raises(KeyTypeConflict):
        await limiter.reset(SPACE, KEY, FIXED)
    assert raw.zcard("rate:k") == 1


@each_algorithm
async def test_rate_limit_reset_leaves_what_no_limit_has_written(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    chosen = rule(algorithm)
    for value in ("text", "", "1 text", "1.5"):
        raw.delete(chosen.key(SPACE, KEY))
        if algorithm is Algorithm.SLIDING_WINDOW_LOG:
            raw.rpush(chosen.key(SPACE, KEY), value)
        else:
            raw.set(chosen.key(SPACE, KEY), value)
        with pytest.raises(KeyTypeConflict):
            await limiter.reset(SPACE, KEY, chosen)
        assert raw.exists(chosen.key(SPACE, KEY))


async def test_rate_limit_reset_of_an_empty_counter_found_nothing(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    for value in (0, -3):
        raw.set("rate:k", value, ex=60)
        assert not await limiter.reset(SPACE, KEY, FIXED)
        assert raw.dbsize() == 0


# What one request costs Redis


@each_algorithm
@pytest.mark.parametrize("together", [True, False])
async def test_rate_limit_work_of_a_request_does_not_follow_its_costs(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm, *, together: bool
) -> None:
    most = 10_000 if algorithm is Algorithm.SLIDING_WINDOW_LOG else 1_000_000_000
    hits = [Hit(keys.rate(str(number)), rule(algorithm, most), most) for number in range(100)]
    await limiter.check(Check(IN_ONE_SLOT, hits[:1], dry_run=True))
    await limiter.check(Check(IN_ONE_SLOT, [hits[0]._replace(name="loaded")]))
    for cost in (most, 1, most, -most // 2, -most):
        with commands_of(raw) as ran:
            asked = [hit._replace(cost=cost) for hit in hits]
            results(await limiter.check(Check(IN_ONE_SLOT, asked, together)))
        assert ran["evalsha"] == 1
        assert ran.total() <= 100 * 15
        states = [hit.rule.key(IN_ONE_SLOT, hit.name) for hit in hits]
        assert all(raw.llen(state) <= 3 for state in states if raw.type(state) == "list"), "one entry a hit"
    assert not any(map(raw.exists, states)), "all was given back"


@each_algorithm
async def test_rate_limit_no_request_holds_redis_for_20_ms(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    """Of its processor's time, and the best of several runs: a busy machine holds Redis up too."""
    most = 10_000 if algorithm is Algorithm.SLIDING_WINDOW_LOG else 1_000_000_000
    full = rule(algorithm, most)
    hits = [Hit(keys.rate(str(number)), full, most) for number in range(100)]
    one_state = [Hit(KEY, rule(algorithm, most - number), 1) for number in range(100)]
    if algorithm is Algorithm.SLIDING_WINDOW_LOG:
        _fill(raw, [full.key(IN_ONE_SLOT, hit.name) for hit in hits])
    for asked in (
        hits,
        [hit._replace(cost=most // 2) for hit in hits],
        [hit._replace(cost=-most // 2) for hit in hits],
        one_state,
    ):
        runs = [await _milliseconds(limiter, raw, asked, together) for together in (True, False) * 3]
        assert min(runs) < 20


def _fill(raw: redis.Redis, states: Sequence[str]) -> None:
    """Logs of as many hits as there may be, each of which cost 1; a third has left the window."""
    seconds, _ = raw.time()
    began = (seconds - 80) * 1_000_000
    entries = [number for hit in range(10_000) for number in (began + 6_000 * hit, hit + 1)]
    for state in states:
        raw.rpush(state, 0, *entries)
        raw.expire(state, 600)


async def _milliseconds(limiter: RateLimiter, raw: redis.Redis, hits: Sequence[Hit], together: bool) -> float:
    before = _processor_seconds(raw)
    await limiter.check(Check(IN_ONE_SLOT, hits, together))
    return (_processor_seconds(raw) - before) * 1_000


def _processor_seconds(raw: redis.Redis) -> float:
    """What the thread that runs scripts has used."""
    used: dict[str, float] = raw.info("cpu")
    return used["used_cpu_user_main_thread"] + used["used_cpu_sys_main_thread"]


# The seed's counter, shared with raw clients


async def test_rate_limit_fixed_window_counts_with_raw_clients(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    for _ in range(4):
        raw.incr("rate:k")
        raw.expire("rate:k", 60, nx=True)
    assert (await hit(limiter, FIXED)).remaining == 5
    assert raw.get("rate:k") == "5"
    raw.incrby("rate:k", 5)
    denied = await hit(limiter, FIXED)
    assert not denied.allowed
    assert denied.retry_after is not None
    assert 59_000_000 < denied.retry_after <= 60_001_000


async def test_rate_limit_fixed_window_without_ttl_counts_as_new(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    """As a crash between INCR and EXPIRE leaves it; it would deny for ever."""
    raw.set("rate:k", 1_000)
    assert (await hit(limiter, FIXED)).remaining == 9
    assert raw.get("rate:k") == "1"
    assert 50_000 < raw.pttl("rate:k") <= MINUTE


async def test_rate_limit_fixed_window_ends_when_it_first_said(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    """The seed sets the TTL again at every hit, so that steady traffic is banned for ever."""
    await hit(limiter, FIXED)
    ends = raw.pexpiretime("rate:k")
    for cost in (1, 20, -1, 0):
        await hit(limiter, FIXED, cost)
    assert raw.pexpiretime("rate:k") == ends


async def test_rate_limit_fixed_window_is_not_ended_by_a_shorter_one(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    """Whoever has begun it, and whether the hit of the shorter one passes or not."""
    short = rule(Algorithm.FIXED_WINDOW, 10, 1_000)
    await hit(limiter, FIXED, 4)
    for seconds in (0, 3_600):
        if seconds:
            raw.expire("rate:k", seconds)
        ends = raw.pexpiretime("rate:k")
        for cost, passes in ((1, True), (20, False), (8, False), (-1, True), (0, True)):
            answer = await hit(limiter, short, cost)
            assert answer.allowed is passes
            assert answer.full_after > 50_000_000
            assert raw.pexpiretime("rate:k") == ends
    assert raw.get("rate:k") == "4"


async def test_rate_limit_fixed_window_of_any_end_is_told_in_a_duration(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    raw.set("rate:k", 100, pxat=2**62)
    assert (await hit(limiter, FIXED)).retry_after == 315_576_000_000 * 1_000_000


async def test_rate_limit_fixed_window_leaves_a_counter_below_nothing_as_it_is(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    raw.set("rate:k", -5, ex=60)
    assert (await hit(limiter, FIXED, -1)).remaining == 10
    assert raw.get("rate:k") == "-5"
    assert (await hit(limiter, FIXED, 1)).remaining == 9
    assert raw.get("rate:k") == "1"


NO_NUMBERS = ["nan", "inf", "-inf", "1e999", "9" * 400, "-" + "9" * 30, "1 2 3 4", "-1 -1"]


@pytest.mark.parametrize("value", [*NO_NUMBERS, "007", "9007199254740993"])
async def test_rate_limit_odd_values_of_raw_clients_are_told_and_stay(
    limiter: RateLimiter, raw: redis.Redis, value: str
) -> None:
    for algorithm in (Algorithm.TOKEN_BUCKET, Algorithm.FIXED_WINDOW, Algorithm.SLIDING_WINDOW_COUNTER):
        chosen = rule(algorithm)
        raw.set(chosen.key(SPACE, KEY), value, ex=60)
        for cost in (0, 1, 11, -1):
            with pytest.raises(KeyTypeConflict):
                await hit(limiter, chosen, cost)
        assert raw.get(chosen.key(SPACE, KEY)) == value


@pytest.mark.parametrize("number", ["5" * 16, "9007199254740993"])
async def test_rate_limit_huge_numbers_of_raw_clients_are_full(
    limiter: RateLimiter, raw: redis.Redis, number: str
) -> None:
    """Where they have the shape of a state; one that is given back to it counts again."""
    bucket, counter = rule(Algorithm.TOKEN_BUCKET), rule(Algorithm.SLIDING_WINDOW_COUNTER)
    raw.set(bucket.key(SPACE, KEY), f"{number} {number}")
    raw.set(counter.key(SPACE, KEY), f"{number} {number} {number}")
    for chosen in (bucket, counter):
        denied = await hit(limiter, chosen)
        assert not denied.allowed
        assert 0 < (denied.retry_after or 0) <= 2 * MINUTE * 1_000
        assert (await hit(limiter, chosen, -1_000_000_000)).allowed


NO_LOGS = [["0"], ["0", "1"], ["0", "1", "2", "3"], ["5", str(2**52), "2"], ["a", "b", "c"]]


@pytest.mark.parametrize("entries", [*NO_LOGS, *(["0", number, "1"] for number in NO_NUMBERS)])
async def test_rate_limit_lists_that_are_no_logs_are_told_and_stay(
    limiter: RateLimiter, raw: redis.Redis, entries: Sequence[str]
) -> None:
    log = rule(Algorithm.SLIDING_WINDOW_LOG)
    raw.rpush(log.key(SPACE, KEY), *entries)
    for cost in (0, 1, -1):
        with pytest.raises(KeyTypeConflict):
            await hit(limiter, log, cost)
    assert raw.lrange(log.key(SPACE, KEY), 0, -1) == entries


async def test_rate_limit_log_with_an_odd_entry_in_its_midst_decides_and_goes_on(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    log = rule(Algorithm.SLIDING_WINDOW_LOG)
    for _ in range(5):
        await hit(limiter, log, 2)
    for at in (3, 4, 6):
        raw.lset(log.key(SPACE, KEY), at, "odd")
    for cost in (1, 5, 10, 0, -3, 1, -1_000):
        await hit(limiter, log, cost)
    assert (await hit(limiter, log, 10)).allowed


@pytest.mark.parametrize("value", ["text", "1.5", "", " 1", "0x10"])
async def test_rate_limit_fixed_window_refuses_what_is_no_counter(
    limiter: RateLimiter, raw: redis.Redis, value: str
) -> None:
    raw.set("rate:k", value)
    with pytest.raises(KeyTypeConflict, match="rate:k"):
        await hit(limiter, FIXED)
    assert raw.get("rate:k") == value


@each_algorithm
async def test_rate_limit_foreign_key_fails_its_own_hit_alone(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    """Together, nothing is charged."""
    chosen = rule(algorithm)
    raw.hset(chosen.key(IN_ONE_SLOT, KEY), "a", "b")
    hits = [Hit(keys.rate("before"), TEN), Hit(KEY, chosen), Hit(keys.rate("after"), TEN)]
    with pytest.raises(KeyTypeConflict):
        await limiter.check(Check(IN_ONE_SLOT, hits))
    verdict = await limiter.check(Check(IN_ONE_SLOT, hits, together=False))
    before, foreign, after = verdict.answers
    assert isinstance(foreign, KeyTypeConflict)
    assert [answer.remaining for answer in (before, after) if isinstance(answer, Result)] == [9, 9]


# What is repeated


async def test_rate_limit_same_request_id_is_charged_once(limiter: RateLimiter) -> None:
    log = rule(Algorithm.SLIDING_WINDOW_LOG)
    hits = [Hit(keys.rate(str(number % 7)), log, 3) for number in range(250)]
    each = await check(limiter, *hits, request_id="each", together=False)
    assert allowed(each) == [True] * 21 + [False] * 229
    assert await check(limiter, *hits, request_id="each", together=False) == each
    one = [hit._replace(cost=1) for hit in hits[:7]]
    passed, denied = [await check(limiter, *one, request_id=request_id) for request_id in ("a", "b")]
    assert [passed[0].allowed, denied[0].allowed] == [True, False]
    assert await check(limiter, *one, request_id="a") == passed
    assert await check(limiter, *one, request_id="b") == denied


async def test_rate_limit_request_id_is_forgotten_after_its_time(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    limiter = RateLimiter(redis_client, request_memory_seconds=600)
    await hit(limiter, TEN, request_id="a:b{c}")
    (memory,) = raw.scan_iter("*request*")
    assert memory == "{rate:k}:request:a%3Ab%7Bc%7D"
    assert 590_000 < raw.pttl(memory) <= 600_000


async def test_rate_limit_request_id_of_another_request_is_refused(limiter: RateLimiter) -> None:
    await hit(limiter, TEN, 3, request_id="one")
    for other, cost in ((TEN, 4), (FIXED, 3), (Rule(TEN.limit, "login"), 3)):
        with pytest.raises(InvalidRequest) as refused:
            await hit(limiter, other, cost, request_id="one")
        assert set(refused.value.violations) == {"request_id"}
    assert (await hit(limiter, TEN, 0)).remaining in (7, 8)


async def test_rate_limit_request_id_covers_all_hits_of_the_request(limiter: RateLimiter) -> None:
    """Those that another script takes too, whose first key nobody has used with the id."""
    hits = [Hit(keys.rate(str(number)), TEN) for number in range(150)]
    await check(limiter, *hits, request_id="one", together=False)
    other = [*hits[:100], *(hit._replace(name=keys.rate(f"new:{hit.name}")) for hit in hits[100:])]
    with pytest.raises(InvalidRequest):
        await check(limiter, *other, request_id="one", together=False)
    assert (await check(limiter, other[-1]._replace(cost=0)))[0].remaining == 10


@pytest.mark.parametrize("value", ["", "text", "5", "\x93", "nan"])
async def test_rate_limit_request_id_whose_memory_is_foreign_is_told(
    limiter: RateLimiter, raw: redis.Redis, value: str
) -> None:
    memory = "{rate:k}:request:one"
    raw.set(memory, value)
    for together in (True, False):
        with pytest.raises(KeyTypeConflict, match="request:one"):
            await hit(limiter, TEN, request_id="one", together=together)
    raw.delete(memory)
    raw.sadd(memory, "member")
    with pytest.raises(KeyTypeConflict, match="request:one"):
        await hit(limiter, TEN, request_id="one")
    assert list(raw.scan_iter()) == [memory]


async def test_rate_limit_request_id_of_a_dry_run_is_not_remembered(limiter: RateLimiter) -> None:
    assert (await hit(limiter, TEN, 3, request_id="one", dry_run=True)).remaining == 7
    assert (await hit(limiter, TEN, 5, request_id="one")).remaining == 5


async def test_rate_limit_costs_fill_the_window_exactly(limiter: RateLimiter) -> None:
    """For every algorithm, with nothing in between but the time that passes."""
    for algorithm in Algorithm:
        chosen, remaining = rule(algorithm, 100, 86_400_000), 100
        for cost in (1, 2, 30, 67):
            remaining -= cost
            assert (await hit(limiter, chosen, cost)).remaining == remaining
        denied = [await hit(limiter, chosen) for _ in range(3)]
        assert not any(allowed(denied))
        assert all((a.retry_after or 0) >= (b.retry_after or 0) > 0 for a, b in pairwise(denied)), (
            "time only passes"
        )
