"""A HoldLock stream's handle on its lease, which works until another stream reattaches to the lease."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager

from quikstate_server.primitives.lock.model import Lease, LeaseSuperseded, LockTarget
from quikstate_server.primitives.lock.notifications import LockNotifications
from quikstate_server.primitives.lock.store import LockStore


class LeaseHandle:
    """`stream` names the stream in Redis, beside its lease; the name begins with the server's id."""

    __slots__ = ("_notifications", "_store", "stream")

    def __init__(self, store: LockStore, notifications: LockNotifications) -> None:
        self._store = store
        self._notifications = notifications
        self.stream = f"{store.server}.{secrets.token_urlsafe(9)}"

    def on_superseded(self, callback: Callable[[], None]) -> AbstractContextManager[None]:
        """Call `callback` when another stream reattaches to the lease, while entered; it may be missed."""
        return self._notifications.to_stream(self.stream, callback)

    async def reattach(self, target: LockTarget, lease_id: str, ttl: float) -> Lease | None:
        """Renew a lease, and be its stream from now on; return None if it is not held."""
        renewed = await self._store.renew(target, lease_id, ttl, stream=self.stream, reattaches=True)
        return renewed if isinstance(renewed, Lease) else None

    async def renew(self, lease: Lease, ttl: float) -> Lease | LeaseSuperseded | None:
        """Give the lease its TTL again, if this is its stream; return None if it is not held."""
        return await self._store.renew(lease.target, lease.lease_id, ttl, stream=self.stream)

    async def release(self, lease: Lease) -> None:
        """End the lease, if this is its stream."""
        await self._store.release(lease.target, lease.lease_id, self.stream)
