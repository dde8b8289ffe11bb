"""What one HoldLock stream may do with a lease: less than any other caller, once another has taken it up."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager

from quikstate_server.primitives.lock.hints import Hints
from quikstate_server.primitives.lock.model import Lease, Superseded, Target
from quikstate_server.primitives.lock.store import LockStore


class HoldStream:
    """`name` is remembered with the lease, in Redis; it begins with the server's."""

    __slots__ = ("_hints", "_store", "name")

    def __init__(self, store: LockStore, hints: Hints) -> None:
        self._store = store
        self._hints = hints
        self.name = f"{store.server}.{secrets.token_urlsafe(9)}"

    def listening(self, lost: Callable[[], None]) -> AbstractContextManager[None]:
        """While entered, `lost` is called when another stream takes the lease up, if that is heard."""
        return self._hints.of_stream(self.name, lost)

    async def take_up(self, target: Target, lease_id: str, ttl: float) -> Lease | None:
        """Renew a lease, and from now on be its stream; None if it is not held."""
        renewed = await self._renew(target, lease_id, ttl, takes_up=True)
        return renewed if isinstance(renewed, Lease) else None

    async def renew(self, lease: Lease, ttl: float) -> Lease | Superseded | None:
        """Give the lease its TTL again, as long as this is its stream."""
        return await self._renew(lease.target, lease.lease_id, ttl, takes_up=False)

    async def release(self, lease: Lease) -> None:
        """End the lease, as long as this is its stream."""
        await self._store.release(lease.target, lease.lease_id, self.name)

    async def _renew(
        self, target: Target, lease_id: str, ttl: float, *, takes_up: bool
    ) -> Lease | Superseded | None:
        return await self._store.renew(
            target, lease_id, ttl, min_replicas=0, stream=self.name, takes_up=takes_up
        )
