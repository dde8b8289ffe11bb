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
    """The server's, to look for what was written."""
    return own_redis


@pytest.fixture
def presence(channel: grpc.aio.Channel) -> Any:
    return PresenceServiceStub(channel)


def connection(user: str = "ann", **how: Any) -> pb.PresenceConnection:
    return pb.PresenceConnection(
        **({"user_id": user, "connection_id": "c", "workspace_ids": [WORKSPACE]} | how)
    )


def beat(*connections: pb.PresenceConnection) -> pb.HeartbeatRequest:
    return pb.HeartbeatRequest(connections=connections or [connection()])


def opening(**how: Any) -> pb.ConnectRequest:
    grace = how.pop("grace", None)
    return pb.ConnectRequest(open=pb.PresenceOpen(connection=connection(**how), grace=grace))


async def online(presence: Any) -> list[str]:
    return [user.user_id for user in (await presence.ListOnline(LIST)).users]


async def read(stream: Any, kind: str) -> Any:
    """The next item, which is a `kind`."""
    item = await asyncio.wait_for(stream.read(), PATIENCE_SECONDS)
    assert item.WhichOneof("event") == kind, item
    return getattr(item, kind)


async def test_heartbeats_make_present_and_leaving_ends_it(presence: Any) -> None:
    answer = await presence.Heartbeat(beat(connection(), connection("bob", status=AWAY)))
    assert [status.code for status in answer.statuses] == [0, 0]
    page = await presence.ListOnline(LIST)
    assert [(user.user_id, user.status) for user in page.users] == [("ann", ONLINE), ("bob", AWAY)]
    assert page.online == 2
    assert page.users[0].connections == 1
    assert page.users[0].last_seen.seconds > 1.7e9
    assert (await presence.Leave(pb.LeaveRequest(user_id="ann"))).connections == 1
    counted = await presence.ListOnline(pb.ListOnlineRequest(workspace_id=WORKSPACE, counts_only=True))
    assert (counted.online, len(counted.users)) == (1, 0)


