"""Brings in line, beside the calls, what raw clients do to lifetimes of entries and what tags invalidate."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.meta import Meta
from quikstate_server.primitives.cache.rows import Row
from quikstate_server.primitives.cache.store import CacheStore, Seen
from quikstate_server.primitives.cache.tags import Tags

_AT_ONCE = 16
"""Most acts at a time: a Redis that takes no writes must not gather them."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What fails, or is too much at once, is noticed by the next read again."""

    store: CacheStore
    tags: Tags
    tasks: BackgroundTasks

    def is_due(self, row: Row, meta: Meta) -> bool:
        """Whether a raw client prolonged the value, so that what is known of it might end first."""
        if row.state != "there" or not meta.kept:
            return False
        keep_ms = self.store.limits.cache_metadata_seconds * 1_000
        return row.now / 1_000 + self._lives_ms(row) > meta.kept - keep_ms / 2

    def seen(self, name: str, row: Row, meta: Meta, *, invalid: bool) -> Seen:
        return Seen(name, row.meta, invalid, tuple(meta.tags or ()), self._lives_ms(row) / 1_000)

    def begin(self, keyspace: Keyspace, seen: Sequence[Seen]) -> None:
        """Do it while the caller goes on, who has an answer by now."""
        if seen and self.tasks.spawned < _AT_ONCE:
            self.tasks.spawn("cache.reconcile_entries", self._reconcile(keyspace, seen))

    async def close(self) -> None:
        await self.tasks.close()

    async def _reconcile(self, keyspace: Keyspace, seen: Sequence[Seen]) -> None:
        """Tags first: an entry whose tag has no version any more is none."""
        valid = [one for one in seen if not one.invalid and one.tags]
        with suppress(QuikstateError):
            if valid:
                tags = {tag for one in valid for tag in one.tags}
                await self.tags.touch(keyspace, tags, max(one.lives for one in valid))
            await self.store.reconcile(keyspace, seen)

    def _lives_ms(self, row: Row) -> int:
        """As far as metadata is kept for it."""
        longest = self.store.limits.max_ttl_seconds * 1_000
        return row.expires if 0 <= row.expires < longest else longest
