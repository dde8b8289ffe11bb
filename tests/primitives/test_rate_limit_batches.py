"""Requests of several hits: all or nothing, or each hit independently."""

from __future__ import annotations

import pytest
import redis

from quikstate_server import keys
from quikstate_server.errors import GroupRequired, PolicyNotFound
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import (
    Algorithm,
    Hit,
    HitResult,
    Limit,
    RateLimitCheck,
    RateLimitRule,
)
from quikstate_server.redis_client.client import RedisClient
from support.rate_limit.requests import (
    FIXED,
    KEY,
    KEYSPACE,
    MINUTE,
    TEN,
    allowed,
    check,
    each_algorithm,
    new_rule,
    results_of,
)


async def test_rate_limit_all_or_nothing_charges_none_unless_all_pass(limiter: RateLimiter) -> None:
    full, free = Hit(keys.rate("full"), TEN, 10), Hit(keys.rate("free"), TEN)
    assert allowed(await check(limiter, full, free)) == [True, True]
    denied = await check(limiter, full._replace(cost=1), free)
    assert allowed(denied) == [False, True]
    assert [result.remaining for result in denied] == [0, 9]
    assert (await check(limiter, free._replace(cost=0)))[0].remaining == 9


async def test_rate_limit_all_or_nothing_sums_equal_hits_first(limiter: RateLimiter) -> None:
    twice = [Hit(KEY, TEN, 6), Hit(KEY, TEN, 6)]
    assert allowed(await check(limiter, *twice)) == [False, False]
    assert (await check(limiter, *twice))[0].cost_exceeds_limit
    results = await check(limiter, Hit(KEY, TEN, 4), Hit(KEY, TEN, 5))
    assert [(result.allowed, result.remaining) for result in results] == [(True, 1), (True, 1)]


@each_algorithm
async def test_rate_limit_all_or_nothing_decides_limits_of_one_state_in_order(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    limits = [new_rule(algorithm, limit, 86_400_000) for limit in (10, 11, 12)]
    results = await check(limiter, *(Hit(KEY, limit, 10) for limit in limits))
    assert allowed(results) == [True, False, False]
    assert [result.cost_exceeds_limit for result in results] == [False, True, True]
    assert raw.dbsize() == 0
    passed = await check(limiter, *(Hit(KEY, limit, 4) for limit in (limits[0], limits[2], limits[2])))
    assert [(result.allowed, result.remaining) for result in passed] == [(True, 0), (True, 0), (True, 0)]


async def test_rate_limit_all_or_nothing_sums_what_follows_on_its_state(limiter: RateLimiter) -> None:
    """Between hits of another limit a hit keeps its place in the order."""
    small, large = (new_rule(Algorithm.SLIDING_WINDOW_LOG, limit) for limit in (10, 100))
    hits = [Hit(KEY, small, 5), Hit(keys.rate("other"), small, 1), Hit(KEY, small, 2), Hit(KEY, large, 5)]
    results = await check(limiter, *hits)
    assert [(result.allowed, result.remaining) for result in results] == [
        (True, 0),
        (True, 9),
        (True, 0),
        (True, 88),
    ]
    late = await check(limiter, Hit(KEY, large, 1), Hit(KEY, small, 1), Hit(KEY, large, 1))
    assert allowed(late) == [True, False, True]
    assert (await check(limiter, Hit(KEY, large, 0)))[0].remaining == 88


async def test_rate_limit_independent_is_decided_in_order(limiter: RateLimiter) -> None:
    costs = [6, 6, 4, 1]
    results = await check(limiter, *(Hit(KEY, TEN, cost) for cost in costs), all_or_nothing=False)
    assert [(result.allowed, result.remaining) for result in results] == [
        (True, 4),
        (False, 4),
        (True, 0),
        (False, 0),
    ]


async def test_rate_limit_independent_goes_beyond_what_one_script_takes(limiter: RateLimiter) -> None:
    many = RateLimitRule(Limit(Algorithm.FIXED_WINDOW, 120, MINUTE))
    results = await check(limiter, *[Hit(KEY, many)] * 250, all_or_nothing=False)
    assert allowed(results) == [True] * 120 + [False] * 130


async def test_rate_limit_all_or_nothing_on_several_slots_needs_a_group(
    redis_client: RedisClient, raw: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_client, "split_by_slot", lambda names: [[index] for index in range(len(names))])
    hits = [Hit(keys.rate(str(number)), TEN) for number in range(150)]
    with pytest.raises(GroupRequired):
        await RateLimiter(redis_client).check(RateLimitCheck(KEYSPACE, hits[:2]))
    assert raw.dbsize() == 0
    result = await RateLimiter(redis_client).check(RateLimitCheck(KEYSPACE, hits, all_or_nothing=False))
    assert result.allowed
    assert raw.dbsize() == 150


async def test_rate_limit_groups_and_namespaces_do_not_share(limiter: RateLimiter) -> None:
    spaces = [Keyspace(), Keyspace(group="g"), Keyspace(namespace="n"), Keyspace(namespace="n", group="g")]
    for keyspace in spaces:
        for rule in (TEN, FIXED):
            (result,) = results_of(await limiter.check(RateLimitCheck(keyspace, [Hit(KEY, rule, 10)])))
            assert result.allowed


async def test_rate_limit_unknown_policy_fails_its_own_hit_alone(limiter: RateLimiter) -> None:
    hits: list[Hit | PolicyNotFound] = [PolicyNotFound("gone"), Hit(KEY, TEN)]
    with pytest.raises(PolicyNotFound):
        await limiter.check(RateLimitCheck(KEYSPACE, hits))
    unknown, known = (await limiter.check(RateLimitCheck(KEYSPACE, hits, all_or_nothing=False))).outcomes
    assert isinstance(unknown, PolicyNotFound)
    assert isinstance(known, HitResult)
    assert known.remaining == 9
    with pytest.raises(PolicyNotFound):
        await limiter.check(RateLimitCheck(KEYSPACE, hits[:1], all_or_nothing=False))
