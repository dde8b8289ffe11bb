"""quikstate.v1.PresenceService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate.v1.presence_pb2 import (
    ConnectRequest,
    ConnectResponse,
    GetStatusRequest,
    GetStatusResponse,
    HeartbeatRequest,
    HeartbeatResponse,
    LeaveRequest,
    LeaveResponse,
    ListOnlineRequest,
    ListOnlineResponse,
    ListTypingRequest,
    ListTypingResponse,
    SetStatusRequest,
    SetStatusResponse,
    SetTypingRequest,
    SetTypingResponse,
    WatchPresenceRequest,
    WatchPresenceResponse,
)
from quikstate_server.error_status import item_status
from quikstate_server.errors import InvalidRequest
from quikstate_server.primitives.presence.connection_stream import Update
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.presence.workspace_feed import EventMailbox
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.common.page_tokens import decode_page_token, encode_page_token, page_size
from quikstate_server.services.common.protobuf_time import seconds_from_duration
from quikstate_server.services.common.watch_responses import batched_watch_responses
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.presence.convert import (
    DEFAULT_TYPING_SECONDS,
    connection_of,
    is_cursor,
    present,
    since_of,
    status_of,
    status_value,
    stayed,
    told,
    typing_user,
    update_of,
    user_presence,
)


class PresenceServicer:
    """Serves presence."""

    def __init__(self, presences: Presences, context: ServiceContext) -> None:
        self._presences = presences
        self._limits = context.limits
        self._streams = context.streams
        self._drain = context.drain
        self._validate = context.validate
        self._keyspaces = context.keyspaces

    async def heartbeat(self, request: HeartbeatRequest) -> HeartbeatResponse:
        connections = [connection_of(message) for message in request.connections]
        faults = await self._presences.heartbeat(self._keyspaces.of_caller(), connections)
        return HeartbeatResponse(statuses=[item_status(fault) if fault else ItemStatus() for fault in faults])

    async def connect(self, requests: AsyncIterator[ConnectRequest]) -> AsyncGenerator[ConnectResponse, None]:
        first = await anext(requests, ConnectRequest())
        self._validate(first)
        if not first.HasField("open"):
            raise InvalidRequest({"message": "must be open in the first message"})
        given = first.open.HasField("grace")
        grace = seconds_from_duration(first.open.grace) if given else self._limits.presence_grace_seconds
        stay = self._presences.connect(
            self._keyspaces.of_caller(),
            connection_of(first.open.connection),
            grace,
            self._updates(requests),
            self._drain,
        )
        async with aclosing(stay) as events:
            async for event in events:
                yield stayed(event)

    async def _updates(self, requests: AsyncIterator[ConnectRequest]) -> AsyncIterator[Update]:
        async for request in requests:
            self._validate(request)
            if not request.HasField("update"):
                raise InvalidRequest({"message": "must be update after the first message"})
            yield update_of(request.update)

    async def leave(self, request: LeaveRequest) -> LeaveResponse:
        count = await self._presences.leave(
            self._keyspaces.of_caller(),
            request.user_id,
            request.connection_id,
            seconds_from_duration(request.grace),
        )
        return LeaveResponse(connections=count)

    async def list_online(self, request: ListOnlineRequest) -> ListOnlineResponse:
        size = page_size(request.page_size, self._limits.max_page_size)
        page = await self._presences.list_online(
            self._keyspaces.of_caller(),
            request.workspace_id,
            0 if request.counts_only else size,
            decode_page_token(request.page_token, is_cursor),
            request.active_within.seconds,
        )
        return ListOnlineResponse(
            users=map(present, page.users), next_page_token=encode_page_token(page.cursor), online=page.online
        )

    async def get_status(self, request: GetStatusRequest) -> GetStatusResponse:
        users = await self._presences.get_status(self._keyspaces.of_caller(), request.user_ids)
        return GetStatusResponse(users=map(user_presence, users))

    async def set_status(self, request: SetStatusRequest) -> SetStatusResponse:
        shown = await self._presences.set_status(
            self._keyspaces.of_caller(),
            request.user_id,
            status_of(request.status),
            seconds_from_duration(request.ttl),
        )
        return SetStatusResponse(status=status_value(shown))

    async def set_typing(self, request: SetTypingRequest) -> SetTypingResponse:
        lasts = 0.0 if request.stopped else seconds_from_duration(request.ttl) or DEFAULT_TYPING_SECONDS
        await self._presences.set_typing(
            self._keyspaces.of_caller(), request.user_id, request.channel_id, lasts
        )
        return SetTypingResponse()

    async def list_typing(self, request: ListTypingRequest) -> ListTypingResponse:
        found = await self._presences.list_typing(self._keyspaces.of_caller(), request.channel_id)
        return ListTypingResponse(users=map(typing_user, found))

    async def watch_presence(
        self, request: WatchPresenceRequest
    ) -> AsyncGenerator[WatchPresenceResponse, None]:
        mailbox: EventMailbox = self._streams.mailbox(Overflow.CONFLATE)
        since = since_of(request.since) if request.HasField("since") else None
        watching = self._presences.watching(
            self._keyspaces.of_caller(), request.workspace_id, mailbox, since, counts_only=request.counts_only
        )
        del request
        async with watching as watched:
            events = watched.follow(self._streams, mailbox)
            async with aclosing(batched_watch_responses(events, WatchPresenceResponse, told)) as responses:
                async for response in responses:
                    yield response
                    del response