async def test_a_heartbeat_that_fails_says_why_beside_those_that_do_not(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(limits={"max_user_connections": 1})
    presence: Any = PresenceServiceStub(open_channel(app))
    answer = await presence.Heartbeat(beat(connection(), connection(connection_id="other")))
    assert [status.code for status in answer.statuses] == [0, grpc.StatusCode.RESOURCE_EXHAUSTED.value[0]]
    assert answer.statuses[1].metadata == {"limit": "limits.max_user_connections"}


async def test_a_status_is_set_over_that_of_connections(presence: Any) -> None:
    await presence.Heartbeat(beat(connection(device_id="phone", metadata={"v": "7"})))
    shown = await presence.SetStatus(pb.SetStatusRequest(user_id="ann", status=DND, ttl=Duration(seconds=60)))
    assert shown.status == DND
    ann, bob = (await presence.GetStatus(pb.GetStatusRequest(user_ids=["ann", "bob"]))).users
    assert (ann.user_id, ann.status, ann.override) == ("ann", DND, DND)
    assert (ann.connections[0].device_id, ann.connections[0].metadata) == ("phone", {"v": "7"})
    assert 50 <= ann.connections[0].expires_in.seconds <= 60
    assert bob.status == pb.PRESENCE_STATUS_OFFLINE
    assert not bob.HasField("last_seen")
    assert (await presence.SetStatus(pb.SetStatusRequest(user_id="ann"))).status == ONLINE


async def test_who_types_is_listed(presence: Any) -> None:
    typing = pb.SetTypingRequest(user_id="ann", channel_id="general")
    await presence.SetTyping(typing)
    (user,) = (await presence.ListTyping(pb.ListTypingRequest(channel_id="general"))).users
    assert user.user_id == "ann"
    assert 1 <= user.expires_in.seconds <= 5
    typing.stopped = True
    await presence.SetTyping(typing)
    assert not (await presence.ListTyping(pb.ListTypingRequest(channel_id="general"))).users


async def test_all_who_are_online_come_in_pages(presence: Any) -> None:
    users = [f"u{number:02}" for number in range(25)]
    await presence.Heartbeat(beat(*map(connection, users)))
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
    await stream.write(opening(connection_id="", ttl=Duration(seconds=1)))
    assert (await read(stream, "connected")).connection_id
    for _ in range(4):
        await read(stream, "heartbeat")
    assert await online(presence) == ["ann"]
    stream.cancel()


async def test_a_stream_that_is_half_closed_is_left_at_once(presence: Any) -> None:
    stream = presence.Connect()
    await stream.write(opening())
    await read(stream, "connected")
    await stream.done_writing()
    assert not isinstance(await stream.read(), pb.ConnectResponse)
    assert await online(presence) == []


async def test_a_stream_that_breaks_leaves_its_grace_and_no_more(presence: Any) -> None:
    for user, grace in (("ann", Duration()), ("bob", Duration(seconds=60))):
        stream = presence.Connect()
        await stream.write(opening(user=user, grace=grace))
        await read(stream, "connected")
        stream.cancel()

    async def only_bob() -> bool:
        return await online(presence) == ["bob"]

    await eventually(only_bob, within=2)


@pytest.mark.parametrize(("seconds", "stays"), [(0.0, False), (60.0, True)])
async def test_a_stream_that_breaks_leaves_the_grace_of_the_settings(
    start_app: StartApp, open_channel: OpenChannel, seconds: float, stays: bool
) -> None:
    app = await start_app(limits={"presence_grace_seconds": seconds})
    presence: Any = PresenceServiceStub(open_channel(app))
    stream = presence.Connect()
    await stream.write(opening(connection_id="x"))
    await read(stream, "connected")
    stream.cancel()

    async def left() -> bool:
        (ann,) = (await presence.GetStatus(pb.GetStatusRequest(user_ids=["ann"]))).users
        return bool(ann.connections) is stays

    await eventually(left, within=2)


async def test_a_stream_whose_update_cannot_be_is_refused(presence: Any, redis_process: RedisProcess) -> None:
    stream = presence.Connect()
    await stream.write(opening())
    await read(stream, "connected")
    with redis_process.client() as client:
        client.set("workspace:taken:online", "a string")
    await stream.write(pb.ConnectRequest(update=pb.PresenceUpdate(workspace_ids=["taken"])))
    assert (await failure_of(stream.read())).reason == "ERROR_REASON_KEY_TYPE_CONFLICT"


async def test_a_stream_ends_when_its_connection_could_not_be_kept(
    presence: Any, redis_process: RedisProcess
) -> None:
    stream = presence.Connect()
    await stream.write(opening(ttl=Duration(seconds=1)))
    await read(stream, "connected")
    redis_process.kill()

    async def to_the_end() -> None:
        while isinstance(await stream.read(), pb.ConnectResponse):
            pass

    assert (await failure_of(to_the_end())).code is grpc.StatusCode.UNAVAILABLE


async def test_a_stream_that_comes_back_was_never_away(presence: Any) -> None:
    watch = presence.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE))
    assert not (await read(watch, "snapshot")).users
    first = presence.Connect()
    await first.write(opening(grace=Duration(seconds=1)))
    await read(first, "connected")
    assert [user.user_id for user in (await read(watch, "changed")).users] == ["ann"]
    second = presence.Connect()
    await second.write(opening(grace=Duration(seconds=1)))
    await read(second, "connected")
    first.cancel()

    async def unmarked() -> bool:
        (ann,) = (await presence.GetStatus(pb.GetStatusRequest(user_ids=["ann"]))).users
        return bool(ann.connections[0].expires_in.seconds > 50)

    for _ in range(20):
        assert await unmarked()
    await second.done_writing()
    left = await read(watch, "changed")
    assert [user.status for user in left.users] == [pb.PRESENCE_STATUS_OFFLINE]
    assert not left.users[0].HasField("last_seen")


