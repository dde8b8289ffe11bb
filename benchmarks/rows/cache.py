"""CacheService: hits of one key, of a tagged one, and of a hundred in one call."""

from __future__ import annotations

from collections.abc import Sequence

import grpc
from google.protobuf.duration_pb2 import Duration

from benchmarks.laboratory import Running, Server
from benchmarks.loads.h2load import H2load
from benchmarks.processes import BenchmarkFailed
from benchmarks.rows.row import Prepare, Row
from quikstate.v1.cache_pb2 import (
    CACHE_SET_OUTCOME_STORED,
    CacheItem,
    CacheKey,
    GetEntriesRequest,
    SetEntriesRequest,
)
from quikstate.v1.cache_pb2_grpc import CacheServiceStub

_GET = "/quikstate.v1.CacheService/GetEntries"
_VALUE = b"v" * 200
_TTL_SECONDS = 86_400
_PATIENCE_SECONDS = 10


def rows() -> Sequence[Row]:
    return (
        _row("cache-get", "GetEntries, 1 key", ["bench:one"]),
        _row("cache-get-tagged", "GetEntries, 1 key with a tag", ["bench:tagged"], tags=["bench"]),
        _row("cache-get-100", "GetEntries, 100 keys", [f"bench:hundred:{number}" for number in range(100)]),
    )


def _row(key: str, title: str, names: Sequence[str], tags: Sequence[str] = ()) -> Row:
    """All are hits: an answer without the values would be too short."""
    body = GetEntriesRequest(keys=[CacheKey(name=name) for name in names]).SerializeToString()
    load = H2load(_GET, body, least_answer=len(names) * len(_VALUE))
    return Row(key, title, Server.OURS, load, unit="entry", units=len(names), prepare=_store(names, tags))


def _store(names: Sequence[str], tags: Sequence[str]) -> Prepare:
    def store(running: Running) -> None:
        ttl = Duration(seconds=_TTL_SECONDS)
        items = [CacheItem(key=CacheKey(name=name), value=_VALUE, ttl=ttl, tags=tags) for name in names]
        with grpc.insecure_channel(running.address) as channel:
            request = SetEntriesRequest(items=items)
            answer = CacheServiceStub(channel).SetEntries(request, timeout=_PATIENCE_SECONDS)
        if any(result.outcome != CACHE_SET_OUTCOME_STORED for result in answer.results):
            raise BenchmarkFailed(f"{names[0]} could not be stored")

    return store
