"""Sessions as services use them, and as raw Redis clients of the legacy key layout see them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest
import redis

from quikstate_server.errors import InvalidRequest, KeyTypeConflict
from quikstate_server.primitives.session.model import (
    SessionCreated,
    SessionEnded,
    SessionFound,
    SessionLimitReached,
    SessionNotFound,
    SessionReplayed,
    SessionVersionMismatch,
)
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.redis.clients import assert_too_few_replicas
from support.redis.command_counts import commands_of
from support.session.requests import LIST, SPACE, USER, alive, handles, login, new, rotate


@pytest.fixture
async def sessions(redis_client: RedisClient) -> AsyncIterator[Sessions]:
    built = Sessions(redis_client, Limits(session_touch_seconds=0.001))
    await built.start()
    yield built
    await built.close()


async def test_session_create_writes_the_hash_of_the_legacy_key_layout(
    sessions: Sessions, raw: redis.Redis
) -> None:
    session = await login(sessions, email="user@example.com", attributes={"theme": "dark"})
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", session.session_id)
    key = f"session:{session.session_id}"
    fields = cast("dict[str, str]", raw.hgetall(key))
    assert {"userId": USER, "email": "user@example.com", "deviceId": "phone"}.items() <= fields.items()
    created, expires = (
        datetime.strptime(fields[name], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        for name in ("createdAt", "expiresAt")
    )
    assert (expires - created).total_seconds() == 86_400
    assert 86_390 < raw.ttl(key) <= 86_400
    assert session.session_id not in str(raw.zrange(LIST, 0, -1))  # the list shows handles


async def test_session_get_reads_what_a_raw_client_wrote(sessions: Sessions, raw: redis.Redis) -> None:
    legacy: dict[Any, Any] = {
        "userId": USER,
        "email": "user@example.com",
        "deviceId": "device-uuid",
        "createdAt": "2024-01-15T10:30:00Z",
        "expiresAt": "2044-01-16T10:30:00Z",
    }
    raw.hset("session:abc123", mapping=dict(legacy))
    raw.expire("session:abc123", 86_400)
    found = await sessions.get(SPACE, "abc123")
    assert isinstance(found, SessionFound)
    session = found.session
    assert (session.user_id, session.email, session.device_id) == (USER, legacy["email"], "device-uuid")
    assert (session.raw, session.version, session.last_seen_at) == (True, 0, None)  # what it lacks
    assert session.expires_in is not None
    assert 86_390e6 < session.expires_in <= 86_400e6
    assert await handles(sessions) == {session.handle}  # listed, now that it was read
    await sessions.revoke_user(SPACE, USER)
    assert not await alive(sessions, "abc123")


async def test_session_get_of_a_raw_hash_respects_its_expires_at(
    sessions: Sessions, raw: redis.Redis
) -> None:
    raw.hset("session:old", mapping={"userId": USER, "expiresAt": "2024-01-16T10:30:00Z"})
    assert not await alive(sessions, "old")
    raw.hset("session:bare", mapping={"deviceId": "nobody's"})
    assert await alive(sessions, "bare")
    raw.hset("session:dateless", mapping={"userId": USER})
    assert await alive(sessions, "dateless"), "the user has no revocation mark"
    await sessions.revoke_user(SPACE, USER)
    raw.hset("session:dateless", mapping={"userId": USER})
    assert not await alive(sessions, "dateless"), "it cannot be known to be newer than the mark"
    with pytest.raises(KeyTypeConflict):
        await sessions.rotate(SPACE, "bare", 30.0)
    raw.set("session:text", "no hash")
    with pytest.raises(KeyTypeConflict):
        await sessions.get(SPACE, "text")


async def test_session_calls_cost_what_they_should(sessions: Sessions, raw: redis.Redis) -> None:
    for _ in range(2):  # a node that has not loaded a script yet also counts an eval
        with commands_of(raw) as create:
            session = await login(sessions)
        with commands_of(raw) as get:
            assert await alive(sessions, session.session_id)
        with commands_of(raw) as touch:
            assert await alive(sessions, session.session_id, touch=True)
        with commands_of(raw) as update:
            await sessions.update(SPACE, session.session_id, {"a": "1"})
        with commands_of(raw) as rotation:
            session = await rotate(sessions, session.session_id)
    counted = [commands["evalsha"] for commands in (create, get, touch, update, rotation)]
    assert counted == [2, 2, 2, 2, 3]
    for commands in (create, get, touch, update, rotation):
        assert not commands.keys() & {"keys", "scan"}


async def test_session_ends_after_its_idle_timeout_which_a_touch_restarts(
    sessions: Sessions, raw: redis.Redis
) -> None:
    idle, touched = await login(sessions, idle_timeout=1.0), await login(sessions, idle_timeout=1.0)

    async def only_the_touched_one_remains() -> bool:
        assert await alive(sessions, touched.session_id, touch=True)
        return not raw.exists(f"session:{idle.session_id}")

    await eventually(only_the_touched_one_remains)
    assert await handles(sessions) == {touched.handle}


async def test_session_touch_never_extends_the_lifetime(sessions: Sessions, raw: redis.Redis) -> None:
    session = await login(sessions, idle_timeout=60.0, lifetime=5.0)
    assert await alive(sessions, session.session_id, touch=True)
    assert raw.pttl(f"session:{session.session_id}") <= 5_001  # rounded up


async def test_session_touch_is_throttled(redis_client: RedisClient, raw: redis.Redis) -> None:
    sessions = Sessions(redis_client, Limits())
    session = await login(sessions, idle_timeout=3_600.0)
    key = f"session:{session.session_id}"
    before = cast("str", raw.hget(key, "lastSeenUs"))
    assert await alive(sessions, session.session_id, touch=True)
    assert raw.hget(key, "lastSeenUs") == before
    raw.hincrby(key, "lastSeenUs", -61_000_000)
    assert await alive(sessions, session.session_id, touch=True)
    assert int(cast("str", raw.hget(key, "lastSeenUs"))) > int(before)


async def test_session_update_changes_single_fields_and_checks_the_version(sessions: Sessions) -> None:
    session = await login(sessions, attributes={"a": "1", "b": "2"})
    found = await sessions.update(SPACE, session.session_id, {"c": "3"}, ["a"], expected_version=1)
    assert isinstance(found, SessionFound)
    assert (found.session.attributes, found.session.version) == ({"b": "2", "c": "3"}, 2)
    other = await sessions.update(SPACE, session.session_id, {"c": "4"}, expected_version=1)
    assert isinstance(other, SessionVersionMismatch)
    assert other.session.attributes == {"b": "2", "c": "3"}


async def test_session_update_keeps_the_size_limit(redis_client: RedisClient) -> None:
    sessions = Sessions(redis_client, Limits(max_session_bytes=2_048))
    with pytest.raises(InvalidRequest):
        await login(sessions, attributes={"a": "x" * 2_048})
    session = await login(sessions, attributes={"a": "x" * 1_000})
    with pytest.raises(InvalidRequest):
        await sessions.update(SPACE, session.session_id, {"b": "x" * 1_000})
    found = await sessions.update(SPACE, session.session_id, {"b": "x" * 1_000}, ["a"])
    assert isinstance(found, SessionFound)


async def test_session_late_writes_do_not_revive_a_session(sessions: Sessions, raw: redis.Redis) -> None:
    session = await login(sessions)
    await sessions.revoke_ids(SPACE, [session.session_id])
    assert isinstance(await sessions.update(SPACE, session.session_id, {"a": "1"}), SessionNotFound)
    assert isinstance(await sessions.get(SPACE, session.session_id, touch=True), SessionNotFound)
    assert isinstance(await sessions.rotate(SPACE, session.session_id, 30.0), SessionNotFound)
    assert not list(raw.scan_iter("*session:*"))


async def test_session_limit_evicts_the_oldest_or_rejects(sessions: Sessions) -> None:
    first, second = await login(sessions), await login(sessions)
    assert isinstance(await sessions.create(new(max_sessions=2, reject=True)), SessionLimitReached)
    outcome = await sessions.create(new(max_sessions=2))
    assert isinstance(outcome, SessionCreated)
    assert outcome.evicted == (first.handle,)
    assert not await alive(sessions, first.session_id)
    assert await handles(sessions) == {second.handle, outcome.session.handle}


async def test_session_limit_holds_for_concurrent_logins(sessions: Sessions) -> None:
    outcomes = await asyncio.gather(*(sessions.create(new(max_sessions=3, reject=True)) for _ in range(12)))
    assert sum(isinstance(outcome, SessionCreated) for outcome in outcomes) == 3
    assert len(await handles(sessions)) == 3


async def test_session_limit_does_not_count_ended_sessions(sessions: Sessions, raw: redis.Redis) -> None:
    ended = await login(sessions)
    raw.delete(f"session:{ended.session_id}")  # a raw client's logout
    raw.hset(f"{{{LIST}}}:ids", ended.handle, f"listed 1 {ended.session_id}")  # long ago
    assert isinstance(await sessions.create(new(max_sessions=1, reject=True)), SessionCreated)


async def test_session_create_repeated_with_its_request_id_returns_the_same_session(
    sessions: Sessions,
) -> None:
    once = await login(sessions, request_id="r", max_sessions=1)
    again = await login(sessions, request_id="r", max_sessions=1)
    assert (again.session_id, again.handle) == (once.session_id, once.handle)
    await sessions.revoke_handles(SPACE, USER, [once.handle])
    assert isinstance(await sessions.create(new(request_id="r", max_sessions=1)), SessionEnded)
    assert not await alive(sessions, once.session_id)


async def test_session_rotate_changes_only_the_id(sessions: Sessions, raw: redis.Redis) -> None:
    old = await login(sessions, attributes={"a": "1"}, idle_timeout=600.0, ip_address="10.0.0.1")
    renamed = await rotate(sessions, old.session_id)
    assert renamed.session_id != old.session_id
    same = {"session_id": old.session_id, "expires_in": None, "read_at": 0}
    assert replace(renamed, **same) == replace(old, **same)  # type: ignore[arg-type] # including the handle and the end
    assert not raw.exists(f"session:{old.session_id}")  # nothing remains that looks like a session
    assert await handles(sessions) == {old.handle}


async def test_session_rotate_keeps_the_old_id_working_for_a_grace(sessions: Sessions) -> None:
    old = await login(sessions)
    renamed = await rotate(sessions, old.session_id, grace=1.5)
    found = await sessions.get(SPACE, old.session_id)
    assert isinstance(found, SessionFound)
    assert (found.rotated, found.session.handle) == (True, old.handle)
    assert isinstance(await sessions.update(SPACE, old.session_id, {"late": "write"}), SessionFound)

    async def replayed() -> None:
        assert await sessions.get(SPACE, old.session_id) == SessionReplayed(USER, old.handle)

    await eventually(replayed)
    assert await sessions.rotate(SPACE, old.session_id, 30.0) == SessionReplayed(USER, old.handle)
    assert await alive(sessions, renamed.session_id)
    replay = await sessions.get(SPACE, old.session_id, revoke_on_replay=True)
    assert replay == SessionReplayed(USER, old.handle, revoked=True)
    assert not await alive(sessions, renamed.session_id)


async def test_session_concurrent_rotations_return_one_id(sessions: Sessions) -> None:
    old = await login(sessions)
    ids = {s.session_id for s in await asyncio.gather(*(rotate(sessions, old.session_id) for _ in range(8)))}
    assert len(ids) == 1


async def test_session_rotate_that_failed_before_the_index_update_is_repaired_by_a_read(
    sessions: Sessions, raw: redis.Redis
) -> None:
    old = await login(sessions)
    ids = f"{{{LIST}}}:ids"
    before = raw.hget(ids, old.handle)
    renamed = await rotate(sessions, old.session_id, grace=0.0)
    raw.hset(ids, old.handle, cast("str", before))  # as if the server had died
    assert await handles(sessions) == {old.handle}, "found by the old id, even without a grace"
    assert await alive(sessions, renamed.session_id)
    assert renamed.session_id in cast("str", raw.hget(ids, old.handle))


async def test_session_revoke_during_a_rotation_ends_both_ids(sessions: Sessions) -> None:
    for _ in range(10):
        old = await login(sessions)
        rotated, _ = await asyncio.gather(
            sessions.rotate(SPACE, old.session_id, 30.0), sessions.revoke_ids(SPACE, [old.session_id])
        )
        assert not await alive(sessions, old.session_id)
        if isinstance(rotated, SessionFound):
            assert not await alive(sessions, rotated.session.session_id)


@pytest.mark.parametrize("by", ["id", "old id", "handle"])
async def test_session_revoke_ends_one(sessions: Sessions, raw: redis.Redis, by: str) -> None:
    old, other = await login(sessions), await login(sessions)
    session = await rotate(sessions, old.session_id)
    if by == "handle":
        revoked = await sessions.revoke_handles(SPACE, USER, [session.handle])
    else:
        which = session if by == "id" else old
        revoked = await sessions.revoke_ids(SPACE, [which.session_id])
    assert revoked.handles == (session.handle,)
    assert not await alive(sessions, session.session_id)
    assert not raw.exists(f"session:{session.session_id}")
    assert await handles(sessions) == {other.handle}


async def test_session_revoke_holds_after_the_index_lost_its_entries(
    sessions: Sessions, raw: redis.Redis
) -> None:
    one, two, three = [await login(sessions, device_id=name) for name in ("a", "b", "c")]
    raw.delete(LIST, f"{{{LIST}}}:ids")
    await sessions.revoke_device(SPACE, USER, "a")
    await sessions.revoke_handles(SPACE, USER, [two.handle])
    states = [await alive(sessions, session.session_id) for session in (one, two, three)]
    assert states == [False, False, True]
    raw.delete(LIST, f"{{{LIST}}}:ids")
    await sessions.revoke_user(SPACE, USER)
    assert not await alive(sessions, three.session_id)
    assert await alive(sessions, (await login(sessions, device_id="a")).session_id)


@pytest.mark.parametrize("by_id", [True, False])
async def test_session_revoke_of_all_but_one_keeps_that_one_and_its_later_ids(
    sessions: Sessions, raw: redis.Redis, by_id: bool
) -> None:
    kept, *others = [await login(sessions) for _ in range(3)]
    raw.zrem(LIST, others[0].handle)
    revoked = await sessions.revoke_user(
        SPACE,
        USER,
        keep_id=kept.session_id if by_id else "",
        keep_handle="" if by_id else kept.handle,
    )
    assert revoked.handles == (others[1].handle,)
    assert not any([await alive(sessions, other.session_id) for other in others])
    renamed = await rotate(sessions, kept.session_id)
    assert await alive(sessions, renamed.session_id)
    assert await handles(sessions) == {kept.handle}
    await sessions.revoke_user(SPACE, USER)
    assert not await alive(sessions, renamed.session_id)


async def test_session_list_repairs_the_index(sessions: Sessions, raw: redis.Redis) -> None:
    session, gone = await login(sessions), await login(sessions)
    raw.delete(f"session:{gone.session_id}")
    raw.hset(f"{{{LIST}}}:ids", gone.handle, f"listed 1 {gone.session_id}")
    assert await handles(sessions) == {session.handle}
    assert raw.zrange(LIST, 0, -1) == [session.handle]
    raw.zrem(LIST, session.handle)
    raw.hdel(f"{{{LIST}}}:ids", session.handle)
    assert await handles(sessions) == set()
    assert await alive(sessions, session.session_id)
    assert await handles(sessions) == {session.handle}


async def test_session_list_pages(sessions: Sessions) -> None:
    built = {(await login(sessions)).handle for _ in range(7)}
    found: set[str] = set()
    after, after_expires_at, pages = "", 0, 0
    while True:
        page, last = await sessions.list(SPACE, USER, after, after_expires_at, 3)
        found |= {session.handle for session in page}
        pages += 1
        if not last:
            break
        text, _, after = last.partition(":")
        after_expires_at = int(text)
    assert (found, pages) == (built, 3)


async def test_session_lists_of_users_are_separate(sessions: Sessions) -> None:
    mine, theirs = await login(sessions, user_id="a:b"), await login(sessions, user_id="a")
    await sessions.revoke_user(SPACE, "a")
    assert await alive(sessions, mine.session_id)
    assert not await alive(sessions, theirs.session_id)


async def test_session_create_that_no_replica_acknowledged_leaves_no_session(
    sessions: Sessions,
) -> None:
    await assert_too_few_replicas(lambda: sessions.create(new(min_replicas=9)))

    async def cleaned() -> bool:
        return await handles(sessions) == set()

    await eventually(cleaned)