async def test_a_stream_is_updated(presence: Any) -> None:
    stream = presence.Connect()
    await stream.write(opening())
    await read(stream, "connected")
    await stream.write(pb.ConnectRequest(update=pb.PresenceUpdate(status=DND, workspace_ids=["ws-2"])))
    await read(stream, "connected")
    assert await online(presence) == []
    page = await presence.ListOnline(pb.ListOnlineRequest(workspace_id="ws-2"))
    assert [user.status for user in page.users] == [DND]
    await stream.write(opening())
    assert "message" in (await failure_of(stream.read())).fields


async def test_a_stream_ends_when_its_connection_is_left_on_another_server(
    presence: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    other: Any = PresenceServiceStub(open_channel(await start_app()))
    stream = other.Connect()
    await stream.write(opening(ttl=Duration(seconds=300)))
    await read(stream, "connected")
    assert (await presence.Leave(pb.LeaveRequest(user_id="ann"))).connections == 1
    assert not (await read(stream, "left")).taken_over
    assert not isinstance(await stream.read(), pb.ConnectResponse)
    assert await stream.code() is grpc.StatusCode.OK
    assert await online(presence) == []


async def test_a_stream_whose_connection_another_takes_up_is_told_so(presence: Any) -> None:
    first, second = presence.Connect(), presence.Connect()
    for stream in (first, second):
        await stream.write(opening(ttl=Duration(seconds=300)))
        await read(stream, "connected")
    assert (await read(first, "left")).taken_over
    assert await first.code() is grpc.StatusCode.OK
    assert await online(presence) == ["ann"]
    second.cancel()


async def test_streams_end_with_the_server_and_leave_the_ttl(
    start_app: StartApp, open_channel: OpenChannel, presence: Any
) -> None:
    app = await start_app()
    other: Any = PresenceServiceStub(open_channel(app))
    stream, watch = other.Connect(), other.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE))
    await stream.write(opening(grace=Duration()))
    await read(stream, "connected")
    await watch.read()
    ending = asyncio.create_task(end(app))
    await read(stream, "end")
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
    position = (await read(watch, "snapshot")).position
    watch.cancel()
    await presence.Heartbeat(beat())
    resumed = other.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE, since=position))
    changed = await read(resumed, "changed")
    assert [user.user_id for user in changed.users] == ["ann"]
    assert changed.position.offset == 1
    lost = other.WatchPresence(
        pb.WatchPresenceRequest(workspace_id=WORKSPACE, since=Position(epoch=7, offset=1))
    )
    assert (await read(lost, "gap")).reason
    assert len((await read(lost, "snapshot")).users) == 1


async def test_a_watch_beats_in_silence_and_counts(start_app: StartApp, open_channel: OpenChannel) -> None:
    app = await start_app(heartbeat_seconds=0.05)
    presence: Any = PresenceServiceStub(open_channel(app))
    watch = presence.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE, counts_only=True))
    assert (await read(watch, "counts")).online == 0
    await read(watch, "heartbeat")


OFFSETS = [0, 1, 2, 1 << 53, (1 << 53) + 1, (1 << 63) - 1, 1 << 63, (1 << 64) - 1]
EPOCHS = [0, 1, (1 << 53) + 1, 1 << 63, (1 << 64) - 1]


@pytest.mark.parametrize("counts_only", [False, True])
async def test_a_watch_resumes_from_any_position(presence: Any, *, counts_only: bool) -> None:
    await presence.Heartbeat(beat())
    begun = presence.WatchPresence(pb.WatchPresenceRequest(workspace_id=WORKSPACE))
    at = (await read(begun, "snapshot")).position
    for since in (
        Position(epoch=epoch, offset=offset) for epoch in [*EPOCHS, at.epoch] for offset in OFFSETS
    ):
        watch = presence.WatchPresence(
            pb.WatchPresenceRequest(workspace_id=WORKSPACE, since=since, counts_only=counts_only)
        )
        if counts_only:
            assert (await read(watch, "counts")).online == 1
        elif since.offset == 0 and since.epoch in {0, at.epoch}:
            assert len((await read(watch, "changed")).users) == 1
        elif since != at:
            await read(watch, "gap")
            assert len((await read(watch, "snapshot")).users) == 1
        watch.cancel()


