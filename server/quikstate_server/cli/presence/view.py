"""`quikstate presence ls`, `show` and `typing`: one call each, printed as text or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

from google.protobuf.timestamp_pb2 import Timestamp

from quikstate.v1.presence_pb2 import (
    PRESENCE_STATUS_UNSPECIFIED,
    GetStatusRequest,
    ListOnlineRequest,
    ListTypingRequest,
    LiveConnection,
    Presence,
    PresenceStatus,
    UserPresence,
)
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.output import say, say_json, say_table
from quikstate_server.cli.common.pages import read_pages
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_from_duration

_PAGE_SIZE = 1_000
_STATUS = "PRESENCE_STATUS_"


def list_online(server: ServerTarget, workspace_id: str, *, count: bool, json: bool) -> None:
    """Print the members of a workspace who are present, or their number."""
    with connected(server) as channel:
        stub = PresenceServiceStub(channel)
        if count:
            request = ListOnlineRequest(workspace_id=workspace_id, counts_only=True)
            online = stub.ListOnline(request, timeout=CALL_SECONDS).online
            return say_json({"online": online}) if json else say(str(online))
        users = list(_all_members(stub, workspace_id))
    if json:
        return say_json([as_json(user) for user in users])
    return say_table(("user", "status", "last seen", "connections"), map(_member_row, users))


def show(server: ServerTarget, user_ids: Sequence[str], *, json: bool) -> None:
    """Print users and their connections."""
    with connected(server) as channel:
        request = GetStatusRequest(user_ids=user_ids)
        users = PresenceServiceStub(channel).GetStatus(request, timeout=CALL_SECONDS).users
    if json:
        return say_json([as_json(user) for user in users])
    for index, user in enumerate(users):
        if index:
            say("")
        _say_user(user)
    return None


def list_typing(server: ServerTarget, channel_id: str, *, json: bool) -> None:
    """Print the users who type in a channel."""
    with connected(server) as channel:
        request = ListTypingRequest(channel_id=channel_id)
        users = PresenceServiceStub(channel).ListTyping(request, timeout=CALL_SECONDS).users
    if json:
        return say_json([as_json(user) for user in users])
    rows = ([user.user_id, f"{seconds_from_duration(user.expires_in):.1f}s"] for user in users)
    return say_table(("user", "expires in"), rows)


def status_text(value: PresenceStatus.ValueType) -> str:
    """Return a status as people write it, such as "do not disturb"."""
    return PresenceStatus.Name(value).removeprefix(_STATUS).lower().replace("_", " ")


def _all_members(stub: PresenceServiceStub, workspace_id: str) -> Iterator[Presence]:
    """Yield the members of all pages, each once: rows of raw Redis clients may come twice."""
    seen: set[str] = set()
    request = ListOnlineRequest(workspace_id=workspace_id, page_size=_PAGE_SIZE)
    for page in read_pages(stub.ListOnline, request):
        yield from (user for user in page.users if user.user_id not in seen)
        seen.update(user.user_id for user in page.users)


def _member_row(user: Presence) -> list[str]:
    connections = str(user.connections) if user.connections else "(raw client)"
    return [user.user_id, status_text(user.status), _time_text(user.last_seen), connections]


def _say_user(user: UserPresence) -> None:
    seen = f", last seen {_time_text(user.last_seen)}" if user.HasField("last_seen") else ""
    override = (
        f", set to {status_text(user.override)}" if user.override != PRESENCE_STATUS_UNSPECIFIED else ""
    )
    say(f"{user.user_id}: {status_text(user.status)}{override}{seen}")
    if user.connections:
        say("")
        titles = "connection", "device", "status", "since", "expires in", "workspaces", "metadata"
        say_table(titles, map(_connection_row, user.connections))


def _connection_row(live: LiveConnection) -> list[str]:
    metadata = " ".join(f"{name}={value}" for name, value in sorted(live.metadata.items()))
    return [
        live.connection_id,
        live.device_id or "-",
        status_text(live.status),
        _time_text(live.connect_time),
        f"{seconds_from_duration(live.expires_in):.1f}s",
        ",".join(live.workspace_ids) or "-",
        metadata,
    ]


def _time_text(instant: Timestamp) -> str:
    return instant.ToDatetime(UTC).astimezone().isoformat(timespec="seconds")
