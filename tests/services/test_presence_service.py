"""PresenceService through a whole server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import presence_pb2 as pb
from quikstate.v1.position_pb2 import Position
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub
from quikstate_server.services.common.page_tokens import encode_page_token
from services.conftest import OpenChannel, StartApp, end
from support.harness.eventually import PATIENCE_SECONDS, eventually
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of

WORKSPACE = "ws-1"
LIST = pb.ListOnlineRequest(workspace_id=WORKSPACE)
ONLINE, AWAY, DND = pb.PRESENCE_STATUS_ONLINE, pb.PRESENCE_STATUS_AWAY, pb.PRESENCE_STATUS_DO_NOT_DISTURB


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    """Return the Redis of the server, to check what was written."""
    return own_redis


@pytest.fixture
def presence(channel: grpc.aio.Channel) -> Any:
    return PresenceServiceStub(channel)


def connection(user: str = "ann", **how: Any) -> pb.PresenceConnection:
    return pb.PresenceConnection(
        **({"user_id": user, "connection_id": "c", "workspace_ids": [WORKSPACE]} | how)
    )


def heartbeat_request(*connections: pb.PresenceConnection) -> pb.HeartbeatRequest:
    return pb.HeartbeatRequest(connections=connections or [connection()])


def open_request(**how: Any) -> pb.ConnectRequest:
    grace = how.pop("grace", None)
    return pb.ConnectRequest(open=pb.PresenceOpen(connection=connection(**how), grace=grace))


async def online(presence: Any) -> list[str]:
    return [user.user_id for user in (await presence.ListOnline(LIST)).users]


async def read_event(stream: Any, kind: str) -> Any:
    """Return the next event, which must be a `kind`."""
    item = await asyncio.wait_for(stream.read(), PATIENCE_SECONDS)
    assert item.WhichOneof("event") == kind, item
    return getattr(item, kind)


async def test_heartbeats_make_users_present_until_they_leave(presence: Any) -> None:
    answer = await presence.Heartbeat(heartbeat_request(connection(), connection("bob", status=AWAY)))
    assert [status.code for status in answer.statuses] == [0, 0]
    page = await presence.ListOnline(LIST)
    assert [(user.user_id, user.status) for user in page.users] == [("ann", ONLINE), ("bob", AWAY)]
    assert page.online == 2
    assert page.users[0].connections == 1
    assert page.users[0].last_seen.seconds > 1.7e9
    assert (await presence.Leave(pb.LeaveRequest(user_id="ann"))).connections == 1
    counted = await presence.ListOnline(pb.ListOnlineRequest(workspace_id=WORKSPACE, counts_only=True))
    assert (counted.online, len(counted.users)) == (1, 0)


async def test_a_failed_heartbeat_has_its_own_status(start_app: StartApp, open_channel: OpenChannel) -> None:
    app = await start_app(limits={"max_user_connections": 1})
    presence: Any = PresenceServiceStub(open_channel(app))
    answer = await presence.Heartbeat(heartbeat_request(connection(), connection(connection_id="other")))
    assert [status.code for status in answer.statuses] == [0, grpc.StatusCode.RESOURCE_EXHAUSTED.value[0]]
    assert answer.statuses[1].metadata == {"limit": "limits.max_user_connections"}


async def test_set_status_overrides_the_connections(presence: Any) -> None:
    await presence.Heartbeat(heartbeat_request(connection(device_id="phone", metadata={"v": "7"})))
    shown = await presence.SetStatus(pb.SetStatusRequest(user_id="ann", status=DND, ttl=Duration(seconds=60)))
    assert shown.status == DND
    ann, bob = (await presence.GetStatus(pb.GetStatusRequest(user_ids=["ann", "bob"]))).users
    assert (ann.user_id, ann.status, ann.override) == ("ann", DND, DND)
    assert (ann.connections[0].device_id, ann.connections[0].metadata) == ("phone", {"v": "7"})
    assert 50 <= ann.connections[0].expires_in.seconds <= 60
    assert bob.status == pb.PRESENCE_STATUS_OFFLINE
    assert not bob.HasField("last_seen")
    assert (await presence.SetStatus(pb.SetStatusRequest(user_id="ann"))).status == ONLINE


async def test_typing_users_are_listed(presence: Any) -> None:
    typing = pb.SetTypingRequest(user_id="ann", channel_id="general")
    await presence.SetTyping(typing)
    (user,) = (await presence.ListTyping(pb.ListTypingRequest(channel_id="general"))).users
    assert user.user_id == "ann"
    assert 1 <= user.expires_in.seconds <= 5
    typing.stopped = True
    await presence.SetTyping(typing)
    assert not (await presence.ListTyping(pb.ListTypingRequest(channel_id="general"))).users


async def test_list_online_has_pages(presence: Any) -> None:
    users = [f"u{number:02}" for number in range(25)]
    await presence.Heartbeat(heartbeat_request(*map(connection, users)))
    found: list[str] = []
    token = ""
    while not found or token:
        page = await presence.ListOnline(
            pb.ListOnlineRequest(workspace_id=WORKSPACE, page_size=10, page_token=token)
        )
        found += [user.user_id for user in page.users]
        token = page.next_page_token
    assert found == users


async def test_a_stream_keeps_its_connection_present_beyond_the_ttl(presence: Any) -> None:
    stream = presence.Connect()
    await stream.write(open_request(connection_id="", ttl=Duration(seconds=1)))
    assert (await read_event(stream, "connected")).connection_id
    for _ in range(4):
        await read_event(stream, "heartbeat")
    assert await online(presence) == ["ann"]
    stream.cancel()


async def test_a_half_closed_stream_leaves_at_once(presence: Any) -> None:
    stream = presence.Connect()
    await stream.write(open_request())
    await read_event(stream, "connected")
    await stream.done_writing()
    assert not isinstance(await stream.read(), pb.ConnectResponse)
    assert await online(presence) == []


async def test_a_broken_stream_leaves_after_its_grace(presence: Any) -> None:
    for user, grace in (("ann", Duration()), ("bob", Duration(seconds=60))):
        stream = presence.Connect()
        await stream.write(open_request(user=user, grace=grace))
        await read_event(stream, "connected")
        stream.cancel()

    async def only_bob() -> bool:
        return await online(presence) == ["bob"]

    await eventually(only_bob, within=2)


@pytest.mark.parametrize(("seconds", "stays"), [(0.0, False), (60.0, True)])
async def test_a_broken_stream_has_the_grace_of_the_settings(
    start_app: StartApp, open_channel: OpenChannel, seconds: float, stays: bool
) -> None:
    app = await start_app(limits={"presence_grace_seconds": seconds})
    presence: Any = PresenceServiceStub(open_channel(app))
    stream = presence.Connect()
    await stream.write(open_request(connection_id="x"))
    await read_event(stream, "connected")
    stream.cancel()

    async def left() -> bool:
        (ann,) = (await presence.GetStatus(pb.GetStatusRequest(user_ids=["ann"]))).users
        return bool(ann.connections) is stays

    await eventually(left, within=2)


async def test_a_stream_fails_with_an_update_that_cannot_be_applied(
    presence: Any, redis_process: RedisProcess
) -> None:
    stream = presence.Connect()
    await stream.write(open_request())
    await read_event(stream, "connected")
    with redis_process.client() as client:
        client.set("workspace:taken:online", "a string")
    await stream.write(pb.ConnectRequest(update=pb.PresenceUpdate(workspace_ids=["taken"])))
    assert (await failure_of(stream.read())).reason == "ERROR_REASON_KEY_TYPE_CONFLICT"


async def test_a_stream_ends_when_its_connection_could_not_be_kept(
    presence: Any, redis_process: RedisProcess
) -> None:
    stream = presence.Connect()
    await stream.write(open_request(ttl=Duration(seconds=1)))
    await read_event(stream, "connected")
    redis_process.kill()

    async def to_the_end() -> None:
        while isinstance(await stream.read(), pb.ConnectResponse):
            pass

    assert (await failure_of(to_the_end())).code is grpc.StatusCode.UNAVAILABLE


async def test_a_stream_that_reconnects_was_never_away(presence: Any) -> None:
    watch = presence.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE))
    assert not (await read_event(watch, "snapshot")).users
    first = presence.Connect()
    await first.write(open_request(grace=Duration(seconds=1)))
    await read_event(first, "connected")
    assert [user.user_id for user in (await read_event(watch, "changed")).users] == ["ann"]
    second = presence.Connect()
    await second.write(open_request(grace=Duration(seconds=1)))
    await read_event(second, "connected")
    first.cancel()

    async def unmarked() -> bool:
        (ann,) = (await presence.GetStatus(pb.GetStatusRequest(user_ids=["ann"]))).users
        return bool(ann.connections[0].expires_in.seconds > 50)

    for _ in range(20):
        assert await unmarked()
    await second.done_writing()
    left = await read_event(watch, "changed")
    assert [user.status for user in left.users] == [pb.PRESENCE_STATUS_OFFLINE]
    assert not left.users[0].HasField("last_seen")


async def test_an_update_changes_status_and_workspaces(presence: Any) -> None:
    stream = presence.Connect()
    await stream.write(open_request())
    await read_event(stream, "connected")
    await stream.write(pb.ConnectRequest(update=pb.PresenceUpdate(status=DND, workspace_ids=["ws-2"])))
    await read_event(stream, "connected")
    assert await online(presence) == []
    page = await presence.ListOnline(pb.ListOnlineRequest(workspace_id="ws-2"))
    assert [user.status for user in page.users] == [DND]
    await stream.write(open_request())
    assert "message" in (await failure_of(stream.read())).fields


async def test_a_stream_ends_when_another_server_gets_the_leave(
    presence: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    other: Any = PresenceServiceStub(open_channel(await start_app()))
    stream = other.Connect()
    await stream.write(open_request(ttl=Duration(seconds=300)))
    await read_event(stream, "connected")
    assert (await presence.Leave(pb.LeaveRequest(user_id="ann"))).connections == 1
    assert not (await read_event(stream, "left")).taken_over
    assert not isinstance(await stream.read(), pb.ConnectResponse)
    assert await stream.code() is grpc.StatusCode.OK
    assert await online(presence) == []


async def test_a_stream_ends_when_another_takes_its_connection_over(presence: Any) -> None:
    first, second = presence.Connect(), presence.Connect()
    for stream in (first, second):
        await stream.write(open_request(ttl=Duration(seconds=300)))
        await read_event(stream, "connected")
    assert (await read_event(first, "left")).taken_over
    assert await first.code() is grpc.StatusCode.OK
    assert await online(presence) == ["ann"]
    second.cancel()


async def test_streams_end_with_the_server_and_keep_the_ttl(
    start_app: StartApp, open_channel: OpenChannel, presence: Any
) -> None:
    app = await start_app()
    other: Any = PresenceServiceStub(open_channel(app))
    stream, watch = other.Connect(), other.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE))
    await stream.write(open_request(grace=Duration()))
    await read_event(stream, "connected")
    await watch.read()
    ending = asyncio.create_task(end(app))
    await read_event(stream, "end")
    while (item := await watch.read()).WhichOneof("event") != "end":
        pass
    assert item.HasField("end")
    await ending
    assert await online(presence) == ["ann"]


async def test_a_watch_resumes_on_another_server(
    presence: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    other: Any = PresenceServiceStub(open_channel(await start_app()))
    watch = presence.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE))
    position = (await read_event(watch, "snapshot")).position
    watch.cancel()
    await presence.Heartbeat(heartbeat_request())
    resumed = other.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE, since=position))
    changed = await read_event(resumed, "changed")
    assert [user.user_id for user in changed.users] == ["ann"]
    assert changed.position.offset == 1
    lost = other.WatchPresence(
        pb.WatchPresenceRequest(workspace_id=WORKSPACE, since=Position(epoch=7, offset=1))
    )
    assert (await read_event(lost, "gap")).reason
    assert len((await read_event(lost, "snapshot")).users) == 1


async def test_a_watch_with_counts_only_gets_a_count_and_heartbeats(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(heartbeat_seconds=0.05)
    presence: Any = PresenceServiceStub(open_channel(app))
    watch = presence.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE, counts_only=True))
    assert (await read_event(watch, "counts")).online == 0
    await read_event(watch, "heartbeat")


OFFSETS = [0, 1, 2, 1 << 53, (1 << 53) + 1, (1 << 63) - 1, 1 << 63, (1 << 64) - 1]
EPOCHS = [0, 1, (1 << 53) + 1, 1 << 63, (1 << 64) - 1]


@pytest.mark.parametrize("counts_only", [False, True])
async def test_a_watch_resumes_from_any_position(presence: Any, *, counts_only: bool) -> None:
    await presence.Heartbeat(heartbeat_request())
    begun = presence.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE))
    at = (await read_event(begun, "snapshot")).position
    for since in (
        Position(epoch=epoch, offset=offset) for epoch in [*EPOCHS, at.epoch] for offset in OFFSETS
    ):
        watch = presence.WatchPresence(
            pb.WatchPresenceRequest(workspace_id=WORKSPACE, since=since, counts_only=counts_only)
        )
        if counts_only:
            assert (await read_event(watch, "counts")).online == 1
        elif since.offset == 0 and since.epoch in {0, at.epoch}:
            assert len((await read_event(watch, "changed")).users) == 1
        elif since != at:
            await read_event(watch, "gap")
            assert len((await read_event(watch, "snapshot")).users) == 1
        watch.cancel()


ENDS = [(1 << 63) - 1, -(1 << 63), (1 << 53) + 1, 1 << 31, -1]
DURATIONS: dict[str, tuple[str, Callable[[Duration], Any]]] = {
    "connections[0].ttl": ("Heartbeat", lambda it: heartbeat_request(connection(ttl=it))),
    "open.connection.ttl": ("Connect", lambda it: open_request(ttl=it)),
    "open.grace": ("Connect", lambda it: open_request(grace=it)),
    "grace": ("Leave", lambda it: pb.LeaveRequest(user_id="a", grace=it)),
    "active_within": ("ListOnline", lambda it: pb.ListOnlineRequest(workspace_id="w", active_within=it)),
    "status ttl": ("SetStatus", lambda it: pb.SetStatusRequest(user_id="a", ttl=it)),
    "typing ttl": ("SetTyping", lambda it: pb.SetTypingRequest(user_id="a", channel_id="c", ttl=it)),
}


@pytest.mark.parametrize("path", DURATIONS)
async def test_an_extreme_duration_is_a_violation_of_its_field(presence: Any, path: str) -> None:
    method, make = DURATIONS[path]
    for last in ENDS:
        for nanos in (0, (1 << 31) - 1, -(1 << 31)) if last != -1 else (-1,):
            request = make(Duration(seconds=last, nanos=nanos))
            if method == "Connect":
                stream = presence.Connect()
                await stream.write(request)
                failed = await failure_of(stream.read())
            else:
                failed = await failure_of(getattr(presence, method)(request))
            assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
            assert failed.fields.keys() == {path.split()[-1]}


async def test_a_page_is_never_larger_than_the_limit(presence: Any) -> None:
    await presence.Heartbeat(heartbeat_request(connection(), connection("bob")))
    for size, many in ((0, 2), (1, 1), ((1 << 31) - 1, 2)):
        page = await presence.ListOnline(pb.ListOnlineRequest(workspace_id=WORKSPACE, page_size=size))
        assert len(page.users) == many


LONG = "x" * 257
BAD_STATUS: dict[str, Any] = {"user_id": "a", "status": 9}


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("Heartbeat", pb.HeartbeatRequest(), "connections"),
        ("Heartbeat", heartbeat_request(*[connection()] * 101), "connections"),
        ("Heartbeat", heartbeat_request(connection(""), connection()), "connections[0].user_id"),
        ("Heartbeat", heartbeat_request(connection("a\n")), "connections[0].user_id"),
        ("Heartbeat", heartbeat_request(connection(LONG)), "connections[0].user_id"),
        ("Heartbeat", heartbeat_request(connection(connection_id="")), "connections[0].connection_id"),
        ("Heartbeat", heartbeat_request(connection(connection_id="\x7f")), "connections[0].connection_id"),
        ("Heartbeat", heartbeat_request(connection(device_id=LONG)), "connections[0].device_id"),
        ("Heartbeat", heartbeat_request(connection(workspace_ids=[""])), "connections[0].workspace_ids[0]"),
        (
            "Heartbeat",
            heartbeat_request(connection(workspace_ids=["w", LONG])),
            "connections[0].workspace_ids[1]",
        ),
        (
            "Heartbeat",
            heartbeat_request(connection(workspace_ids=["w", "w"])),
            "connections[0].workspace_ids",
        ),
        (
            "Heartbeat",
            heartbeat_request(connection(workspace_ids=map(str, range(21)))),
            "connections[0].workspace_ids",
        ),
        ("Heartbeat", heartbeat_request(connection(status=1)), "connections[0].status"),
        ("Heartbeat", heartbeat_request(connection(status=9)), "connections[0].status"),
        ("Heartbeat", heartbeat_request(connection(metadata={"k": "v" * 1_024})), "connections[0].metadata"),
        ("Heartbeat", heartbeat_request(connection(ttl=Duration())), "connections[0].ttl"),
        ("Heartbeat", heartbeat_request(connection(ttl=Duration(seconds=301))), "connections[0].ttl"),
        ("Leave", pb.LeaveRequest(), "user_id"),
        ("Leave", pb.LeaveRequest(user_id="a", connection_id=LONG), "connection_id"),
        ("Leave", pb.LeaveRequest(user_id="a", grace=Duration(seconds=-1)), "grace"),
        ("Leave", pb.LeaveRequest(user_id="a", grace=Duration(seconds=301)), "grace"),
        ("ListOnline", pb.ListOnlineRequest(), "workspace_id"),
        ("ListOnline", pb.ListOnlineRequest(workspace_id="w\0"), "workspace_id"),
        ("ListOnline", pb.ListOnlineRequest(workspace_id="w", page_size=-1), "page_size"),
        ("ListOnline", pb.ListOnlineRequest(workspace_id="w", page_token="?"), "page_token"),  # noqa: S106
        ("ListOnline", pb.ListOnlineRequest(workspace_id="w", page_token="cjA7"), "page_token"),  # noqa: S106
        (
            "ListOnline",
            pb.ListOnlineRequest(workspace_id="w", page_token=encode_page_token(f"r{1 << 64}")),
            "page_token",
        ),
        ("ListOnline", pb.ListOnlineRequest(workspace_id="w", page_size=-(1 << 31)), "page_size"),
        ("ListOnline", pb.ListOnlineRequest(workspace_id="w", active_within=Duration()), "active_within"),
        (
            "ListOnline",
            pb.ListOnlineRequest(workspace_id="w", active_within=Duration(seconds=301)),
            "active_within",
        ),
        (
            "ListOnline",
            pb.ListOnlineRequest(workspace_id="w", active_within=Duration(seconds=1, nanos=1)),
            "active_within",
        ),
        ("GetStatus", pb.GetStatusRequest(), "user_ids"),
        ("GetStatus", pb.GetStatusRequest(user_ids=["a"] * 101), "user_ids"),
        ("GetStatus", pb.GetStatusRequest(user_ids=["a", ""]), "user_ids[1]"),
        ("SetStatus", pb.SetStatusRequest(), "user_id"),
        ("SetStatus", pb.SetStatusRequest(**BAD_STATUS), "status"),
        ("SetStatus", pb.SetStatusRequest(user_id="a", ttl=Duration()), "ttl"),
        ("SetStatus", pb.SetStatusRequest(user_id="a", ttl=Duration(seconds=31 * 86_400)), "ttl"),
        ("SetTyping", pb.SetTypingRequest(channel_id="c"), "user_id"),
        ("SetTyping", pb.SetTypingRequest(user_id="a", channel_id=LONG), "channel_id"),
        ("SetTyping", pb.SetTypingRequest(user_id="a", channel_id="c", ttl=Duration(seconds=61)), "ttl"),
        ("SetTyping", pb.SetTypingRequest(user_id="a", channel_id="c", ttl=Duration(nanos=1)), "ttl"),
        ("ListTyping", pb.ListTypingRequest(), "channel_id"),
    ],
)
async def test_a_bad_value_is_a_violation_of_its_field_and_writes_nothing(
    presence: Any, redis_process: RedisProcess, method: str, request_: Any, field: str
) -> None:
    failed = await failure_of(getattr(presence, method)(request_))
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    with redis_process.client() as client:
        assert client.dbsize() == 0
    assert field in failed.fields


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.ConnectRequest(), "message"),
        (pb.ConnectRequest(update=pb.PresenceUpdate()), "message"),
        (pb.ConnectRequest(open=pb.PresenceOpen()), "open.connection"),
        (open_request(user=""), "open.connection.user_id"),
        (open_request(connection_id=LONG), "open.connection.connection_id"),
        (open_request(grace=Duration(seconds=301)), "open.grace"),
        (open_request(workspace_ids=["\n"]), "open.connection.workspace_ids[0]"),
    ],
)
async def test_a_bad_value_in_open_is_a_violation_of_its_field(
    presence: Any, request_: Any, field: str
) -> None:
    stream = presence.Connect()
    await stream.write(request_)
    failed = await failure_of(stream.read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in failed.fields


async def test_a_watch_without_a_workspace_is_a_violation_of_its_field(presence: Any) -> None:
    failed = await failure_of(presence.WatchPresence(pb.WatchPresenceRequest()).read())
    assert failed.fields.keys() == {"workspace_id"}
