"""Converts the replies of the scripts of presence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from quikstate_server.primitives.presence.model import (
    LiveConnection,
    OnlinePage,
    PresencePosition,
    PresenceStatus,
    UserPresence,
    WorkspaceMember,
)
from quikstate_server.redis_client.reply_types import read_list, read_text, read_texts

_STATUS_NAMES = {
    b"offline": PresenceStatus.OFFLINE,
    b"away": PresenceStatus.AWAY,
    b"online": PresenceStatus.ONLINE,
    b"dnd": PresenceStatus.DO_NOT_DISTURB,
}
_LAST_SECOND = 253_402_300_799
"""The end of the year 9999, the largest Timestamp."""


class ViewKind(Enum):
    """The kind of a view: which members a read of a workspace returned."""

    CHANGES = "changes"
    """Those that changed since the position."""
    MEMBERS = "members"
    """All."""
    TOO_MANY = "too_many"
    """None, since there are more than asked for."""
    POSITION_LOST = "position_lost"
    """None, since the log no longer has the position."""


class WorkspaceView(NamedTuple):
    """A read of a workspace. Each member has the offset of its last change, 0 if unknown."""

    kind: ViewKind
    position: PresencePosition
    online: int
    has_raw_members: bool
    members: tuple[tuple[WorkspaceMember, int], ...]


def page_from_reply(reply: object) -> tuple[OnlinePage, bool]:
    """Return the page, and True if so many have expired that the count may be too high."""
    online, cursor, values, has_more_expired = read_list(reply)
    rows = zip(values[0::4], values[1::4], values[2::4], values[3::4], strict=True)
    members = (
        WorkspaceMember(read_text(user), PresenceStatus(status), _unix_seconds(seen), connections)
        for user, status, seen, connections in rows
    )
    return OnlinePage(tuple(members), cursor.decode(), online), bool(has_more_expired)


def view_from_reply(reply: object) -> WorkspaceView:
    """Return what a watch reads of a workspace."""
    kind, epoch, offset, online, has_raw_members, values = read_list(reply)
    rows = zip(values[0::4], values[1::4], values[2::4], values[3::4], strict=True)
    members = (
        (WorkspaceMember(read_text(user), PresenceStatus(status), _unix_seconds(seen)), int(changed_at))
        for user, status, seen, changed_at in rows
    )
    position = PresencePosition(int(epoch), int(offset))
    return WorkspaceView(ViewKind(kind.decode()), position, online, bool(has_raw_members), tuple(members))


def user_from_reply(user_id: str, reply: object) -> UserPresence:
    """Return a user with the connections that live, by id."""
    status, override, seen, legacy_status, values = read_list(reply)
    rows = zip(*(values[n::7] for n in range(7)), strict=True)
    connections = sorted((_live_connection(*row) for row in rows), key=lambda live: live.connection_id)
    shown = (
        PresenceStatus(status) if connections else _STATUS_NAMES.get(legacy_status, PresenceStatus.OFFLINE)
    )
    override_status = PresenceStatus(override) if override else None
    return UserPresence(user_id, shown, override_status, int(seen), tuple(connections))


def _live_connection(
    id_: bytes,
    status: int,
    device_id: bytes,
    connected_at: bytes,
    expires_in_ms: int,
    metadata: bytes,
    workspace_ids: Sequence[bytes],
) -> LiveConnection:
    return LiveConnection(
        id_.decode(),
        device_id.decode(),
        PresenceStatus(status),
        tuple(read_texts(workspace_ids)),
        json.loads(metadata or b"{}"),
        int(connected_at),
        expires_in_ms / 1_000,
    )


def _unix_seconds(score: bytes | int) -> int:
    """Return whole seconds that fit a Timestamp; a raw Redis client can write any number."""
    return int(min(max(0.0, float(score)), _LAST_SECOND))
