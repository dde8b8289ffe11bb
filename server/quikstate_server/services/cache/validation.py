"""The rules of CacheService's requests.

A GetEntriesRequest that breaks none of these has the shape that its proto demands too, so that
protovalidate need not look at it (tests/unit/test_cache_rules.py).
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
    guarantees_shape,
    is_plain,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits


@guarantees_shape
def get_entries(request: GetEntriesRequest, limits: Limits) -> Iterator[Violation]:
    yield from _keys("keys", request.keys, limits)
    if not 1 <= len(request.keys) <= limits.max_cache_items:
        yield "keys", f"must be 1 to {limits.max_cache_items}"
    if request.HasField("lease_ttl"):
        least, most = limits.min_cache_lease_seconds, limits.max_cache_lease_seconds
        if not request.lease:
            yield "lease_ttl", "is for lease alone"
        if not least <= seconds_or_nan(request.lease_ttl) <= most:
            yield "lease_ttl", f"must be {least:g} to {most:g} s"
    if not 0 <= seconds_or_nan(request.wait) <= limits.max_cache_wait_seconds:
        yield "wait", f"must be 0 to {limits.max_cache_wait_seconds:g} s"


def set_entries(request: SetEntriesRequest, limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(request.items) <= limits.max_cache_items:
        yield "items", f"must be 1 to {limits.max_cache_items}"
    for index, item in enumerate(request.items):
        yield from _item(f"items[{index}].", item, limits)
    yield from _repeated("items[{}].key", [item.key for item in request.items])


def delete_entries(request: DeleteEntriesRequest, limits: Limits) -> Iterator[Violation]:
    yield from _keys("keys", request.keys, limits)
    yield from _texts("tags", request.tags, limits)
    if not 1 <= len(request.keys) + len(request.tags) <= limits.max_cache_items:
        yield "keys", f"must be 1 to {limits.max_cache_items} together with tags"


def watch_invalidations(request: WatchInvalidationsRequest, limits: Limits) -> Iterator[Violation]:
    yield from _keys("keys", request.keys, limits)
    yield from _texts("tags", request.tags, limits)
    for index, prefix in enumerate(request.prefixes):
        kind = prefix.WhichOneof("kind")
        if kind:  # or its shape is wrong
            text = getattr(prefix, kind)
            yield from optional_text_violations(f"prefixes[{index}].{kind}", text, limits.max_id_bytes)
    most = limits.max_watched_cache_names
    if not 1 <= len(request.keys) + len(request.prefixes) + len(request.tags) <= most:
        yield "keys", f"must be 1 to {most} together with prefixes and tags"


def _item(path: str, item: CacheItem, limits: Limits) -> Iterator[Violation]:
    yield from _key(f"{path}key", item.key, limits)
    if len(item.value) > limits.max_cache_value_bytes:
        yield f"{path}value", f"must be at most {limits.max_cache_value_bytes} bytes"
    yield from _texts(f"{path}tags", item.tags, limits)
    if len(item.tags) > limits.max_cache_tags:
        yield f"{path}tags", f"must be at most {limits.max_cache_tags}"
    if item.abandon:
        yield from _abandoned(path, item)
    else:
        yield from _times(path, item, limits)


def _abandoned(path: str, item: CacheItem) -> Iterator[Violation]:
    if not item.lease:
        yield f"{path}lease", "is required to abandon it"
    for field in ("ttl", "soft_ttl", "jitter"):
        if item.HasField(field):
            yield f"{path}{field}", "is for what is stored"
    if item.tags:
        yield f"{path}tags", "is for what is stored"


def _times(path: str, item: CacheItem, limits: Limits) -> Iterator[Violation]:
    ttl = seconds_or_nan(item.ttl)
    if not limits.min_cache_ttl_seconds <= ttl <= limits.max_ttl_seconds:
        yield f"{path}ttl", f"must be {limits.min_cache_ttl_seconds:g} to {limits.max_ttl_seconds} s"
    if item.HasField("soft_ttl"):
        if item.negative:
            yield f"{path}soft_ttl", "is for a value alone"
        if not 0.001 <= seconds_or_nan(item.soft_ttl) < ttl:
            yield f"{path}soft_ttl", "must be at least 1 ms and less than ttl"
    if item.HasField("jitter") and not 0 <= seconds_or_nan(item.jitter) < ttl:
        yield f"{path}jitter", "must be 0 or more and less than ttl"


def _keys(path: str, keys: Sequence[CacheKey], limits: Limits) -> Iterator[Violation]:
    for index, key in enumerate(keys):
        yield from _key(f"{path}[{index}]", key, limits)
    yield from _repeated(path + "[{}]", keys)


def _key(path: str, key: CacheKey, limits: Limits) -> Iterable[Violation]:
    kind = key.WhichOneof("kind")
    if not kind:
        return [(f"{path}.kind", "must name one")]
    text: str = getattr(key, kind)
    if is_plain(text, limits.max_id_bytes):
        return ()
    return text_violations(f"{path}.{kind}", text, limits.max_id_bytes)


def _repeated(path: str, keys: Sequence[CacheKey]) -> Iterator[Violation]:
    """Two acts on one key in a batch would have no order."""
    seen: set[bytes] = set()
    for index, key in enumerate(keys):
        text = key.SerializeToString()
        if text in seen:
            yield path.format(index), "stands there before"
        seen.add(text)


def _texts(path: str, texts: Sequence[str], limits: Limits) -> Iterator[Violation]:
    for index, text in enumerate(texts):
        yield from text_violations(f"{path}[{index}]", text, limits.max_id_bytes)
