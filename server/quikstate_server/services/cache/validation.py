"""Validation of CacheService's requests.

A GetEntriesRequest without violations also has the shape that its proto demands, so that protovalidate
need not check it (tests/unit/test_cache_validation.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quikstate.v1.cache_pb2 import (
    CacheItem,
    CacheKey,
    DeleteEntriesRequest,
    GetEntriesRequest,
    SetEntriesRequest,
    WatchInvalidationsRequest,
)
from quikstate_server.services.common.protobuf_time import seconds_or_nan
from quikstate_server.services.common.validation import (
    Violation,
    covers_proto_rules,
    is_plain,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits


@covers_proto_rules
def get_entries(request: GetEntriesRequest, limits: Limits) -> Iterator[Violation]:
    """Yield the violations of a GetEntriesRequest."""
    yield from _keys("keys", request.keys, limits)
    if not 1 <= len(request.keys) <= limits.max_cache_items:
        yield "keys", f"must have 1 to {limits.max_cache_items} keys"
    if request.HasField("lease_ttl"):
        min_ttl, max_ttl = limits.min_cache_lease_seconds, limits.max_cache_lease_seconds
        if not request.lease:
            yield "lease_ttl", "requires lease = true"
        if not min_ttl <= seconds_or_nan(request.lease_ttl) <= max_ttl:
            yield "lease_ttl", f"must be {min_ttl:g} to {max_ttl:g} s"
    if not 0 <= seconds_or_nan(request.wait) <= limits.max_cache_wait_seconds:
        yield "wait", f"must be 0 to {limits.max_cache_wait_seconds:g} s"


def set_entries(request: SetEntriesRequest, limits: Limits) -> Iterator[Violation]:
    """Yield the violations of a SetEntriesRequest."""
    if not 1 <= len(request.items) <= limits.max_cache_items:
        yield "items", f"must have 1 to {limits.max_cache_items} items"
    for index, item in enumerate(request.items):
        yield from _item(f"items[{index}].", item, limits)
    yield from _duplicates("items[{}].key", [item.key for item in request.items])


def delete_entries(request: DeleteEntriesRequest, limits: Limits) -> Iterator[Violation]:
    """Yield the violations of a DeleteEntriesRequest."""
    yield from _keys("keys", request.keys, limits)
    yield from _texts("tags", request.tags, limits)
    if not 1 <= len(request.keys) + len(request.tags) <= limits.max_cache_items:
        yield "keys", f"keys and tags together must be 1 to {limits.max_cache_items}"


def watch_invalidations(request: WatchInvalidationsRequest, limits: Limits) -> Iterator[Violation]:
    """Yield the violations of a WatchInvalidationsRequest."""
    yield from _keys("keys", request.keys, limits)
    yield from _texts("tags", request.tags, limits)
    for index, prefix in enumerate(request.prefixes):
        kind = prefix.WhichOneof("kind")
        if kind:  # protovalidate reports a prefix without one
            text = getattr(prefix, kind)
            yield from optional_text_violations(f"prefixes[{index}].{kind}", text, limits.max_id_bytes)
    max_names = limits.max_watched_cache_names
    if not 1 <= len(request.keys) + len(request.prefixes) + len(request.tags) <= max_names:
        yield "keys", f"keys, prefixes and tags together must be 1 to {max_names}"


def _item(path: str, item: CacheItem, limits: Limits) -> Iterator[Violation]:
    yield from _key(f"{path}key", item.key, limits)
    if len(item.value) > limits.max_cache_value_bytes:
        yield f"{path}value", f"must be at most {limits.max_cache_value_bytes} bytes"
    yield from _texts(f"{path}tags", item.tags, limits)
    if len(item.tags) > limits.max_cache_tags:
        yield f"{path}tags", f"must have at most {limits.max_cache_tags} tags"
    if item.abandon:
        yield from _abandoned_item(path, item)
    else:
        yield from _ttls(path, item, limits)


def _abandoned_item(path: str, item: CacheItem) -> Iterator[Violation]:
    if not item.lease:
        yield f"{path}lease", "is required when abandon is true"
    for field in ("ttl", "soft_ttl", "jitter"):
        if item.HasField(field):
            yield f"{path}{field}", "must be unset when abandon is true"
    if item.tags:
        yield f"{path}tags", "must be empty when abandon is true"


def _ttls(path: str, item: CacheItem, limits: Limits) -> Iterator[Violation]:
    ttl = seconds_or_nan(item.ttl)
    if not limits.min_cache_ttl_seconds <= ttl <= limits.max_ttl_seconds:
        yield f"{path}ttl", f"must be {limits.min_cache_ttl_seconds:g} to {limits.max_ttl_seconds} s"
    if item.HasField("soft_ttl"):
        if item.negative:
            yield f"{path}soft_ttl", "must be unset for a negative entry"
        if not 0.001 <= seconds_or_nan(item.soft_ttl) < ttl:
            yield f"{path}soft_ttl", "must be at least 1 ms and less than ttl"
    if item.HasField("jitter") and not 0 <= seconds_or_nan(item.jitter) < ttl:
        yield f"{path}jitter", "must be at least 0 and less than ttl"


def _keys(path: str, keys: Sequence[CacheKey], limits: Limits) -> Iterator[Violation]:
    for index, key in enumerate(keys):
        yield from _key(f"{path}[{index}]", key, limits)
    yield from _duplicates(path + "[{}]", keys)


def _key(path: str, key: CacheKey, limits: Limits) -> Iterable[Violation]:
    kind = key.WhichOneof("kind")
    if not kind:
        return [(f"{path}.kind", "is required: set name, user, workspace or channel_members")]
    text: str = getattr(key, kind)
    if is_plain(text, limits.max_id_bytes):
        return ()
    return text_violations(f"{path}.{kind}", text, limits.max_id_bytes)


def _duplicates(path: str, keys: Sequence[CacheKey]) -> Iterator[Violation]:
    """Yield keys that occur twice: two operations on one key in a batch would have no order."""
    first_index: dict[bytes, int] = {}
    for index, key in enumerate(keys):
        first = first_index.setdefault(key.SerializeToString(), index)
        if first != index:
            yield path.format(index), f"duplicates {path.format(first)}"


def _texts(path: str, texts: Sequence[str], limits: Limits) -> Iterator[Violation]:
    for index, text in enumerate(texts):
        yield from text_violations(f"{path}[{index}]", text, limits.max_id_bytes)
