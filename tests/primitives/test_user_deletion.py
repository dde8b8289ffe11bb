"""Deleting a user: nothing but the revocation mark is left, beside whatever the user does meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
import redis

from quikstate_server import keys
from quikstate_server.errors import KeyTypeConflict, RedisUnavailable
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.watch import InvalidationFilter, InvalidationMailbox
from quikstate_server.primitives.presence.model import PresenceStatus
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.presence.user_rows import StreamLoss
from quikstate_server.primitives.session import revoker, user_session_store
from quikstate_server.primitives.session.model import SessionCreated, SessionEnded, TokenClaims
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.tokens import Tokens
from quikstate_server.primitives.streams.mailbox import Bounds, Mailbox, Overflow
from quikstate_server.primitives.user_deletion import DeletedUser, UserDeletion
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import Script
from quikstate_server.settings import Limits
from support.cache.requests import new_entry
from support.harness.eventually import eventually
from support.presence.requests import SPACE, Watcher, connection, online, send_heartbeats
from support.session.requests import USER, alive, handles, login, new

ENTRY = keys.cached("user", USER)
KEPT = [f"{{user:{USER}:sessions}}:{name}" for name in ("given", "not_before")]
"""The instant of the last login, and the revocation mark."""
NOTHING = DeletedUser(0, 0, 0, cached=False)


class FaultyRedisClient(RedisClient):
    """A Redis client that holds back the scripts of one name, or loses them before they reach Redis."""

    def __init__(self, inner: RedisClient, script: str, *, lost: bool = False) -> None:
        vars(self).update(vars(inner))
        self._script = script
        self.lost = lost
        self.held = asyncio.Event()
        self.free = asyncio.Event()

    async def run(
        self, script: Script, keys: Sequence[str], *arguments: Argument, safe_to_repeat: bool = False
    ) -> object:
        if script.name == self._script and self.lost:
            raise RedisUnavailable("lost before it reached Redis")
        if script.name == self._script:
            self.held.set()
            await self.free.wait()
        return await super().run(script, keys, *arguments, safe_to_repeat=safe_to_repeat)


@pytest.fixture
async def sessions(redis_client: RedisClient) -> AsyncIterator[Sessions]:
    started = Sessions(redis_client, Limits())
    yield started
    await started.close()


@pytest.fixture
def deletion(sessions: Sessions, presences: Presences, cache: Cache) -> UserDeletion:
    return UserDeletion(sessions, presences, cache)


async def make_user(deletion: UserDeletion) -> None:
    """Make two sessions, two connections, a status, typing in two channels, and the entry."""
    for device in ("phone", "laptop"):
        await login(deletion.sessions, device_id=device)
        await send_heartbeats(deletion.presences, connection(USER, device))
        await deletion.presences.set_typing(SPACE, USER, f"on {device}", 60.0)
    await deletion.presences.set_status(SPACE, USER, PresenceStatus.AWAY)
    (written,) = await deletion.cache.set(SPACE, [new_entry(name=ENTRY)])
    assert not isinstance(written, Exception)


def keys_of_user(raw: redis.Redis) -> list[str]:
    return sorted(map(str, raw.scan_iter(match=f"*{USER}*", count=1_000)))


def session_keys(raw: redis.Redis) -> list[str]:
    return [str(key) for key in raw.scan_iter(match="session:*", count=1_000)]


async def test_delete_user_leaves_two_instants(deletion: UserDeletion, raw: redis.Redis) -> None:
    await make_user(deletion)
    await login(deletion.sessions, user_id="other")
    assert await deletion.delete(SPACE, USER) == DeletedUser(2, 2, 2, cached=True)
    assert keys_of_user(raw) == KEPT
    (user,) = await deletion.presences.get_status(SPACE, [USER])
    assert (user.status, user.override, user.last_seen) == (PresenceStatus.OFFLINE, None, 0)
    assert await deletion.presences.list_typing(SPACE, "on phone") == []
    assert len(await handles(deletion.sessions, "other")) == 1
    assert await deletion.delete(SPACE, USER) == NOTHING


async def test_delete_user_deletes_a_status_of_another_type(deletion: UserDeletion, raw: redis.Redis) -> None:
    await make_user(deletion)
    raw.delete(f"user:{USER}:status")
    raw.rpush(f"user:{USER}:status", "away")
    await deletion.delete(SPACE, USER)
    assert keys_of_user(raw) == KEPT


async def test_delete_user_revokes_tokens(deletion: UserDeletion, redis_client: RedisClient) -> None:
    tokens = Tokens(redis_client, Limits())
    claims = [TokenClaims("", USER, issued_at=1_000_000_000)]
    assert [verdict.valid for verdict in await tokens.check(SPACE, claims)] == [True]
    await deletion.delete(SPACE, USER)
    assert [verdict.valid for verdict in await tokens.check(SPACE, claims)] == [False]


async def test_delete_user_deletes_more_sessions_than_a_page_has(
    deletion: UserDeletion, raw: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(user_session_store, "_PAGE", 3)
    monkeypatch.setattr(revoker, "_DELETED_AT_ONCE", 2)
    for _ in range(8):
        await login(deletion.sessions)
    assert (await deletion.delete(SPACE, USER)).sessions == 8
    assert session_keys(raw) == []


async def test_delete_user_deletes_a_session_under_the_id_that_it_has_by_now(
    deletion: UserDeletion, raw: redis.Redis
) -> None:
    session = await login(deletion.sessions)
    await deletion.sessions.rotate(SPACE, session.session_id, 30.0)
    assert (await deletion.delete(SPACE, USER)).sessions == 1
    assert session_keys(raw) == []


async def test_delete_user_tells_watchers(deletion: UserDeletion) -> None:
    await make_user(deletion)
    told: InvalidationMailbox = Mailbox(Bounds(100, 100_000), Overflow.CONFLATE)
    async with AsyncExitStack() as stack:
        watcher = await Watcher(deletion.presences).begin(stack)
        assert watcher.users == {USER: PresenceStatus.AWAY}
        watched = InvalidationFilter(names=[ENTRY])
        await stack.enter_async_context(deletion.cache.watch(SPACE, watched, told))
        await deletion.delete(SPACE, USER)
        await eventually(lambda: watcher.sees([]))
        await eventually(lambda: bool(told.take()))


async def test_delete_user_ends_streams_for_good(deletion: UserDeletion) -> None:
    """A stream that missed the news learns it from its next heartbeat, which brings nothing back."""
    stream = replace(connection(USER), stream_id="s", is_renewal=True)
    assert await deletion.presences.stream_heartbeat(SPACE, stream) is None
    assert (await deletion.delete(SPACE, USER)).connections == 1
    assert await deletion.presences.stream_heartbeat(SPACE, stream) is StreamLoss.LEFT
    assert await online(deletion.presences) == {}


async def test_delete_user_can_be_repeated_after_it_failed_half_way(
    deletion: UserDeletion, redis_client: RedisClient, raw: redis.Redis
) -> None:
    await make_user(deletion)
    faulty = Presences(FaultyRedisClient(redis_client, "presence.apply", lost=True), Limits())
    with pytest.raises(RedisUnavailable):
        await replace(deletion, presences=faulty).delete(SPACE, USER)
    assert await online(deletion.presences) == {USER: PresenceStatus.AWAY}
    deleted = await deletion.delete(SPACE, USER)
    assert (deleted.sessions, deleted.cached) == (0, True)
    assert await online(deletion.presences) == {}
    assert keys_of_user(raw) == KEPT


async def test_delete_user_names_the_entry_that_is_none(deletion: UserDeletion, raw: redis.Redis) -> None:
    await make_user(deletion)
    raw.delete(ENTRY)
    raw.hset(ENTRY, "a", "b")
    with pytest.raises(KeyTypeConflict, match=ENTRY):
        await deletion.delete(SPACE, USER)
    assert keys_of_user(raw) == sorted([*KEPT, ENTRY])


async def test_delete_user_refuses_the_login_that_it_overtook(
    deletion: UserDeletion, redis_client: RedisClient, raw: redis.Redis
) -> None:
    slow = FaultyRedisClient(redis_client, "session.create")
    other_server = Sessions(slow, Limits())
    logging_in = asyncio.ensure_future(other_server.create(new()))
    await slow.held.wait()
    assert (await deletion.delete(SPACE, USER)).sessions == 0
    slow.free.set()
    assert isinstance(await logging_in, SessionEnded)
    assert session_keys(raw) == []
    assert await handles(deletion.sessions) == set()
    await other_server.close()


async def test_delete_user_beside_logins_and_heartbeats(
    deletion: UserDeletion, other_presences: Presences, raw: redis.Redis
) -> None:
    """What was there before is gone, what began afterwards lives, and lists tell of what is there."""
    before = [await login(deletion.sessions) for _ in range(5)]
    created: list[SessionCreated] = []
    stopped = asyncio.Event()

    async def log_in() -> None:
        while not stopped.is_set():
            result = await deletion.sessions.create(new())
            created.extend([result] if isinstance(result, SessionCreated) else [])

    async def beat(name: str) -> None:
        while not stopped.is_set():
            await send_heartbeats(other_presences, connection(USER, name))

    busy = [asyncio.ensure_future(work) for work in (log_in(), log_in(), beat("a"), beat("b"))]
    await eventually(lambda: len(created) > 10)
    earlier = list(created)
    for _ in range(3):
        await deletion.delete(SPACE, USER)
    stopped.set()
    await asyncio.gather(*busy)
    gone = [*before, *(each.session for each in earlier)]
    assert [await alive(deletion.sessions, session.session_id) for session in gone] == [False] * len(gone)
    later = await login(deletion.sessions)
    await send_heartbeats(other_presences, connection(USER, "later"))
    assert await alive(deletion.sessions, later.session_id)
    assert USER in await online(deletion.presences)
    (user,) = await deletion.presences.get_status(SPACE, [USER])
    assert "later" in {each.connection_id for each in user.connections}
    await deletion.delete(SPACE, USER)
    assert await online(deletion.presences) == {}
    assert keys_of_user(raw) == KEPT
    assert session_keys(raw) == []
