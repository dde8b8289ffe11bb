"""The work that one request causes in Redis is bounded."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import redis

from quikstate_server import keys
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import Algorithm, Hit, RateLimitCheck
from support.rate_limit.requests import IN_ONE_SLOT, KEY, each_algorithm, new_rule, results_of
from support.redis.command_counts import commands_of


@each_algorithm
@pytest.mark.parametrize("all_or_nothing", [True, False])
async def test_rate_limit_work_of_a_request_does_not_follow_its_costs(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm, *, all_or_nothing: bool
) -> None:
    max_limit = 10_000 if algorithm is Algorithm.SLIDING_WINDOW_LOG else 1_000_000_000
    hits = [Hit(keys.rate(str(number)), new_rule(algorithm, max_limit), max_limit) for number in range(100)]
    await limiter.check(RateLimitCheck(IN_ONE_SLOT, hits[:1], dry_run=True))
    await limiter.check(RateLimitCheck(IN_ONE_SLOT, [hits[0]._replace(name="loaded")]))
    for cost in (max_limit, 1, max_limit, -max_limit // 2, -max_limit):
        with commands_of(raw) as ran:
            batch = [hit._replace(cost=cost) for hit in hits]
            results_of(await limiter.check(RateLimitCheck(IN_ONE_SLOT, batch, all_or_nothing)))
        assert ran["evalsha"] == 1
        assert ran.total() <= 100 * 15
        states = [hit.rule.key(IN_ONE_SLOT, hit.name) for hit in hits]
        assert all(raw.llen(state) <= 3 for state in states if raw.type(state) == "list"), "one entry a hit"
    assert not any(map(raw.exists, states)), "all was given back"


@each_algorithm
async def test_rate_limit_no_request_holds_redis_for_20_ms(
    limiter: RateLimiter, raw: redis.Redis, algorithm: Algorithm
) -> None:
    """Measure Redis's processor time and take the best of several runs, since a busy machine adds to it."""
    max_limit = 10_000 if algorithm is Algorithm.SLIDING_WINDOW_LOG else 1_000_000_000
    full = new_rule(algorithm, max_limit)
    hits = [Hit(keys.rate(str(number)), full, max_limit) for number in range(100)]
    one_state = [Hit(KEY, new_rule(algorithm, max_limit - number), 1) for number in range(100)]
    if algorithm is Algorithm.SLIDING_WINDOW_LOG:
        _fill(raw, [full.key(IN_ONE_SLOT, hit.name) for hit in hits])
    for batch in (
        hits,
        [hit._replace(cost=max_limit // 2) for hit in hits],
        [hit._replace(cost=-max_limit // 2) for hit in hits],
        one_state,
    ):
        runs = [
            await _milliseconds(limiter, raw, batch, all_or_nothing) for all_or_nothing in (True, False) * 3
        ]
        assert min(runs) < 20


def _fill(raw: redis.Redis, states: Sequence[str]) -> None:
    """Write full logs of hits that cost 1 each; a third has left the window."""
    seconds, _ = raw.time()
    began = (seconds - 80) * 1_000_000
    entries = [number for hit in range(10_000) for number in (began + 6_000 * hit, hit + 1)]
    for state in states:
        raw.rpush(state, 0, *entries)
        raw.expire(state, 600)


async def _milliseconds(
    limiter: RateLimiter, raw: redis.Redis, hits: Sequence[Hit], all_or_nothing: bool
) -> float:
    before = _processor_seconds(raw)
    await limiter.check(RateLimitCheck(IN_ONE_SLOT, hits, all_or_nothing))
    return (_processor_seconds(raw) - before) * 1_000


def _processor_seconds(raw: redis.Redis) -> float:
    """Return the processor time of the thread that runs scripts."""
    used: dict[str, float] = raw.info("cpu")
    return used["used_cpu_user_main_thread"] + used["used_cpu_sys_main_thread"]
