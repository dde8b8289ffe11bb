"""The acts of caching on Redis: one typed method for each Lua file."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from quikstate_server.errors import (
    KeyTypeConflict,
    QuikstateError,
    RedisOutOfMemory,
    ResponseTooLarge,
    ValueTooLarge,
)
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.meta import NEGATIVE, etag_of
from quikstate_server.primitives.cache.model import Item, SetOutcome, Stored
from quikstate_server.primitives.cache.rows import Leases, Room, Row
from quikstate_server.primitives.cache.slots import by_slot
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import load_script
from quikstate_server.settings import Limits

_ENTRY = "cache_entry.lua", "cache_metadata.lua"
_LEASE = *_ENTRY, "cache_lease.lua"
GET = load_script(__package__, "cache_get_entries.lua", *_LEASE)
LOOK = load_script(__package__, "cache_get_entries.lua", *_LEASE, read_only=True)
"""The same where no lease is taken: it may run where nothing may be written."""
SET = load_script(__package__, "cache_set_entries.lua", *_LEASE, "cache_store.lua")
RECONCILE = load_script(__package__, "cache_reconcile_entries.lua", *_ENTRY, flags="allow-oom")
DELETE = load_script(__package__, "cache_delete_entries.lua", "cache_entry.lua", flags="allow-oom")

Names = Mapping[int, str]
"""Of entries, by their places in the request."""
Metas = Mapping[int, bytes]

_META_BYTES = 32 * 1024
"""Room in a reply beside the largest value."""


@dataclass(frozen=True, slots=True)
class Write:
    """An item with what the tags said of it."""

    item: Item
    tags: str = ""
    """Their versions, as meta.tags_text says."""
    invalidated_ago: int = -1
    invalid: bytes = b""
    """The meta of an entry that is there but counts for nothing."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry that a raw client changed in its lifetime alone, or that a tag invalidated."""

    name: str
    meta: bytes
    invalid: bool
    tags: Sequence[str] = ()
    lives: float = 0.0
    """Seconds, of which metadata is kept for no more than the longest TTL."""


@dataclass(frozen=True, slots=True)
class CacheStore:
    redis_client: RedisClient
    limits: Limits

    async def read(
        self, keyspace: Keyspace, names: Names, leases: Leases, invalid: Metas, room: Room
    ) -> dict[int, Row | QuikstateError]:
        """The entries of `names`, by their places; a meta in `invalid` counts as none."""
        places = list(names)

        async def read(chosen: Sequence[int]) -> Sequence[Row | QuikstateError]:
            wanted = [places[one] for one in chosen]
            rows: dict[int, Row | QuikstateError] = {}
            waiting = wanted
            while waiting:
                told = await self._read(keyspace, names, waiting, leases, invalid, room)
                for place, row in told.items():
                    rows[place] = _taken(row, keyspace.key(names[place]), room)
                later = [place for place, row in told.items() if row.state == "later"]
                if len(later) == len(waiting):
                    break
                waiting = later
            return [rows[place] for place in wanted]

        keys = [keyspace.key(name) for name in names.values()]
        return dict(zip(places, await by_slot(self.redis_client, keys, read), strict=True))

    async def _read(
        self,
        keyspace: Keyspace,
        names: Names,
        places: Sequence[int],
        leases: Leases,
        invalid: Metas,
        room: Room,
    ) -> dict[int, Row]:
        """One script: what does not fit a reply is told to be for later. A full Redis gives no leases."""
        most = min(self.limits.max_cache_value_bytes, max(0, room.left)) + _META_BYTES
        keys = _keys(keyspace, [names[place] for place in places])
        words = [word for place in places for word in (leases.token(place), invalid.get(place, b""))]
        bounds = most, self.limits.max_cache_value_bytes
        reply: object = None
        if leases.lifetime:
            with suppress(RedisOutOfMemory):
                reply = await self.redis_client.run(
                    GET, keys, *bounds, leases.lifetime, *words, safe_to_repeat=True
                )
        if reply is None:
            reply = await self.redis_client.run(LOOK, keys, *bounds, "", *words, safe_to_repeat=True)
        now, *rows = cast("list[Any]", reply)
        return {place: _row(int(now), *row) for place, row in zip(places, rows, strict=True)}

    async def metas(self, keyspace: Keyspace, names: Sequence[str]) -> list[bytes | QuikstateError]:
        """What stands beside the values, without these."""
        keys = [keyspace.sidecar(name, "meta") for name in names]

        async def read(places: Sequence[int]) -> Sequence[bytes | QuikstateError]:
            chosen = [keys[place] for place in places]
            reply = await self.redis_client.command("MGET", *chosen, key=chosen[0], read_only=True)
            return [meta or b"" for meta in cast("list[bytes | None]", reply)]

        return await by_slot(self.redis_client, keys, read)

    async def write(self, keyspace: Keyspace, writes: Sequence[Write]) -> list[Stored | QuikstateError]:
        """Never repeated where it may have run: that could bring back what was deleted in between.

        A script compares with so many bytes of values and no more: what is to come `later` is another one's.
        """
        keys = [keyspace.key(write.item.name) for write in writes]

        async def write(places: Sequence[int]) -> Sequence[Stored | QuikstateError]:
            answers: dict[int, Stored | QuikstateError] = {}
            waiting, size = list(places), len(places)
            while waiting:
                chosen = waiting[:size]
                try:
                    rows = await self._write(keyspace, [writes[place] for place in chosen])
                except QuikstateError as error:
                    return [answers.get(place, error) for place in places]
                told = {place: row for place, row in zip(chosen, rows, strict=True) if row[0] != b"later"}
                answers |= {place: _stored(writes[place], keys[place], *row) for place, row in told.items()}
                waiting = [place for place in waiting if place not in told]
                size = len(told)
            return [answers[place] for place in places]

        return await by_slot(self.redis_client, keys, write)

    async def _write(self, keyspace: Keyspace, writes: Sequence[Write]) -> Sequence[tuple[bytes, bytes, int]]:
        """One script, of which the first comparison always has room."""
        bounds = self.limits.max_cache_value_bytes, _milliseconds(self.limits.cache_metadata_seconds)
        words = [word for write in writes for word in _words(write)]
        names = [write.item.name for write in writes]
        reply = await self.redis_client.run(SET, _keys(keyspace, names), *bounds, *words)
        return cast("list[tuple[bytes, bytes, int]]", reply)

    async def reconcile(self, keyspace: Keyspace, seen: Sequence[Seen]) -> None:
        """Remove what is invalid where it is as it was stored, and keep what is known of the others."""
        longest = self.limits.max_ttl_seconds
        bounds = (
            self.limits.max_cache_value_bytes,
            *map(_milliseconds, (self.limits.cache_metadata_seconds, longest)),
        )

        async def reconcile(places: Sequence[int]) -> Sequence[None]:
            chosen = [seen[place] for place in places]
            words = [word for one in chosen for word in (one.meta, int(one.invalid))]
            names = [one.name for one in chosen]
            await self.redis_client.run(
                RECONCILE, _keys(keyspace, names), *bounds, *words, safe_to_repeat=True
            )
            return [None] * len(places)

        await by_slot(self.redis_client, [keyspace.key(one.name) for one in seen], reconcile)

    async def delete(self, keyspace: Keyspace, names: Sequence[str]) -> list[bool | QuikstateError]:
        """Whether there was an entry."""
        keys = [keyspace.key(name) for name in names]

        async def delete(places: Sequence[int]) -> Sequence[bool | QuikstateError]:
            reply = await self.redis_client.run(
                DELETE, _keys(keyspace, [names[place] for place in places]), safe_to_repeat=True
            )
            told = zip(places, cast("list[int]", reply), strict=True)
            return [KeyTypeConflict(keys[place]) if existed < 0 else existed > 0 for place, existed in told]

        return await by_slot(self.redis_client, keys, delete)


