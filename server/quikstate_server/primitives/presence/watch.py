"""The watched workspaces of this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from quikstate_server.primitives.presence.model import Position, Scope
from quikstate_server.primitives.presence.store import PresenceStore
from quikstate_server.primitives.presence.watched import EventMailbox, Watched, Watcher


class Watches:
    """Each is there as long as somebody watches it."""

    def __init__(self, store: PresenceStore) -> None:
        self._store = store
        self._watched: dict[Scope, Watched] = {}

    @asynccontextmanager
    async def watching(
        self, scope: Scope, mailbox: EventMailbox, since: Position | None, *, counts_only: bool
    ) -> AsyncIterator[Watched]:
        """While entered, `mailbox` gets what there is, or what changed `since`, and then each change."""
        watched = self._of(scope)
        try:
            await watched.join(Watcher(mailbox, since, counts_only))
            yield watched
        finally:
            self._leave(scope, mailbox)

    async def close(self) -> None:
        await asyncio.gather(*(watched.end() for watched in self._watched.values()))

    def _of(self, scope: Scope) -> Watched:
        if scope not in self._watched:
            self._watched[scope] = Watched(self._store, scope)
        return self._watched[scope]

    def _leave(self, scope: Scope, mailbox: EventMailbox) -> None:
        """The last one to leave ends the watch."""
        watched = self._watched[scope]
        watched.leave(mailbox)
        if watched.idle:
            del self._watched[scope]
            watched.cancel()
