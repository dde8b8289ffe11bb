"""Rate limits beside raw Redis clients: the shared counter, and values of any shape."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import redis

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import Algorithm, Hit, HitResult, RateLimitCheck
from support.rate_limit.requests import (
    FIXED,
    IN_ONE_SLOT,
    KEY,
    KEYSPACE,
    MINUTE,
    TEN,
    each_algorithm,
    hit,
    new_rule,
)


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
    """A crash between INCR and EXPIRE leaves such a counter, which would deny for ever."""
    raw.set("rate:k", 1_000)
    assert (await hit(limiter, FIXED)).remaining == 9
    assert raw.get("rate:k") == "1"
    assert 50_000 < raw.pttl("rate:k") <= MINUTE


async def test_rate_limit_fixed_window_keeps_its_first_end(limiter: RateLimiter, raw: redis.Redis) -> None:
    """Raw Redis clients that set the TTL at every hit ban steady traffic for ever; quikstate must not."""
    await hit(limiter, FIXED)
    ends = raw.pexpiretime("rate:k")
    for cost in (1, 20, -1, 0):
        await hit(limiter, FIXED, cost)
    assert raw.pexpiretime("rate:k") == ends


async def test_rate_limit_fixed_window_is_not_ended_by_a_shorter_one(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    """A longer window keeps its end whoever began it, whether the hit of the shorter one passes or not."""
    short = new_rule(Algorithm.FIXED_WINDOW, 10, 1_000)
    await hit(limiter, FIXED, 4)
    for seconds in (0, 3_600):
        if seconds:
            raw.expire("rate:k", seconds)
        ends = raw.pexpiretime("rate:k")
        for cost, passes in ((1, True), (20, False), (8, False), (-1, True), (0, True)):
            result = await hit(limiter, short, cost)
            assert result.allowed is passes
            assert result.full_after > 50_000_000
            assert raw.pexpiretime("rate:k") == ends
    assert raw.get("rate:k") == "4"


async def test_rate_limit_fixed_window_of_any_end_fits_a_duration(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    raw.set("rate:k", 100, pxat=2**62)
    assert (await hit(limiter, FIXED)).retry_after == 315_576_000_000 * 1_000_000


async def test_rate_limit_fixed_window_refund_leaves_a_negative_counter(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    raw.set("rate:k", -5, ex=60)
    assert (await hit(limiter, FIXED, -1)).remaining == 10
    assert raw.get("rate:k") == "-5"
    assert (await hit(limiter, FIXED, 1)).remaining == 9
    assert raw.get("rate:k") == "1"


NO_NUMBERS = ["nan", "inf", "-inf", "1e999", "9" * 400, "-" + "9" * 30, "1 2 3 4", "-1 -1"]


@pytest.mark.parametrize("value", [*NO_NUMBERS, "007", "9007199254740993"])
async def test_rate_limit_odd_values_of_raw_clients_are_conflicts_and_stay(
    limiter: RateLimiter, raw: redis.Redis, value: str
) -> None:
    for algorithm in (Algorithm.TOKEN_BUCKET, Algorithm.FIXED_WINDOW, Algorithm.SLIDING_WINDOW_COUNTER):
        rule = new_rule(algorithm)
        raw.set(rule.key(KEYSPACE, KEY), value, ex=60)
        for cost in (0, 1, 11, -1):
            with pytest.raises(KeyTypeConflict):
                await hit(limiter, rule, cost)
        assert raw.get(rule.key(KEYSPACE, KEY)) == value


@pytest.mark.parametrize("number", ["5" * 16, "9007199254740993"])
async def test_rate_limit_huge_numbers_of_raw_clients_are_full(
    limiter: RateLimiter, raw: redis.Redis, number: str
) -> None:
    """Huge numbers in the format of a state count as full; after a refund the limit counts again."""
    bucket, counter = new_rule(Algorithm.TOKEN_BUCKET), new_rule(Algorithm.SLIDING_WINDOW_COUNTER)
    raw.set(bucket.key(KEYSPACE, KEY), f"{number} {number}")
    raw.set(counter.key(KEYSPACE, KEY), f"{number} {number} {number}")
    for rule in (bucket, counter):
        denied = await hit(limiter, rule)
        assert not denied.allowed
        assert 0 < (denied.retry_after or 0) <= 2 * MINUTE * 1_000
        assert (await hit(limiter, rule, -1_000_000_000)).allowed


NO_LOGS = [["0"], ["0", "1"], ["0", "1", "2", "3"], ["5", str(2**52), "2"], ["a", "b", "c"]]


@pytest.mark.parametrize("entries", [*NO_LOGS, *(["0", number, "1"] for number in NO_NUMBERS)])
async def test_rate_limit_lists_that_are_no_logs_are_conflicts_and_stay(
    limiter: RateLimiter, raw: redis.Redis, entries: Sequence[str]
) -> None:
    log = new_rule(Algorithm.SLIDING_WINDOW_LOG)
    raw.rpush(log.key(KEYSPACE, KEY), *entries)
    for cost in (0, 1, -1):
        with pytest.raises(KeyTypeConflict):
            await hit(limiter, log, cost)
    assert raw.lrange(log.key(KEYSPACE, KEY), 0, -1) == entries


async def test_rate_limit_log_with_an_odd_entry_in_its_midst_decides_and_goes_on(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    log = new_rule(Algorithm.SLIDING_WINDOW_LOG)
    for _ in range(5):
        await hit(limiter, log, 2)
    for at in (3, 4, 6):
        raw.lset(log.key(KEYSPACE, KEY), at, "odd")
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
async def test_rate_limit_key_of_another_type_fails_its_own_hit_alone(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    """With all or nothing, nothing is charged."""
    rule = new_rule(algorithm)
    raw.hset(rule.key(IN_ONE_SLOT, KEY), "a", "b")
    hits = [Hit(keys.rate("before"), TEN), Hit(KEY, rule), Hit(keys.rate("after"), TEN)]
    with pytest.raises(KeyTypeConflict):
        await limiter.check(RateLimitCheck(IN_ONE_SLOT, hits))
    result = await limiter.check(RateLimitCheck(IN_ONE_SLOT, hits, all_or_nothing=False))
    before, conflict, after = result.outcomes
    assert isinstance(conflict, KeyTypeConflict)
    assert [result.remaining for result in (before, after) if isinstance(result, HitResult)] == [9, 9]
