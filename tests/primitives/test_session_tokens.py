"""Revoked tokens are refused: by jti, with all tokens of a user, and by keys of raw Redis clients."""

from __future__ import annotations

import time

import pytest
import redis

from quikstate_server.errors import InvalidRequest, RedisUnavailable
from quikstate_server.primitives.session.model import (
    SessionFound,
    TokenCheckResult,
    TokenClaims,
    TokenId,
    TokenRefusal,
)
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.tokens import Tokens
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.redis.command_counts import commands_of
from support.session.requests import SPACE, USER, login


@pytest.fixture
def tokens(redis_client: RedisClient) -> Tokens:
    return Tokens(redis_client, Limits())


def now(raw: redis.Redis) -> int:
    del raw  # every node of a cluster has this machine's clock
    return int(time.time())


async def test_token_revoke_writes_the_key_of_the_legacy_layout_until_the_token_expires(
    tokens: Tokens, raw: redis.Redis
) -> None:
    soon = (now(raw) + 60) * 1_000
    statuses, _ = await tokens.revoke(SPACE, [TokenId("a", soon), TokenId("b"), TokenId("c", 1_000)])
    assert statuses == [None, None, None]
    assert 55 < raw.ttl("token:blacklist:a") <= 61
    assert 895 < raw.ttl("token:blacklist:b") <= 900  # 15 minutes, as in the legacy key layout
    assert not raw.exists("token:blacklist:c")  # it had expired already
    verdicts = await tokens.check(SPACE, [TokenClaims("a"), TokenClaims("b"), TokenClaims("d")])
    assert [verdict.valid for verdict in verdicts] == [False, False, True]
    assert verdicts[0].refusal is TokenRefusal.REVOKED


async def test_token_revoke_refuses_a_token_that_outlives_the_longest_memory(
    tokens: Tokens, raw: redis.Redis
) -> None:
    (late, fine), _ = await tokens.revoke(
        SPACE, [TokenId("late", (now(raw) + 401 * 86_400) * 1_000), TokenId("fine")]
    )
    assert isinstance(late, InvalidRequest)
    assert fine is None
    assert not raw.exists("token:blacklist:late")


async def test_token_check_sees_tokens_that_a_raw_client_revoked(tokens: Tokens, raw: redis.Redis) -> None:
    raw.set("token:blacklist:jwt-id", "1", ex=900)
    assert await tokens.check(SPACE, [TokenClaims("jwt-id")]) == [
        TokenCheckResult(False, TokenRefusal.REVOKED)
    ]


async def test_token_check_refuses_tokens_issued_up_to_the_second_of_the_mark(
    redis_client: RedisClient, tokens: Tokens, raw: redis.Redis
) -> None:
    sessions = Sessions(redis_client, Limits())
    await login(sessions)
    before = now(raw)
    revoked = await sessions.revoke_user(SPACE, USER)
    first = revoked.tokens_valid_from
    assert before < first <= now(raw) + 1
    verdicts = await tokens.check(SPACE, [TokenClaims("j", USER, "", iat) for iat in (first - 1, first)])
    assert verdicts == [TokenCheckResult(False, TokenRefusal.ISSUED_BEFORE, first), TokenCheckResult(True)]
    assert (await tokens.check(SPACE, [TokenClaims("", "someone else", "", 1)]))[0].valid


async def test_token_check_refuses_a_device_whose_sessions_were_revoked(
    redis_client: RedisClient, tokens: Tokens, raw: redis.Redis
) -> None:
    await Sessions(redis_client, Limits()).revoke_device(SPACE, USER, "phone")
    iat = now(raw) - 5
    verdicts = await tokens.check(
        SPACE, [TokenClaims("", USER, "phone", iat), TokenClaims("", USER, "tv", iat)]
    )
    assert [verdict.valid for verdict in verdicts] == [False, True]


async def test_token_revoke_of_a_user_up_to_an_instant_keeps_the_sessions(
    redis_client: RedisClient, tokens: Tokens, raw: redis.Redis
) -> None:
    sessions = Sessions(redis_client, Limits())
    session = await login(sessions)
    instant = now(raw) - 100
    revoked = await tokens.revoke_user(SPACE, USER, instant * 1_000_000)
    assert revoked.tokens_valid_from == instant
    verdicts = await tokens.check(SPACE, [TokenClaims("", USER, "", iat) for iat in (instant - 1, instant)])
    assert [verdict.valid for verdict in verdicts] == [False, True]
    earlier = await tokens.revoke_user(SPACE, USER, (instant - 50) * 1_000_000)
    assert earlier.tokens_valid_from == instant  # the mark never goes back
    later = await tokens.revoke_user(SPACE, USER, (instant + 10_000) * 1_000_000)
    assert later.tokens_valid_from <= now(raw) + 1  # nor is it set in the future
    assert isinstance(await sessions.get(SPACE, session.session_id), SessionFound)


async def test_token_check_runs_one_script_for_a_hundred_keys_of_a_slot(
    tokens: Tokens, raw: redis.Redis, redis_client: RedisClient
) -> None:
    batch = [TokenClaims(f"j{n}", "", "", 1) for n in range(100)]
    await tokens.check(SPACE, batch)
    with commands_of(raw) as commands:
        assert all(verdict.valid for verdict in await tokens.check(SPACE, batch))
    slots = len(redis_client.split_by_slot([f"token:blacklist:j{n}" for n in range(100)]))
    assert commands["evalsha"] == slots


async def test_token_check_fails_closed(tokens: Tokens, redis_client: RedisClient) -> None:
    await redis_client.close()
    with pytest.raises(RedisUnavailable):
        await tokens.check(SPACE, [TokenClaims("a")])
