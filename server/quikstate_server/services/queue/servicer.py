"""The servicer of quikstate.v1.QueueService."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from quikstate.v1 import queue_pb2 as pb
from quikstate_server.errors import InvalidRequest
from quikstate_server.primitives.queue.consume_stream import ConsumeMessage, ConsumeStream, SettlementResults
from quikstate_server.primitives.queue.model import QueueName
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.services.common.page_tokens import decode_page_token, page_size
from quikstate_server.services.common.protobuf_time import seconds_from_duration
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.queue.convert import (
    consume_event_to_proto,
    credit_from_proto,
    delivery_to_proto,
    enqueue_outcome_to_proto,
    inspection_to_proto,
    item_from_proto,
    lease_from_proto,
    queue_page_to_proto,
    scope_from_proto,
    settlement_from_proto,
    settlement_results_to_proto,
    view_from_proto,
)
from quikstate_server.services.queue.metrics import QueueMetrics

_DEFAULT_PAGE_SIZE = 10


class QueueServicer:
    """The RPCs of QueueService."""

    def __init__(self, queues: Queues, context: ServiceContext) -> None:
        self._queues = queues
        self._limits = context.limits
        self._streams = context.streams
        self._validate = context.validate
        self._keyspaces = context.keyspaces
        self._metrics = QueueMetrics(context.metrics, queues)

    async def enqueue(self, request: pb.EnqueueRequest) -> pb.EnqueueResponse:
        """Add items to queues."""
        items = [item_from_proto(self._name(item.queue), item) for item in request.items]
        outcome = await self._queues.enqueue(items, request.request_id, request.min_replicas)
        self._metrics.count_enqueued(outcome.results)
        return enqueue_outcome_to_proto(outcome)

    async def receive(self, request: pb.ReceiveRequest) -> pb.ReceiveResponse:
        """Lease items of one of several queues, waiting for the first if the caller wants that."""
        names, wait_seconds = list(map(self._name, request.queues)), seconds_from_duration(request.wait)
        deliveries = await self._queues.receive(
            names, request.max_items or 1, wait_seconds, lease_from_proto(request)
        )
        return pb.ReceiveResponse(items=map(delivery_to_proto, deliveries))

    async def consume(
        self, requests: AsyncIterator[pb.ConsumeRequest]
    ) -> AsyncGenerator[pb.ConsumeResponse, None]:
        """Hand out items as they come, and settle them on the same stream."""
        first = await anext(requests, pb.ConsumeRequest())
        self._validate(first)
        if not first.HasField("start"):
            raise InvalidRequest({"message": "the first message must be start"})
        stream = ConsumeStream(
            self._queues,
            list(map(self._name, first.start.queues)),
            lease_from_proto(first.start),
            credit_from_proto(first.start.credit),
            self._messages(requests),
            self._streams.heartbeat_seconds,
        )
        async with aclosing(stream.events()) as events:
            async for event in events:
                if isinstance(event, SettlementResults):
                    self._metrics.count_settled(event.results)
                yield consume_event_to_proto(event)

    async def _messages(self, requests: AsyncIterator[pb.ConsumeRequest]) -> AsyncIterator[ConsumeMessage]:
        async for request in requests:
            self._validate(request)
            if request.HasField("start"):
                raise InvalidRequest({"message": "only the first message may be start"})
            if request.HasField("credit"):
                yield credit_from_proto(request.credit)
            else:
                yield [
                    settlement_from_proto(settlement, self._name) for settlement in request.settle.settlements
                ]

    async def settle(self, request: pb.SettleRequest) -> pb.SettleResponse:
        """Acknowledge, nack or extend deliveries."""
        settlements = [settlement_from_proto(settlement, self._name) for settlement in request.settlements]
        outcomes = await self._queues.settle(settlements)
        self._metrics.count_settled(outcomes)
        return settlement_results_to_proto(outcomes)

    async def inspect_queue(self, request: pb.InspectQueueRequest) -> pb.InspectQueueResponse:
        """Count a queue's items, and show a page of them."""
        size = min(request.page_size or _DEFAULT_PAGE_SIZE, self._limits.max_receive_items)
        view, page = view_from_proto(request)
        inspection = await self._queues.inspect(self._name(request.queue), view, page, size)
        return inspection_to_proto(inspection)

    async def list_queues(self, request: pb.ListQueuesRequest) -> pb.ListQueuesResponse:
        """List the queues that have items."""
        size = page_size(request.page_size, self._limits.max_receive_items)
        after = decode_page_token(request.page_token)
        page = await self._queues.list_queues(self._keyspaces.of_caller(), request.prefix, after, size)
        return queue_page_to_proto(page)

    async def redrive_queue(self, request: pb.RedriveQueueRequest) -> pb.RedriveQueueResponse:
        """Enqueue dead letters again."""
        name = self._name(request.queue)
        redriven = await self._queues.redrive(name, request.item_ids, request.max_items)
        return pb.RedriveQueueResponse(redriven=redriven)

    async def purge_queue(self, request: pb.PurgeQueueRequest) -> pb.PurgeQueueResponse:
        """Delete items."""
        name, scope = self._name(request.queue), scope_from_proto(request)
        return pb.PurgeQueueResponse(purged=await self._queues.purge(name, scope, request.item_ids))

    def _name(self, queue: str) -> QueueName:
        return QueueName(self._keyspaces.of_caller(), queue)
