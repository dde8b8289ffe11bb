"""Results of a read, from the rows that Redis returned."""

from __future__ import annotations

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.cache.entry_row import EntryRow, EntryState
from quikstate_server.primitives.cache.metadata import EntryMetadata
from quikstate_server.primitives.cache.model import CacheRead, CacheReadResult, ReadOutcome

_MAX_EXPIRES_IN_MS = 315_576_000_000 * 1_000
"""The longest TTL that is reported: a protobuf Duration holds no more than 10,000 years."""

ReadResults = dict[int, CacheReadResult | QuikstateError]
"""Results by their index in the request."""


def read_result(row: EntryRow, metadata: EntryMetadata, token: str, request: CacheRead) -> CacheReadResult:
    """Return what the caller of `request`, whose lease has this token, gets of a row."""
    lease = token if row.lease_holder == token else ""
    is_being_filled = bool(row.lease_holder) and not lease
    lease_expires_in = row.lease_expires_in / 1_000
    expires_in = min(row.expires_in, _MAX_EXPIRES_IN_MS) / 1_000 if row.expires_in >= 0 else None
    if row.state is EntryState.NEGATIVE:
        return CacheReadResult(ReadOutcome.NEGATIVE, expires_in=expires_in)
    is_stale = 0 < metadata.stale_at <= row.now
    if row.state is EntryState.ABSENT or (is_stale and not request.accept_stale):
        return CacheReadResult(
            ReadOutcome.MISS,
            lease=lease,
            is_being_filled=is_being_filled,
            lease_expires_in=lease_expires_in,
        )
    if not is_stale:
        return CacheReadResult(ReadOutcome.HIT, row.value, row.etag, expires_in)
    return CacheReadResult(
        ReadOutcome.STALE, row.value, row.etag, expires_in, lease, is_being_filled, lease_expires_in
    )


def indexes_to_wait_for(results: ReadResults) -> list[int]:
    """Return the misses that others fill; none if this caller has a lease, to be used first."""
    known = {index: result for index, result in results.items() if isinstance(result, CacheReadResult)}
    if any(result.lease for result in known.values()):
        return []
    return [
        index
        for index, result in known.items()
        if result.outcome is ReadOutcome.MISS and result.is_being_filled
    ]


def next_lease_expiry(results: ReadResults) -> float:
    """Return the seconds until the first lease of another caller expires."""
    return min(
        result.lease_expires_in
        for result in results.values()
        if isinstance(result, CacheReadResult) and result.is_being_filled
    )
