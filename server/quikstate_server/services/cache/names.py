"""The names in CacheService's requests that a policy can restrict: keys and tags.

A key of another kind than `name` has its kind before it: `user:42`, `workspace:7`, `channel_members:9`.
"""

from __future__ import annotations

from collections.abc import Iterator

from quikstate.v1.cache_pb2 import (
    CacheKey,
    DeleteEntriesRequest,
    GetEntriesRequest,
    SetEntriesRequest,
    WatchInvalidationsRequest,
)


def get_entries(request: GetEntriesRequest) -> Iterator[str]:
    yield from map(_name, request.keys)


def set_entries(request: SetEntriesRequest) -> Iterator[str]:
    for item in request.items:
        yield _name(item.key)
        yield from item.tags


def delete_entries(request: DeleteEntriesRequest) -> Iterator[str]:
    yield from map(_name, request.keys)
    yield from request.tags


def watch_invalidations(request: WatchInvalidationsRequest) -> Iterator[str]:
    yield from map(_name, request.keys)
    yield from map(_name, request.prefixes)
    yield from request.tags


def _name(key: CacheKey) -> str:
    kind = key.WhichOneof("kind") or "name"
    id_: str = getattr(key, kind)
    return id_ if kind == "name" else f"{kind}:{id_}"
