"""A rotation is atomic: no concurrent write is lost, and no id of a live session is reported as gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import redis

from quikstate_server.primitives.session import session_store
from quikstate_server.primitives.session.identifiers import new_successor_id
from quikstate_server.primitives.session.model import Session, SessionFound, SessionNotFound, SessionReplayed
from quikstate_server.primitives.session.session_store import RotationPointer, SessionStore
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.session.requests import LIST, SPACE, USER, alive, login, rotate

_ROTATIONS = 10
_UPDATERS = 4


@pytest.fixture
async def sessions(redis_client: RedisClient) -> AsyncIterator[Sessions]:
    built = Sessions(redis_client, Limits(session_touch_seconds=0.001))
    yield built
    await built.close()


@pytest.fixture
def store(redis_client: RedisClient) -> SessionStore:
    return SessionStore(redis_client, Limits())


async def test_session_rotate_loses_no_concurrent_update(sessions: Sessions) -> None:
    session = await login(sessions)
    current = [session.session_id]
    ended = asyncio.Event()

    async def updates(name: str) -> int:
        done = 0
        while not ended.is_set():
            found = await sessions.update(SPACE, current[-1], {name: str(done + 1)})
            assert isinstance(found, SessionFound), found
            done += 1
        return done

    async def touches() -> int:
        while not ended.is_set():
            assert await alive(sessions, current[-1], touch=True)
        return 0

    async def rotates() -> None:
        try:
            for _ in range(_ROTATIONS):
                current.append((await rotate(sessions, current[-1])).session_id)
        finally:
            ended.set()

    updaters = [updates(f"of {number}") for number in range(_UPDATERS)]
    done, _ = await asyncio.gather(asyncio.gather(*updaters, touches()), rotates())
    found = await sessions.get(SPACE, current[-1])
    assert isinstance(found, SessionFound)
    assert found.session.attributes == {f"of {n}": str(done[n]) for n in range(_UPDATERS) if done[n]}
    assert found.session.version == 1 + sum(done)


async def test_session_rotate_keeps_every_byte_that_raw_clients_wrote(
    sessions: Sessions, raw: redis.Redis
) -> None:
    old = await login(sessions)
    fields = {b"userId": USER.encode(), b"photo": b"\xff\x00\xfe", b"version": b"nan"}
    raw.hset(f"session:{old.session_id}", mapping=fields)  # type: ignore[arg-type] # bytes are fine
    renamed = await rotate(sessions, old.session_id)
    key = f"session:{renamed.session_id}"
    encoded = raw.execute_command("HGET", key, "photo", NEVER_DECODE=True)  # type: ignore[no-untyped-call]
    assert encoded == fields[b"photo"]
    raw.hset("session:mine", mapping={"userId": USER})
    without_ttl = await rotate(sessions, "mine")
    assert raw.ttl(f"session:{without_ttl.session_id}") == -1, "it had no TTL, and has none"


async def test_session_rotate_sent_twice_does_not_count_as_a_replay(
    store: SessionStore, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a lost reply: without a grace, the pointer of the first is no longer in its grace."""
    old = await login(sessions)
    successor = new_successor_id(SPACE, old.session_id)
    monkeypatch.setattr(session_store, "new_successor_id", lambda *_: successor)
    moved, _ = await store.rotate(SPACE, old, old.session_id, 0.0, 0)
    again, _ = await store.rotate(SPACE, old, old.session_id, 0.0, 0)
    assert isinstance(moved, Session)
    assert isinstance(again, RotationPointer)
    assert (moved.session_id, again.successor_id, again.in_grace) == (successor, successor, True)


@pytest.mark.parametrize("list_is_lost", [False, True])
async def test_session_id_works_during_its_grace_after_any_number_of_rotations(
    sessions: Sessions, raw: redis.Redis, list_is_lost: bool
) -> None:
    first = await login(sessions)
    current = await rotate(sessions, first.session_id)
    for _ in range(24):
        current = await rotate(sessions, current.session_id, grace=0.0)  # the grace of a later id is its own
    if list_is_lost:
        raw.delete(LIST, f"{{{LIST}}}:ids")
    found = await sessions.get(SPACE, first.session_id)
    assert isinstance(found, SessionFound)
    assert found.session.session_id == current.session_id
    assert isinstance(await sessions.update(SPACE, first.session_id, {"a": "1"}), SessionFound)
    again = await rotate(sessions, first.session_id)
    assert again.session_id == current.session_id
    await sessions.revoke_ids(SPACE, [first.session_id])
    assert not await alive(sessions, current.session_id)
    assert isinstance(await sessions.get(SPACE, first.session_id), SessionNotFound)


async def test_session_id_is_a_replay_after_its_grace_and_any_number_of_rotations(
    sessions: Sessions,
) -> None:
    first = await login(sessions)
    current = await rotate(sessions, first.session_id, grace=0.2)
    for _ in range(12):
        current = await rotate(sessions, current.session_id)

    async def replayed() -> None:
        assert await sessions.get(SPACE, first.session_id) == SessionReplayed(USER, first.handle)

    await eventually(replayed)
    assert await alive(sessions, current.session_id)


async def test_session_follows_a_cycle_of_pointers_only_so_far(sessions: Sessions, raw: redis.Redis) -> None:
    old = await login(sessions)
    renamed = await rotate(sessions, old.session_id)
    tombstone = f"{{session:{old.session_id}}}:rotated"
    raw.hset(tombstone, "successor", old.session_id)
    assert isinstance(await sessions.get(SPACE, old.session_id), SessionFound), "the index has the current id"
    raw.delete(LIST, f"{{{LIST}}}:ids")
    assert isinstance(await sessions.get(SPACE, old.session_id), SessionReplayed)
    assert await alive(sessions, renamed.session_id)
