"""Single hits on a rate limit, by Redis's own clock."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

import pytest
import redis

from quikstate_server import keys
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import Algorithm, Hit, Limit, RateLimitCheck, RateLimitRule
from support.harness.eventually import eventually
from support.rate_limit.requests import KEY, KEYSPACE, MINUTE, TEN, allowed, each_algorithm, hit, new_rule
from support.redis.command_counts import commands_of


@each_algorithm
async def test_rate_limit_admits_its_limit_of_100_racers(limiter: RateLimiter, algorithm: Algorithm) -> None:
    racers = [hit(limiter, new_rule(algorithm, 37)) for _ in range(100)]
    assert allowed(await asyncio.gather(*racers)).count(True) == 37


@each_algorithm
async def test_rate_limit_admits_what_is_due_in_real_time(limiter: RateLimiter, algorithm: Algorithm) -> None:
    """A flood for ten windows is admitted at the rate of the limit plus one burst."""
    flooded, admitted, began = new_rule(algorithm, 20, 100), 0, time.monotonic()
    while time.monotonic() - began < 1.0:
        admitted += (await hit(limiter, flooded)).allowed
    windows = (time.monotonic() - began) / 0.1
    assert 20 < admitted <= 20 * (windows + 2)


@each_algorithm
async def test_rate_limit_denied_hit_passes_after_its_retry_after(
    limiter: RateLimiter, algorithm: Algorithm
) -> None:
    short = new_rule(algorithm, 5, 50)
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
    await hit(limiter, new_rule(algorithm))
    await hit(limiter, RateLimitRule(Limit(algorithm, 10, MINUTE), "login"))
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
    await limiter.check(RateLimitCheck(KEYSPACE, [Hit(keys.rate("loaded"), TEN)]))
    with commands_of(raw) as ran:
        await hit(limiter, new_rule(algorithm))
    assert ran == {"evalsha": 1, **commands}


async def test_rate_limit_bucket_lasts_as_long_as_a_lowered_rate_needs(
    limiter: RateLimiter, raw: redis.Redis
) -> None:
    """A hit prolongs the state; a peek returns when the present state expires."""
    fast, slow = (RateLimitRule(Limit(Algorithm.TOKEN_BUCKET, rate, MINUTE, burst=100)) for rate in (100, 10))
    await hit(limiter, fast, 100)
    assert 0 < (await hit(limiter, slow, 0)).full_after <= 60_002_000
    assert not (await hit(limiter, slow, 100)).allowed
    assert 500_000 < raw.pttl(slow.key(KEYSPACE, KEY)) <= 600_001
    assert (await hit(limiter, slow, 0)).full_after > 500_000_000


async def test_rate_limit_costs_fill_the_window_exactly(limiter: RateLimiter) -> None:
    """For every algorithm, with nothing in between but the time that passes."""
    for algorithm in Algorithm:
        rule, remaining = new_rule(algorithm, 100, 86_400_000), 100
        for cost in (1, 2, 30, 67):
            remaining -= cost
            assert (await hit(limiter, rule, cost)).remaining == remaining
        denied = [await hit(limiter, rule) for _ in range(3)]
        assert not any(allowed(denied))
        assert all((a.retry_after or 0) >= (b.retry_after or 0) > 0 for a, b in pairwise(denied)), (
            "time only passes"
        )
