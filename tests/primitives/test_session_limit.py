"""A limit of sessions is exact, for concurrent logins and whatever happened to earlier sessions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import redis

from quikstate_server.errors import InvalidRequest
from quikstate_server.primitives.session.model import SessionCreated, SessionLimitReached
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.user_session_store import UserSessionStore
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.session.requests import LIST, USER, alive, handles, login, new, rotate


@pytest.fixture
async def servers(redis_client: RedisClient) -> AsyncIterator[list[Sessions]]:
    built = [Sessions(redis_client, Limits()) for _ in range(3)]
    yield built
    for one in built:
        await one.close()


@pytest.fixture
def sessions(servers: list[Sessions]) -> Sessions:
    return servers[0]


@pytest.mark.parametrize(("max_sessions", "logins"), [(1, 16), (3, 24)])
async def test_session_limit_that_evicts_admits_every_login_and_keeps_exactly_the_limit(
    servers: list[Sessions], max_sessions: int, logins: int
) -> None:
    for number in range(4):
        user = f"user-{number}"
        outcomes = await asyncio.gather(
            *(
                servers[n % len(servers)].create(new(user_id=user, max_sessions=max_sessions))
                for n in range(logins)
            )
        )
        built = [outcome.session for outcome in outcomes if isinstance(outcome, SessionCreated)]
        assert len(built) == logins
        left = [one for one in built if await alive(servers[0], one.session_id)]
        assert len(left) == max_sessions
        assert await handles(servers[0], user) == {one.handle for one in left}
        evicted = [handle for outcome in outcomes for handle in outcome.evicted]  # type: ignore[union-attr]
        assert sorted(evicted) == sorted({one.handle for one in built} - {one.handle for one in left})


async def test_session_limit_deletes_the_hashes_of_evicted_sessions(
    sessions: Sessions, raw: redis.Redis
) -> None:
    old = await login(sessions)
    renamed = await rotate(sessions, old.session_id)
    await login(sessions, max_sessions=1)
    assert not raw.exists(f"session:{renamed.session_id}")


async def test_session_limit_evicts_in_order_of_creation(sessions: Sessions, raw: redis.Redis) -> None:
    first = await login(sessions, lifetime=9_000.0)
    second = await login(sessions, lifetime=60.0)
    await rotate(sessions, first.session_id)  # which does not make it newer
    raw.zrem(LIST, second.handle)
    assert await alive(sessions, second.session_id)  # a restored entry is not newer either
    outcome = await sessions.create(new(max_sessions=2))
    assert isinstance(outcome, SessionCreated)
    assert outcome.evicted == (first.handle,)


async def test_session_limit_evicts_in_order_after_the_clock_went_back(
    sessions: Sessions, raw: redis.Redis
) -> None:
    first = await login(sessions)
    raw.incrby(f"{{{LIST}}}:given", 60_000_000)  # as if it had been a minute later then
    raw.hset(f"{{{LIST}}}:ids", first.handle, f"listed {first.valid_from + 60_000_000} {first.session_id}")
    second = await login(sessions)
    outcome = await sessions.create(new(max_sessions=2))
    assert isinstance(outcome, SessionCreated)
    assert outcome.evicted == (first.handle,)
    assert await handles(sessions) == {second.handle, outcome.session.handle}


async def test_session_limit_below_the_current_number_keeps_exactly_the_limit(sessions: Sessions) -> None:
    """The number of evictions exceeds what one script revokes."""
    await asyncio.gather(*(login(sessions) for _ in range(230)))
    outcome = await sessions.create(new(max_sessions=2))
    assert isinstance(outcome, SessionCreated)
    assert len(outcome.evicted) == len(set(outcome.evicted)) == 229
    assert len(await handles(sessions)) == 2
    assert await alive(sessions, outcome.session.session_id)


@pytest.mark.parametrize("rotated", [False, True])
async def test_session_limit_that_rejects_has_room_as_soon_as_a_raw_client_deletes_a_session(
    sessions: Sessions, raw: redis.Redis, rotated: bool
) -> None:
    one = await login(sessions)
    if rotated:
        one = await rotate(sessions, one.session_id)
    assert isinstance(await sessions.create(new(max_sessions=1, reject=True)), SessionLimitReached)
    raw.delete(f"session:{one.session_id}")
    assert isinstance(await sessions.create(new(max_sessions=1, reject=True)), SessionCreated)


async def test_session_limit_evicts_no_session_while_an_ended_one_is_in_the_index(
    sessions: Sessions, raw: redis.Redis
) -> None:
    living, over = await login(sessions), await login(sessions)
    raw.delete(f"session:{over.session_id}")
    outcome = await sessions.create(new(max_sessions=2))
    assert isinstance(outcome, SessionCreated)
    assert outcome.evicted == ()
    assert await handles(sessions) == {living.handle, outcome.session.handle}


async def test_session_limit_counts_a_session_that_is_not_written_yet(
    sessions: Sessions, redis_client: RedisClient
) -> None:
    users = UserSessionStore(redis_client, Limits())
    await users.register(new(), "handle", "id", [], evict=False)  # which is not written yet
    assert isinstance(await sessions.create(new(max_sessions=1, reject=True)), SessionLimitReached)
    outcome = await sessions.create(new(max_sessions=1))
    assert isinstance(outcome, SessionCreated)
    assert outcome.evicted == ("handle",)


async def test_session_limit_tolerates_index_entries_that_no_script_wrote(
    sessions: Sessions, raw: redis.Redis
) -> None:
    rows: dict[Any, float] = {"odd": float("inf"), b"\xff": 9e18, "none": float("-inf")}
    raw.hset(f"{{{LIST}}}:ids", "odd", b"\xff \xff \xff")
    raw.zadd(LIST, rows)
    assert await handles(sessions) == set()
    raw.zadd(LIST, rows)
    assert isinstance(
        await sessions.create(new(max_sessions=1, reject=True)), SessionCreated | SessionLimitReached
    )
    assert isinstance(await sessions.create(new(max_sessions=1)), SessionCreated)


@pytest.mark.parametrize(
    "other", [{"device_id": "tv"}, {"attributes": {"a": "2"}}, {"lifetime": 60.0}, {"max_sessions": 3}]
)
async def test_session_create_refuses_the_request_id_of_a_different_request(
    sessions: Sessions, other: dict[str, object]
) -> None:
    asked: dict[str, object] = {"request_id": "r", "attributes": {"b": "1", "a": "1"}}
    once = await login(sessions, **asked)
    with pytest.raises(InvalidRequest, match="request_id"):
        await sessions.create(new(**(asked | other)))
    again = await login(sessions, **(asked | {"attributes": {"a": "1", "b": "1"}}))
    assert again.session_id == once.session_id
    assert await handles(sessions) == {once.handle}
    assert (await login(sessions, **(asked | other | {"user_id": "another"}))).user_id != USER
