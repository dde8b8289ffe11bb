"""Serves quikstate.v1.PresenceService."""

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
from quikstate_server.primitives.presence.connection_stream import ConnectionUpdate
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.presence.workspace_feed import PresenceMailbox
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.common.page_tokens import decode_page_token, encode_page_token, page_size
from quikstate_server.services.common.protobuf_time import seconds_from_duration
from quikstate_server.services.common.watch_responses import batched_watch_responses
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.presence.convert import (
    DEFAULT_TYPING_SECONDS,
    connection_event_to_proto,
    connection_from_proto,
    is_cursor,
    member_to_proto,
    position_from_proto,
    presence_events_to_proto,
    status_from_proto,
    status_to_proto,
    typing_user_to_proto,
    update_from_proto,
    user_to_proto,
)


class PresenceServicer:
    """Serves presence. It validates each message of Connect, which the interceptors leave to it."""

    def __init__(self, presences: Presences, context: ServiceContext) -> None:
        self._presences = presences
        self._limits = context.limits
        self._streams = context.streams
        self._drain = context.drain
        self._validate = context.validate
        self._keyspaces = context.keyspaces

    async def heartbeat(self, request: HeartbeatRequest) -> HeartbeatResponse:
        connections = [connection_from_proto(message) for message in request.connections]
        errors = await self._presences.heartbeat(self._keyspaces.of_caller(), connections)
        return HeartbeatResponse(statuses=[item_status(error) if error else ItemStatus() for error in errors])

    async def connect(self, requests: AsyncIterator[ConnectRequest]) -> AsyncGenerator[ConnectResponse, None]:
        first = await anext(requests, ConnectRequest())
        self._validate(first)
        if not first.HasField("open"):
            raise InvalidRequest({"message": "must be open in the first message of the stream"})
        grace = self._limits.presence_grace_seconds
        if first.open.HasField("grace"):
            grace = seconds_from_duration(first.open.grace)
        stream = self._presences.connect(
            self._keyspaces.of_caller(),
            connection_from_proto(first.open.connection),
            grace,
            self._updates(requests),
            self._drain,
        )
        async with aclosing(stream) as events:
            async for event in events:
                yield connection_event_to_proto(event)

    async def _updates(self, requests: AsyncIterator[ConnectRequest]) -> AsyncIterator[ConnectionUpdate]:
        async for request in requests:
            self._validate(request)
            if not request.HasField("update"):
                raise InvalidRequest({"message": "must be update in all messages after the first"})
            yield update_from_proto(request.update)

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
            users=map(member_to_proto, page.members),
            next_page_token=encode_page_token(page.cursor),
            online=page.online,
        )

    async def get_status(self, request: GetStatusRequest) -> GetStatusResponse:
        users = await self._presences.get_status(self._keyspaces.of_caller(), request.user_ids)
        return GetStatusResponse(users=map(user_to_proto, users))

    async def set_status(self, request: SetStatusRequest) -> SetStatusResponse:
        shown = await self._presences.set_status(
            self._keyspaces.of_caller(),
            request.user_id,
            status_from_proto(request.status),
            seconds_from_duration(request.ttl),
        )
        return SetStatusResponse(status=status_to_proto(shown))

    async def set_typing(self, request: SetTypingRequest) -> SetTypingResponse:
        ttl = seconds_from_duration(request.ttl) or DEFAULT_TYPING_SECONDS
        await self._presences.set_typing(
            self._keyspaces.of_caller(), request.user_id, request.channel_id, 0.0 if request.stopped else ttl
        )
        return SetTypingResponse()

    async def list_typing(self, request: ListTypingRequest) -> ListTypingResponse:
        users = await self._presences.list_typing(self._keyspaces.of_caller(), request.channel_id)
        return ListTypingResponse(users=map(typing_user_to_proto, users))

    async def watch_presence(
        self, request: WatchPresenceRequest
    ) -> AsyncGenerator[WatchPresenceResponse, None]:
        mailbox: PresenceMailbox = self._streams.mailbox(Overflow.CONFLATE)
        since = position_from_proto(request.since) if request.HasField("since") else None
        watching = self._presences.watching(
            self._keyspaces.of_caller(), request.workspace_id, mailbox, since, counts_only=request.counts_only
        )
        del request
        async with watching as feed:
            events = feed.follow(self._streams, mailbox)
            async with aclosing(
                batched_watch_responses(events, WatchPresenceResponse, presence_events_to_proto)
            ) as responses:
                async for response in responses:
                    yield response
                    del response
