"""The results of hits while Redis is unavailable."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence

import pytest

from quikstate_server import call_context, keys
from quikstate_server.errors import OutcomeUnknown, QuikstateError, RedisOutOfMemory, RedisUnavailable
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import (
    Algorithm,
    CheckResult,
    Hit,
    HitOutcome,
    HitResult,
    Limit,
    OnFailure,
    RateLimitCheck,
    RateLimitRule,
)
from support.harness.eventually import eventually, timely
from support.redis.clients import Connect, within
from support.redis.proxy import Proxy, proxy
from support.redis.redis_process import RedisProcess, StartRedis

LIMIT = Limit(Algorithm.TOKEN_BUCKET, 10, 60_000)
ALLOWING = RateLimitRule(LIMIT, "allowing", OnFailure.ALLOW)
DENYING = RateLimitRule(LIMIT, "denying", OnFailure.DENY)
FAILING = RateLimitRule(LIMIT, "failing")


@pytest.fixture
def process(start_redis: StartRedis) -> RedisProcess:
    return start_redis()


@pytest.fixture
async def limiter(process: RedisProcess, connect: Connect) -> RateLimiter:
    """Return a limiter whose Redis a test may stop, with a timeout of half a second."""
    return RateLimiter(await connect(process.address, command_seconds=0.5))


async def decide(
    limiter: RateLimiter, *rules: RateLimitRule, all_or_nothing: bool = True, cost: int = 1
) -> Sequence[HitOutcome]:
    hits = [Hit(keys.rate(str(number)), rule, cost) for number, rule in enumerate(rules)]
    return (await limiter.check(RateLimitCheck(Keyspace(), hits, all_or_nothing))).outcomes


async def test_rate_limit_policy_decides_while_redis_is_gone(
    limiter: RateLimiter, process: RedisProcess
) -> None:
    process.kill()
    assert await decide(limiter, ALLOWING) == [HitResult(ALLOWING, True, degraded=True)]
    assert await decide(limiter, DENYING) == [HitResult(DENYING, False, degraded=True)]
    with pytest.raises(RedisUnavailable):
        await decide(limiter, FAILING)
    process.start()

    async def counts_again() -> None:
        (outcome,) = await decide(limiter, ALLOWING)
        assert isinstance(outcome, HitResult)
        assert not outcome.degraded
        assert outcome.allowed

    await eventually(counts_again)


async def test_rate_limit_all_or_nothing_fails_unless_every_policy_decides(
    limiter: RateLimiter, process: RedisProcess
) -> None:
    process.kill()
    decided = await decide(limiter, ALLOWING, DENYING)
    assert [isinstance(outcome, HitResult) and outcome.allowed for outcome in decided] == [True, False]
    with pytest.raises(RedisUnavailable):
        await decide(limiter, ALLOWING, FAILING)


async def test_rate_limit_independent_fails_by_itself(limiter: RateLimiter, process: RedisProcess) -> None:
    process.kill()
    decided, failed = await decide(limiter, ALLOWING, FAILING, all_or_nothing=False)
    assert decided == HitResult(ALLOWING, True, degraded=True)
    assert isinstance(failed, RedisUnavailable)
    with pytest.raises(RedisUnavailable):
        await decide(limiter, FAILING, FAILING, all_or_nothing=False)


async def test_rate_limit_independent_does_not_ask_redis_again_once_it_failed(
    limiter: RateLimiter, process: RedisProcess
) -> None:
    """A thousand hits are ten scripts, each of which would wait as long as the first."""
    process.pause()
    try:
        async with timely(3):
            decided = await decide(limiter, *[FAILING] * 999, ALLOWING, all_or_nothing=False)
    finally:
        process.resume()
    assert all(isinstance(outcome, QuikstateError) for outcome in decided[:-1])
    assert decided[-1] == HitResult(ALLOWING, True, degraded=True)


async def test_rate_limit_cost_that_never_fits_does_not_pass_without_redis(
    limiter: RateLimiter, process: RedisProcess
) -> None:
    process.kill()
    (outcome,) = await decide(limiter, ALLOWING, cost=11)
    assert outcome == HitResult(ALLOWING, False, cost_exceeds_limit=True, degraded=True)


async def test_rate_limit_policy_decides_before_the_caller_stops_waiting(
    process: RedisProcess, connect: Connect
) -> None:
    limiter = RateLimiter(await connect(process.address, command_seconds=60), on_failure_timeout_seconds=60)

    async def in_time() -> float | None:
        assert await decide(limiter, ALLOWING) == [HitResult(ALLOWING, True, degraded=True)]
        return call_context.current().remaining()

    process.pause()
    try:
        assert await within(1.0, in_time()) != 0.0
    finally:
        process.resume()


async def test_rate_limit_policy_decides_while_redis_is_full(
    limiter: RateLimiter, process: RedisProcess
) -> None:
    await decide(limiter, DENYING)
    with process.client() as client:
        client.config_set("maxmemory", "1")
    with pytest.raises(RedisOutOfMemory):
        await decide(limiter, FAILING)
    assert await decide(limiter, DENYING) == [HitResult(DENYING, False, degraded=True)]
    assert (await decide(limiter, FAILING, FAILING, cost=0))[1] == HitResult(FAILING, True, 10, 0)
    assert await limiter.reset(Keyspace(), keys.rate("0"), DENYING)


@pytest.fixture
async def flaky(process: RedisProcess) -> AsyncIterator[Proxy]:
    async with proxy(process.path) as running:
        yield running


@pytest.fixture
async def limiter_via_proxy(flaky: Proxy, connect: Connect) -> RateLimiter:
    """Return a limiter that uses the proxy; Redis has its script already."""
    limiter = RateLimiter(await connect(flaky.address))
    await limiter.check(RateLimitCheck(Keyspace(), [Hit(keys.rate("loaded"), FAILING)]))
    return limiter


async def lose_the_reply(
    flaky: Proxy, process: RedisProcess, decision: Awaitable[CheckResult]
) -> CheckResult:
    """Return the outcome of a check that Redis has run, and whose reply does not arrive."""
    with process.client() as client:
        before = client.dbsize()
        flaky.pause()
        checking = asyncio.ensure_future(decision)
        await eventually(lambda: client.dbsize() > before)
    flaky.drop()
    flaky.resume()
    return await checking


@pytest.mark.parametrize("all_or_nothing", [True, False])
async def test_rate_limit_with_a_request_id_is_repeated_and_charged_once(
    process: RedisProcess, flaky: Proxy, limiter_via_proxy: RateLimiter, *, all_or_nothing: bool
) -> None:
    check = RateLimitCheck(Keyspace(), [Hit(keys.rate("k"), FAILING, 4)], all_or_nothing, request_id="one")
    result = await lose_the_reply(flaky, process, limiter_via_proxy.check(check))
    assert [outcome.remaining for outcome in result.outcomes if isinstance(outcome, HitResult)] == [6]
    assert await limiter_via_proxy.check(check) == result


async def test_rate_limit_without_a_request_id_has_an_unknown_outcome(
    process: RedisProcess, flaky: Proxy, limiter_via_proxy: RateLimiter
) -> None:
    charge, peek = (RateLimitCheck(Keyspace(), [Hit(keys.rate("k"), FAILING, cost)]) for cost in (4, 0))
    with pytest.raises(OutcomeUnknown):
        await lose_the_reply(flaky, process, limiter_via_proxy.check(charge))
    (peeked,) = (await limiter_via_proxy.check(peek)).outcomes
    assert isinstance(peeked, HitResult)
    assert peeked.remaining in (6, 7), "charged once"
