"""The holders of watched resources: each resource is read once for all its watchers in this process.

The scripts notify when a resource changes hands. Nothing notifies of a holder that
expires, or of what a raw Redis client does: so a resource is also read when its first
holder expires, and every few seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.model import LockState
from quikstate_server.primitives.lock.store import LockStore, events_channel
from quikstate_server.primitives.streams.mailbox import Mailbox
from quikstate_server.primitives.streams.watch_hub import Feed, WatchHub
from quikstate_server.primitives.timing import next_poll

_POLL_SECONDS = 5.0
_MAX_HOLDERS = 10

LockStateMailbox = Mailbox[LockState]


class LockWatches:
    """The watched resources of this process."""

    def __init__(self, store: LockStore) -> None:
        self._hub: WatchHub[tuple[Keyspace, str], _LockFeed] = WatchHub(
            "lock.watch", store.redis_client, lambda key: _LockFeed(store, *key)
        )

    def watching(
        self, keyspace: Keyspace, resources: Sequence[str], mailbox: LockStateMailbox
    ) -> AbstractAsyncContextManager[Sequence[LockState]]:
        """Return the states of the resources; while entered, each change is put into `mailbox`."""
        return self._hub.watching([(keyspace, resource) for resource in resources], mailbox)

    async def close(self) -> None:
        await self._hub.close()


class _LockFeed(Feed[LockState, LockState]):
    """One resource."""

    def __init__(self, store: LockStore, keyspace: Keyspace, resource: str) -> None:
        super().__init__(store.redis_client, events_channel(keyspace, resource))
        self._store = store
        self._keyspace = keyspace
        self._resource = resource
        self._state: LockState | None = None
        """As the watchers know it; None if they may have missed something."""

    def on_gap(self) -> None:
        self._state = None
        super().on_gap()

    async def refresh(self, joining: Collection[LockStateMailbox]) -> float:
        state = await self._store.get(self._keyspace, self._resource, _MAX_HOLDERS)
        if state != self._state:
            self._state = state
            for mailbox in self.mailboxes:
                mailbox.put(state, key=self._resource)
        for mailbox in joining:
            self.admit(mailbox, state)
        return next_poll(_first_expiry(state), _POLL_SECONDS)


def _first_expiry(state: LockState) -> float | None:
    """Return in how many seconds the first holder expires unless it renews; None for never."""
    return min((holder.expires_in for holder in state.holders), default=state.expires_in)
