"""The words of presence: connections, and what they make of a user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from quikstate_server.keys import Keyspace


class Status(IntEnum):
    """The stronger of two is the larger."""

    OFFLINE = 1
    AWAY = 2
    ONLINE = 3
    DO_NOT_DISTURB = 4


class Scope(NamedTuple):
    """A workspace."""

    keyspace: Keyspace
    workspace: str


class Position(NamedTuple):
    """A place among a workspace's changes; those of two epochs are not comparable."""

    epoch: int
    offset: int


@dataclass(frozen=True, slots=True)
class Connection:
    """One way in which a user is there. `ttl` in seconds; `stream` is the one that keeps it, if one does,
    which `goes_on` once it has begun."""

    user: str
    connection: str
    workspaces: tuple[str, ...] = ()
    status: Status = Status.ONLINE
    device: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    ttl: float = 60.0
    stream: str = ""
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """A user in a workspace. `seen` in Unix seconds; `connections` is 0 for a raw client's row."""

    user: str
    status: Status
    seen: int = field(compare=False)
    connections: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """`online` is how many there are in all; `cursor` where the next page begins, "" after the last."""

    users: tuple[Present, ...]
    cursor: str
    online: int


@dataclass(frozen=True, slots=True)
class LiveConnection:
    """`since` in Unix microseconds of Redis's clock, `expires_in` in seconds."""

    connection: str
    device: str
    status: Status
    workspaces: tuple[str, ...]
    metadata: Mapping[str, str]
    since: int
    expires_in: float


@dataclass(frozen=True, slots=True)
class UserPresence:
    """A user in all workspaces together. `seen` in Unix microseconds, 0 for never."""

    user: str
    status: Status
    override: Status | None
    seen: int
    connections: tuple[LiveConnection, ...]


@dataclass(frozen=True, slots=True)
class Typing:
    """`expires_in` in seconds."""

    user: str
    expires_in: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everyone who is present, by name."""

    users: tuple[Present, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Change:
    """One user whose status is another now."""

    user: Present
    position: Position


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are present, where they are too many to be told one by one."""

    online: int
    position: Position


Event = Snapshot | Change | Counts
