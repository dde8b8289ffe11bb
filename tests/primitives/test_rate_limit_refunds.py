"""Peeks, dry runs, refunds and resets of a rate limit."""

from __future__ import annotations

import pytest
import redis

from quikstate_server.errors import KeyTypeConflict
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import Algorithm, Hit, HitResult, Limit, RateLimitRule
from support.rate_limit.requests import (
    FIXED,
    KEY,
    KEYSPACE,
    MINUTE,
    allowed,
    check,
    each_algorithm,
    hit,
    new_rule,
)


@each_algorithm
async def test_rate_limit_peek_and_dry_run_write_nothing(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    rule = new_rule(algorithm)
    assert await hit(limiter, rule, 0) == HitResult(rule, True, 10, 0)
    assert (await hit(limiter, rule, 4, dry_run=True)).remaining == 6
    assert not (await hit(limiter, rule, 11, dry_run=True)).allowed
    await hit(limiter, rule, -4, dry_run=True)
    assert raw.dbsize() == 0


async def test_rate_limit_dry_run_of_several_answers_as_if_charging(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    hits = [Hit(KEY, new_rule(algorithm), 6) for algorithm in Algorithm for _ in range(2)]
    dry = await check(limiter, *hits, all_or_nothing=False, dry_run=True)
    assert allowed(dry) == [True, False] * 4
    assert [result.remaining for result in dry] == [4, 4] * 4
    assert raw.dbsize() == 0


@each_algorithm
async def test_rate_limit_refund_gives_back_but_never_above_full(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    rule = new_rule(algorithm)
    assert (await hit(limiter, rule, -3)).remaining == 10
    assert raw.dbsize() == 0
    await hit(limiter, rule, 8)
    assert (await hit(limiter, rule, -3)).remaining in (4, 5)  # a token may just have come back
    assert (await hit(limiter, rule, -1_000_000_000)).remaining == 10


@each_algorithm
@pytest.mark.parametrize("policy", ["", "login"])
async def test_rate_limit_refund_to_nothing_leaves_no_key(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm, policy: str
) -> None:
    rule = RateLimitRule(Limit(algorithm, 10, MINUTE), policy)
    for costs in ([4, -4], [1, 3, -100], [5, 5, -10]):
        for cost in costs:
            await hit(limiter, rule, cost)
        assert raw.dbsize() == 0
    assert not await limiter.reset(KEYSPACE, KEY, rule)


async def test_rate_limit_log_refunded_in_part_ends_with_its_newest_hit(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    log = new_rule(Algorithm.SLIDING_WINDOW_LOG)
    state = log.key(KEYSPACE, KEY)
    for cost in (3, 4, 2):
        await hit(limiter, log, cost)
    instants = [int(instant) for instant in raw.lrange(state, 0, -1)[1::2]]
    assert (await hit(limiter, log, -4)).remaining == 5
    assert [int(number) for number in raw.lrange(state, 0, -1)] == [0, instants[0], 3, instants[1], 5]
    assert raw.pexpiretime(state) == -(-instants[1] // 1_000) + MINUTE


@each_algorithm
async def test_rate_limit_reset_forgets_what_was_charged(limiter: RateLimiter, algorithm: Algorithm) -> None:
    rule = new_rule(algorithm)
    await hit(limiter, rule, 10)
    assert await limiter.reset(KEYSPACE, KEY, rule)
    assert not await limiter.reset(KEYSPACE, KEY, rule)
    assert (await hit(limiter, rule, 10)).allowed


async def test_rate_limit_reset_leaves_keys_of_another_type(limiter: RateLimiter, raw: redis.Redis) -> None:
    raw.zadd("rate:k", {"raw": 1})
    with pytest.raises(KeyTypeConflict):
        await limiter.reset(KEYSPACE, KEY, FIXED)
    assert raw.zcard("rate:k") == 1


@each_algorithm
async def test_rate_limit_reset_leaves_values_of_raw_clients(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    rule = new_rule(algorithm)
    for value in ("text", "", "1 text", "1.5"):
        raw.delete(rule.key(KEYSPACE, KEY))
        if algorithm is Algorithm.SLIDING_WINDOW_LOG:
            raw.rpush(rule.key(KEYSPACE, KEY), value)
        else:
            raw.set(rule.key(KEYSPACE, KEY), value)
        with pytest.raises(KeyTypeConflict):
            await limiter.reset(KEYSPACE, KEY, rule)
        assert raw.exists(rule.key(KEYSPACE, KEY))


async def test_rate_limit_reset_of_an_empty_counter_found_nothing(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    for value in (0, -3):
        raw.set("rate:k", value, ex=60)
        assert not await limiter.reset(KEYSPACE, KEY, FIXED)
        assert raw.dbsize() == 0
