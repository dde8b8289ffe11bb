"""Conversions between the messages of PresenceService and the values of presence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import cast

from quikstate.v1 import presence_pb2 as pb
from quikstate.v1.position_pb2 import Position
from quikstate.v1.watch_pb2 import WatchEnd, WatchHeartbeat
from quikstate_server.primitives.presence.connection_stream import (
    ConnectionEvent,
    ConnectionLeft,
    ConnectionRegistered,
    ConnectionUpdate,
    HeartbeatSent,
)
from quikstate_server.primitives.presence.model import (
    LiveConnection,
    PresenceChange,
    PresenceConnection,
    PresenceCount,
    PresenceEvent,
    PresencePosition,
    PresenceSnapshot,
    PresenceStatus,
    TypingUser,
    UserPresence,
    WorkspaceMember,
)
from quikstate_server.primitives.streams.follow import ServerDraining
from quikstate_server.services.common.protobuf_time import (
    microseconds_to_timestamp,
    seconds_from_duration,
    seconds_to_duration,
    seconds_to_timestamp,
)

DEFAULT_TYPING_SECONDS = 5.0
_DEFAULT_TTL_SECONDS = 60.0
_CURSOR = re.compile(r"n.+|r([0-9]{1,20})")


def connection_from_proto(message: pb.PresenceConnection) -> PresenceConnection:
    """Return the connection of a heartbeat or an open message."""
    return PresenceConnection(
        message.user_id,
        message.connection_id,
        tuple(message.workspace_ids),
        status_from_proto(message.status) or PresenceStatus.ONLINE,
        message.device_id,
        dict(message.metadata),
        seconds_from_duration(message.ttl) or _DEFAULT_TTL_SECONDS,
    )


def update_from_proto(message: pb.PresenceUpdate) -> ConnectionUpdate:
    """Return what an update message replaces."""
    status = status_from_proto(message.status) or PresenceStatus.ONLINE
    return ConnectionUpdate(status, tuple(message.workspace_ids))


def status_from_proto(value: pb.PresenceStatus.ValueType) -> PresenceStatus | None:
    """Return a status; None for PRESENCE_STATUS_UNSPECIFIED."""
    return PresenceStatus(value) if value != pb.PRESENCE_STATUS_UNSPECIFIED else None


def status_to_proto(status: PresenceStatus | None) -> pb.PresenceStatus.ValueType:
    """Return PRESENCE_STATUS_UNSPECIFIED for None."""
    return cast("pb.PresenceStatus.ValueType", int(status or pb.PRESENCE_STATUS_UNSPECIFIED))


def position_from_proto(message: Position) -> PresencePosition:
    """Return the position from which a watch resumes."""
    return PresencePosition(message.epoch, message.offset)


def position_to_proto(position: PresencePosition) -> Position:
    """Return the position of an event."""
    return Position(epoch=position.epoch, offset=position.offset)


def is_cursor(row: str) -> bool:
    """Return whether `row` is a cursor of ListOnline."""
    cursor = _CURSOR.fullmatch(row)
    return cursor is not None and int(cursor[1] or 0) < 1 << 64


def member_to_proto(member: WorkspaceMember) -> pb.Presence:
    """Return a member of a workspace."""
    return pb.Presence(
        user_id=member.user_id,
        status=status_to_proto(member.status),
        last_seen=seconds_to_timestamp(member.last_seen),
        connections=member.connections,
    )


def user_to_proto(user: UserPresence) -> pb.UserPresence:
    """Return a user over all workspaces."""
    return pb.UserPresence(
        user_id=user.user_id,
        status=status_to_proto(user.status),
        override=status_to_proto(user.override),
        last_seen=microseconds_to_timestamp(user.last_seen or None),
        connections=map(live_connection_to_proto, user.connections),
    )


def live_connection_to_proto(connection: LiveConnection) -> pb.LiveConnection:
    """Return a connection that lives."""
    return pb.LiveConnection(
        connection_id=connection.connection_id,
        device_id=connection.device_id,
        status=status_to_proto(connection.status),
        workspace_ids=connection.workspace_ids,
        metadata=connection.metadata,
        connect_time=microseconds_to_timestamp(connection.connected_at),
        expires_in=seconds_to_duration(connection.expires_in),
    )


def typing_user_to_proto(user: TypingUser) -> pb.TypingUser:
    """Return a user who types."""
    return pb.TypingUser(user_id=user.user_id, expires_in=seconds_to_duration(user.expires_in))


def connection_event_to_proto(event: ConnectionEvent) -> pb.ConnectResponse:
    """Return the response of a Connect stream."""
    match event:
        case ConnectionRegistered(connection_id):
            return pb.ConnectResponse(connected=pb.PresenceConnected(connection_id=connection_id))
        case HeartbeatSent():
            return pb.ConnectResponse(heartbeat=WatchHeartbeat())
        case ServerDraining():
            return pb.ConnectResponse(end=WatchEnd())
        case ConnectionLeft(taken_over):
            return pb.ConnectResponse(left=pb.PresenceLeft(taken_over=taken_over))


def presence_events_to_proto(events: list[PresenceEvent]) -> Iterator[pb.WatchPresenceResponse]:
    """Yield the responses of a watch: changes that follow each other are one response."""
    for is_change, group in groupby(events, key=lambda event: isinstance(event, PresenceChange)):
        if is_change:
            yield _changes_to_proto(cast("list[PresenceChange]", list(group)))
        else:
            yield from map(_whole_to_proto, cast("Iterable[PresenceSnapshot | PresenceCount]", group))


def _changes_to_proto(changes: list[PresenceChange]) -> pb.WatchPresenceResponse:
    users = [member_to_proto(change.member) for change in changes]
    position = position_to_proto(changes[-1].position)
    return pb.WatchPresenceResponse(changed=pb.PresenceChanged(users=users, position=position))


def _whole_to_proto(event: PresenceSnapshot | PresenceCount) -> pb.WatchPresenceResponse:
    position = position_to_proto(event.position)
    if isinstance(event, PresenceSnapshot):
        snapshot = pb.PresenceSnapshot(users=map(member_to_proto, event.members), position=position)
        return pb.WatchPresenceResponse(snapshot=snapshot)
    return pb.WatchPresenceResponse(counts=pb.PresenceCounts(online=event.online, position=position))
