"""Watching a workspace: in the end every watcher knows the truth, or gets a gap."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing

import pytest
import redis

from quikstate_server.drain import Drain
from quikstate_server.primitives.presence.model import PresencePosition, PresenceSnapshot, PresenceStatus
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.presence.workspace_feed import PresenceMailbox, WorkspaceFeed
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, GapReason, Overflow
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually, throughout
from support.presence.requests import KEY, SPACE, WORKSPACE, Watcher, connection, send_heartbeats

LOST = Gap(GapReason.POSITION_LOST)


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as entered:
        yield entered


@pytest.fixture
async def small(redis_client: RedisClient) -> AsyncIterator[Presences]:
    """Start a server that streams at most ten members one by one."""
    started = Presences(redis_client, Limits(max_watched_members=10))
    await started.start()
    yield started
    await started.close()


async def test_presence_watch_begins_with_a_snapshot_and_sees_each_change(
    presences: Presences, other_presences: Presences, stack: AsyncExitStack
) -> None:
    await send_heartbeats(presences, connection("ann"))
    watchers = [await Watcher(server).begin(stack) for server in (presences, other_presences)]
    for watcher in watchers:
        assert watcher.sees(["ann"])
    await send_heartbeats(presences, connection("bob"), connection("cy", status=PresenceStatus.AWAY))
    there = {"ann": PresenceStatus.ONLINE, "bob": PresenceStatus.ONLINE, "cy": PresenceStatus.AWAY}
    for watcher in watchers:
        await eventually(lambda watcher=watcher: watcher.sees(there), within=1)  # type: ignore[misc]
    await presences.leave(SPACE, "ann")
    await presences.leave(SPACE, "cy")
    for watcher in watchers:
        await eventually(lambda watcher=watcher: watcher.sees(["bob"]), within=1)  # type: ignore[misc]
        assert watcher.snapshots == 1
        assert not watcher.gaps


async def test_presence_watch_sees_an_expiry_within_the_ttl_and_a_second_on_every_server(
    presences: Presences, other_presences: Presences, stack: AsyncExitStack
) -> None:
    watchers = [await Watcher(server).begin(stack) for server in (presences, other_presences)]
    began = time.monotonic()
    await send_heartbeats(presences, connection("ann", ttl=0.5))
    for watcher in watchers:
        await eventually(lambda watcher=watcher: watcher.sees(["ann"]), within=1)  # type: ignore[misc]
    for watcher in watchers:
        left = began + 0.5 + 1 - time.monotonic()
        await eventually(lambda watcher=watcher: watcher.sees([]), within=left)  # type: ignore[misc]


async def test_presence_watch_is_silent_about_heartbeats_without_a_change(
    presences: Presences, stack: AsyncExitStack
) -> None:
    await send_heartbeats(presences, connection("ann"))
    watcher = await Watcher(presences).begin(stack)

    async def silent() -> bool:
        await send_heartbeats(presences, connection("ann"))
        watcher.read()
        return not watcher.changed_users

    await throughout(silent, seconds=0.3)


async def test_presence_watch_coalesces_flapping(presences: Presences, stack: AsyncExitStack) -> None:
    watcher = await Watcher(presences).begin(stack)
    for _ in range(20):
        await send_heartbeats(presences, connection("ann"))
        await presences.leave(SPACE, "ann")
    await send_heartbeats(presences, connection("ann"))
    await eventually(lambda: watcher.sees(["ann"]), within=1)
    assert len(watcher.changed_users) < 10


async def test_presence_watch_resumes_with_the_changes_alone(
    presences: Presences, other_presences: Presences, stack: AsyncExitStack
) -> None:
    await send_heartbeats(presences, connection("ann"), connection("bob"), connection("cy"))
    async with AsyncExitStack() as first:
        watcher = await Watcher(presences).begin(first)
    await presences.leave(SPACE, "ann")
    await send_heartbeats(presences, connection("dee"))
    resumed = Watcher(other_presences)
    resumed.users = dict(watcher.users)
    await resumed.begin(stack, watcher.position)
    assert resumed.sees(["bob", "cy", "dee"])
    assert sorted(resumed.changed_users) == ["ann", "dee"]
    assert (resumed.snapshots, resumed.gaps) == (0, [])
    await presences.leave(SPACE, "bob")
    await eventually(lambda: resumed.sees(["cy", "dee"]), within=1)


async def test_presence_watch_resumes_beside_an_open_watch(
    presences: Presences, stack: AsyncExitStack
) -> None:
    await Watcher(presences).begin(stack)
    await send_heartbeats(presences, connection("ann"))
    async with AsyncExitStack() as first:
        watcher = await Watcher(presences).begin(first)
        await eventually(lambda: watcher.sees(["ann"]))
    await send_heartbeats(presences, connection("bob"))
    resumed = await Watcher(presences).begin(stack, watcher.position)
    await eventually(lambda: resumed.sees(["bob"]), within=1)
    assert resumed.changed_users == ["bob"]


async def test_presence_watch_resumes_while_a_user_comes_and_goes(
    presences: Presences, stack: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user is then as the audience knows, but not as the watcher that resumes was told."""
    witness = await Watcher(presences).begin(stack)
    await send_heartbeats(presences, connection("ann"))
    await eventually(lambda: witness.sees(["ann"]))
    resumed = Watcher(presences)
    resumed.users = dict(witness.users)
    await presences.leave(SPACE, "ann")
    await eventually(lambda: witness.sees([]))
    resume = WorkspaceFeed._resume

    async def after_more(feed: WorkspaceFeed, mailbox: PresenceMailbox, since: PresencePosition) -> bool:
        await send_heartbeats(presences, connection("ann"))
        await presences.leave(SPACE, "ann")
        return await resume(feed, mailbox, since)

    monkeypatch.setattr(WorkspaceFeed, "_resume", after_more)
    await resumed.begin(stack, PresencePosition(witness.position.epoch, 1))
    await eventually(lambda: resumed.sees([]))


