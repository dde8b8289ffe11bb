"""The methods of quikstate.v1.CacheService."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from quikstate.v1.cache_pb2 import (
    CacheWatchStarted,
    DeleteEntriesRequest,
    DeleteEntriesResponse,
    GetEntriesRequest,
    GetEntriesResponse,
    SetEntriesRequest,
    SetEntriesResponse,
    WatchInvalidationsRequest,
    WatchInvalidationsResponse,
)
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.cache.watch import InvalidationMailbox
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.cache.convert import (
    deleted_key_to_proto,
    deleted_tag_to_proto,
    filter_from_proto,
    invalidation_to_proto,
    name_from_proto,
    read_from_proto,
    read_result_to_proto,
    write_from_proto,
    write_result_to_proto,
)
from quikstate_server.services.cache.metrics import CacheMetrics
from quikstate_server.services.common.watch_responses import watch_responses
from quikstate_server.services.common.wiring import ServiceContext


class CacheServicer:
    """Serves the cache."""

    def __init__(self, cache: Cache, context: ServiceContext) -> None:
        self._cache = cache
        self._streams = context.streams
        self._drain = context.drain
        self._keyspaces = context.keyspaces
        self._metrics = CacheMetrics(context.metrics)

    async def get_entries(self, request: GetEntriesRequest) -> GetEntriesResponse:
        """Read entries, which may wait until others fill them."""
        read = read_from_proto(request, self._keyspaces.of_caller())
        work = self._cache.get(read)
        results = await (self._drain.run(work) if read.wait_seconds else work)
        self._metrics.count_reads(results)
        pairs = zip(request.keys, results, strict=True)
        return GetEntriesResponse(entries=[read_result_to_proto(key, result) for key, result in pairs])

    async def set_entries(self, request: SetEntriesRequest) -> SetEntriesResponse:
        """Store entries."""
        writes = list(map(write_from_proto, request.items))
        results = await self._cache.set(self._keyspaces.of_caller(), writes)
        self._metrics.count_writes(writes, results)
        return SetEntriesResponse(results=[write_result_to_proto(result) for result in results])

    async def delete_entries(self, request: DeleteEntriesRequest) -> DeleteEntriesResponse:
        """Delete entries and invalidate tags."""
        names = list(map(name_from_proto, request.keys))
        results = await self._cache.delete(self._keyspaces.of_caller(), names, request.tags)
        return DeleteEntriesResponse(
            keys=[deleted_key_to_proto(existed) for existed in results.keys],
            tags=[deleted_tag_to_proto(invalidated) for invalidated in results.tags],
        )

    async def watch_invalidations(
        self, request: WatchInvalidationsRequest
    ) -> AsyncGenerator[WatchInvalidationsResponse, None]:
        """Stream invalidations of the entries and tags in the request."""
        mailbox: InvalidationMailbox = self._streams.mailbox(Overflow.CONFLATE)
        invalidation_filter = filter_from_proto(request)
        del request
        async with self._cache.watch(self._keyspaces.of_caller(), invalidation_filter, mailbox):
            yield WatchInvalidationsResponse(started=CacheWatchStarted())
            events = self._streams.follow(mailbox)
            responses = watch_responses(events, WatchInvalidationsResponse, invalidation_to_proto)
            async with aclosing(responses):
                async for response in responses:
                    yield response
                    del response