ENDS = [(1 << 63) - 1, -(1 << 63), (1 << 53) + 1, 1 << 31, -1]
DURATIONS: dict[str, tuple[str, Callable[[Duration], Any]]] = {
    "connections[0].ttl": ("Heartbeat", lambda it: beat(connection(ttl=it))),
    "open.connection.ttl": ("Connect", lambda it: opening(ttl=it)),
    "open.grace": ("Connect", lambda it: opening(grace=it)),
    "grace": ("Leave", lambda it: pb.LeaveRequest(user_id="a", grace=it)),
    "active_within": ("ListOnline", lambda it: pb.ListOnlineRequest(workspace_id="w", active_within=it)),
    "status ttl": ("SetStatus", lambda it: pb.SetStatusRequest(user_id="a", ttl=it)),
    "typing ttl": ("SetTyping", lambda it: pb.SetTypingRequest(user_id="a", channel_id="c", ttl=it)),
}


@pytest.mark.parametrize("path", DURATIONS)
async def test_a_duration_at_its_ends_is_refused_by_its_field(presence: Any, path: str) -> None:
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


async def test_a_page_is_never_larger_than_can_be(presence: Any) -> None:
    await presence.Heartbeat(beat(connection(), connection("bob")))
    for size, many in ((0, 2), (1, 1), ((1 << 31) - 1, 2)):
        page = await presence.ListOnline(pb.ListOnlineRequest(workspace_id=WORKSPACE, page_size=size))
        assert len(page.users) == many


LONG = "x" * 257
BAD_STATUS: dict[str, Any] = {"user_id": "a", "status": 9}


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("Heartbeat", pb.HeartbeatRequest(), "connections"),
        ("Heartbeat", beat(*[connection()] * 101), "connections"),
        ("Heartbeat", beat(connection(""), connection()), "connections[0].user_id"),
        ("Heartbeat", beat(connection("a\n")), "connections[0].user_id"),
        ("Heartbeat", beat(connection(LONG)), "connections[0].user_id"),
        ("Heartbeat", beat(connection(connection_id="")), "connections[0].connection_id"),
        ("Heartbeat", beat(connection(connection_id="\x7f")), "connections[0].connection_id"),
        ("Heartbeat", beat(connection(device_id=LONG)), "connections[0].device_id"),
        ("Heartbeat", beat(connection(workspace_ids=[""])), "connections[0].workspace_ids[0]"),
        ("Heartbeat", beat(connection(workspace_ids=["w", LONG])), "connections[0].workspace_ids[1]"),
        ("Heartbeat", beat(connection(workspace_ids=["w", "w"])), "connections[0].workspace_ids"),
        ("Heartbeat", beat(connection(workspace_ids=map(str, range(21)))), "connections[0].workspace_ids"),
        ("Heartbeat", beat(connection(status=1)), "connections[0].status"),
        ("Heartbeat", beat(connection(status=9)), "connections[0].status"),
        ("Heartbeat", beat(connection(metadata={"k": "v" * 1_024})), "connections[0].metadata"),
        ("Heartbeat", beat(connection(ttl=Duration())), "connections[0].ttl"),
        ("Heartbeat", beat(connection(ttl=Duration(seconds=301))), "connections[0].ttl"),
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
async def test_a_bad_value_is_refused_by_its_field_and_writes_nothing(
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
        (opening(user=""), "open.connection.user_id"),
        (opening(connection_id=LONG), "open.connection.connection_id"),
        (opening(grace=Duration(seconds=301)), "open.grace"),
        (opening(workspace_ids=["\n"]), "open.connection.workspace_ids[0]"),
    ],
)
async def test_a_stream_that_opens_with_a_bad_value_is_refused_by_its_field(
    presence: Any, request_: Any, field: str
) -> None:
    stream = presence.Connect()
    await stream.write(request_)
    failed = await failure_of(stream.read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in failed.fields


async def test_a_watch_of_a_bad_value_is_refused_by_its_field(presence: Any) -> None:
    failed = await failure_of(presence.WatchPresence(pb.WatchPresenceRequest()).read())
    assert failed.fields.keys() == {"workspace_id"}
