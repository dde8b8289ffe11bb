"""The members of a workspace as its watchers know them, and how a newer view of it differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quikstate_server.primitives.presence.model import (
    PresenceChange,
    PresenceCount,
    PresencePosition,
    PresenceSnapshot,
    PresenceStatus,
    WorkspaceMember,
)
from quikstate_server.primitives.presence.replies import ViewKind, WorkspaceView


class WorkspaceMembers:
    """The members, their number, and the position in the log up to which they are known."""

    def __init__(self) -> None:
        self.position = PresencePosition(0, 0)
        self.has_raw_members = False
        """True if there may be raw members: the log has none of their changes."""
        self._members: dict[str, WorkspaceMember] | None = None
        self._online = -1

    @property
    def is_known(self) -> bool:
        """Return False before the first view, after `forget`, and where members are too many."""
        return self._members is not None

    def forget(self) -> None:
        """Forget the members and their number, so that watchers get both again."""
        self._members = None
        self._online = -1

    def advance(self, view: WorkspaceView) -> bool:
        """Take over the position and the number of a view; return True if the number changed."""
        is_complete = view.kind is not ViewKind.CHANGES
        self.has_raw_members = view.has_raw_members or (self.has_raw_members and not is_complete)
        self.position = view.position
        before, self._online = self._online, view.online
        return before != view.online

    def replace(self, view: WorkspaceView) -> None:
        """Take over all members of a view."""
        self._members = _present(view)

    def update(self, members: Iterable[WorkspaceMember]) -> Iterator[PresenceChange]:
        """Take over newer members; yield those whose status changed."""
        known = self._members if self._members is not None else {}
        for member in members:
            if _status_of(known.get(member.user_id)) is member.status:
                continue
            if member.status is PresenceStatus.OFFLINE:
                known.pop(member.user_id, None)
            else:
                known[member.user_id] = member
            yield PresenceChange(member, self.position)

    def differences(self, view: WorkspaceView) -> Iterator[WorkspaceMember]:
        """Yield, offline, each member that a view of all members no longer has; then those that it has."""
        known, present = self._members or {}, _present(view)
        for user_id, member in list(known.items()):
            if user_id not in present:
                yield WorkspaceMember(user_id, PresenceStatus.OFFLINE, member.last_seen)
        yield from present.values()

    def snapshot(self) -> PresenceSnapshot:
        """Return all members, by user id."""
        members = self._members or {}
        return PresenceSnapshot(tuple(members[user_id] for user_id in sorted(members)), self.position)

    def count(self) -> PresenceCount:
        """Return the number of members."""
        return PresenceCount(self._online, self.position)


def _present(view: WorkspaceView) -> dict[str, WorkspaceMember]:
    """Return who is present: a user who is hidden may also be a raw member."""
    return {
        member.user_id: member for member, _ in view.members if member.status is not PresenceStatus.OFFLINE
    }


def _status_of(member: WorkspaceMember | None) -> PresenceStatus:
    return member.status if member else PresenceStatus.OFFLINE
