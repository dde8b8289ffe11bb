"""quikstate.v1.CacheService."""

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
    deleted_of,
    entry_of,
    invalidated_of,
    item_of,
    name_of,
    result_of,
    subjects_of,
    wanted_of,
)
from quikstate_server.services.common.watch_responses import watch_responses
from quikstate_server.services.common.wiring import ServiceContext


class CacheServicer:
    """Serves the cache."""

    def __init__(self, cache: Cache, context: ServiceContext) -> None:
        self._cache = cache
        self._streams = context.streams
        self._drain = context.drain
        self._keyspaces = context.keyspaces

    async def get_entries(self, request: GetEntriesRequest) -> GetEntriesResponse:
        wanted = wanted_of(request, self._keyspaces.of_caller())
        work = self._cache.get(wanted)
        found = await (self._drain.run(work) if wanted.wait else work)
        pairs = zip(request.keys, found, strict=True)
        return GetEntriesResponse(entries=[entry_of(key, one) for key, one in pairs])

    async def set_entries(self, request: SetEntriesRequest) -> SetEntriesResponse:
        stored = await self._cache.set(self._keyspaces.of_caller(), list(map(item_of, request.items)))
        return SetEntriesResponse(results=[result_of(one) for one in stored])

    async def delete_entries(self, request: DeleteEntriesRequest) -> DeleteEntriesResponse:
        names = list(map(name_of, request.keys))
        keys, tags = await self._cache.delete(self._keyspaces.of_caller(), names, request.tags)
        return DeleteEntriesResponse(
            keys=[deleted_of(one) for one in keys],
            tags=[deleted_of(one, known=False) for one in tags],
        )

    async def watch_invalidations(
        self, request: WatchInvalidationsRequest
    ) -> AsyncGenerator[WatchInvalidationsResponse, None]:
        mailbox: InvalidationMailbox = self._streams.mailbox(Overflow.CONFLATE)
        subjects = subjects_of(request)
        del request
        async with self._cache.watching(self._keyspaces.of_caller(), subjects, mailbox):
            yield WatchInvalidationsResponse(started=CacheWatchStarted())
            events = self._streams.follow(mailbox)
            responses = watch_responses(events, WatchInvalidationsResponse, invalidated_of)
            async with aclosing(responses):
                async for response in responses:
                    yield response
                    del response
