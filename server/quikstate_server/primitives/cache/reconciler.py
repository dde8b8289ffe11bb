"""Reconciles entries with their metadata, in the background.

It removes what tags invalidated, and follows raw Redis clients that change TTLs.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.entry_row import EntryRow, EntryState
from quikstate_server.primitives.cache.entry_store import EntryStore, EntryToReconcile
from quikstate_server.primitives.cache.metadata import EntryMetadata
from quikstate_server.primitives.cache.tag_store import TagStore

_MAX_TASKS = 16
"""How many tasks run at once, so that they do not pile up while Redis takes no writes."""


@dataclass(frozen=True, slots=True)
class Reconciler:
    """Reconciles entries that reads found; the next read finds again what fails or is too much at once."""

    entries: EntryStore
    tags: TagStore
    tasks: BackgroundTasks

    def examine(
        self, name: str, row: EntryRow, metadata: EntryMetadata, *, is_invalidated: bool, takes_leases: bool
    ) -> EntryToReconcile | None:
        """Return the entry if it needs reconciling.

        It does if a tag invalidated it, unless the read takes leases: then the next script removes it. It
        also does if a raw Redis client extended its TTL so that its metadata might expire first.
        """
        if not (self._is_ttl_extended(row, metadata) or (is_invalidated and not takes_leases)):
            return None
        tags = tuple(metadata.tag_versions or ())
        return EntryToReconcile(name, row.metadata, is_invalidated, tags, self._ttl_ms(row) / 1_000)

    def start(self, keyspace: Keyspace, entries: Sequence[EntryToReconcile]) -> None:
        """Reconcile `entries` while the caller, who has its answer, goes on."""
        if entries and self.tasks.spawned_count < _MAX_TASKS:
            self.tasks.spawn("cache.reconcile_entries", self._reconcile(keyspace, entries))

    async def close(self) -> None:
        """Stop the tasks."""
        await self.tasks.close()

    async def _reconcile(self, keyspace: Keyspace, entries: Sequence[EntryToReconcile]) -> None:
        """Extend the TTLs of tags before those of entries: without a tag's version they are invalidated."""
        valid = [entry for entry in entries if not entry.is_invalidated and entry.tags]
        with suppress(QuikstateError):
            if valid:
                tags = {tag for entry in valid for tag in entry.tags}
                await self.tags.touch(keyspace, tags, max(entry.ttl_seconds for entry in valid))
            await self.entries.reconcile(keyspace, entries)

    def _is_ttl_extended(self, row: EntryRow, metadata: EntryMetadata) -> bool:
        if row.state is not EntryState.VALUE or not metadata.kept_until:
            return False
        keep_ms = self.entries.limits.cache_metadata_seconds * 1_000
        return row.now / 1_000 + self._ttl_ms(row) > metadata.kept_until - keep_ms / 2

    def _ttl_ms(self, row: EntryRow) -> int:
        """Return how long the entry lives, up to the longest time for which metadata is kept."""
        longest = self.entries.limits.max_ttl_seconds * 1_000
        return row.expires_in if 0 <= row.expires_in < longest else longest