def changes_channel(keyspace: Keyspace, name: str) -> str:
    """Where the scripts say what became of an entry: `set` and its etag, `deleted`, or `lease`."""
    return keyspace.sidecar(name, "changed")


def _keys(keyspace: Keyspace, names: Sequence[str]) -> list[str]:
    return [key for name in names for key in keyspace.family(name, ("meta", "lease"))]


def _row(
    now: int,
    state: bytes,
    value: bytes = b"",
    meta: bytes = b"",
    expires: int = 0,
    holder: bytes = b"",
    lapses: int = 0,
) -> Row:
    etag = etag_of(value) if state == b"there" else NEGATIVE
    return Row(now, state.decode(), value, etag, meta, expires, holder.decode(), lapses)


def _taken(row: Row, key: str, room: Room) -> Row | QuikstateError:
    """The row, if it has a place in the answer."""
    if row.state == "foreign":
        return KeyTypeConflict(key)
    if row.state == "large":
        return ValueTooLarge(key)
    if row.state == "later" or not room.takes(len(row.value)):
        return ResponseTooLarge()
    return row


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1_000)


def _words(write: Write) -> Sequence[Argument]:
    """As cache_set_entries.lua takes an entry."""
    item = write.item
    share = 1 - random.random() * item.jitter / item.ttl if item.jitter else 1.0  # noqa: S311 - no secret
    return (
        item.condition.value,
        item.wanted,
        write.invalid,
        write.invalidated_ago if write.invalidated_ago >= 0 else "",
        _etag(item),
        item.value or b"",
        max(1, round(item.ttl * share * 1_000)),
        max(1, round(item.soft_ttl * share * 1_000)) if item.soft_ttl else 0,
        write.tags,
    )


def _etag(item: Item) -> str:
    if item.abandon:
        return ""
    return NEGATIVE if item.value is None else etag_of(item.value)


def _stored(write: Write, key: str, outcome: bytes, etag: bytes, lives: int) -> Stored | QuikstateError:
    if outcome == b"foreign":
        return KeyTypeConflict(key)
    if outcome == b"large":
        return ValueTooLarge(key)
    became = SetOutcome(outcome.decode())
    if became is not SetOutcome.STORED:
        return Stored(became, etag.decode())
    value = write.item.value
    return Stored(became, "" if value is None else etag_of(value), lives / 1_000)