@pytest.mark.parametrize("since", [PresencePosition(1, 1), PresencePosition(1 << 52, 0)])
async def test_presence_watch_reports_a_gap_for_an_unknown_position(
    presences: Presences, stack: AsyncExitStack, since: PresencePosition
) -> None:
    await send_heartbeats(presences, connection("ann"))
    watcher = await Watcher(presences).begin(stack, since)
    assert watcher.gaps == [LOST]
    assert watcher.sees(["ann"])


async def test_presence_watch_keeps_a_bounded_log(
    presences: Presences, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    """The fixture keeps the last 50 users who changed."""
    await send_heartbeats(presences, connection("first"))
    async with AsyncExitStack() as inner:
        early = (await Watcher(presences).begin(inner)).position
    await send_heartbeats(presences, *(connection(f"u{number}") for number in range(50)))
    assert raw.zcard(f"{{{KEY}}}:changes") == 50
    in_time = await Watcher(presences).begin(stack, early)
    assert not in_time.gaps
    assert len(in_time.changed_users) == 50
    await send_heartbeats(presences, connection("u50"))
    assert raw.zcard(f"{{{KEY}}}:changes") == 50
    late = await Watcher(presences).begin(stack, early)
    assert late.gaps == [LOST]
    assert len(late.users) == 52


async def test_presence_watch_continues_after_all_data_was_lost(
    presences: Presences, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    await send_heartbeats(presences, connection("ann"))
    watcher = await Watcher(presences).begin(stack)
    raw.flushall()
    await send_heartbeats(presences, connection("bob"))
    await eventually(lambda: watcher.sees(["bob"]), within=1)
    assert watcher.gaps == [LOST]


async def test_presence_watch_loses_nothing_when_its_subscription_is_cut(
    presences: Presences, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    watcher = await Watcher(presences).begin(stack)
    for number in range(5):
        raw.client_kill_filter(_type="pubsub")
        await send_heartbeats(presences, connection(f"u{number}"))
    await eventually(lambda: watcher.sees([f"u{number}" for number in range(5)]))
    assert not watcher.gaps


async def test_presence_watch_of_too_many_users_streams_counts_until_they_are_few(
    small: Presences, presences: Presences, stack: AsyncExitStack
) -> None:
    watcher = await Watcher(small).begin(stack)
    many = [f"u{number}" for number in range(30)]
    await send_heartbeats(presences, *map(connection, many[:10]))
    await eventually(lambda: watcher.sees(many[:10]))
    await send_heartbeats(presences, *map(connection, many))

    async def counts(number: int) -> bool:
        watcher.read()
        return watcher.counts[-1:] == [number]

    await eventually(lambda: counts(30))
    late = await Watcher(small).begin(stack)
    assert late.counts == [30]
    assert late.snapshots == 0
    for user in many[9:]:
        await presences.leave(SPACE, user)
    for one in (watcher, late):
        await eventually(lambda one=one: one.sees(many[:9]))  # type: ignore[misc]


async def test_presence_watch_with_counts_only_gets_counts_alone(
    presences: Presences, stack: AsyncExitStack
) -> None:
    watcher = await Watcher(presences, counts_only=True).begin(stack)
    assert watcher.counts == [0]
    await send_heartbeats(presences, connection("ann"), connection("bob"))

    async def two() -> bool:
        watcher.read()
        return watcher.counts[-1] == 2

    await eventually(two, within=1)
    assert not watcher.changed_users
    assert not watcher.snapshots


async def test_presence_watch_gives_a_slow_reader_a_new_snapshot(
    presences: Presences, stack: AsyncExitStack
) -> None:
    streams = Streams(Drain(), 60, Bounds(3, 1_000))
    mailbox: PresenceMailbox = streams.mailbox(Overflow.CONFLATE)
    watched = await stack.enter_async_context(presences.watching(SPACE, WORKSPACE, mailbox))
    witness = await Watcher(presences).begin(stack)
    users = [f"u{number}" for number in range(10)]
    await send_heartbeats(presences, *map(connection, users))
    await eventually(lambda: witness.sees(users))  # by now the slow reader missed some
    async with aclosing(watched.follow(streams, mailbox)) as items:
        first, then = await anext(items), await anext(items)
    assert isinstance(first, list)
    assert first[0] == Gap(GapReason.SLOW_READER)
    assert isinstance(then, list)
    assert isinstance(then[0], PresenceSnapshot)
    assert [user.user_id for user in then[0].members] == users


async def test_presence_watch_sees_raw_rows_come_and_go(
    presences: Presences, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    raw.zadd(KEY, {"raw": int(time.time())})
    watcher = await Watcher(presences).begin(stack)
    assert watcher.sees(["raw"])
    raw.zadd(KEY, {"other": int(time.time())})
    await send_heartbeats(presences, connection("ann"))
    await eventually(lambda: watcher.sees(["ann", "other", "raw"]), within=1)
    raw.zrem(KEY, "raw", "other")
    raw.publish("pubsub:presence:ws-1", "a raw client says so")
    await eventually(lambda: watcher.sees(["ann"]), within=1)


async def test_presence_watchers_share_one_subscription_and_end_it(
    presences: Presences, raw: redis.Redis
) -> None:
    def subscriptions() -> int:
        return len(raw.pubsub_channels("pubsub:presence:*"))

    async with AsyncExitStack() as inner:
        for _ in range(50):
            await Watcher(presences).begin(inner)
        assert subscriptions() == 1
    await eventually(lambda: subscriptions() == 0)
