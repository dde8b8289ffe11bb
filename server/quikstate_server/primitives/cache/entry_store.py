"""Reads and writes entries in Redis: one typed method for each Lua script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from quikstate_server.errors import (
    KeyTypeConflict,
    QuikstateError,
    RedisOutOfMemory,
    ResponseTooLarge,
    ValueTooLarge,
)
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.entry_row import EntryRow, EntryState
from quikstate_server.primitives.cache.fill_leases import FillLeases
from quikstate_server.primitives.cache.metadata import NEGATIVE_ETAG, etag_of
from quikstate_server.primitives.cache.model import CacheWriteResult
from quikstate_server.primitives.cache.prepared_write import PreparedWrite
from quikstate_server.primitives.cache.response_budget import ResponseBudget
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.reply_types import read_fields, read_ints, read_list, read_optional_bytes
from quikstate_server.redis_client.script import load_script
from quikstate_server.redis_client.slot_batches import NOT_REACHED, NotReached, run_slot_batches
from quikstate_server.settings import Limits

_ENTRY_PARTS = "cache_entry.lua", "cache_metadata.lua"
_LEASE_PARTS = *_ENTRY_PARTS, "cache_fill_lease.lua"
GET = load_script(__package__, "cache_get_entries.lua", *_LEASE_PARTS)
GET_WITHOUT_LEASE = load_script(__package__, "cache_get_entries.lua", *_LEASE_PARTS, read_only=True)
"""The same script where no lease is taken: it may run where nothing may be written."""
SET = load_script(__package__, "cache_set_entries.lua", *_LEASE_PARTS, "cache_write_entry.lua")
RECONCILE = load_script(__package__, "cache_reconcile_entries.lua", *_ENTRY_PARTS, flags="allow-oom")
DELETE = load_script(__package__, "cache_delete_entries.lua", "cache_entry.lua", flags="allow-oom")

NamesByIndex = Mapping[int, str]
"""Names of entries, by their index in the request."""
MetadataByIndex = Mapping[int, bytes]

_MAX_METADATA_BYTES = 32 * 1024
"""Room in a reply beside the largest value."""
_STATES = {state.value: state for state in EntryState}


@dataclass(frozen=True, slots=True)
class EntryToReconcile:
    """An entry that a tag invalidated, or whose TTL alone a raw Redis client changed."""

    name: str
    metadata: bytes
    is_invalidated: bool
    tags: Sequence[str] = ()
    ttl_seconds: float = 0.0
    """At most the longest TTL: metadata is kept for no longer."""


@dataclass(frozen=True, slots=True)
class EntryStore:
    """The entries in Redis."""

    redis_client: RedisClient
    limits: Limits

    async def read(
        self,
        keyspace: Keyspace,
        names: NamesByIndex,
        leases: FillLeases,
        invalidated: MetadataByIndex,
        budget: ResponseBudget,
    ) -> dict[int, EntryRow | QuikstateError]:
        """Return the entries of `names`; one whose metadata is in `invalidated` is read as absent."""
        indexes = list(names)

        async def read_slot(positions: Sequence[int]) -> Sequence[EntryRow | QuikstateError | NotReached]:
            slot_indexes = [indexes[position] for position in positions]
            rows = await self._run_get(keyspace, names, slot_indexes, leases, invalidated, budget)
            is_full = all(row.state is EntryState.LATER for row in rows)
            return [
                NOT_REACHED
                if row.state is EntryState.LATER and not is_full
                else _row_or_error(row, keyspace.key(names[index]), budget)
                for index, row in zip(slot_indexes, rows, strict=True)
            ]

        keys = [keyspace.key(name) for name in names.values()]
        rows = await run_slot_batches(self.redis_client.split_by_slot(keys), read_slot)
        return dict(zip(indexes, rows, strict=True))

    async def _run_get(
        self,
        keyspace: Keyspace,
        names: NamesByIndex,
        indexes: Sequence[int],
        leases: FillLeases,
        invalidated: MetadataByIndex,
        budget: ResponseBudget,
    ) -> list[EntryRow]:
        """Run one script; rows that do not fit its reply have the state LATER.

        A Redis whose memory is full grants no leases.
        """
        max_value_bytes = self.limits.max_cache_value_bytes
        max_reply_bytes = min(max_value_bytes, max(0, budget.bytes_left)) + _MAX_METADATA_BYTES
        sizes = max_reply_bytes, max_value_bytes
        keys = _script_keys(keyspace, [names[index] for index in indexes])
        args = [arg for index in indexes for arg in (leases.token(index), invalidated.get(index, b""))]
        reply: object = None
        if leases.lifetime:
            with suppress(RedisOutOfMemory):
                reply = await self.redis_client.run(
                    GET, keys, *sizes, leases.lifetime, *args, safe_to_repeat=True
                )
        if reply is None:
            reply = await self.redis_client.run(
                GET_WITHOUT_LEASE, keys, *sizes, "", *args, safe_to_repeat=True
            )
        now, *rows = read_list(reply)
        return [_parse_row(int(now), *row) for row in rows]

    async def read_metadata(self, keyspace: Keyspace, names: Sequence[str]) -> list[bytes | QuikstateError]:
        """Return the metadata of each entry without its value; b"" for none."""
        keys = [keyspace.sidecar(name, "meta") for name in names]

        async def read_slot(positions: Sequence[int]) -> Sequence[bytes | QuikstateError]:
            slot_keys = [keys[position] for position in positions]
            reply = await self.redis_client.command("MGET", *slot_keys, key=slot_keys[0], read_only=True)
            return [metadata or b"" for metadata in read_optional_bytes(reply)]

        return await run_slot_batches(self.redis_client.split_by_slot(keys), read_slot)

    async def write(
        self, keyspace: Keyspace, writes: Sequence[PreparedWrite]
    ) -> list[CacheWriteResult | QuikstateError]:
        """Store entries, each on its condition.

        A script that may have run is never repeated: that could bring back what was deleted in between. One
        script compares with a bounded number of bytes; the next one does the writes that it left for later.
        """
        keys = [keyspace.key(write.write.name) for write in writes]

        async def write_slot(positions: Sequence[int]) -> Sequence[CacheWriteResult | QuikstateError]:
            results: dict[int, CacheWriteResult | QuikstateError] = {}
            remaining, batch_size = list(positions), len(positions)
            while remaining:
                batch = remaining[:batch_size]
                try:
                    rows = await self._run_set(keyspace, [writes[position] for position in batch])
                except QuikstateError as error:
                    return [results.get(position, error) for position in positions]
                done = {
                    position: writes[position].parse_result(keys[position], *row)
                    for position, row in zip(batch, rows, strict=True)
                    if row[0] != EntryState.LATER.value
                }
                results |= done
                remaining = [position for position in remaining if position not in done]
                batch_size = len(done)
            return [results[position] for position in positions]

        return await run_slot_batches(self.redis_client.split_by_slot(keys), write_slot)

    async def _run_set(
        self, keyspace: Keyspace, writes: Sequence[PreparedWrite]
    ) -> Sequence[tuple[bytes, bytes, int]]:
        """Run one script; its first comparison always has room."""
        limits = self.limits
        args = [arg for write in writes for arg in write.script_args()]
        reply = await self.redis_client.run(
            SET,
            _script_keys(keyspace, [write.write.name for write in writes]),
            limits.max_cache_value_bytes,
            _milliseconds(limits.cache_metadata_seconds),
            *args,
        )
        return [read_fields(row, bytes, bytes, int) for row in read_list(reply)]

    async def reconcile(self, keyspace: Keyspace, entries: Sequence[EntryToReconcile]) -> None:
        """Remove invalidated entries that nobody wrote since, and keep the metadata of the others."""
        limits = self.limits

        async def reconcile_slot(positions: Sequence[int]) -> Sequence[None]:
            slot_entries = [entries[position] for position in positions]
            args = [arg for entry in slot_entries for arg in (entry.metadata, int(entry.is_invalidated))]
            await self.redis_client.run(
                RECONCILE,
                _script_keys(keyspace, [entry.name for entry in slot_entries]),
                limits.max_cache_value_bytes,
                _milliseconds(limits.cache_metadata_seconds),
                _milliseconds(limits.max_ttl_seconds),
                *args,
                safe_to_repeat=True,
            )
            return [None] * len(positions)

        await run_slot_batches(
            self.redis_client.split_by_slot([keyspace.key(entry.name) for entry in entries]), reconcile_slot
        )

    async def delete(self, keyspace: Keyspace, names: Sequence[str]) -> list[bool | QuikstateError]:
        """Delete entries; return for each whether it existed."""
        keys = [keyspace.key(name) for name in names]

        async def delete_slot(positions: Sequence[int]) -> Sequence[bool | QuikstateError]:
            slot_keys = _script_keys(keyspace, [names[position] for position in positions])
            reply = await self.redis_client.run(DELETE, slot_keys, safe_to_repeat=True)
            existed = zip(positions, read_ints(reply), strict=True)
            return [
                KeyTypeConflict(keys[position]) if count < 0 else count > 0 for position, count in existed
            ]

        return await run_slot_batches(self.redis_client.split_by_slot(keys), delete_slot)


def changes_channel(keyspace: Keyspace, name: str) -> str:
    """Return the channel on which the scripts publish the changes of an entry.

    A change is `set` and the etag, `deleted`, or `lease` where a lease ended and nothing was stored.
    """
    return keyspace.sidecar(name, "changed")


def _script_keys(keyspace: Keyspace, names: Sequence[str]) -> list[str]:
    return [key for name in names for key in keyspace.family(name, ("meta", "lease"))]


def _parse_row(
    now: int,
    state: bytes,
    value: bytes = b"",
    metadata: bytes = b"",
    expires_in: int = 0,
    lease_holder: bytes = b"",
    lease_expires_in: int = 0,
) -> EntryRow:
    etag = etag_of(value) if state == EntryState.VALUE.value else NEGATIVE_ETAG
    return EntryRow(
        now, _STATES[state], value, etag, metadata, expires_in, lease_holder.decode(), lease_expires_in
    )


def _row_or_error(row: EntryRow, key: str, budget: ResponseBudget) -> EntryRow | QuikstateError:
    """Return the row if the response has room for it."""
    if row.state is EntryState.WRONG_TYPE:
        return KeyTypeConflict(key)
    if row.state is EntryState.TOO_LARGE:
        return ValueTooLarge(key)
    if row.state is EntryState.LATER or not budget.reserve(len(row.value)):
        return ResponseTooLarge()
    return row


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1_000)
