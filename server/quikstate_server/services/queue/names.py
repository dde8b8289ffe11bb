"""The names in QueueService's requests that a policy can restrict: queues, those in receipts too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quikstate.v1.queue_pb2 import (
    ConsumeRequest,
    EnqueueRequest,
    InspectQueueRequest,
    ListQueuesRequest,
    PurgeQueueRequest,
    ReceiveRequest,
    RedriveQueueRequest,
    SettleRequest,
)
from quikstate_server.primitives.queue.model import Receipt


def enqueue(request: EnqueueRequest) -> Iterator[str]:
    return (item.queue for item in request.items)


def receive(request: ReceiveRequest) -> Iterable[str]:
    return request.queues


def consume(request: ConsumeRequest) -> Iterator[str]:
    yield from request.start.queues
    yield from settle(request.settle)


def settle(request: SettleRequest) -> Iterator[str]:
    return (Receipt.parse(settlement.receipt).queue for settlement in request.settlements)


def inspect_queue(request: InspectQueueRequest) -> Sequence[str]:
    return [request.queue]


def list_queues(request: ListQueuesRequest) -> Sequence[str]:
    return [request.prefix]


def redrive_queue(request: RedriveQueueRequest) -> Sequence[str]:
    return [request.queue]


def purge_queue(request: PurgeQueueRequest) -> Sequence[str]:
    return [request.queue]
