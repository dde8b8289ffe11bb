"""The names in PresenceService's requests that a policy can restrict: users, workspaces and channels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quikstate.v1.presence_pb2 import (
    ConnectRequest,
    GetStatusRequest,
    HeartbeatRequest,
    LeaveRequest,
    ListOnlineRequest,
    ListTypingRequest,
    PresenceConnection,
    SetStatusRequest,
    SetTypingRequest,
    WatchPresenceRequest,
)


def heartbeat(request: HeartbeatRequest) -> Iterator[str]:
    for connection in request.connections:
        yield from _names(connection)


def connect(request: ConnectRequest) -> Iterator[str]:
    yield from _names(request.open.connection) if request.HasField("open") else request.update.workspace_ids


def leave(request: LeaveRequest) -> Sequence[str]:
    return [request.user_id]


def list_online(request: ListOnlineRequest) -> Sequence[str]:
    return [request.workspace_id]


def get_status(request: GetStatusRequest) -> Iterable[str]:
    return request.user_ids


def set_status(request: SetStatusRequest) -> Sequence[str]:
    return [request.user_id]


def set_typing(request: SetTypingRequest) -> Sequence[str]:
    return [request.user_id, request.channel_id]


def list_typing(request: ListTypingRequest) -> Sequence[str]:
    return [request.channel_id]


def watch_presence(request: WatchPresenceRequest) -> Sequence[str]:
    return [request.workspace_id]


def _names(connection: PresenceConnection) -> Iterator[str]:
    yield connection.user_id
    yield from connection.workspace_ids
