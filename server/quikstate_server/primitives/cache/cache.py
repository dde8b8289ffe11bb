"""The cache: a caller that misses an entry fills it, waits until another has filled it, or takes it stale."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.entry_reader import EntryReader, all_tags
from quikstate_server.primitives.cache.entry_store import (
    EntryStore,
    changes_channel,
)
from quikstate_server.primitives.cache.fill_leases import FillLeases
from quikstate_server.primitives.cache.metadata import (
    EntryMetadata,
    parse_tag_versions,
)
from quikstate_server.primitives.cache.model import (
    CacheDeleteResults,
    CacheRead,
    CacheReadResult,
    CacheWrite,
    CacheWriteResult,
    WriteCondition,
)
from quikstate_server.primitives.cache.prepared_write import PreparedWrite
from quikstate_server.primitives.cache.read_results import (
    ReadResults,
    indexes_to_wait_for,
    next_lease_expiry,
)
from quikstate_server.primitives.cache.reconciler import Reconciler
from quikstate_server.primitives.cache.response_budget import ResponseBudget
from quikstate_server.primitives.cache.tag_store import TagStore, TagVersions
from quikstate_server.primitives.cache.watch import (
    InvalidationFilter,
    InvalidationMailbox,
    watch_invalidations,
)
from quikstate_server.primitives.notification import Notification
from quikstate_server.primitives.timing import next_poll
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.slot_batches import raise_if_all_failed
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.settings import Limits
from quikstate_server.signals import Signal


class Cache:
    """A cache in Redis. Several servers may share one Redis: leases and waiting work across all of them."""

    def __init__(self, redis_client: RedisClient, limits: Limits) -> None:
        self._redis_client = redis_client
        self._limits = limits
        self._entries = EntryStore(redis_client, limits)
        self._tags = TagStore(redis_client, limits)
        self._reconciler = Reconciler(self._entries, self._tags, BackgroundTasks(redis_client.monitor))
        self._reader = EntryReader(self._entries, self._tags, self._reconciler)
        self._abandoning = BackgroundTasks(redis_client.monitor)

    async def start(self) -> None:
        """Do nothing: tasks start with the calls that need them."""

    async def close(self) -> None:
        """Stop the background tasks."""
        await self._abandoning.close()
        await self._reconciler.close()

    async def get(self, request: CacheRead) -> Sequence[CacheReadResult | QuikstateError]:
        """Return the entry of each name, or its error; raise the first error if all names failed.

        A call that is cancelled gives back the leases that it may have been granted.
        """
        leases = FillLeases.of_seconds(request.lease_seconds)
        budget = ResponseBudget.for_entries(len(request.names), self._limits)
        try:
            results = await self._reader.read(request, dict(enumerate(request.names)), leases, budget)
            if request.wait_seconds and indexes_to_wait_for(results):
                await self._wait_for_fills(request, results, leases, budget)
        except asyncio.CancelledError:
            if leases.lifetime:
                self._abandon_leases(request, leases)
            raise
        return raise_if_all_failed([results[index] for index in range(len(results))])

    async def set(
        self, keyspace: Keyspace, writes: Sequence[CacheWrite]
    ) -> Sequence[CacheWriteResult | QuikstateError]:
        """Store entries; return the result of each, or its error; raise the first error if all failed.

        The versions of tags are read before the entry that keeps them is written. So an invalidation in
        between makes the entry a miss, and nothing stale is stored.
        """
        invalidated = await self._read_invalidated_metadata(keyspace, writes)
        versions = await self._touch_tags(keyspace, writes)
        prepared: dict[int, PreparedWrite] = {}
        results: dict[int, CacheWriteResult | QuikstateError] = {}
        for index, write in enumerate(writes):
            try:
                prepared[index] = PreparedWrite.with_tags(write, versions, invalidated.get(index, b""))
            except QuikstateError as error:
                results[index] = error
        written = await self._entries.write(keyspace, list(prepared.values()))
        results |= zip(prepared, written, strict=True)
        return raise_if_all_failed([results[index] for index in range(len(writes))])

    async def delete(
        self, keyspace: Keyspace, names: Sequence[str], tags: Sequence[str]
    ) -> CacheDeleteResults:
        """Delete entries and invalidate tags; raise the first error if all failed."""
        deleted, invalidated = await asyncio.gather(
            self._entries.delete(keyspace, names), self._tags.invalidate(keyspace, tags)
        )
        raise_if_all_failed([*deleted, *invalidated])
        return CacheDeleteResults(deleted, invalidated)

    def watch(
        self, keyspace: Keyspace, watched: InvalidationFilter, mailbox: InvalidationMailbox
    ) -> AbstractAsyncContextManager[None]:
        """Put each invalidation that `watched` includes into `mailbox` while entered."""
        return watch_invalidations(self._redis_client.subscriber, keyspace, watched, mailbox)

    async def _wait_for_fills(
        self, request: CacheRead, results: ReadResults, leases: FillLeases, budget: ResponseBudget
    ) -> None:
        """Read again whenever an entry may have been filled, until all are known or this caller got a lease.

        A notification can be lost and a filler can die, so this also reads when a lease expires, and once a
        second.
        """
        deadline = time.monotonic() + request.wait_seconds
        pending = indexes_to_wait_for(results)
        names = [request.names[index] for index in pending]
        async with self._notified_of_changes(request.keyspace, names) as changed:
            while pending:
                changed.clear()
                pending_names = {index: request.names[index] for index in pending}
                results |= await self._reader.read(request, pending_names, leases, budget)
                pending = indexes_to_wait_for(results)
                if time.monotonic() >= deadline:
                    return
                if pending:
                    await changed.wait(min(deadline, next_poll(next_lease_expiry(results))))

    @asynccontextmanager
    async def _notified_of_changes(self, keyspace: Keyspace, names: Sequence[str]) -> AsyncIterator[Signal]:
        """Yield a signal that is set when one of the entries is stored or deleted, or its lease ends."""
        notification = Notification()
        subscriber = self._redis_client.subscriber
        channels = [ChannelFilter(changes_channel(keyspace, name)) for name in names]
        try:
            with suppress(QuikstateError):  # without notifications the reads once a second find the changes
                await asyncio.gather(*(subscriber.subscribe(channel, notification) for channel in channels))
            yield notification.signal
        finally:
            for channel in channels:
                subscriber.unsubscribe(channel, notification)

    def _abandon_leases(self, request: CacheRead, leases: FillLeases) -> None:
        """Give the leases back in the background, so that nobody waits until they expire."""
        writes = [
            CacheWrite(name, None, condition=WriteCondition.LEASE, expected=leases.token(index), abandon=True)
            for index, name in enumerate(request.names)
        ]

        async def abandon() -> None:
            with suppress(QuikstateError):
                await self._entries.write(request.keyspace, [PreparedWrite(write) for write in writes])

        self._abandoning.spawn("cache.abandon_lease", abandon())

    async def _read_invalidated_metadata(
        self, keyspace: Keyspace, writes: Sequence[CacheWrite]
    ) -> dict[int, bytes]:
        """Return the metadata of present entries that a tag invalidated: for a condition they are absent."""
        indexes = [
            index
            for index, write in enumerate(writes)
            if write.condition in (WriteCondition.ABSENT, WriteCondition.ETAG)
        ]
        texts = await self._entries.read_metadata(keyspace, [writes[index].name for index in indexes])
        known = {
            index: text
            for index, text in zip(indexes, texts, strict=True)
            if isinstance(text, bytes) and text
        }
        metadata = {
            index: EntryMetadata(tag_versions=parse_tag_versions(text)) for index, text in known.items()
        }
        versions = await self._tags.read(keyspace, all_tags(metadata.values()))
        return {index: text for index, text in known.items() if _is_invalidated(metadata[index], versions)}

    async def _touch_tags(self, keyspace: Keyspace, writes: Sequence[CacheWrite]) -> TagVersions:
        tagged = [write for write in writes if write.tags]
        if not tagged:
            return {}
        longest_ttl = max(write.ttl for write in tagged)
        return await self._tags.touch(keyspace, [tag for write in tagged for tag in write.tags], longest_ttl)


def _is_invalidated(metadata: EntryMetadata, versions: TagVersions) -> bool:
    try:
        return metadata.is_invalidated(versions)
    except QuikstateError:
        return False  # the version is unknown: the present entry counts
