"""The watched workspaces of this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from quikstate_server.primitives.presence.model import Position, Scope
from quikstate_server.primitives.presence.store import PresenceStore
from quikstate_server.primitives.presence.workspace_feed import EventMailbox, Watched, Watcher
from quikstate_server.primitives.streams.joining import Shared


class Watches:
    """Each is there as long as somebody watches it."""

    def __init__(self, store: PresenceStore) -> None:
        self._watched: Shared[Scope, Watched] = Shared(lambda scope: Watched(store, scope), Watched.cancel)

    @asynccontextmanager
    async def watching(
        self, scope: Scope, mailbox: EventMailbox, since: Position | None, *, counts_only: bool
    ) -> AsyncIterator[Watched]:
        """While entered, `mailbox` gets what there is, or what changed `since`, and then each change."""
        with self._watched.using(scope) as watched:
            try:
                await watched.join(Watcher(mailbox, since, counts_only))
                yield watched
            finally:
                watched.leave(mailbox)

    async def close(self) -> None:
        await asyncio.gather(*(watched.end() for watched in self._watched))
