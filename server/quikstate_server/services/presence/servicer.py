"""quikstate.v1.PresenceService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing

from google.protobuf.message import Message

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
from quikstate_server.errors import InvalidRequest, QuikstateError
from quikstate_server.primitives.presence.connection_stream import Update
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.presence.workspace_feed import EventMailbox
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.primitives.streams.mailbox import Overflow
from quikstate_server.services.common.convert import page_token
from quikstate_server.services.common.keyspaces import Keyspaces
from quikstate_server.services.common.watch_responses import watched_together
from quikstate_server.services.presence.convert import (
    connection_of,
    cursor_of,
    present,
    seconds,
    since_of,
    status_of,
    status_value,
    stayed,
    told,
    typing_seconds,
    typing_user,
    update_of,
    user_presence,
)
from quikstate_server.settings import Limits

_PAGE_SIZE = 100


class PresenceServicer:
    """`validate` raises InvalidRequest for the items of a stream, which the interceptors leave to us;
    `item_status` says what failed for one item of a batch."""

    def __init__(
        self,
        presences: Presences,
        limits: Limits,
        streams: Streams,
        validate: Callable[[Message], None],
        item_status: Callable[[QuikstateError], ItemStatus],
        *,
        key_prefix: str = "",
    ) -> None:
        self._presences = presences
        self._limits = limits
        self._streams = streams
        self._validate = validate
        self._item_status = item_status
        self._keyspaces = Keyspaces(key_prefix)

    async def heartbeat(self, request: HeartbeatRequest) -> HeartbeatResponse:
        connections = [connection_of(message) for message in request.connections]
        faults = await self._presences.heartbeat(self._keyspaces.of(""), connections)
        return HeartbeatResponse(
            statuses=[self._item_status(fault) if fault else ItemStatus() for fault in faults]
        )

    async def connect(self, requests: AsyncIterator[ConnectRequest]) -> AsyncGenerator[ConnectResponse, None]:
        first = await anext(requests, ConnectRequest())
        self._validate(first)
        if not first.HasField("open"):
            raise InvalidRequest({"message": "must be open in the first message"})
        given = first.open.HasField("grace")
        grace = seconds(first.open.grace) if given else self._limits.presence_grace_seconds
        stay = self._presences.connect(
            self._keyspaces.of(""),
            connection_of(first.open.connection),
            grace,
            self._updates(requests),
            self._streams.drain,
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
            self._keyspaces.of(""), request.user_id, request.connection_id, seconds(request.grace)
        )
        return LeaveResponse(connections=count)

    async def list_online(self, request: ListOnlineRequest) -> ListOnlineResponse:
        size = min(request.page_size or _PAGE_SIZE, self._limits.max_page_size)
        page = await self._presences.list_online(
            self._keyspaces.of(""),
            request.workspace_id,
            0 if request.counts_only else size,
            cursor_of(request.page_token),
            request.active_within.seconds,
        )
        return ListOnlineResponse(
            users=map(present, page.users), next_page_token=page_token(page.cursor), online=page.online
        )

    async def get_status(self, request: GetStatusRequest) -> GetStatusResponse:
        users = await self._presences.get_status(self._keyspaces.of(""), request.user_ids)
        return GetStatusResponse(users=map(user_presence, users))

    async def set_status(self, request: SetStatusRequest) -> SetStatusResponse:
        shown = await self._presences.set_status(
            self._keyspaces.of(""), request.user_id, status_of(request.status), seconds(request.ttl)
        )
        return SetStatusResponse(status=status_value(shown))

    async def set_typing(self, request: SetTypingRequest) -> SetTypingResponse:
        lasts = 0.0 if request.stopped else typing_seconds(request.ttl)
        await self._presences.set_typing(self._keyspaces.of(""), request.user_id, request.channel_id, lasts)
        return SetTypingResponse()

    async def list_typing(self, request: ListTypingRequest) -> ListTypingResponse:
        found = await self._presences.list_typing(self._keyspaces.of(""), request.channel_id)
        return ListTypingResponse(users=map(typing_user, found))

    async def watch_presence(
        self, request: WatchPresenceRequest
    ) -> AsyncGenerator[WatchPresenceResponse, None]:
        mailbox: EventMailbox = self._streams.mailbox(Overflow.CONFLATE)
        since = since_of(request.since) if request.HasField("since") else None
        watching = self._presences.watching(
            self._keyspaces.of(""), request.workspace_id, mailbox, since, counts_only=request.counts_only
        )
        del request
        async with watching as watched:
            events = watched.follow(self._streams, mailbox)
            async with aclosing(watched_together(events, WatchPresenceResponse, told)) as responses:
                async for response in responses:
                    yield response
                    del response
