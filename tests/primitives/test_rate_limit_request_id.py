"""A repeated request with a request id gets the same reply, and is charged once."""

from __future__ import annotations

import pytest
import redis

from quikstate_server import keys
from quikstate_server.errors import InvalidRequest, KeyTypeConflict
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.primitives.rate_limit.model import Algorithm, Hit, RateLimitRule
from quikstate_server.redis_client.client import RedisClient
from support.rate_limit.requests import FIXED, TEN, allowed, check, hit, new_rule


async def test_rate_limit_same_request_id_is_charged_once(limiter: RateLimiter) -> None:
    log = new_rule(Algorithm.SLIDING_WINDOW_LOG)
    hits = [Hit(keys.rate(str(number % 7)), log, 3) for number in range(250)]
    each = await check(limiter, *hits, request_id="each", all_or_nothing=False)
    assert allowed(each) == [True] * 21 + [False] * 229
    assert await check(limiter, *hits, request_id="each", all_or_nothing=False) == each
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
    (reply_key,) = raw.scan_iter("*request*")
    assert reply_key == "{rate:k}:request:a%3Ab%7Bc%7D"
    assert 590_000 < raw.pttl(reply_key) <= 600_000


async def test_rate_limit_request_id_of_another_request_is_refused(limiter: RateLimiter) -> None:
    await hit(limiter, TEN, 3, request_id="one")
    for other, cost in ((TEN, 4), (FIXED, 3), (RateLimitRule(TEN.limit, "login"), 3)):
        with pytest.raises(InvalidRequest) as refused:
            await hit(limiter, other, cost, request_id="one")
        assert set(refused.value.violations) == {"request_id"}
    assert (await hit(limiter, TEN, 0)).remaining in (7, 8)


async def test_rate_limit_request_id_covers_all_hits_of_the_request(limiter: RateLimiter) -> None:
    """It covers the second script of the request too, though its first key was never used with the id."""
    hits = [Hit(keys.rate(str(number)), TEN) for number in range(150)]
    await check(limiter, *hits, request_id="one", all_or_nothing=False)
    other = [*hits[:100], *(hit._replace(name=keys.rate(f"new:{hit.name}")) for hit in hits[100:])]
    with pytest.raises(InvalidRequest):
        await check(limiter, *other, request_id="one", all_or_nothing=False)
    assert (await check(limiter, other[-1]._replace(cost=0)))[0].remaining == 10


@pytest.mark.parametrize("value", ["", "text", "5", "\x93", "nan"])
async def test_rate_limit_request_id_whose_stored_reply_has_another_type_is_a_conflict(
    limiter: RateLimiter, raw: redis.Redis, value: str
) -> None:
    reply_key = "{rate:k}:request:one"
    raw.set(reply_key, value)
    for all_or_nothing in (True, False):
        with pytest.raises(KeyTypeConflict, match="request:one"):
            await hit(limiter, TEN, request_id="one", all_or_nothing=all_or_nothing)
    raw.delete(reply_key)
    raw.sadd(reply_key, "member")
    with pytest.raises(KeyTypeConflict, match="request:one"):
        await hit(limiter, TEN, request_id="one")
    assert list(raw.scan_iter()) == [reply_key]


async def test_rate_limit_request_id_of_a_dry_run_stores_no_reply(limiter: RateLimiter) -> None:
    assert (await hit(limiter, TEN, 3, request_id="one", dry_run=True)).remaining == 7
    assert (await hit(limiter, TEN, 5, request_id="one")).remaining == 5
