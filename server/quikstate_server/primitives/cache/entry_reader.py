"""Reads entries together with the versions of their tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.cache.entry_row import EntryRow
from quikstate_server.primitives.cache.entry_store import EntryStore, EntryToReconcile, NamesByIndex
from quikstate_server.primitives.cache.fill_leases import FillLeases
from quikstate_server.primitives.cache.metadata import EntryMetadata, parse_metadata
from quikstate_server.primitives.cache.model import CacheRead, CacheReadResult, ReadOutcome
from quikstate_server.primitives.cache.read_results import ReadResults, read_result
from quikstate_server.primitives.cache.reconciler import Reconciler
from quikstate_server.primitives.cache.response_budget import ResponseBudget
from quikstate_server.primitives.cache.tag_store import TagStore

_MAX_READS = 3
"""How often an entry that a tag invalidated is read anew before it is reported as a miss."""


@dataclass(frozen=True, slots=True)
class EntryReader:
    """Reads entries, and finds those to reconcile."""

    entries: EntryStore
    tags: TagStore
    reconciler: Reconciler

    async def read(
        self, request: CacheRead, names: NamesByIndex, leases: FillLeases, budget: ResponseBudget
    ) -> ReadResults:
        """Return the results of `names`; what a tag invalidated is read again as absent, to get a lease."""
        results: ReadResults = {}
        invalidated: dict[int, bytes] = {}
        to_reconcile: list[EntryToReconcile] = []
        for _ in range(_MAX_READS):
            pending = {index: name for index, name in names.items() if index not in results}
            rows = await self.entries.read(request.keyspace, pending, leases, invalidated, budget)
            metadata = _parse_metadata(rows)
            versions = await self.tags.read(request.keyspace, all_tags(metadata.values()))
            for index, row in rows.items():
                try:
                    if isinstance(row, QuikstateError):
                        raise row
                    is_invalidated = metadata[index].is_invalidated(versions)
                except QuikstateError as error:
                    results[index] = error
                    continue
                if entry := self.reconciler.examine(
                    names[index],
                    row,
                    metadata[index],
                    is_invalidated=is_invalidated,
                    takes_leases=bool(leases.lifetime),
                ):
                    to_reconcile.append(entry)
                if is_invalidated:
                    invalidated[index] = row.metadata
                    budget.release(row.value)
                    continue
                result = results[index] = read_result(row, metadata[index], leases.token(index), request)
                if result.outcome is ReadOutcome.MISS:
                    budget.release(row.value)
            if len(results) == len(names):
                break
        self.reconciler.start(request.keyspace, to_reconcile)
        return {index: results.get(index, CacheReadResult(ReadOutcome.MISS)) for index in names}


def all_tags(metadata: Iterable[EntryMetadata]) -> set[str]:
    """Return the tags of all entries."""
    return {tag for entry in metadata for tag in entry.tag_versions or ()}


def _parse_metadata(rows: Mapping[int, EntryRow | QuikstateError]) -> dict[int, EntryMetadata]:
    return {
        index: parse_metadata(row.metadata, row.etag)
        for index, row in rows.items()
        if isinstance(row, EntryRow)
    }
