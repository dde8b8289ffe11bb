"""The values of presence: connections, members of a workspace, users, and the events of a watch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from quikstate_server.keys import Keyspace


class PresenceStatus(IntEnum):
    """A status; of several connections of a user, the largest one counts."""

    OFFLINE = 1
    AWAY = 2
    ONLINE = 3
    DO_NOT_DISTURB = 4


class Workspace(NamedTuple):
    """A workspace in its keyspace."""

    keyspace: Keyspace
    id: str


class PresencePosition(NamedTuple):
    """A position in a workspace's log of changes; positions of two log epochs cannot be compared."""

    epoch: int
    offset: int


@dataclass(frozen=True, slots=True)
class PresenceConnection:
    """A connection through which a user is present. `ttl` is in seconds.

    `stream_id` names the Connect stream that sends its heartbeats, "" for a gateway's. The first heartbeat
    of a stream takes the connection over from another stream; a renewal (`is_renewal`) does not.
    """

    user_id: str
    connection_id: str
    workspace_ids: tuple[str, ...] = ()
    status: PresenceStatus = PresenceStatus.ONLINE
    device_id: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    ttl: float = 60.0
    stream_id: str = ""
    is_renewal: bool = False


@dataclass(frozen=True, slots=True)
class WorkspaceMember:
    """A user in a workspace. `last_seen` is in Unix seconds; `connections` is 0 for a raw member."""

    user_id: str
    status: PresenceStatus
    last_seen: int = field(compare=False)
    connections: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class OnlinePage:
    """A page of members. `online` counts all who are present; `cursor` begins the next page, "" if none."""

    members: tuple[WorkspaceMember, ...]
    cursor: str
    online: int


@dataclass(frozen=True, slots=True)
class LiveConnection:
    """A connection that lives. `connected_at` is in Unix microseconds, `expires_in` in seconds."""

    connection_id: str
    device_id: str
    status: PresenceStatus
    workspace_ids: tuple[str, ...]
    metadata: Mapping[str, str]
    connected_at: int
    expires_in: float


@dataclass(frozen=True, slots=True)
class UserPresence:
    """A user over all workspaces. `last_seen` is in Unix microseconds, 0 for never."""

    user_id: str
    status: PresenceStatus
    override: PresenceStatus | None
    last_seen: int
    connections: tuple[LiveConnection, ...]


@dataclass(frozen=True, slots=True)
class TypingUser:
    """A user who types in a channel. `expires_in` is in seconds."""

    user_id: str
    expires_in: float


@dataclass(frozen=True, slots=True)
class DeletedPresence:
    """What there was of a user whose presence was deleted."""

    connections: int
    typing_channels: int


@dataclass(frozen=True, slots=True)
class PresenceSnapshot:
    """All members who are present, by user id."""

    members: tuple[WorkspaceMember, ...]
    position: PresencePosition


@dataclass(frozen=True, slots=True)
class PresenceChange:
    """A member whose status changed."""

    member: WorkspaceMember
    position: PresencePosition


@dataclass(frozen=True, slots=True)
class PresenceCount:
    """The number of members who are present, where they are too many to be streamed one by one."""

    online: int
    position: PresencePosition


PresenceEvent = PresenceSnapshot | PresenceChange | PresenceCount
