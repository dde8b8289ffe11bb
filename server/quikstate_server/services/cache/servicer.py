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
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.cache.convert import (
    ToStatus,
    deleted_of,
    entry_of,
    invalidated_of,
    item_of,
    name_of,
    result_of,
    subjects_of,
    wanted_of,
)
from quikstate_server.services.common.keyspaces import Keyspaces
from quikstate_server.services.common.until_drain import until_drain
from quikstate_server.services.common.watch_responses import watched


class CacheServicer:
    """`to_status` words an error of one item."""

    def __init__(self, cache: Cache, streams: Streams, to_status: ToStatus, *, key_prefix: str = "") -> None:
        self._cache = cache
        self._streams = streams
        self._to_status = to_status
        self._keyspaces = Keyspaces(key_prefix)

    async def get_entries(self, request: GetEntriesRequest) -> GetEntriesResponse:
        wanted = wanted_of(request, self._keyspaces.of(""))
        work = self._cache.get(wanted)
        found = await (until_drain(self._streams.drain, work) if wanted.wait else work)
        pairs = zip(request.keys, found, strict=True)
        return GetEntriesResponse(entries=[entry_of(key, one, self._to_status) for key, one in pairs])

    async def set_entries(self, request: SetEntriesRequest) -> SetEntriesResponse:
        stored = await self._cache.set(self._keyspaces.of(""), list(map(item_of, request.items)))
        return SetEntriesResponse(results=[result_of(one, self._to_status) for one in stored])

    async def delete_entries(self, request: DeleteEntriesRequest) -> DeleteEntriesResponse:
        names = list(map(name_of, request.keys))
        keys, tags = await self._cache.delete(self._keyspaces.of(""), names, request.tags)
        return DeleteEntriesResponse(
            keys=[deleted_of(one, self._to_status) for one in keys],
            tags=[deleted_of(one, self._to_status, known=False) for one in tags],
        )

    async def watch_invalidations(
        self, request: WatchInvalidationsRequest
    ) -> AsyncGenerator[WatchInvalidationsResponse, None]:
        mailbox: InvalidationMailbox = self._streams.mailbox(Overflow.CONFLATE)
        subjects = subjects_of(request)
        del request
        async with self._cache.watching(self._keyspaces.of(""), subjects, mailbox):
            yield WatchInvalidationsResponse(started=CacheWatchStarted())
            events = watched(self._streams.follow(mailbox), WatchInvalidationsResponse, invalidated_of)
            async with aclosing(events):
                async for event in events:
                    yield event
                    del event
