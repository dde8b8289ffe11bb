"""Conversion of cache messages into the model and back."""

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
    CacheRead,
    CacheReadResult,
    CacheWrite,
    CacheWriteResult,
    Invalidation,
    ReadOutcome,
    WriteCondition,
    WriteOutcome,
)
from quikstate_server.primitives.cache.watch import InvalidationFilter
from quikstate_server.services.common.protobuf_time import (
    optional_seconds_to_duration,
    seconds_from_duration,
    seconds_to_duration,
)

_DEFAULT_LEASE_TTL = Duration(seconds=10)
_READ_OUTCOMES: dict[ReadOutcome, CacheOutcome.ValueType] = {
    ReadOutcome.HIT: CACHE_OUTCOME_HIT,
    ReadOutcome.STALE: CACHE_OUTCOME_STALE,
    ReadOutcome.MISS: CACHE_OUTCOME_MISS,
    ReadOutcome.NEGATIVE: CACHE_OUTCOME_NEGATIVE,
}
_WRITE_OUTCOMES: dict[WriteOutcome, CacheSetOutcome.ValueType] = {
    WriteOutcome.STORED: CACHE_SET_OUTCOME_STORED,
    WriteOutcome.EXISTS: CACHE_SET_OUTCOME_EXISTS,
    WriteOutcome.CHANGED: CACHE_SET_OUTCOME_CHANGED,
    WriteOutcome.LEASE_LOST: CACHE_SET_OUTCOME_LEASE_LOST,
    WriteOutcome.INVALIDATED: CACHE_SET_OUTCOME_INVALIDATED,
    WriteOutcome.ABANDONED: CACHE_SET_OUTCOME_ABANDONED,
}
_CONDITIONS = {
    None: WriteCondition.NONE,
    "if_absent": WriteCondition.ABSENT,
    "if_etag": WriteCondition.ETAG,
    "lease": WriteCondition.LEASE,
}


def name_from_proto(key: CacheKey) -> str:
    """Return the name of an entry; no other service has names of these kinds."""
    kind = key.WhichOneof("kind")
    assert kind  # noqa: S101 - validation demands one
    return keys.cached(kind, getattr(key, kind))


def read_from_proto(request: GetEntriesRequest, keyspace: Keyspace) -> CacheRead:
    """Return the read that a request asks for."""
    lease_ttl = request.lease_ttl if request.HasField("lease_ttl") else _DEFAULT_LEASE_TTL
    return CacheRead(
        keyspace,
        list(map(name_from_proto, request.keys)),
        request.accept_stale,
        seconds_from_duration(lease_ttl) if request.lease else None,
        seconds_from_duration(request.wait),
    )


def read_result_to_proto(key: CacheKey, result: CacheReadResult | QuikstateError) -> CacheEntry:
    """Return the entry of one key, or the status of its error."""
    if isinstance(result, QuikstateError):
        return CacheEntry(key=key, status=item_status(result))
    return CacheEntry(
        key=key,
        outcome=_READ_OUTCOMES[result.outcome],
        value=result.value,
        etag=result.etag,
        expires_in=optional_seconds_to_duration(result.expires_in),
        lease=result.lease,
        filling=result.is_being_filled,
    )


def write_from_proto(item: CacheItem) -> CacheWrite:
    """Return the write that an item asks for."""
    condition = item.WhichOneof("condition")
    return CacheWrite(
        name_from_proto(item.key),
        item.value if item.HasField("value") else None,
        seconds_from_duration(item.ttl),
        seconds_from_duration(item.soft_ttl),
        seconds_from_duration(item.jitter),
        tuple(item.tags),
        _CONDITIONS[condition],
        item.if_etag or item.lease,
        item.abandon,
    )


def write_result_to_proto(result: CacheWriteResult | QuikstateError) -> CacheSetResult:
    """Return the result of one item, or the status of its error."""
    if isinstance(result, QuikstateError):
        return CacheSetResult(status=item_status(result))
    return CacheSetResult(
        outcome=_WRITE_OUTCOMES[result.outcome],
        etag=result.etag,
        expires_in=seconds_to_duration(result.expires_in) if result.outcome is WriteOutcome.STORED else None,
    )


def deleted_key_to_proto(existed: bool | QuikstateError) -> CacheDeleteResult:
    """Return the result of one deleted key, or the status of its error."""
    if isinstance(existed, QuikstateError):
        return CacheDeleteResult(status=item_status(existed))
    return CacheDeleteResult(existed=existed)


def deleted_tag_to_proto(invalidated: bool | QuikstateError) -> CacheDeleteResult:
    """Return the result of one invalidated tag; nobody knows whether an entry carried it."""
    if isinstance(invalidated, QuikstateError):
        return CacheDeleteResult(status=item_status(invalidated))
    return CacheDeleteResult()


def filter_from_proto(request: WatchInvalidationsRequest) -> InvalidationFilter:
    """Return the entries and tags that a request watches."""
    return InvalidationFilter(
        list(map(name_from_proto, request.keys)),
        list(map(_name_prefix_from_proto, request.prefixes)),
        list(request.tags),
    )


def invalidation_to_proto(invalidation: Invalidation) -> WatchInvalidationsResponse:
    """Return the response that tells of an invalidation."""
    kind, id_ = invalidation.kind, invalidation.id
    if not kind:
        return WatchInvalidationsResponse(invalidated=CacheInvalidation(tag=id_))
    message = CacheInvalidation(key=CacheKey(), etag=invalidation.etag)
    setattr(message.key, kind, id_)
    return WatchInvalidationsResponse(invalidated=message)


def _name_prefix_from_proto(prefix: CacheKey) -> str:
    kind = prefix.WhichOneof("kind")
    assert kind  # noqa: S101 - validation demands one
    return keys.cached_prefix(kind, getattr(prefix, kind))
