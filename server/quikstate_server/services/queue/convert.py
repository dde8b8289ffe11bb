"""Converters between the messages of QueueService and the types of queues."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from quikstate.v1 import queue_pb2 as pb
from quikstate.v1.watch_pb2 import WatchEnd, WatchHeartbeat
from quikstate_server.error_status import item_status
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.queue.consume_stream import ConsumeCredit, ConsumeEvent, SettlementResults
from quikstate_server.primitives.queue.model import (
    DEFAULT_ATTEMPTS,
    Delivery,
    EnqueueOutcome,
    ItemState,
    NewQueueItem,
    PurgeScope,
    QueueInspection,
    QueueName,
    QueuePage,
    QueueStats,
    QueueView,
    Receipt,
    Settlement,
    SettlementAction,
    SettlementOutcome,
    StoredItem,
    is_item_id,
)
from quikstate_server.primitives.streams.follow import Heartbeat, ServerDraining
from quikstate_server.services.common.page_tokens import decode_page_token, encode_page_token
from quikstate_server.services.common.protobuf_time import (
    microseconds_to_timestamp,
    optional_seconds_to_duration,
    seconds_from_duration,
    seconds_to_duration,
)

_VIEWS = {
    pb.QUEUE_VIEW_UNSPECIFIED: QueueView.NONE,
    pb.QUEUE_VIEW_ITEMS: QueueView.ITEMS,
    pb.QUEUE_VIEW_DEAD_LETTERS: QueueView.DEAD_LETTERS,
}
_SCOPES = {
    pb.PURGE_SCOPE_UNSPECIFIED: PurgeScope.ITEMS,
    pb.PURGE_SCOPE_ITEMS: PurgeScope.ITEMS,
    pb.PURGE_SCOPE_DEAD_LETTERS: PurgeScope.DEAD_LETTERS,
}
_STATES: dict[ItemState, pb.QueueItemState.ValueType] = {
    ItemState.READY: pb.QUEUE_ITEM_STATE_READY,
    ItemState.DELAYED: pb.QUEUE_ITEM_STATE_DELAYED,
    ItemState.LEASED: pb.QUEUE_ITEM_STATE_LEASED,
    ItemState.DEAD: pb.QUEUE_ITEM_STATE_DEAD,
}
_OUTCOMES: dict[SettlementOutcome, pb.SettleOutcome.ValueType] = {
    SettlementOutcome.SETTLED: pb.SETTLE_OUTCOME_SETTLED,
    SettlementOutcome.NOT_HELD: pb.SETTLE_OUTCOME_NOT_HELD,
    SettlementOutcome.DEAD: pb.SETTLE_OUTCOME_DEAD,
}
_DEFAULT_LEASE_SECONDS = 30.0
_DEFAULT_DEDUP_SECONDS = 300.0
_DEFAULT_CREDIT = ConsumeCredit(100, 1024 * 1024)
_IS_ROW: dict[QueueView, Callable[[str], object]] = {
    QueueView.NONE: lambda _: False,
    QueueView.ITEMS: is_item_id,
    QueueView.DEAD_LETTERS: re.compile(r"[0-9]{1,10}").fullmatch,
}
"""For each view, whether a text in a page token can be where a page of it begins."""


def lease_from_proto(message: pb.ReceiveRequest | pb.ConsumeStart | pb.QueueExtend) -> float:
    """Return the lease in seconds."""
    return seconds_from_duration(message.lease) if message.HasField("lease") else _DEFAULT_LEASE_SECONDS


def item_from_proto(name: QueueName, item: pb.EnqueueItem) -> NewQueueItem:
    """Return an item to enqueue."""
    dedup_window = seconds_from_duration(item.dedup_window)
    return NewQueueItem(
        name,
        item.payload,
        dict(item.attributes),
        delay=seconds_from_duration(item.delay),
        ttl=seconds_from_duration(item.ttl),
        max_attempts=item.max_attempts or DEFAULT_ATTEMPTS,
        ordering_key=item.ordering_key,
        dedup_key=item.dedup_key,
        dedup_window=dedup_window if item.HasField("dedup_window") else _DEFAULT_DEDUP_SECONDS,
    )


def enqueue_outcome_to_proto(outcome: EnqueueOutcome) -> pb.EnqueueResponse:
    """Return the result or the error of each item."""
    results = [
        pb.EnqueueResult(status=item_status(result))
        if isinstance(result, QuikstateError)
        else pb.EnqueueResult(item_id=result.item_id, duplicate=result.duplicate)
        for result in outcome.results
    ]
    return pb.EnqueueResponse(results=results, replicas_acked=outcome.replicas)


def delivery_to_proto(delivery: Delivery) -> pb.QueueItem:
    """Return a delivered item, with its receipt and the rest of its lease."""
    message = _item_to_proto(delivery.item)
    message.receipt = str(delivery.receipt)
    remaining = max(0.0, delivery.lease_ends_at - time.monotonic())
    message.leased_for.CopyFrom(seconds_to_duration(remaining))
    return message


def _inspected_item_to_proto(item: StoredItem) -> pb.QueueItem:
    message = _item_to_proto(item)
    message.state = _STATES[item.state]
    return message


def _item_to_proto(item: StoredItem) -> pb.QueueItem:
    return pb.QueueItem(
        queue=item.queue,
        item_id=item.item_id,
        payload=item.payload,
        attributes=item.attributes,
        attempt=item.attempt,
        max_attempts=item.max_attempts,
        enqueue_time=microseconds_to_timestamp(item.enqueued_ms * 1_000),
        ordering_key=item.ordering_key,
    )


def settlement_from_proto(message: pb.Settlement, name_of: Callable[[str], QueueName]) -> Settlement:
    """Return a settlement of the queue that its receipt names."""
    receipt = Receipt.parse(message.receipt)
    name = name_of(receipt.queue)
    match message.WhichOneof("action"):
        case "nack":
            delay = seconds_from_duration(message.nack.delay)
            return Settlement(name, receipt, SettlementAction.NACK, delay)
        case "extend":
            return Settlement(name, receipt, SettlementAction.EXTEND, lease_from_proto(message.extend))
        case _:
            return Settlement(name, receipt, SettlementAction.ACK)


def settlement_results_to_proto(results: Sequence[SettlementOutcome | QuikstateError]) -> pb.SettleResponse:
    """Return the outcome or the error of each settlement."""
    return pb.SettleResponse(
        results=[
            pb.SettleResult(status=item_status(result))
            if isinstance(result, QuikstateError)
            else pb.SettleResult(outcome=_OUTCOMES[result])
            for result in results
        ]
    )


def credit_from_proto(message: pb.ConsumeCredit) -> ConsumeCredit:
    """Return the credit, with defaults for what is unset."""
    max_items = message.max_items if message.HasField("max_items") else _DEFAULT_CREDIT.max_items
    max_bytes = message.max_bytes if message.HasField("max_bytes") else _DEFAULT_CREDIT.max_bytes
    return ConsumeCredit(max_items, max_bytes)


def consume_event_to_proto(event: ConsumeEvent) -> pb.ConsumeResponse:
    """Return the message for what happened on a stream."""
    match event:
        case SettlementResults(results):
            return pb.ConsumeResponse(settled=settlement_results_to_proto(results))
        case Heartbeat():
            return pb.ConsumeResponse(heartbeat=WatchHeartbeat())
        case ServerDraining():
            return pb.ConsumeResponse(end=WatchEnd())
        case _:
            return pb.ConsumeResponse(items=pb.ConsumeItems(items=map(delivery_to_proto, event)))


def inspection_to_proto(inspection: QueueInspection) -> pb.InspectQueueResponse:
    """Return the counts, and a page of items with their states."""
    return pb.InspectQueueResponse(
        stats=_stats_to_proto(inspection.stats),
        items=map(_inspected_item_to_proto, inspection.items),
        next_page_token=encode_page_token(inspection.next_page),
    )


def queue_page_to_proto(page: QueuePage) -> pb.ListQueuesResponse:
    """Return queues with their counts."""
    return pb.ListQueuesResponse(
        queues=[pb.QueueSummary(queue=each.queue, stats=_stats_to_proto(each.stats)) for each in page.queues],
        next_page_token=encode_page_token(page.next_after),
    )


def _stats_to_proto(stats: QueueStats) -> pb.QueueStats:
    return pb.QueueStats(
        ready=stats.ready,
        delayed=stats.delayed,
        leased=stats.leased,
        dead=stats.dead,
        oldest_age=optional_seconds_to_duration(stats.oldest_age),
    )


def view_from_proto(request: pb.InspectQueueRequest) -> tuple[QueueView, str]:
    """Return the view, and where the page begins. Raise InvalidRequest for a token of another view."""
    view = _VIEWS[request.view]
    return view, decode_page_token(request.page_token, _IS_ROW[view])


def scope_from_proto(request: pb.PurgeQueueRequest) -> PurgeScope:
    """Return which items a purge deletes."""
    return _SCOPES[request.scope]
