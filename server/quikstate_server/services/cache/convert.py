"""Cache entries, from messages into the domain and back."""

from __future__ import annotations

from google.protobuf.duration_pb2 import Duration

from quikstate.v1.cache_pb2 import (
    CACHE_OUTCOME_HIT,
    CACHE_OUTCOME_MISS,
    CACHE_OUTCOME_NEGATIVE,
    CACHE_OUTCOME_STALE,
    CACHE_SET_OUTCOME_ABANDONED,
    CACHE_SET_OUTCOME_CHANGED,
    CACHE_SET_OUTCOME_EXISTS,
    CACHE_SET_OUTCOME_INVALIDATED,
    CACHE_SET_OUTCOME_LEASE_LOST,
    CACHE_SET_OUTCOME_STORED,
    CacheDeleteResult,
    CacheEntry,
    CacheInvalidation,
    CacheItem,
    CacheKey,
    CacheOutcome,
    CacheSetOutcome,
    CacheSetResult,
    GetEntriesRequest,
    WatchInvalidationsRequest,
    WatchInvalidationsResponse,
)
from quikstate_server import keys
from quikstate_server.error_status import item_status
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.model import (
    Condition,
    Found,
    Invalidation,
    Item,
    Outcome,
    SetOutcome,
    Stored,
    Wanted,
)
from quikstate_server.primitives.cache.watch import Subjects
from quikstate_server.services.common.protobuf_time import (
    optional_seconds_to_duration,
    seconds_from_duration,
    seconds_to_duration,
)

DEFAULT_LEASE = Duration(seconds=10)
_OUTCOMES: dict[Outcome, CacheOutcome.ValueType] = {
    Outcome.HIT: CACHE_OUTCOME_HIT,
    Outcome.STALE: CACHE_OUTCOME_STALE,
    Outcome.MISS: CACHE_OUTCOME_MISS,
    Outcome.NEGATIVE: CACHE_OUTCOME_NEGATIVE,
}
_SET_OUTCOMES: dict[SetOutcome, CacheSetOutcome.ValueType] = {
    SetOutcome.STORED: CACHE_SET_OUTCOME_STORED,
    SetOutcome.EXISTS: CACHE_SET_OUTCOME_EXISTS,
    SetOutcome.CHANGED: CACHE_SET_OUTCOME_CHANGED,
    SetOutcome.LEASE_LOST: CACHE_SET_OUTCOME_LEASE_LOST,
    SetOutcome.INVALIDATED: CACHE_SET_OUTCOME_INVALIDATED,
    SetOutcome.ABANDONED: CACHE_SET_OUTCOME_ABANDONED,
}
_CONDITIONS = {
    None: Condition.NONE,
    "if_absent": Condition.ABSENT,
    "if_etag": Condition.ETAG,
    "lease": Condition.LEASE,
}


def name_of(key: CacheKey) -> str:
    """The one place where a caller's words become a cache key: of its kind, and of no other service."""
    kind = key.WhichOneof("kind")
    assert kind  # noqa: S101 - the rules demand one
    return keys.cached(kind, getattr(key, kind))


def wanted_of(request: GetEntriesRequest, keyspace: Keyspace) -> Wanted:
    lease = request.lease_ttl if request.HasField("lease_ttl") else DEFAULT_LEASE
    return Wanted(
        keyspace,
        list(map(name_of, request.keys)),
        request.accept_stale,
        seconds_from_duration(lease) if request.lease else None,
        seconds_from_duration(request.wait),
    )


def entry_of(key: CacheKey, found: Found | QuikstateError) -> CacheEntry:
    if isinstance(found, QuikstateError):
        return CacheEntry(key=key, status=item_status(found))
    return CacheEntry(
        key=key,
        outcome=_OUTCOMES[found.outcome],
        value=found.value,
        etag=found.etag,
        expires_in=optional_seconds_to_duration(found.expires_in),
        lease=found.lease,
        filling=found.filling,
    )


def item_of(item: CacheItem) -> Item:
    condition = item.WhichOneof("condition")
    return Item(
        name_of(item.key),
        item.value if item.HasField("value") else None,
        seconds_from_duration(item.ttl),
        seconds_from_duration(item.soft_ttl),
        seconds_from_duration(item.jitter),
        tuple(item.tags),
        _CONDITIONS[condition],
        item.if_etag or item.lease,
        item.abandon,
    )


def result_of(stored: Stored | QuikstateError) -> CacheSetResult:
    if isinstance(stored, QuikstateError):
        return CacheSetResult(status=item_status(stored))
    return CacheSetResult(
        outcome=_SET_OUTCOMES[stored.outcome],
        etag=stored.etag,
        expires_in=seconds_to_duration(stored.expires_in) if stored.outcome is SetOutcome.STORED else None,
    )


def deleted_of(existed: bool | QuikstateError, *, known: bool = True) -> CacheDeleteResult:
    if isinstance(existed, QuikstateError):
        return CacheDeleteResult(status=item_status(existed))
    return CacheDeleteResult(existed=existed and known)


def subjects_of(request: WatchInvalidationsRequest) -> Subjects:
    return Subjects(
        list(map(name_of, request.keys)), list(map(_beginning_of, request.prefixes)), list(request.tags)
    )


def invalidated_of(invalidation: Invalidation) -> WatchInvalidationsResponse:
    kind, id_ = invalidation.kind, invalidation.id
    if not kind:
        return WatchInvalidationsResponse(invalidated=CacheInvalidation(tag=id_))
    told = CacheInvalidation(key=CacheKey(), etag=invalidation.etag)
    setattr(told.key, kind, id_)
    return WatchInvalidationsResponse(invalidated=told)


def _beginning_of(prefix: CacheKey) -> str:
    kind = prefix.WhichOneof("kind")
    assert kind  # noqa: S101 - the rules demand one
    return keys.cached_beginning(kind, getattr(prefix, kind))
