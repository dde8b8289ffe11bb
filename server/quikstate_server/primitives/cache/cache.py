"""Entries, as callers ask for them: whoever misses fills, waits for who fills, or takes what is stale."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.meta import Meta, read_meta, tags_of, tags_text
from quikstate_server.primitives.cache.model import Condition, Found, Item, Outcome, Stored, Wanted
from quikstate_server.primitives.cache.rows import Leases, Room, Row
from quikstate_server.primitives.cache.slots import unless_all_failed
from quikstate_server.primitives.cache.store import CacheStore, Seen, Write, changes_channel
from quikstate_server.primitives.cache.tags import Tags, Versions
from quikstate_server.primitives.cache.upkeep import Upkeep
from quikstate_server.primitives.cache.watch import InvalidationMailbox, Subjects, watching
from quikstate_server.primitives.notification import Notification
from quikstate_server.primitives.timing import next_poll
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.settings import Limits
from quikstate_server.signals import Signal

_MOST_LOOKS = 3
"""How often an entry is read anew that was invalidated by a tag, before it is called a miss."""

_LONGEST_MS = 315_576_000_000 * 1_000
"""Until a value expires that a raw client gave more: a protobuf Duration holds no more than 10,000 years."""

Answer = Found | QuikstateError
Deleted = tuple[Sequence[bool | QuikstateError], Sequence[bool | QuikstateError]]


class Cache:
    """Several servers may share one Redis: leases and waiting work over all of them."""

    def __init__(self, redis_client: RedisClient, limits: Limits) -> None:
        self._redis_client = redis_client
        self._limits = limits
        self._store = CacheStore(redis_client, limits)
        self._tags = Tags(redis_client, limits)
        self._upkeep = Upkeep(self._store, self._tags, BackgroundTasks(redis_client.monitor))
        self._abandoning = BackgroundTasks(redis_client.monitor)

    async def start(self) -> None:
        """Nothing runs beside the calls."""

    async def close(self) -> None:
        await self._abandoning.close()
        await self._upkeep.close()

    async def get(self, wanted: Wanted) -> Sequence[Answer]:
        """An answer to each name; what fails for all of them is raised.

        A call that is cancelled gives back the leases that it may have got.
        """
        leases = Leases.of(wanted.lease_seconds)
        room = Room.of_answer(len(wanted.names), self._limits)
        try:
            found = await self._read(wanted, dict(enumerate(wanted.names)), leases, room)
            if wanted.wait and _others_fill(found):
                await self._wait(wanted, found, leases, room)
        except asyncio.CancelledError:
            if leases.lifetime:
                self._abandon(wanted, leases)
            raise
        return unless_all_failed([found[place] for place in range(len(found))])

    async def set(self, keyspace: Keyspace, items: Sequence[Item]) -> Sequence[Stored | QuikstateError]:
        """What became of each item; what fails for all of them is raised.

        In this order, so that nothing stale is stored: versions of tags are read before the entry that holds
        them is written, which an invalidation in between makes a miss.
        """
        invalid = await self._invalid_metas(keyspace, items)
        versions = await self._versions_for(keyspace, items)
        writes: dict[int, Write] = {}
        answers: dict[int, Stored | QuikstateError] = {}
        for place, item in enumerate(items):
            try:
                writes[place] = _write(item, versions, invalid.get(place, b""))
            except QuikstateError as error:
                answers[place] = error
        answers |= zip(writes, await self._store.write(keyspace, list(writes.values())), strict=True)
        return unless_all_failed([answers[place] for place in range(len(items))])

    async def delete(self, keyspace: Keyspace, names: Sequence[str], tags: Sequence[str]) -> Deleted:
        """Whether there was an entry of each name, and that each tag has a new version."""
        deleted, invalidated = await asyncio.gather(
            self._store.delete(keyspace, names), self._tags.invalidate(keyspace, tags)
        )
        unless_all_failed([*deleted, *invalidated])
        return deleted, invalidated

    def watching(
        self, keyspace: Keyspace, subjects: Subjects, mailbox: InvalidationMailbox
    ) -> AbstractAsyncContextManager[None]:
        """While entered, each invalidation of `subjects` is put into `mailbox`."""
        return watching(self._redis_client.subscriber, keyspace, subjects, mailbox)

    async def _read(
        self, wanted: Wanted, names: Mapping[int, str], leases: Leases, room: Room
    ) -> dict[int, Answer]:
        """Entries that a tag invalidated are read again as if they were not there, to get a lease."""
        found: dict[int, Answer] = {}
        invalid: dict[int, bytes] = {}
        seen: list[Seen] = []
        for _ in range(_MOST_LOOKS):
            pending = {place: name for place, name in names.items() if place not in found}
            rows = await self._store.read(wanted.keyspace, pending, leases, invalid, room)
            metas = {
                place: read_meta(row.meta, row.etag) for place, row in rows.items() if isinstance(row, Row)
            }
            versions = await self._tags.versions(wanted.keyspace, _all_tags(metas.values()))
            for place, row in rows.items():
                try:
                    if isinstance(row, QuikstateError):
                        raise row
                    meta = metas[place]
                    counts = not meta.invalid(versions)
                    if self._upkeep.is_due(row, meta) or not (counts or leases.lifetime):
                        seen.append(self._upkeep.seen(names[place], row, meta, invalid=not counts))
                    if not counts:
                        invalid[place] = row.meta
                        room.gives_back(row.value)
                        continue
                    one = found[place] = _found(row, meta, leases.token(place), wanted)
                    if one.outcome is Outcome.MISS:
                        room.gives_back(row.value)
                except QuikstateError as error:
                    found[place] = error
            if len(found) == len(names):
                break
        self._upkeep.begin(wanted.keyspace, seen)
        return {place: found.get(place, Found(Outcome.MISS)) for place in names}

    async def _wait(self, wanted: Wanted, found: dict[int, Answer], leases: Leases, room: Room) -> None:
        """Read again whenever an entry may have been filled, until all are known or one is ours to fill.

        Hints can be lost, and a filler can die: so it is also looked when a lease lapses, and each second.
        """
        until = time.monotonic() + wanted.wait
        pending = _others_fill(found)
        async with self._changes(wanted.keyspace, [wanted.names[place] for place in pending]) as changed:
            while pending:
                changed.clear()
                names = {place: wanted.names[place] for place in pending}
                found |= await self._read(wanted, names, leases, room)
                pending = _others_fill(found)
                now = time.monotonic()
                if now >= until:
                    return
                lapses = [one.lapses_in for one in found.values() if isinstance(one, Found) and one.filling]
                if pending:
                    await changed.wait(min(until, next_poll(min(lapses))))

    @asynccontextmanager
    async def _changes(self, keyspace: Keyspace, names: Sequence[str]) -> AsyncIterator[Signal]:
        """Set whenever one of the entries was stored or deleted, or its lease given back."""
        bell = Notification()
        subscriber = self._redis_client.subscriber
        topics = [ChannelFilter(changes_channel(keyspace, name)) for name in names]
        try:
            with suppress(QuikstateError):  # without hints the looks still find what changed
                await asyncio.gather(*(subscriber.subscribe(topic, bell) for topic in topics))
            yield bell.signal
        finally:
            for topic in topics:
                subscriber.unsubscribe(topic, bell)

    def _abandon(self, wanted: Wanted, leases: Leases) -> None:
        """Nobody waits for a filler who is gone, longer than this takes; at most for the lease's lifetime."""

        async def abandon() -> None:
            items = [
                Item(name, None, condition=Condition.LEASE, wanted=leases.token(place), abandon=True)
                for place, name in enumerate(wanted.names)
            ]
            with suppress(QuikstateError):
                await self._store.write(wanted.keyspace, [Write(item) for item in items])

        self._abandoning.spawn("cache.abandon_lease", abandon())

    async def _invalid_metas(self, keyspace: Keyspace, items: Sequence[Item]) -> dict[int, bytes]:
        """Of entries that a tag invalidated: for a condition on what is there, they are not."""
        asked = [
            place for place, item in enumerate(items) if item.condition in (Condition.ABSENT, Condition.ETAG)
        ]
        metas = await self._store.metas(keyspace, [items[place].name for place in asked])
        known = {
            place: meta for place, meta in zip(asked, metas, strict=True) if isinstance(meta, bytes) and meta
        }
        tags = {place: Meta(tags=tags_of(meta)) for place, meta in known.items()}
        versions = await self._tags.versions(keyspace, _all_tags(tags.values()))
        return {place: meta for place, meta in known.items() if _is_invalid(tags[place], versions)}

    async def _versions_for(self, keyspace: Keyspace, items: Sequence[Item]) -> Versions:
        tagged = [item for item in items if item.tags]
        if not tagged:
            return {}
        longest = max(item.ttl for item in tagged)
        return await self._tags.touch(keyspace, [tag for item in tagged for tag in item.tags], longest)


