"""Revocation marks: kept as long as they are needed and no longer, and limited in number."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
import redis

from quikstate_server.errors import Overloaded
from quikstate_server.primitives.session.model import (
    SessionFound,
    SessionReplayed,
    TokenCheckResult,
    TokenClaims,
    TokenRefusal,
)
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.tokens import Tokens
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.redis.clients import assert_too_few_replicas
from support.session.requests import LIST, SPACE, USER, alive, handles, login, rotate

NOT_BEFORE = f"{{{LIST}}}:not_before"
REVOKED = f"{{{LIST}}}:revoked"
_MARKS = 6


@pytest.fixture
async def sessions(redis_client: RedisClient) -> AsyncIterator[Sessions]:
    built = Sessions(redis_client, Limits(max_user_marks=_MARKS))
    yield built
    await built.close()


@pytest.fixture
def tokens(redis_client: RedisClient) -> Tokens:
    return Tokens(redis_client, Limits())


async def test_session_revoked_again_is_not_remembered_longer(sessions: Sessions, raw: redis.Redis) -> None:
    session = await login(sessions, lifetime=60.0)
    for _ in range(3):
        await sessions.revoke_handles(SPACE, USER, [session.handle])
    assert raw.pttl(REVOKED) <= 60_001
    assert not raw.exists(NOT_BEFORE)


@pytest.mark.parametrize("by", ["id", "replay", "failed login"])
async def test_session_revoked_while_missing_from_the_index_is_remembered_for_its_lifetime(
    sessions: Sessions, raw: redis.Redis, by: str
) -> None:
    session = await login(sessions, lifetime=60.0)
    raw.delete(LIST, f"{{{LIST}}}:ids")
    if by == "id":
        await sessions.revoke_ids(SPACE, [session.session_id])
    elif by == "replay":
        await rotate(sessions, session.session_id, grace=0.0)
        raw.delete(LIST, f"{{{LIST}}}:ids")
        replay = await sessions.get(SPACE, session.session_id, revoke_on_replay=True)
        assert isinstance(replay, SessionReplayed)
    else:
        await assert_too_few_replicas(lambda: login(sessions, lifetime=60.0, min_replicas=9))
    await eventually(lambda: raw.exists(REVOKED) == 1)
    assert raw.pttl(REVOKED) <= 75_000
    assert not raw.exists(NOT_BEFORE)


async def test_session_marks_of_handles_missing_from_the_index_are_limited(
    sessions: Sessions, raw: redis.Redis
) -> None:
    session = await login(sessions)
    for number in range(_MARKS):
        await sessions.revoke_handles(SPACE, USER, [f"stranger-{number}"])
    ends = raw.pexpiretime(NOT_BEFORE)
    await sessions.revoke_handles(SPACE, USER, ["stranger-0"])  # known already
    with pytest.raises(Overloaded, match="max_user_marks"):
        await sessions.revoke_handles(SPACE, USER, ["one more", session.handle])
    assert not await alive(sessions, session.session_id), "that one is in the index"
    assert (raw.zcard(NOT_BEFORE), raw.pexpiretime(NOT_BEFORE)) == (_MARKS, ends)
    other = await login(sessions)
    await sessions.revoke_user(SPACE, USER)  # for which there is always room
    assert not await alive(sessions, other.session_id)


async def test_session_marks_of_devices_are_limited(sessions: Sessions, raw: redis.Redis) -> None:
    session = await login(sessions, device_id="last")
    for number in range(_MARKS):
        await sessions.revoke_device(SPACE, USER, f"device-{number}")
    with pytest.raises(Overloaded, match="max_user_marks"):
        await sessions.revoke_device(SPACE, USER, "last")
    assert await alive(sessions, session.session_id), "nothing was done"
    await sessions.revoke_device(SPACE, USER, "device-0")
    assert raw.zcard(NOT_BEFORE) == _MARKS


async def test_session_marks_of_kept_sessions_do_not_accumulate(sessions: Sessions, raw: redis.Redis) -> None:
    for _ in range(20):
        session = await login(sessions)
        await sessions.revoke_user(SPACE, USER, keep_handle=session.handle)
        assert await handles(sessions) == {session.handle}
    assert raw.zcard(NOT_BEFORE) <= 3


async def test_session_that_was_revoked_is_not_kept_later(sessions: Sessions, raw: redis.Redis) -> None:
    session = await login(sessions)
    key = f"session:{session.session_id}"
    late = cast("dict[Any, Any]", raw.hgetall(key))
    await sessions.revoke_user(SPACE, USER)
    raw.hset(key, mapping=late)
    await sessions.revoke_user(SPACE, USER, keep_handle=session.handle)
    assert not await alive(sessions, session.session_id)
    other = await login(sessions)
    await sessions.revoke_user(SPACE, USER, keep_handle=other.handle)
    await sessions.revoke_user(SPACE, USER, keep_handle=other.handle)
    assert await alive(sessions, other.session_id)
    await sessions.revoke_user(SPACE, USER, keep_handle=session.handle)
    assert not await alive(sessions, other.session_id)


async def test_session_mark_outlives_a_later_and_shorter_one(sessions: Sessions, raw: redis.Redis) -> None:
    long, short = await login(sessions, lifetime=600.0), await login(sessions, lifetime=60.0)
    await sessions.revoke_handles(SPACE, USER, [long.handle])
    raw.persist(REVOKED)
    await sessions.revoke_handles(SPACE, USER, [short.handle])
    assert raw.pttl(REVOKED) > 500_000


_ODD = ["nan", "inf", "-1", "1e999", "", "x", "9" * 20, "9" * 5_000, "9007199254740993", b"\xff"]


@pytest.mark.parametrize("odd", _ODD, ids=lambda odd: repr(odd[:20]))
async def test_session_with_invalid_fields_of_a_raw_client_is_served(
    sessions: Sessions, raw: redis.Redis, odd: Any
) -> None:
    session = await login(sessions, idle_timeout=600.0)
    names = ("version", "validFromUs", "expiresUs", "lastSeenUs", "idleUs", "createdAt", "attr:a", "email")
    for name in names:
        raw.hset(f"session:{session.session_id}", name, odd)
        assert await alive(sessions, session.session_id, touch=True)
        found = await sessions.update(SPACE, session.session_id, {"b": "1"})
        assert isinstance(found, SessionFound)
        assert found.session.version > 0
        session = await rotate(sessions, session.session_id)
        await handles(sessions)
    await sessions.revoke_user(SPACE, USER)
    assert not await alive(sessions, session.session_id)


async def test_session_and_marks_with_ttls_that_a_raw_client_changed_are_served(
    sessions: Sessions, tokens: Tokens, raw: redis.Redis
) -> None:
    session = await login(sessions)
    raw.pexpireat(f"session:{session.session_id}", 2**62 // 1_000)
    raw.hdel(f"session:{session.session_id}", "expiresUs", "expiresAt")
    found = await sessions.get(SPACE, session.session_id)
    assert isinstance(found, SessionFound)
    assert found.session.expires_at is None
    raw.zadd(NOT_BEFORE, {"user": float("inf"), "tokens": 1e300, "device:phone": float("-inf")})
    await login(sessions)
    await sessions.revoke_user(SPACE, USER)
    await tokens.revoke_user(SPACE, USER)
    assert not (await tokens.check(SPACE, [TokenClaims("", USER, "phone", int(time.time()))]))[0].valid


@pytest.mark.parametrize(("ahead", "outlives"), [(2, True), (3_600, False)])
async def test_session_of_a_raw_client_with_a_fast_clock_survives_a_revocation_by_seconds_at_most(
    sessions: Sessions, raw: redis.Redis, ahead: int, outlives: bool
) -> None:
    created = (datetime.now(UTC) + timedelta(seconds=ahead)).strftime("%Y-%m-%dT%H:%M:%SZ")
    await sessions.revoke_user(SPACE, USER)
    raw.hset("session:ahead", mapping={"userId": USER, "createdAt": created})
    assert await alive(sessions, "ahead") is outlives


async def test_token_issued_ahead_of_the_clock_is_refused(tokens: Tokens) -> None:
    now = int(time.time())
    claims = [TokenClaims("", USER, "", now + ahead) for ahead in (0, 3, 10, 10**12)]
    ahead = TokenCheckResult(False, TokenRefusal.ISSUED_AHEAD)
    assert await tokens.check(SPACE, claims) == [TokenCheckResult(True), TokenCheckResult(True), ahead, ahead]
    assert await tokens.check(SPACE, [TokenClaims("j", issued_at=10**12)]) == [
        TokenCheckResult(True)
    ]  # of no user


@pytest.mark.parametrize("again", ["user", "tokens", "device"])
async def test_token_issued_at_tokens_valid_from_is_covered_by_the_next_revocation(
    sessions: Sessions, tokens: Tokens, again: str
) -> None:
    """Both in one second: the token's iat is the next second, as the first revocation returned."""
    first = await sessions.revoke_user(SPACE, USER)
    claims = [TokenClaims("", USER, "phone", first.tokens_valid_from)]
    assert (await tokens.check(SPACE, claims))[0].valid
    if again == "user":
        second = await sessions.revoke_user(SPACE, USER)
    elif again == "device":
        second = await sessions.revoke_device(SPACE, USER, "phone")
    else:
        second = await tokens.revoke_user(SPACE, USER)
    assert (await tokens.check(SPACE, claims))[0].refusal is TokenRefusal.ISSUED_BEFORE
    assert second.tokens_valid_from > first.tokens_valid_from
    for _ in range(20):
        last = await tokens.revoke_user(SPACE, USER)
    assert last.tokens_valid_from <= time.time() + 2, "never further ahead, however often"
    assert (await tokens.check(SPACE, [TokenClaims("", USER, "phone", last.tokens_valid_from)]))[0].valid
    session = await login(sessions)
    assert await alive(sessions, session.session_id)


async def test_session_index_that_a_raw_client_deleted_is_restored_by_a_read(
    sessions: Sessions, raw: redis.Redis
) -> None:
    session = await login(sessions)
    raw.delete(LIST)
    assert await handles(sessions) == set()
    assert await alive(sessions, session.session_id)
    assert await handles(sessions) == {session.handle}
