"""Validators of the requests of PresenceService."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from google.protobuf.duration_pb2 import Duration

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
from quikstate_server.primitives.presence.workspace_rows import RAW_MEMBER_SECONDS
from quikstate_server.services.common.protobuf_time import seconds_or_nan
from quikstate_server.services.common.validation import (
    Violation,
    is_plain,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits


def heartbeat(request: HeartbeatRequest, limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(request.connections) <= limits.max_heartbeats:
        yield "connections", f"must have 1 to {limits.max_heartbeats} connections"
    for index, connection in enumerate(request.connections):
        path = f"connections[{index}]"
        if not is_plain(connection.connection_id, limits.max_id_bytes):
            yield from text_violations(f"{path}.connection_id", connection.connection_id, limits.max_id_bytes)
        yield from _connection_violations(path, connection, limits)


def connect(request: ConnectRequest, limits: Limits) -> Iterator[Violation]:
    if request.HasField("open"):
        path, connection = "open.connection", request.open.connection
        connection_id = connection.connection_id
        yield from optional_text_violations(f"{path}.connection_id", connection_id, limits.max_id_bytes)
        yield from _connection_violations(path, connection, limits)
        if request.open.HasField("grace"):
            yield from _grace_violations("open.grace", request.open.grace, limits)
    elif request.HasField("update"):
        yield from _workspace_violations("update", request.update.workspace_ids, limits)


def leave(request: LeaveRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("user_id", request.user_id, limits.max_id_bytes)
    yield from optional_text_violations("connection_id", request.connection_id, limits.max_id_bytes)
    yield from _grace_violations("grace", request.grace, limits)


def list_online(request: ListOnlineRequest, limits: Limits) -> Iterator[Violation]:
    """Yield no violation for a page_size above the limit: it means the limit."""
    yield from text_violations("workspace_id", request.workspace_id, limits.max_id_bytes)
    yield from optional_text_violations("page_token", request.page_token, 2 * limits.max_id_bytes)
    within = request.active_within
    if request.HasField("active_within") and (within.nanos or not 1 <= within.seconds <= RAW_MEMBER_SECONDS):
        yield "active_within", f"must be 1 to {RAW_MEMBER_SECONDS} whole seconds"


def get_status(request: GetStatusRequest, limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(request.user_ids) <= limits.max_status_users:
        yield "user_ids", f"must have 1 to {limits.max_status_users} ids"
    for index, user in enumerate(request.user_ids):
        yield from text_violations(f"user_ids[{index}]", user, limits.max_id_bytes)


def set_status(request: SetStatusRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("user_id", request.user_id, limits.max_id_bytes)
    if request.HasField("ttl") and not 1 <= seconds_or_nan(request.ttl) <= limits.max_ttl_seconds:
        yield "ttl", f"must be 1 to {limits.max_ttl_seconds} s"


def set_typing(request: SetTypingRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("user_id", request.user_id, limits.max_id_bytes)
    yield from text_violations("channel_id", request.channel_id, limits.max_id_bytes)
    if request.HasField("ttl") and not 1 <= seconds_or_nan(request.ttl) <= limits.max_typing_seconds:
        yield "ttl", f"must be 1 to {limits.max_typing_seconds:g} s"


def list_typing(request: ListTypingRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("channel_id", request.channel_id, limits.max_id_bytes)


def watch_presence(request: WatchPresenceRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("workspace_id", request.workspace_id, limits.max_id_bytes)


def _connection_violations(path: str, connection: PresenceConnection, limits: Limits) -> Iterator[Violation]:
    if not is_plain(connection.user_id, limits.max_id_bytes):
        yield from text_violations(f"{path}.user_id", connection.user_id, limits.max_id_bytes)
    if connection.device_id:
        yield from optional_text_violations(f"{path}.device_id", connection.device_id, limits.max_id_bytes)
    yield from _workspace_violations(path, connection.workspace_ids, limits)
    size = sum(len(name.encode()) + len(value.encode()) for name, value in connection.metadata.items())
    if size > limits.max_connection_metadata_bytes:
        yield (
            f"{path}.metadata",
            f"must be at most {limits.max_connection_metadata_bytes} bytes, all keys and values together",
        )
    min_ttl, max_ttl = limits.min_presence_ttl_seconds, limits.max_presence_ttl_seconds
    if connection.HasField("ttl") and not min_ttl <= seconds_or_nan(connection.ttl) <= max_ttl:
        yield f"{path}.ttl", f"must be {min_ttl:g} to {max_ttl:g} s"


def _workspace_violations(path: str, workspaces: Sequence[str], limits: Limits) -> Iterator[Violation]:
    if len(workspaces) > limits.max_connection_workspaces:
        yield f"{path}.workspace_ids", f"must have at most {limits.max_connection_workspaces} ids"
    for index, workspace in enumerate(workspaces):
        if not is_plain(workspace, limits.max_id_bytes):
            yield from text_violations(f"{path}.workspace_ids[{index}]", workspace, limits.max_id_bytes)


def _grace_violations(path: str, grace: Duration, limits: Limits) -> Iterator[Violation]:
    if not 0 <= seconds_or_nan(grace) <= limits.max_presence_ttl_seconds:
        yield path, f"must be 0 to {limits.max_presence_ttl_seconds:g} s"
