"""quikstate.v1.QueueService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

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
from quikstate_server.services.common.page_tokens import encode_page_token
from quikstate_server.services.common.protobuf_time import seconds_from_duration
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.queue.convert import (
    SCOPES,
    VIEWS,
    credit_of,
    delivered,
    enqueued,
    event_of,
    lease_of,
    looked_at,
    new_item,
    page_of,
    settled,
    settlement_of,
    stats_of,
)

_PAGE_SIZE = 10


class QueueServicer:
    """Serves queues."""

    def __init__(self, queues: Queues, context: ServiceContext) -> None:
        self._queues = queues
        self._limits = context.limits
        self._streams = context.streams
        self._validate = context.validate
        self._keyspaces = context.keyspaces

    async def enqueue(self, request: EnqueueRequest) -> EnqueueResponse:
        items = [new_item(self._name(item.queue), item) for item in request.items]
        outcome = await self._queues.enqueue(items, request.request_id, request.min_replicas)
        return enqueued(outcome)

    async def receive(self, request: ReceiveRequest) -> ReceiveResponse:
        names, lease = list(map(self._name, request.queues)), lease_of(request)
        deliveries = await self._queues.receive(
            names, request.max_items or 1, seconds_from_duration(request.wait), lease
        )
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
                yield event_of(event)

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
        return settled(await self._queues.settle(settlements))

    async def inspect_queue(self, request: InspectQueueRequest) -> InspectQueueResponse:
        size = min(request.page_size or _PAGE_SIZE, self._limits.max_receive_items)
        view, page = VIEWS[request.view], page_of(request)
        seen = await self._queues.inspect(self._name(request.queue), view, page, size)
        return InspectQueueResponse(
            stats=stats_of(seen.stats),
            items=map(looked_at, seen.items),
            next_page_token=encode_page_token(seen.next_page),
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
        return Name(self._keyspaces.of_caller(), queue)