def _all_tags(metas: Iterable[Meta]) -> set[str]:
    return {tag for meta in metas for tag in meta.tags or ()}


def _is_invalid(meta: Meta, versions: Versions) -> bool:
    try:
        return meta.invalid(versions)
    except QuikstateError:
        return False  # it is not known: what is there stays


def _found(row: Row, meta: Meta, token: str, wanted: Wanted) -> Found:
    lease = token if row.holder == token else ""
    filling = bool(row.holder) and not lease
    expires_in = min(row.expires, _LONGEST_MS) / 1_000 if row.expires >= 0 else None
    if row.state == "negative":
        return Found(Outcome.NEGATIVE, expires_in=expires_in)
    stale = 0 < meta.soft <= row.now
    if row.state == "absent" or (stale and not wanted.accept_stale):
        return Found(Outcome.MISS, lease=lease, filling=filling, lapses_in=row.lapses / 1_000)
    if not stale:
        return Found(Outcome.HIT, row.value, row.etag, expires_in)
    return Found(Outcome.STALE, row.value, row.etag, expires_in, lease, filling, row.lapses / 1_000)


def _others_fill(found: Mapping[int, Answer]) -> list[int]:
    """The misses that are worth waiting for: none, once there is one for this caller to fill."""
    known = {place: one for place, one in found.items() if isinstance(one, Found)}
    if any(one.lease for one in known.values()):
        return []
    return [place for place, one in known.items() if one.outcome is Outcome.MISS and one.filling]


def _write(item: Item, versions: Versions, invalid: bytes) -> Write:
    """QuikstateError if the version of one of its tags is not known."""
    texts: dict[str, str] = {}
    ago: list[int] = []
    for tag in item.tags:
        version = versions[tag]
        if isinstance(version, QuikstateError):
            raise version
        texts[tag] = version.text
        if version.invalidated_ago >= 0:
            ago.append(version.invalidated_ago)
    return Write(item, tags_text(texts), min(ago, default=-1), invalid)
