"""Queues, from messages into the domain and back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from quikstate.v1.queue_pb2 import (
    PURGE_SCOPE_DEAD_LETTERS,
    PURGE_SCOPE_ITEMS,
    PURGE_SCOPE_UNSPECIFIED,
    QUEUE_ITEM_STATE_DEAD,
    QUEUE_ITEM_STATE_DELAYED,
    QUEUE_ITEM_STATE_LEASED,
    QUEUE_ITEM_STATE_READY,
    QUEUE_VIEW_DEAD_LETTERS,
    QUEUE_VIEW_ITEMS,
    QUEUE_VIEW_UNSPECIFIED,
    SETTLE_OUTCOME_DEAD,
    SETTLE_OUTCOME_NOT_HELD,
    SETTLE_OUTCOME_SETTLED,
    ConsumeCredit,
    ConsumeItems,
    ConsumeResponse,
    ConsumeStart,
    EnqueueItem,
    EnqueueResponse,
    EnqueueResult,
    InspectQueueRequest,
    QueueExtend,
    QueueItem,
    QueueItemState,
    QueueStats,
    ReceiveRequest,
    SettleOutcome,
    SettleResponse,
    SettleResult,
)
from quikstate.v1.queue_pb2 import Settlement as SettlementMessage
from quikstate.v1.watch_pb2 import WatchEnd, WatchHeartbeat
from quikstate_server.error_status import item_status
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.queue.consume import Answer, Credit, Event
from quikstate_server.primitives.queue.model import (
    DEFAULT_ATTEMPTS,
    Act,
    Delivery,
    Enqueued,
    Item,
    ItemState,
    Name,
    NewItem,
    Receipt,
    Scope,
    Settled,
    Settlement,
    Stats,
    View,
    is_item_id,
)
from quikstate_server.primitives.streams.follow import End, Heartbeat
from quikstate_server.services.common.page_tokens import decode_page_token
from quikstate_server.services.common.protobuf_time import (
    microseconds_to_timestamp,
    optional_seconds_to_duration,
    seconds_from_duration,
    seconds_to_duration,
)

VIEWS = {
    QUEUE_VIEW_UNSPECIFIED: View.NONE,
    QUEUE_VIEW_ITEMS: View.ITEMS,
    QUEUE_VIEW_DEAD_LETTERS: View.DEAD_LETTERS,
}
SCOPES = {
    PURGE_SCOPE_UNSPECIFIED: Scope.ITEMS,
    PURGE_SCOPE_ITEMS: Scope.ITEMS,
    PURGE_SCOPE_DEAD_LETTERS: Scope.DEAD_LETTERS,
}
_STATES: dict[ItemState, QueueItemState.ValueType] = {
    ItemState.READY: QUEUE_ITEM_STATE_READY,
    ItemState.DELAYED: QUEUE_ITEM_STATE_DELAYED,
    ItemState.LEASED: QUEUE_ITEM_STATE_LEASED,
    ItemState.DEAD: QUEUE_ITEM_STATE_DEAD,
}
_OUTCOMES: dict[Settled, SettleOutcome.ValueType] = {
    Settled.SETTLED: SETTLE_OUTCOME_SETTLED,
    Settled.LOST: SETTLE_OUTCOME_NOT_HELD,
    Settled.DEAD: SETTLE_OUTCOME_DEAD,
}
_LEASE_SECONDS = 30.0
_DEDUP_SECONDS = 300.0
_CREDIT = Credit(100, 1024 * 1024)
_PAGES: dict[View, Callable[[str], object]] = {
    View.ITEMS: is_item_id,
    View.DEAD_LETTERS: re.compile(r"[0-9]{1,10}").fullmatch,
}


def lease_of(request: ReceiveRequest | ConsumeStart | QueueExtend) -> float:
    return seconds_from_duration(request.lease) if request.HasField("lease") else _LEASE_SECONDS


def new_item(name: Name, item: EnqueueItem) -> NewItem:
    return NewItem(
        name,
        item.payload,
        dict(item.attributes),
        delay=seconds_from_duration(item.delay),
        ttl=seconds_from_duration(item.ttl),
        max_attempts=item.max_attempts or DEFAULT_ATTEMPTS,
        ordering_key=item.ordering_key,
        dedup_key=item.dedup_key,
        dedup_window=seconds_from_duration(item.dedup_window)
        if item.HasField("dedup_window")
        else _DEDUP_SECONDS,
    )


def enqueued(outcome: Enqueued) -> EnqueueResponse:
    results = [
        EnqueueResult(status=item_status(one))
        if isinstance(one, QuikstateError)
        else EnqueueResult(item_id=one.item_id, duplicate=one.duplicate)
        for one in outcome.outcomes
    ]
    return EnqueueResponse(results=results, replicas_acked=outcome.replicas)


def delivered(delivery: Delivery) -> QueueItem:
    message = _item(delivery.item)
    message.receipt = str(delivery.receipt)
    left = max(0.0, delivery.ends - time.monotonic())
    message.leased_for.CopyFrom(seconds_to_duration(left))
    return message


def looked_at(item: Item) -> QueueItem:
    message = _item(item)
    message.state = _STATES[item.state]
    return message


def _item(item: Item) -> QueueItem:
    return QueueItem(
        queue=item.queue,
        item_id=item.item_id,
        payload=item.payload,
        attributes=item.attributes,
        attempt=item.attempt,
        max_attempts=item.max_attempts,
        enqueue_time=microseconds_to_timestamp(item.enqueued * 1_000),
        ordering_key=item.ordering_key,
    )


def settlement_of(message: SettlementMessage, name_of: Callable[[str], Name]) -> Settlement:
    receipt = Receipt.of(message.receipt)
    name = name_of(receipt.queue)
    match message.WhichOneof("action"):
        case "nack":
            return Settlement(name, receipt, Act.NACK, seconds_from_duration(message.nack.delay))
        case "extend":
            return Settlement(name, receipt, Act.EXTEND, lease_of(message.extend))
        case _:
            return Settlement(name, receipt, Act.ACK)


def settled(outcomes: Sequence[Settled | QuikstateError]) -> SettleResponse:
    return SettleResponse(
        results=[
            SettleResult(status=item_status(one))
            if isinstance(one, QuikstateError)
            else SettleResult(outcome=_OUTCOMES[one])
            for one in outcomes
        ]
    )


def credit_of(message: ConsumeCredit) -> Credit:
    items = message.max_items if message.HasField("max_items") else _CREDIT.items
    return Credit(items, message.max_bytes if message.HasField("max_bytes") else _CREDIT.size)


def event_of(event: Event) -> ConsumeResponse:
    match event:
        case Answer(outcomes):
            return ConsumeResponse(settled=settled(outcomes))
        case Heartbeat():
            return ConsumeResponse(heartbeat=WatchHeartbeat())
        case End():
            return ConsumeResponse(end=WatchEnd())
        case _:
            return ConsumeResponse(items=ConsumeItems(items=map(delivered, event)))


def stats_of(stats: Stats) -> QueueStats:
    oldest = optional_seconds_to_duration(stats.oldest_age)
    return QueueStats(
        ready=stats.ready, delayed=stats.delayed, leased=stats.leased, dead=stats.dead, oldest_age=oldest
    )


def page_of(request: InspectQueueRequest) -> str:
    """Return the row after which the page begins; raise InvalidRequest for a token of another view."""
    return decode_page_token(request.page_token, _PAGES.get(VIEWS[request.view], _is_no_row))


def _is_no_row(_: str) -> bool:
    return False
