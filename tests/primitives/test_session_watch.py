"""Watching users' sessions: each change is seen within a second, on every server, whoever makes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import redis

from quikstate_server.primitives.session.model import (
    SessionChange,
    SessionChangeKind,
    SessionEvent,
    SessionSnapshot,
    SessionsRevoked,
)
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.session.watch import SessionMailbox
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, GapReason, Mailbox, Overflow
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually, throughout
from support.redis.command_counts import commands_of
from support.session.requests import SPACE, USER, login, rotate


class Watch:
    """One who watches, and what it was told by now."""

    def __init__(self, snapshot: SessionSnapshot, mailbox: SessionMailbox) -> None:
        self.snapshot = snapshot
        self.told: list[SessionEvent | Gap] = []
        self._mailbox = mailbox

    async def hears(self, event: SessionEvent | Gap) -> bool:
        self.told += await self._mailbox.take(0.01)
        return event in self.told

    async def hears_of(self, handle: str, change: SessionChangeKind) -> bool:
        return await self.hears(SessionChange(USER, handle, change))


@pytest.fixture
async def sessions(redis_client: RedisClient) -> AsyncIterator[Sessions]:
    built = Sessions(redis_client, Limits())
    yield built
    await built.close()


@pytest.fixture
async def other_server(redis_client: RedisClient) -> AsyncIterator[Sessions]:
    built = Sessions(redis_client, Limits())
    yield built
    await built.close()


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as entered:
        yield entered


async def watch(sessions: Sessions, stack: AsyncExitStack) -> Watch:
    mailbox: SessionMailbox = Mailbox(Bounds(1_000, 1_000_000), Overflow.CONFLATE)
    return Watch(await stack.enter_async_context(sessions.watch(SPACE, USER, mailbox)), mailbox)


async def test_session_watch_begins_with_what_is_and_hears_each_change(
    sessions: Sessions, other_server: Sessions, stack: AsyncExitStack
) -> None:
    there = await login(sessions)
    watching = await watch(other_server, stack)
    assert [session.handle for session in watching.snapshot.sessions] == [there.handle]
    new = await login(sessions)
    await eventually(lambda: watching.hears_of(new.handle, SessionChangeKind.CREATED), within=1)
    await rotate(sessions, new.session_id)
    await eventually(lambda: watching.hears_of(new.handle, SessionChangeKind.ROTATED), within=1)
    await sessions.revoke_handles(SPACE, USER, [new.handle])
    await eventually(lambda: watching.hears_of(new.handle, SessionChangeKind.REVOKED), within=1)
    revoked = await sessions.revoke_user(SPACE, USER, keep_handle=there.handle)
    everything = SessionsRevoked(USER, there.handle, "", revoked.tokens_valid_from)
    await eventually(lambda: watching.hears(everything), within=1)


async def test_session_watch_hears_of_one_that_is_created_and_revoked_at_once(
    sessions: Sessions, other_server: Sessions, stack: AsyncExitStack
) -> None:
    watching = await watch(other_server, stack)
    for _ in range(10):
        session = await login(sessions)
        await sessions.revoke_ids(SPACE, [session.session_id])
        await eventually(lambda: watching.hears_of(session.handle, SessionChangeKind.REVOKED), within=1)  # noqa: B023
        assert SessionChange(USER, session.handle, SessionChangeKind.CREATED) in watching.told


async def test_session_watch_hears_within_a_second_that_a_sessions_time_is_over(
    sessions: Sessions, stack: AsyncExitStack
) -> None:
    before = await login(sessions, lifetime=1.0)
    watching = await watch(sessions, stack)
    after = await login(sessions, idle_timeout=1.0)
    await eventually(lambda: watching.hears_of(before.handle, SessionChangeKind.EXPIRED), within=2)
    await eventually(lambda: watching.hears_of(after.handle, SessionChangeKind.EXPIRED), within=2)


async def test_session_watch_does_not_say_that_a_touched_session_expired(
    redis_client: RedisClient, stack: AsyncExitStack
) -> None:
    sessions = Sessions(redis_client, Limits(session_touch_seconds=0.001))
    session = await login(sessions, idle_timeout=1.0)
    watching = await watch(sessions, stack)
    short = await login(sessions, lifetime=1.5)

    async def the_short_one_is_over() -> bool:
        await sessions.get(SPACE, session.session_id, touch=True)
        return await watching.hears_of(short.handle, SessionChangeKind.EXPIRED)

    await eventually(the_short_one_is_over)
    assert not await watching.hears_of(session.handle, SessionChangeKind.EXPIRED)


async def test_session_watch_says_what_it_may_have_missed_and_all_that_is(
    sessions: Sessions, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    session = await login(sessions)
    watching = await watch(sessions, stack)
    raw.client_kill_filter(_type="pubsub")

    async def told() -> bool:
        await watching.hears(Gap(GapReason.REDIS_LOST))
        snapshots = [event for event in watching.told if isinstance(event, SessionSnapshot)]
        gap = watching.told.index(Gap(GapReason.REDIS_LOST)) if snapshots else -1
        return gap >= 0 and [one.handle for one in snapshots[-1].sessions] == [session.handle]

    await eventually(told)


async def test_session_watch_of_more_sessions_than_a_page_does_not_read_all_the_time(
    redis_client: RedisClient, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    sessions = Sessions(redis_client, Limits(max_page_size=2))
    short = await login(sessions, lifetime=1.0)
    for _ in range(3):
        await login(sessions)
    watching = await watch(sessions, stack)
    assert watching.snapshot.more
    await eventually(lambda: not raw.exists(f"session:{short.session_id}"))
    with commands_of(raw) as commands:
        await throughout(lambda: True, seconds=0.5)
    assert commands["evalsha"] < 50
    await sessions.close()


async def test_session_watchers_share_one_subscription_and_leave_none(
    sessions: Sessions, raw: redis.Redis
) -> None:
    async with AsyncExitStack() as inner:
        for _ in range(30):
            await watch(sessions, inner)
        assert len(raw.pubsub_channels("*:events")) == 1
    await eventually(lambda: raw.pubsub_channels("*:events") == [])


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b"[",
        b"[]",
        b'{"kind":"all"}',
        b'{"kind":"all","mark":"x"}',
        b'{"kind":"tokens","mark":1e999}',
        b'{"kind":"tokens","mark":99999999999999999999999}',
        b'{"kind":"sold","handle":"h"}',
        b'{"kind":"created","handle":7}',
        b'{"kind":[],"handle":"h"}',
        pytest.param(b"[" * 100_000, id="deep"),
    ],
)
async def test_session_watch_passes_over_what_a_raw_client_publishes(
    sessions: Sessions, stack: AsyncExitStack, raw: redis.Redis, payload: bytes
) -> None:
    watching = await watch(sessions, stack)
    (channel,) = raw.pubsub_channels("*events")
    raw.publish(channel, payload)
    created = await login(sessions)
    await eventually(lambda: watching.hears_of(created.handle, SessionChangeKind.CREATED))
    assert watching.told == [SessionChange(USER, created.handle, SessionChangeKind.CREATED)]
