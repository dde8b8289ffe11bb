"""The acts of caching on Redis: one typed method for each Lua file."""

from __future__ import annotations

import math
import random
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from quikstate_server.errors import (
    AnswerFull,
    ForeignKey,
    QuikstateError,
    RedisOutOfMemory,
    ValueTooLarge,
)
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.meta import NEGATIVE, etag_of
from quikstate_server.primitives.cache.model import Item, SetOutcome, Stored
from quikstate_server.primitives.cache.slots import by_slot
from quikstate_server.settings import Limits
from quikstate_server.topology.packing import Argument
from quikstate_server.topology.script import load
from quikstate_server.topology.topology import Topology

GET = load(__package__, "cache_get_entries.lua", "cache_entry.lua")
LOOK = load(__package__, "cache_get_entries.lua", "cache_entry.lua", read_only=True)
"""The same where no lease is taken: it may run where nothing may be written."""
SET = load(__package__, "cache_set_entries.lua", "cache_entry.lua", "cache_store.lua")
DELETE = load(__package__, "cache_delete_entries.lua", "cache_entry.lua", flags="allow-oom")

Names = Mapping[int, str]
"""Of entries, by their places in the request."""
Metas = Mapping[int, bytes]

_META_BYTES = 32 * 1024
"""Room in a reply beside the largest value."""
_ENTRY_BYTES = 2_048
"""Most that an entry of an answer takes beside its value, or for an error that names its key."""


class Row(NamedTuple):
    """One entry as Redis has it."""

    now: int
    state: str
    value: bytes
    etag: str
    """Of the value; of a negative entry -."""
    meta: bytes
    expires: int
    """Milliseconds; negative for never."""
    holder: str
    """The token of the lease to fill it, if there is one."""
    lapses: int


@dataclass(slots=True)
class Room:
    """The bytes of values that an answer has still room for."""

    left: int

    @classmethod
    def of_answer(cls, entries: int, limits: Limits) -> Room:
        return cls(limits.max_message_bytes - entries * _ENTRY_BYTES)

    def takes(self, size: int) -> bool:
        """Whether there is room, which is then taken."""
        if size > max(0, self.left):
            return False
        self.left -= size
        return True

    def gives_back(self, value: bytes) -> None:
        """It is not part of the answer after all."""
        self.left += len(value)


