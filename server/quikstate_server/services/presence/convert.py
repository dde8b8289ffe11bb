"""Presence, from messages into the domain and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import cast

from quikstate.v1 import position_pb2
from quikstate.v1.presence_pb2 import (
    PRESENCE_STATUS_UNSPECIFIED,
    ConnectResponse,
    LiveConnection,
    PresenceChanged,
    PresenceConnected,
    PresenceConnection,
    PresenceCounts,
    PresenceLeft,
    PresenceSnapshot,
    PresenceStatus,
    PresenceUpdate,
    TypingUser,
    UserPresence,
    WatchPresenceResponse,
)
from quikstate.v1.presence_pb2 import Presence as PresenceMessage
from quikstate.v1.watch_pb2 import WatchEnd, WatchHeartbeat
from quikstate_server.primitives.presence import model
from quikstate_server.primitives.presence.connection_stream import (
    Beaten,
    Connected,
    Ended,
    Left,
    StayEvent,
    Update,
)
from quikstate_server.primitives.presence.model import Change, Counts, Event, Snapshot, Status
from quikstate_server.services.common.protobuf_time import (
    microseconds_to_timestamp,
    seconds_from_duration,
    seconds_to_duration,
    seconds_to_timestamp,
)

DEFAULT_TYPING_SECONDS = 5.0
_DEFAULT_TTL_SECONDS = 60.0
_CURSOR = re.compile(r"n.+|r([0-9]{1,20})")


def connection_of(message: PresenceConnection) -> model.Connection:
    return model.Connection(
        message.user_id,
        message.connection_id,
        tuple(message.workspace_ids),
        _given(message.status),
        message.device_id,
        dict(message.metadata),
        seconds_from_duration(message.ttl) or _DEFAULT_TTL_SECONDS,
    )


def update_of(message: PresenceUpdate) -> Update:
    return Update(_given(message.status), tuple(message.workspace_ids))


def status_of(value: PresenceStatus.ValueType) -> Status | None:
    """None for none."""
    return Status(value) if value != PRESENCE_STATUS_UNSPECIFIED else None


def is_cursor(row: str) -> bool:
    """Return whether `row` is a cursor of ListOnline."""
    cursor = _CURSOR.fullmatch(row)
    return cursor is not None and int(cursor[1] or 0) < 1 << 64


def since_of(position: position_pb2.Position) -> model.Position:
    return model.Position(position.epoch, position.offset)


def present(user: model.Present) -> PresenceMessage:
    return PresenceMessage(
        user_id=user.user,
        status=status_value(user.status),
        last_seen=seconds_to_timestamp(user.seen),
        connections=user.connections,
    )


def user_presence(user: model.UserPresence) -> UserPresence:
    return UserPresence(
        user_id=user.user,
        status=status_value(user.status),
        override=status_value(user.override) if user.override else PRESENCE_STATUS_UNSPECIFIED,
        last_seen=microseconds_to_timestamp(user.seen or None),
        connections=map(_live, user.connections),
    )


def _live(connection: model.LiveConnection) -> LiveConnection:
    return LiveConnection(
        connection_id=connection.connection,
        device_id=connection.device,
        status=status_value(connection.status),
        workspace_ids=connection.workspaces,
        metadata=connection.metadata,
        connect_time=microseconds_to_timestamp(connection.since),
        expires_in=seconds_to_duration(connection.expires_in),
    )


def typing_user(typing: model.Typing) -> TypingUser:
    return TypingUser(user_id=typing.user, expires_in=seconds_to_duration(typing.expires_in))


def stayed(event: StayEvent) -> ConnectResponse:
    match event:
        case Connected(connection):
            return ConnectResponse(connected=PresenceConnected(connection_id=connection))
        case Beaten():
            return ConnectResponse(heartbeat=WatchHeartbeat())
        case Ended():
            return ConnectResponse(end=WatchEnd())
        case Left(taken_over):
            return ConnectResponse(left=PresenceLeft(taken_over=taken_over))


def told(events: list[Event]) -> Iterator[WatchPresenceResponse]:
    """Changes that follow each other as one."""
    for kind, run in groupby(events, key=type):
        if kind is Change:
            yield _changed([event for event in run if isinstance(event, Change)])
        else:
            yield from map(_whole, run)


def _changed(changes: Sequence[Change]) -> WatchPresenceResponse:
    users = [present(change.user) for change in changes]
    changed = PresenceChanged(users=users, position=_position(changes[-1].position))
    return WatchPresenceResponse(changed=changed)


def _whole(event: Event) -> WatchPresenceResponse:
    if isinstance(event, Snapshot):
        snapshot = PresenceSnapshot(users=map(present, event.users), position=_position(event.position))
        return WatchPresenceResponse(snapshot=snapshot)
    assert isinstance(event, Counts)  # noqa: S101 - for the type checker
    counts = PresenceCounts(online=event.online, position=_position(event.position))
    return WatchPresenceResponse(counts=counts)


def _position(position: model.Position) -> position_pb2.Position:
    return position_pb2.Position(epoch=position.epoch, offset=position.offset)


def _given(value: PresenceStatus.ValueType) -> Status:
    return status_of(value) or Status.ONLINE


def status_value(status: Status) -> PresenceStatus.ValueType:
    return cast("PresenceStatus.ValueType", int(status))
