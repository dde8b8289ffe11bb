"""Deletes what is kept under a user's id: sessions, presence, typing, and the cache entry of the user."""

from __future__ import annotations

from dataclasses import dataclass

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.session.sessions import Sessions


@dataclass(frozen=True, slots=True)
class DeletedUser:
    """What there was to delete."""

    sessions: int
    connections: int
    typing_channels: int
    cached: bool


@dataclass(frozen=True, slots=True)
class UserDeletion:
    """Deletes users. Each step can be repeated, so a deletion that failed half-way is finished by another."""

    sessions: Sessions
    presences: Presences
    cache: Cache

    async def delete(self, keyspace: Keyspace, user_id: str) -> DeletedUser:
        """Delete a user: first revoke, so that nothing lets the user in while the rest is deleted."""
        sessions = await self.sessions.delete_user(keyspace, user_id)
        presence = await self.presences.delete_user(keyspace, user_id)
        cached = await self._delete_entry(keyspace, user_id)
        return DeletedUser(sessions, presence.connections, presence.typing_channels, cached)

    async def _delete_entry(self, keyspace: Keyspace, user_id: str) -> bool:
        """Return whether there was one; as of a cache, its watchers are told."""
        results = await self.cache.delete(keyspace, [keys.cached("user", user_id)], ())
        return True in results.keys
