"""Calls and values of the tests of presence, and a watcher."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import (
    PresenceChange,
    PresenceConnection,
    PresenceCount,
    PresencePosition,
    PresenceSnapshot,
    PresenceStatus,
)
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.presence.workspace_feed import PresenceMailbox
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, Mailbox, Overflow

SPACE = Keyspace()
WORKSPACE = "ws-1"
KEY = "workspace:ws-1:online"


def connection(
    user: str,
    name: str = "c",
    *workspaces: str,
    ttl: float = 60.0,
    status: PresenceStatus = PresenceStatus.ONLINE,
) -> PresenceConnection:
    return PresenceConnection(user, name, workspaces or (WORKSPACE,), status, ttl=ttl)


async def send_heartbeats(presences: Presences, *connections: PresenceConnection) -> None:
    faults = await presences.heartbeat(SPACE, connections)
    assert not any(faults), faults


async def online(presences: Presences, workspace: str = WORKSPACE) -> dict[str, PresenceStatus]:
    """Return the status of all users that ListOnline lists."""
    found: dict[str, PresenceStatus] = {}
    cursor, more = "", True
    while more:
        page = await presences.list_online(SPACE, workspace, 100, cursor)
        found |= {user.user_id: user.status for user in page.members}
        cursor, more = page.cursor, bool(page.cursor)
    return found


class Watcher:
    """A watcher of a workspace, and what it knows."""

    def __init__(
        self, presences: Presences, workspace: str = WORKSPACE, *, counts_only: bool = False
    ) -> None:
        self.users: dict[str, PresenceStatus] = {}
        self.counts: list[int] = []
        self.gaps: list[Gap] = []
        self.changed_users: list[str] = []
        """The users of all changes, in order."""
        self.snapshots = 0
        self.position = PresencePosition(0, 0)
        self.mailbox: PresenceMailbox = Mailbox(Bounds(1_000, 1_000_000), Overflow.CONFLATE)
        self._presences = presences
        self._workspace = workspace
        self._counts_only = counts_only

    async def begin(self, stack: AsyncExitStack, since: PresencePosition | None = None) -> Watcher:
        watching = self._presences.watching(
            SPACE, self._workspace, self.mailbox, since, counts_only=self._counts_only
        )
        await stack.enter_async_context(watching)
        self.read()
        return self

    def read(self) -> None:
        for item in self.mailbox.take():
            match item:
                case Gap():
                    self.gaps.append(item)
                    continue
                case PresenceSnapshot(users, _):
                    self.users = {user.user_id: user.status for user in users}
                    self.snapshots += 1
                case PresenceChange(user, _):
                    self._change(user.user_id, user.status)
                case PresenceCount(count, _):
                    self.counts.append(count)
            self.position = item.position

    def _change(self, user: str, status: PresenceStatus) -> None:
        self.changed_users.append(user)
        if status is PresenceStatus.OFFLINE:
            self.users.pop(user, None)
        else:
            self.users[user] = status

    def sees(self, users: Sequence[str] | dict[str, PresenceStatus]) -> bool:
        """Read, and return whether these users and no others are present."""
        self.read()
        wanted = users if isinstance(users, dict) else dict.fromkeys(users, PresenceStatus.ONLINE)
        return self.users == wanted
