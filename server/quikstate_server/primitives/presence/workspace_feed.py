"""The feed of a watched workspace: it is read once for all its watchers in this process.

Every change is in the workspace's log. A published message only says that it is
time to read on, so that a lost message loses no change. The log lacks the
changes of raw members: where there are any, all members are read and compared
every few seconds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Collection, Iterable
from contextlib import aclosing

from quikstate_server.primitives.presence.model import (
    PresenceChange,
    PresenceEvent,
    PresencePosition,
    Workspace,
    WorkspaceMember,
)
from quikstate_server.primitives.presence.replies import ViewKind, WorkspaceView
from quikstate_server.primitives.presence.workspace_members import WorkspaceMembers
from quikstate_server.primitives.presence.workspace_rows import WorkspaceRows, changes_channel
from quikstate_server.primitives.streams.follow import Heartbeat, ServerDraining, Streams
from quikstate_server.primitives.streams.mailbox import Gap, GapReason, Mailbox
from quikstate_server.primitives.streams.watch_hub import Feed

_POLL_SECONDS = 5.0
_BACK_TO_MEMBERS = 0.9
"""A workspace that had too many members is streamed one by one again below this part of the limit."""
_WHOLE = "\n"
"""The mailbox key of a snapshot and of a count; no user id has a control character."""

PresenceMailbox = Mailbox[PresenceEvent]


class WorkspaceFeed(Feed[PresenceEvent, None]):
    """The feed of one workspace. Its watchers get snapshots and changes, or counts alone."""

    def __init__(self, rows: WorkspaceRows, workspace: Workspace) -> None:
        super().__init__(rows.redis_client, changes_channel(rows.channel_prefix, workspace))
        self._rows = rows
        self._limits = rows.limits
        self._workspace = workspace
        self._members = WorkspaceMembers()
        self._has_too_many = False
        self._beginning: dict[PresenceMailbox, PresencePosition | None] = {}
        """Watchers without a first event yet, and where they resume: they join, or were too slow."""
        self._counts_only: set[PresenceMailbox] = set()
        self._refreshed_at = 0.0

    async def begin(
        self, mailbox: PresenceMailbox, since: PresencePosition | None, *, counts_only: bool
    ) -> None:
        """Return once the mailbox has its first event: what changed `since`, or a snapshot, or a count."""
        self._beginning[mailbox] = since
        if counts_only:
            self._counts_only.add(mailbox)
        await self.join(mailbox)

    def leave(self, mailbox: PresenceMailbox) -> None:
        """Put no more events into a mailbox."""
        super().leave(mailbox)
        self._beginning.pop(mailbox, None)
        self._counts_only.discard(mailbox)

    async def follow(
        self, streams: Streams, mailbox: PresenceMailbox
    ) -> AsyncGenerator[list[PresenceEvent | Gap] | Heartbeat | ServerDraining, None]:
        """Yield what the mailbox gets; a watcher that was too slow begins again with a snapshot."""
        async with aclosing(streams.follow(mailbox)) as events:
            async for event in events:
                if isinstance(event, list) and Gap(GapReason.SLOW_READER) in event:
                    self._begin_again(mailbox)
                yield event
                del event

    def _begin_again(self, mailbox: PresenceMailbox) -> None:
        if mailbox in self.mailboxes:
            self.mailboxes.remove(mailbox)
            self._beginning[mailbox] = None
            self.wake()

    def on_gap(self) -> None:
        """Read and compare all members: after a failover, the log itself may be another one."""
        self._members.has_raw_members = True
        self.wake()

    def on_fault(self, error: Exception) -> None:
        """Tell the watchers of a gap, and send everything again: what is known cannot be trusted."""
        self.refuse(error)
        self._lose_position()

    def refuse(self, error: Exception) -> None:
        """Refuse all who join. The watchers get what they missed once Redis can be read."""
        for mailbox in self.joining:
            self._beginning.pop(mailbox, None)
        super().refuse(error)

    async def wait_for_refresh(self, until: float) -> None:
        """Wait until a refresh is due, and then for the time in which changes are coalesced."""
        await super().wait_for_refresh(until)
        if not self._beginning:  # a new watcher need not wait
            coalesced_at = self._refreshed_at + self._limits.presence_coalesce_seconds
            await asyncio.sleep(max(0.0, coalesced_at - time.monotonic()))

    async def refresh(self, joining: Collection[PresenceMailbox]) -> float:
        """Read on, tell the watchers of changes, and send new watchers their first event."""
        self._refreshed_at = time.monotonic()
        beginning, new = list(self._beginning), set(joining)
        if self._members.is_known:
            await self._read_changes()
        else:
            await self._read_all()
        for mailbox in beginning:
            if mailbox in self._beginning:
                await self._put_first_event(mailbox, self._beginning[mailbox])
            if mailbox not in self._beginning:  # it has left meanwhile
                continue
            del self._beginning[mailbox]
            if mailbox in new:
                self.admit(mailbox, None)
            else:
                self.mailboxes.add(mailbox)
        return time.monotonic() + _POLL_SECONDS

    async def _read_all(self) -> None:
        """Read all members and send a snapshot; where they are too many, send their number."""
        limit = self._limits.max_watched_members
        view = await self._rows.watch(
            self._workspace, None, round(limit * _BACK_TO_MEMBERS) if self._has_too_many else limit
        )
        self._has_too_many = view.kind is ViewKind.TOO_MANY
        self._advance(view)
        if not self._has_too_many:
            self._members.replace(view)
            self._put(self._members.snapshot(), _WHOLE)

    async def _read_changes(self) -> None:
        """Read what changed since the last refresh, page after page."""
        while True:
            view = await self._rows.watch(self._workspace, self._members.position, self._page_size)
            if view.kind is ViewKind.POSITION_LOST:
                self._lose_position()
                await self._read_all()
                return
            if view.online > self._limits.max_watched_members:
                self._members.forget()
                self._has_too_many = True
                self._advance(view)
                return
            self._apply(view, (member for member, _ in view.members))
            if len(view.members) < self._page_size:
                break
        if self._members.has_raw_members:
            await self._compare_all()

    async def _compare_all(self) -> None:
        """Read all members, and tell the watchers what differs from what they know."""
        view = await self._rows.watch(self._workspace, None, self._limits.max_watched_members)
        if view.kind is ViewKind.TOO_MANY or self._members.position.epoch not in {0, view.position.epoch}:
            return  # the next refresh finds out by reading on
        self._apply(view, self._members.differences(view))

    def _apply(self, view: WorkspaceView, members: Iterable[WorkspaceMember]) -> None:
        self._advance(view)
        self._update(members)

    def _update(self, members: Iterable[WorkspaceMember]) -> None:
        """Take over newer members, and tell the watchers of those whose status changed."""
        for change in self._members.update(members):
            user_id = change.member.user_id
            self._put(change, user_id, len(user_id))

    def _advance(self, view: WorkspaceView) -> None:
        """Take over the position and number of a view; tell those who are sent the number if it changed."""
        if not self._members.advance(view):
            return
        for mailbox in self.mailboxes if self._has_too_many else self._counts_only & self.mailboxes:
            mailbox.put(self._members.count(), key=_WHOLE)

    def _put(self, event: PresenceEvent, key: str, size: int = 0) -> None:
        """Put an event into the mailboxes of all who are sent more than the number."""
        for mailbox in self.mailboxes - self._counts_only:
            mailbox.put(event, size, key=key)

    def _lose_position(self) -> None:
        self._members.forget()
        for mailbox in self.mailboxes:
            mailbox.gap(GapReason.POSITION_LOST)

    async def _put_first_event(self, mailbox: PresenceMailbox, since: PresencePosition | None) -> None:
        if mailbox in self._counts_only or self._has_too_many:
            mailbox.put(self._members.count(), key=_WHOLE)
        elif since is None or not await self._resume(mailbox, since):
            mailbox.put(self._members.snapshot(), key=_WHOLE)

    async def _resume(self, mailbox: PresenceMailbox, since: PresencePosition) -> bool:
        """Put what changed since the position into the mailbox; return False if it needs a snapshot.

        Changes after the last refresh also go to the other watchers. Otherwise, if a user is back to the
        status that they know by the next refresh, this watcher would keep the status in between.
        """
        position = since
        while True:
            view = await self._rows.watch(self._workspace, position, self._page_size)
            if view.kind is ViewKind.POSITION_LOST:
                mailbox.gap(GapReason.POSITION_LOST)
                return False
            for member, offset in view.members:
                self._update([member])
                known = min(offset, self._members.position.offset)
                change = PresenceChange(member, PresencePosition(view.position.epoch, known))
                mailbox.put(change, len(member.user_id), key=member.user_id)
            if len(view.members) < self._page_size:
                return not self._members.has_raw_members
            position = view.position

    @property
    def _page_size(self) -> int:
        return max(1, self._limits.max_watched_members)
