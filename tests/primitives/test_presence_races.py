"""Presence when updates overtake each other, repeat, or are done in part: lists agree with GetStatus."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest
import redis

from quikstate_server.drain import Drain
from quikstate_server.errors import KeyTypeConflict, RedisUnavailable
from quikstate_server.primitives.presence.connection_stream import (
    ConnectionEvent,
    ConnectionLeft,
    ConnectionRegistered,
    ConnectionUpdate,
    HeartbeatSent,
)
from quikstate_server.primitives.presence.model import PresenceConnection, PresenceStatus
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import Script
from quikstate_server.settings import Limits
from support.harness.eventually import eventually, turns
from support.presence.requests import KEY, SPACE, WORKSPACE, connection, online, send_heartbeats
from support.redis.command_counts import commands_of

WORKSPACES = [f"w{number}" for number in range(6)]
APPLY = "presence.apply"


class UnevenRedisClient(RedisClient):
    """A Redis client whose scripts take random times; those that apply states can be held back, or lost."""

    def __init__(self, inner: RedisClient, seed: int = 0) -> None:
        vars(self).update(vars(inner))
        self._random = random.Random(seed)  # noqa: S311 - to be repeated
        self.free = asyncio.Event()
        self.free.set()
        self.held = asyncio.Event()
        self.lost = False

    async def run(
        self,
        script: Script,
        keys: Sequence[str],
        *arguments: Argument,
        safe_to_repeat: bool = False,
    ) -> object:
        await turns(self._random.randrange(40))
        if script.name == APPLY:
            if self.lost:
                raise RedisUnavailable("lost before it reached Redis")
            self.held.set()
            await self.free.wait()
        return await super().run(script, keys, *arguments, safe_to_repeat=safe_to_repeat)


async def agree(presences: Presences, *users: str) -> None:
    """Check that users are listed in exactly the workspaces that GetStatus returns."""
    for user in await presences.get_status(SPACE, users):
        workspace_ids = {workspace for each in user.connections for workspace in each.workspace_ids}
        for workspace in WORKSPACES:
            listed = user.user_id in await online(presences, workspace)
            assert listed == (workspace in workspace_ids and user.status is not PresenceStatus.OFFLINE), (
                user,
                workspace,
            )


async def test_presence_lists_agree_with_get_status_after_concurrent_heartbeats(
    redis_client: RedisClient,
) -> None:
    servers = [Presences(UnevenRedisClient(redis_client, seed), Limits()) for seed in (1, 2)]
    for number in range(40):
        user = f"u{number}"
        await asyncio.gather(
            send_heartbeats(servers[0], connection(user, "c", "w0", "w1")),
            send_heartbeats(servers[1], connection(user, "c", "w2", "w3")),
            send_heartbeats(servers[0], connection(user, "d", "w3", "w4")),
        )
        await agree(servers[0], user)
        (found,) = await servers[0].get_status(SPACE, [user])
        assert sorted(each.connection_id for each in found.connections) == ["c", "d"]


async def test_presence_lists_agree_with_get_status_after_concurrent_updates(
    redis_client: RedisClient,
) -> None:
    servers = [Presences(UnevenRedisClient(redis_client, seed), Limits()) for seed in (3, 4, 5)]
    chance = random.Random(6)  # noqa: S311 - to be repeated

    def act() -> Any:
        server, user, name = chance.choice(servers), chance.choice("ab"), chance.choice("xyz")
        match chance.randrange(6):
            case 0:
                return server.leave(SPACE, user, chance.choice([name, ""]), chance.choice([0.0, 60.0]))
            case 1:
                return server.set_status(SPACE, user, chance.choice([None, *PresenceStatus]))
        places = chance.sample(WORKSPACES, chance.randrange(4))
        return server.heartbeat(SPACE, [PresenceConnection(user, name, tuple(places))])

    for _ in range(40):
        await asyncio.gather(*(act() for _ in range(8)))
        await agree(servers[0], "a", "b")


async def test_presence_late_heartbeat_does_not_undo_a_leave(
    redis_client: RedisClient, presences: Presences
) -> None:
    slow = UnevenRedisClient(redis_client)
    slow.free.clear()
    late = asyncio.create_task(Presences(slow, Limits()).heartbeat(SPACE, [connection("ann")]))
    await slow.held.wait()
    assert await presences.leave(SPACE, "ann") == 1
    slow.free.set()
    assert await late == [None]
    assert await online(presences) == {}
    await send_heartbeats(presences, connection("ann"))
    assert await online(presences) == {"ann": PresenceStatus.ONLINE}


async def test_presence_late_heartbeat_does_not_undo_a_move(
    redis_client: RedisClient, presences: Presences
) -> None:
    slow = UnevenRedisClient(redis_client)
    slow.free.clear()
    late = asyncio.create_task(Presences(slow, Limits()).heartbeat(SPACE, [connection("ann", "c", "w0")]))
    await slow.held.wait()
    await send_heartbeats(presences, connection("ann", "c", "w1"))
    slow.free.set()
    assert await late == [None]
    await agree(presences, "ann")
    assert await online(presences, "w1") == {"ann": PresenceStatus.ONLINE}


@pytest.mark.parametrize("which", ["leave", "move"])
async def test_presence_partial_update_is_completed_by_its_repeat(
    redis_client: RedisClient, presences: Presences, which: str
) -> None:
    wire = UnevenRedisClient(redis_client)
    server = Presences(wire, Limits())
    await send_heartbeats(server, connection("ann", "c", "w0"))
    wire.lost = True
    moved = connection("ann", "c", "w1")
    if which == "leave":
        with pytest.raises(RedisUnavailable):
            await server.leave(SPACE, "ann")
    else:
        assert isinstance((await server.heartbeat(SPACE, [moved]))[0], RedisUnavailable)
    assert await online(presences, "w0") == {"ann": PresenceStatus.ONLINE}
    wire.lost = False
    await (server.leave(SPACE, "ann") if which == "leave" else send_heartbeats(server, moved))
    assert await online(presences, "w0") == {}
    await agree(presences, "ann")


class Stream:
    """A Connect stream, as its client sees it."""

    def __init__(self, server: Presences, kept: PresenceConnection, grace: float = 15.0) -> None:
        self._open = asyncio.Event()
        self._events = server.connect(SPACE, kept, grace, self._updates(), Drain())

    async def _updates(self) -> AsyncIterator[ConnectionUpdate]:
        await self._open.wait()
        return
        yield

    async def next(self) -> ConnectionEvent:
        return await asyncio.wait_for(anext(self._events), 30)

    async def to_the_end(self) -> ConnectionEvent:
        """Return the last item."""
        event: ConnectionEvent = HeartbeatSent()
        async for event in self._events:  # noqa: B007 - the last one is wanted
            pass
        return event

    def half_close(self) -> None:
        self._open.set()

    async def close(self) -> None:
        await self._events.aclose()


OpenStream = Callable[..., Stream]


@pytest.fixture
async def open_stream(
    presences: Presences,  # noqa: ARG001 - they end after the streams
    other_presences: Presences,  # noqa: ARG001
) -> AsyncIterator[OpenStream]:
    """Open streams on any server; break at the end those that are still open."""
    opened: list[Stream] = []

    def open_one(server: Presences, kept: PresenceConnection, grace: float = 15.0) -> Stream:
        opened.append(Stream(server, kept, grace))
        return opened[-1]

    yield open_one
    for stream in opened:
        await stream.close()


@pytest.mark.parametrize("grace", [0.0, 60.0])
@pytest.mark.parametrize("name", ["c", ""])
async def test_presence_leave_ends_a_stream_on_another_server(
    open_stream: OpenStream, presences: Presences, other_presences: Presences, name: str, grace: float
) -> None:
    stream = open_stream(other_presences, connection("ann", ttl=300))
    assert await stream.next() == ConnectionRegistered("c")
    assert await presences.leave(SPACE, "ann", name, grace) == 1
    assert await asyncio.wait_for(stream.to_the_end(), 30) == ConnectionLeft(
        taken_over=False
    )  # its beat is due in 100 s
    (ann,) = await presences.get_status(SPACE, ["ann"])
    assert [each.expires_in > 60 for each in ann.connections] == ([False] if grace else [])
    assert await online(presences) == ({"ann": PresenceStatus.ONLINE} if grace else {})


async def test_presence_leave_ends_a_stream_that_lost_the_notification(
    open_stream: OpenStream, presences: Presences, redis_client: RedisClient
) -> None:
    deaf = Presences(redis_client, Limits(), channel_prefix="elsewhere:")
    stream = open_stream(deaf, connection("ann", ttl=2))
    await stream.next()
    assert await presences.leave(SPACE, "ann") == 1
    assert await stream.to_the_end() == ConnectionLeft(taken_over=False)
    assert await online(presences) == {}
    await deaf.close()


async def test_presence_leave_ends_a_stream_beside_heartbeats_of_a_gateway(
    open_stream: OpenStream, presences: Presences, other_presences: Presences
) -> None:
    stream = open_stream(presences, connection("ann", ttl=300))
    await stream.next()
    await send_heartbeats(other_presences, connection("ann"))
    assert await other_presences.leave(SPACE, "ann") == 1
    assert await asyncio.wait_for(stream.to_the_end(), 30) == ConnectionLeft(taken_over=False)
    assert await online(presences) == {}


async def test_presence_leave_may_be_followed_by_a_new_stream_or_a_heartbeat(
    open_stream: OpenStream, presences: Presences
) -> None:
    first = open_stream(presences, connection("ann", ttl=300))
    await first.next()
    await presences.leave(SPACE, "ann")
    second = open_stream(presences, connection("ann", ttl=300))
    assert await second.next() == ConnectionRegistered("c")
    assert await asyncio.wait_for(first.to_the_end(), 30) == ConnectionLeft(taken_over=False)
    await presences.leave(SPACE, "ann", grace=60)
    await send_heartbeats(presences, connection("ann"))
    assert await asyncio.wait_for(second.to_the_end(), 30) == ConnectionLeft(taken_over=False)
    assert await online(presences) == {"ann": PresenceStatus.ONLINE}


async def test_presence_stream_that_is_taken_over_leaves_the_connection_alone(
    open_stream: OpenStream, presences: Presences, other_presences: Presences
) -> None:
    first = open_stream(presences, connection("ann", ttl=300), grace=0.0)
    await first.next()
    second = open_stream(other_presences, connection("ann", ttl=2))
    await second.next()
    first.half_close()  # without effect: the connection is the other stream's
    assert await asyncio.wait_for(first.to_the_end(), 30) in {
        ConnectionLeft(taken_over=True),
        ConnectionRegistered("c"),
        HeartbeatSent(),
    }
    for _ in range(2):
        assert await second.next() == HeartbeatSent()
    assert await online(presences) == {"ann": PresenceStatus.ONLINE}
    second.half_close()
    await second.to_the_end()
    assert await online(presences) == {}


async def test_presence_stream_that_is_taken_over_ends_with_taken_over(
    open_stream: OpenStream, presences: Presences, other_presences: Presences
) -> None:
    first = open_stream(presences, connection("ann", ttl=300))
    await first.next()
    second = open_stream(other_presences, connection("ann", ttl=300))
    await second.next()
    assert await asyncio.wait_for(first.to_the_end(), 30) == ConnectionLeft(taken_over=True)
    assert await online(presences) == {"ann": PresenceStatus.ONLINE}


async def test_presence_leave_of_all_connections_stops_typing(
    presences: Presences, other_presences: Presences, raw: redis.Redis
) -> None:
    await send_heartbeats(presences, connection("ann", "phone"), connection("ann", "desk"))
    for channel in ("general", "random"):
        await presences.set_typing(SPACE, "ann", channel, 60)
        await presences.set_typing(SPACE, "bob", channel, 60)
    await other_presences.leave(SPACE, "ann", "phone")
    assert len(await presences.list_typing(SPACE, "general")) == 2
    await other_presences.leave(SPACE, "ann", "desk")
    for channel in ("general", "random"):
        assert [typing.user_id for typing in await presences.list_typing(SPACE, channel)] == ["bob"]
    assert set(raw.scan_iter("*typing*")) == {
        name
        for channel in ("general", "random")
        for name in (f"channel:{channel}:typing", f"user:bob:typing:{channel}", "{user:bob:status}:typing")
    }


async def test_presence_half_closed_stream_stops_typing(
    open_stream: OpenStream, presences: Presences
) -> None:
    stream = open_stream(presences, connection("ann"))
    await stream.next()
    await presences.set_typing(SPACE, "ann", "general", 60)
    stream.half_close()
    await stream.to_the_end()
    assert await presences.list_typing(SPACE, "general") == []


@pytest.mark.parametrize("crowd", [500, 1_500])
async def test_presence_list_does_not_count_expired_users(
    redis_client: RedisClient, raw: redis.Redis, crowd: int
) -> None:
    """No server reaps here, so that expired rows stay."""
    presences = Presences(redis_client, Limits())
    await send_heartbeats(presences, connection("ann"))
    for first in range(0, crowd, 100):
        some = [connection(f"u{first + number}", ttl=0.05) for number in range(100)]
        await eventually(lambda some=some: send_heartbeats(presences, *some), within=30)  # type: ignore[misc]

    async def one() -> None:
        page = await presences.list_online(SPACE, WORKSPACE, 0)
        assert page.online == 1

    await eventually(one, within=30)
    if crowd == 500:
        assert raw.zcard(KEY) == 501


@pytest.mark.parametrize("most", [1, 3_000])
async def test_presence_rows_too_large_for_one_script_take_several(
    redis_client: RedisClient, raw: redis.Redis, most: int
) -> None:
    presences = Presences(redis_client, Limits(max_presence_script_bytes=most))
    users = [f"u{number:03}" for number in range(100)]
    for name in ("c", "d"):
        await send_heartbeats(presences, *(connection(user, name, "w0", "w1") for user in users))
    with commands_of(raw) as commands:
        await send_heartbeats(presences, *(connection(user, "c", "w0", "w1") for user in users))
    assert commands["evalsha"] >= (300 if most == 1 else 10)
    assert await online(presences, "w0") == dict.fromkeys(users, PresenceStatus.ONLINE)
    found = await presences.get_status(SPACE, users)
    assert [(user.user_id, len(user.connections)) for user in found] == [(user, 2) for user in users]
    await presences._users.reap(SPACE, users)
    await asyncio.gather(*(presences.leave(SPACE, user) for user in users[1:]))
    assert await online(presences, "w1") == {"u000": PresenceStatus.ONLINE}


async def test_presence_heartbeats_of_one_user_fail_together_on_a_key_type_conflict(
    presences: Presences, raw: redis.Redis
) -> None:
    raw.rpush("user:ann:status", "x")
    beats = [connection("ann", "c"), connection("bob"), connection("ann", "d")]
    faults = await presences.heartbeat(SPACE, beats)
    assert [type(fault) for fault in faults] == [KeyTypeConflict, type(None), KeyTypeConflict]
    assert raw.lrange("user:ann:status", 0, -1) == ["x"]
    assert await online(presences) == {"bob": PresenceStatus.ONLINE}
