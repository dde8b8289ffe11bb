"""quikstate.v1.QueueService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing

from google.protobuf.message import Message

from quikstate.v1.queue_pb2 import (
    ConsumeRequest,
    ConsumeResponse,
    EnqueueRequest,
    EnqueueResponse,
    InspectQueueRequest,
    InspectQueueResponse,
    PurgeQueueRequest,
    PurgeQueueResponse,
    ReceiveRequest,
    ReceiveResponse,
    RedriveQueueRequest,
    RedriveQueueResponse,
    SettleRequest,
    SettleResponse,
)
from quikstate_server.errors import InvalidRequest
from quikstate_server.primitives.queue.consume import Consumption, Said
from quikstate_server.primitives.queue.model import Name
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.primitives.streams.follow import Streams
from quikstate_server.services.common.convert import page_token
from quikstate_server.services.common.keyspaces import Keyspaces
from quikstate_server.services.queue.convert import (
    SCOPES,
    VIEWS,
    ToStatus,
    credit_of,
    delivered,
    enqueued,
    event_of,
    lease_of,
    looked_at,
    new_item,
    page_of,
    seconds,
    settled,
    settlement_of,
    stats_of,
)
from quikstate_server.settings import Limits

_PAGE_SIZE = 10


class QueueServicer:
    """`validate` raises InvalidRequest for a message of a stream, which the interceptors leave to us, and
    `to_status` words an error of one item."""

    def __init__(
        self,
        queues: Queues,
        limits: Limits,
        streams: Streams,
        validate: Callable[[Message], None],
        to_status: ToStatus,
        *,
        key_prefix: str = "",
    ) -> None:
        self._queues = queues
        self._limits = limits
        self._streams = streams
        self._validate = validate
        self._to_status = to_status
        self._keyspaces = Keyspaces(key_prefix)

    async def enqueue(self, request: EnqueueRequest) -> EnqueueResponse:
        items = [new_item(self._name(item.queue), item) for item in request.items]
        outcome = await self._queues.enqueue(items, request.request_id, request.min_replicas)
        return enqueued(outcome, self._to_status)

    async def receive(self, request: ReceiveRequest) -> ReceiveResponse:
        names, lease = list(map(self._name, request.queues)), lease_of(request)
        deliveries = await self._queues.receive(names, request.max_items or 1, seconds(request.wait), lease)
        return ReceiveResponse(items=map(delivered, deliveries))

    async def consume(self, requests: AsyncIterator[ConsumeRequest]) -> AsyncGenerator[ConsumeResponse, None]:
        first = await anext(requests, ConsumeRequest())
        self._validate(first)
        if not first.HasField("start"):
            raise InvalidRequest({"message": "must be start in the first message"})
        consumption = Consumption(
            self._queues,
            list(map(self._name, first.start.queues)),
            lease_of(first.start),
            credit_of(first.start.credit),
            self._said(requests),
            self._streams.heartbeat_seconds,
        )
        async with aclosing(consumption.events()) as events:
            async for event in events:
                yield event_of(event, self._to_status)

    async def _said(self, requests: AsyncIterator[ConsumeRequest]) -> AsyncIterator[Said]:
        async for request in requests:
            self._validate(request)
            if request.HasField("start"):
                raise InvalidRequest({"message": "must be start in the first message alone"})
            if request.HasField("credit"):
                yield credit_of(request.credit)
            else:
                yield [settlement_of(one, self._name) for one in request.settle.settlements]

    async def settle(self, request: SettleRequest) -> SettleResponse:
        settlements = [settlement_of(one, self._name) for one in request.settlements]
        return settled(await self._queues.settle(settlements), self._to_status)

    async def inspect_queue(self, request: InspectQueueRequest) -> InspectQueueResponse:
        size = min(request.page_size or _PAGE_SIZE, self._limits.max_receive_items)
        view, page = VIEWS[request.view], page_of(request)
        seen = await self._queues.inspect(self._name(request.queue), view, page, size)
        return InspectQueueResponse(
            stats=stats_of(seen.stats),
            items=map(looked_at, seen.items),
            next_page_token=page_token(seen.next_page),
        )

    async def redrive_queue(self, request: RedriveQueueRequest) -> RedriveQueueResponse:
        name = self._name(request.queue)
        return RedriveQueueResponse(
            redriven=await self._queues.redrive(name, request.item_ids, request.max_items)
        )

    async def purge_queue(self, request: PurgeQueueRequest) -> PurgeQueueResponse:
        name, scope = self._name(request.queue), SCOPES[request.scope]
        return PurgeQueueResponse(purged=await self._queues.purge(name, scope, request.item_ids))

    def _name(self, queue: str) -> Name:
        return Name(self._keyspaces.of(""), queue)
