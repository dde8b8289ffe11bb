"""Watches of sessions report each change within a second, on every server."""

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


class Watcher:
    """A watcher, and the events that it has received."""

    def __init__(self, snapshot: SessionSnapshot, mailbox: SessionMailbox) -> None:
        self.snapshot = snapshot
        self.events: list[SessionEvent | Gap] = []
        self._mailbox = mailbox

    def received(self, event: SessionEvent | Gap) -> bool:
        self.events += self._mailbox.take()
        return event in self.events

    def received_change(self, handle: str, kind: SessionChangeKind) -> bool:
        return self.received(SessionChange(USER, handle, kind))


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


async def watch(sessions: Sessions, stack: AsyncExitStack) -> Watcher:
    mailbox: SessionMailbox = Mailbox(Bounds(1_000, 1_000_000), Overflow.CONFLATE)
    return Watcher(await stack.enter_async_context(sessions.watch(SPACE, USER, mailbox)), mailbox)


async def test_session_watch_begins_with_a_snapshot_and_reports_each_change(
    sessions: Sessions, other_server: Sessions, stack: AsyncExitStack
) -> None:
    existing = await login(sessions)
    watcher = await watch(other_server, stack)
    assert [session.handle for session in watcher.snapshot.sessions] == [existing.handle]
    new = await login(sessions)
    await eventually(lambda: watcher.received_change(new.handle, SessionChangeKind.CREATED), within=1)
    await rotate(sessions, new.session_id)
    await eventually(lambda: watcher.received_change(new.handle, SessionChangeKind.ROTATED), within=1)
    await sessions.revoke_handles(SPACE, USER, [new.handle])
    await eventually(lambda: watcher.received_change(new.handle, SessionChangeKind.REVOKED), within=1)
    revoked = await sessions.revoke_user(SPACE, USER, keep_handle=existing.handle)
    all_revoked = SessionsRevoked(USER, existing.handle, "", revoked.tokens_valid_from)
    await eventually(lambda: watcher.received(all_revoked), within=1)


async def test_session_watch_reports_a_session_that_is_created_and_revoked_at_once(
    sessions: Sessions, other_server: Sessions, stack: AsyncExitStack
) -> None:
    watcher = await watch(other_server, stack)
    for _ in range(10):
        session = await login(sessions)
        await sessions.revoke_ids(SPACE, [session.session_id])
        # In a cluster the session and its user can be on two nodes, whose messages come in any order.
        for kind in (SessionChangeKind.REVOKED, SessionChangeKind.CREATED):
            await eventually(lambda: watcher.received_change(session.handle, kind), within=1)  # noqa: B023


async def test_session_watch_reports_a_deleted_session_only_after_its_message_is_due(
    sessions: Sessions, other_server: Sessions, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    """A read can overtake the message of a script, as it goes over another connection."""
    deleted = await login(sessions)
    watcher = await watch(other_server, stack)
    raw.delete(f"session:{deleted.session_id}")
    new = await login(sessions)  # its message makes the server read
    await eventually(lambda: watcher.received_change(new.handle, SessionChangeKind.CREATED), within=1)
    revoked = SessionChange(USER, deleted.handle, SessionChangeKind.REVOKED)

    async def is_waiting() -> bool:
        return not watcher.received(revoked)

    await throughout(is_waiting, seconds=0.5)
    await eventually(lambda: watcher.received(revoked), within=2)


async def test_session_watch_reports_an_expiry_within_a_second(
    sessions: Sessions, stack: AsyncExitStack
) -> None:
    before = await login(sessions, lifetime=1.0)
    watcher = await watch(sessions, stack)
    after = await login(sessions, idle_timeout=1.0)
    await eventually(lambda: watcher.received_change(before.handle, SessionChangeKind.EXPIRED), within=2)
    await eventually(lambda: watcher.received_change(after.handle, SessionChangeKind.EXPIRED), within=2)


async def test_session_watch_does_not_report_a_touched_session_as_expired(
    redis_client: RedisClient, stack: AsyncExitStack
) -> None:
    sessions = Sessions(redis_client, Limits(session_touch_seconds=0.001))
    session = await login(sessions, idle_timeout=1.0)
    watcher = await watch(sessions, stack)
    short = await login(sessions, lifetime=1.5)

    async def the_short_one_expired() -> bool:
        await sessions.get(SPACE, session.session_id, touch=True)
        return watcher.received_change(short.handle, SessionChangeKind.EXPIRED)

    await eventually(the_short_one_expired)
    assert not watcher.received_change(session.handle, SessionChangeKind.EXPIRED)


async def test_session_watch_reports_a_gap_and_a_new_snapshot(
    sessions: Sessions, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    session = await login(sessions)
    watcher = await watch(sessions, stack)
    raw.client_kill_filter(_type="pubsub")

    async def received_gap_and_snapshot() -> bool:
        watcher.received(Gap(GapReason.REDIS_LOST))
        snapshots = [event for event in watcher.events if isinstance(event, SessionSnapshot)]
        gap = watcher.events.index(Gap(GapReason.REDIS_LOST)) if snapshots else -1
        return gap >= 0 and [found.handle for found in snapshots[-1].sessions] == [session.handle]

    await eventually(received_gap_and_snapshot)


async def test_session_watch_of_more_than_one_page_does_not_read_all_the_time(
    redis_client: RedisClient, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    sessions = Sessions(redis_client, Limits(max_page_size=2))
    short = await login(sessions, lifetime=1.0)
    for _ in range(3):
        await login(sessions)
    watcher = await watch(sessions, stack)
    assert watcher.snapshot.more
    await eventually(lambda: not raw.exists(f"session:{short.session_id}"))
    with commands_of(raw) as commands:
        await throughout(lambda: True, seconds=0.5)
    assert commands["evalsha"] < 50
    await sessions.close()


async def test_session_watchers_share_one_subscription_and_close_it(
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
async def test_session_watch_ignores_messages_of_raw_clients(
    sessions: Sessions, stack: AsyncExitStack, raw: redis.Redis, payload: bytes
) -> None:
    watcher = await watch(sessions, stack)
    (channel,) = raw.pubsub_channels("*events")
    raw.publish(channel, payload)
    created = await login(sessions)
    await eventually(lambda: watcher.received_change(created.handle, SessionChangeKind.CREATED))
    assert watcher.events == [SessionChange(USER, created.handle, SessionChangeKind.CREATED)]