@dataclass(frozen=True, slots=True)
class Leases:
    """The leases that one read asks for: tokens are made by us, so that a repeat finds its own."""

    lifetime: str
    """In milliseconds; "" to take none."""
    _secret: str

    @classmethod
    def of(cls, seconds: float | None) -> Leases:
        if seconds is None:
            return cls("", "")
        return cls(str(math.ceil(seconds * 1_000)), secrets.token_urlsafe(16))

    def token(self, place: int) -> str:
        return f"{self._secret}.{place}" if self._secret else ""


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
class CacheStore:
    topology: Topology
    limits: Limits

    async def read(
        self, space: Keyspace, names: Names, leases: Leases, invalid: Metas, room: Room
    ) -> dict[int, Row | QuikstateError]:
        """The entries of `names`, by their places; a meta in `invalid` counts as none."""
        places = list(names)

        async def read(chosen: Sequence[int]) -> Sequence[Row | QuikstateError]:
            wanted = [places[one] for one in chosen]
            rows: dict[int, Row | QuikstateError] = {}
            waiting = wanted
            while waiting:
                told = await self._read(space, names, waiting, leases, invalid, room)
                for place, row in told.items():
                    rows[place] = _taken(row, space.key(names[place]), room)
                later = [place for place, row in told.items() if row.state == "later"]
                if len(later) == len(waiting):
                    break
                waiting = later
            return [rows[place] for place in wanted]

        keys = [space.key(name) for name in names.values()]
        return dict(zip(places, await by_slot(self.topology, keys, read), strict=True))

    async def _read(
        self, space: Keyspace, names: Names, places: Sequence[int], leases: Leases, invalid: Metas, room: Room
    ) -> dict[int, Row]:
        """One script: what does not fit a reply is told to be for later. A full Redis gives no leases."""
        most = min(self.limits.max_cache_value_bytes, max(0, room.left)) + _META_BYTES
        keys = _keys(space, [names[place] for place in places])
        words = [word for place in places for word in (leases.token(place), invalid.get(place, b""))]
        bounds = most, self.limits.max_cache_value_bytes
        reply: object = None
        if leases.lifetime:
            with suppress(RedisOutOfMemory):
                reply = await self.topology.run(GET, keys, *bounds, leases.lifetime, *words, idempotent=True)
        if reply is None:
            reply = await self.topology.run(LOOK, keys, *bounds, "", *words, idempotent=True)
        now, *rows = cast("list[Any]", reply)
        return {place: _row(int(now), *row) for place, row in zip(places, rows, strict=True)}

    async def metas(self, space: Keyspace, names: Sequence[str]) -> list[bytes | QuikstateError]:
        """What stands beside the values, without these."""
        keys = [space.sidecar(name, "meta") for name in names]

        async def read(places: Sequence[int]) -> Sequence[bytes | QuikstateError]:
            chosen = [keys[place] for place in places]
            reply = await self.topology.command("MGET", *chosen, key=chosen[0], repeat=True)
            return [meta or b"" for meta in cast("list[bytes | None]", reply)]

        return await by_slot(self.topology, keys, read)

    async def write(self, space: Keyspace, writes: Sequence[Write]) -> list[Stored | QuikstateError]:
        """Never repeated where it may have run: that could bring back what was deleted in between."""
        keys = [space.key(write.item.name) for write in writes]

        async def write(places: Sequence[int]) -> Sequence[Stored | QuikstateError]:
            chosen = [writes[place] for place in places]
            words = [word for one in chosen for word in _words(one)]
            reply = await self.topology.run(SET, _keys(space, [one.item.name for one in chosen]), *words)
            told = cast("list[tuple[bytes, bytes, int]]", reply)
            return [
                _stored(one, keys[place], *row) for place, one, row in zip(places, chosen, told, strict=True)
            ]

        return await by_slot(self.topology, keys, write)

    async def delete(self, space: Keyspace, names: Sequence[str]) -> list[bool | QuikstateError]:
        """Whether there was an entry."""
        keys = [space.key(name) for name in names]

        async def delete(places: Sequence[int]) -> Sequence[bool | QuikstateError]:
            reply = await self.topology.run(
                DELETE, _keys(space, [names[place] for place in places]), idempotent=True
            )
            told = zip(places, cast("list[int]", reply), strict=True)
            return [ForeignKey(keys[place]) if existed < 0 else existed > 0 for place, existed in told]

        return await by_slot(self.topology, keys, delete)


def changes_channel(space: Keyspace, name: str) -> str:
    """Where the scripts say what became of an entry: `set` and its etag, `deleted`, or `lease`."""
    return space.sidecar(name, "changed")


def _keys(space: Keyspace, names: Sequence[str]) -> list[str]:
    return [key for name in names for key in space.family(name, ("meta", "lease"))]


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
        return ForeignKey(key)
    if row.state == "large":
        return ValueTooLarge(key)
    if row.state == "later" or not room.takes(len(row.value)):
        return AnswerFull()
    return row


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
        round(item.soft_ttl * share * 1_000),
        write.tags,
    )


def _etag(item: Item) -> str:
    if item.abandon:
        return ""
    return NEGATIVE if item.value is None else etag_of(item.value)


def _stored(write: Write, key: str, outcome: bytes, etag: bytes, lives: int) -> Stored | QuikstateError:
    if outcome == b"foreign":
        return ForeignKey(key)
    became = SetOutcome(outcome.decode())
    if became is not SetOutcome.STORED:
        return Stored(became, etag.decode())
    value = write.item.value
    return Stored(became, "" if value is None else etag_of(value), lives / 1_000)
