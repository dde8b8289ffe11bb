"""The rules of QueueService's requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from google.protobuf.duration_pb2 import Duration

from quikstate.v1.queue_pb2 import (
    ConsumeCredit,
    ConsumeRequest,
    ConsumeStart,
    EnqueueItem,
    EnqueueRequest,
    InspectQueueRequest,
    PurgeQueueRequest,
    ReceiveRequest,
    RedriveQueueRequest,
    Settlement,
    SettleRequest,
)
from quikstate_server.primitives.queue.model import NoReceipt, Receipt, is_item_id
from quikstate_server.services.common.protobuf_time import seconds_or_nan
from quikstate_server.services.common.validation import (
    Violation,
    is_plain,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits

_RECEIPT_BYTES = 128
"""Of a receipt, beside the queue's name."""


def enqueue(request: EnqueueRequest, limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(request.items) <= limits.max_enqueue_items:
        yield "items", f"must be 1 to {limits.max_enqueue_items}"
    yield from optional_text_violations("request_id", request.request_id, limits.max_id_bytes)
    for index, item in enumerate(request.items):
        yield from _item(f"items[{index}]", item, limits)


def receive(request: ReceiveRequest, limits: Limits) -> Iterator[Violation]:
    yield from _queues("queues", request.queues, limits)
    if request.max_items > limits.max_receive_items:
        yield "max_items", f"must be at most {limits.max_receive_items}"
    if not 0 <= seconds_or_nan(request.wait) <= limits.max_queue_wait_seconds:
        yield "wait", f"must be 0 to {limits.max_queue_wait_seconds:g} s"
    if request.HasField("lease"):
        yield from _lease("lease", request.lease, limits)


def consume(request: ConsumeRequest, limits: Limits) -> Iterator[Violation]:
    """Of one message; that the first alone is `start` is the servicer's to know."""
    if request.HasField("start"):
        yield from _start("start", request.start, limits)
    elif request.HasField("settle"):
        for path, what in settle(request.settle, limits):
            yield f"settle.{path}", what
    elif request.HasField("credit"):
        yield from _credit("credit", request.credit, limits)


def settle(request: SettleRequest, limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(request.settlements) <= limits.max_settlements:
        yield "settlements", f"must be 1 to {limits.max_settlements}"
    for index, settlement in enumerate(request.settlements):
        yield from _settlement(f"settlements[{index}]", settlement, limits)


def inspect_queue(request: InspectQueueRequest, limits: Limits) -> Iterator[Violation]:
    """A page_size above the most is taken for the most. The servicer reads the page_token."""
    yield from text_violations("queue", request.queue, limits.max_id_bytes)
    yield from optional_text_violations("page_token", request.page_token, limits.max_id_bytes)


def redrive_queue(request: RedriveQueueRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("queue", request.queue, limits.max_id_bytes)
    yield from _item_ids(request.item_ids, limits)
    if request.item_ids and request.max_items:
        yield "max_items", "does not go with item_ids"


def purge_queue(request: PurgeQueueRequest, limits: Limits) -> Iterator[Violation]:
    yield from text_violations("queue", request.queue, limits.max_id_bytes)
    yield from _item_ids(request.item_ids, limits)


def _item(path: str, item: EnqueueItem, limits: Limits) -> Iterator[Violation]:
    if not is_plain(item.queue, limits.max_id_bytes):
        yield from text_violations(f"{path}.queue", item.queue, limits.max_id_bytes)
    for name in ("dedup_key", "ordering_key"):
        yield from optional_text_violations(f"{path}.{name}", getattr(item, name), limits.max_id_bytes)
    if len(item.payload) > limits.max_queue_payload_bytes:
        yield f"{path}.payload", f"must be at most {limits.max_queue_payload_bytes} bytes"
    if item.attributes and _size(item.attributes) > limits.max_queue_attributes_bytes:
        yield f"{path}.attributes", f"must be at most {limits.max_queue_attributes_bytes} bytes together"
    if item.max_attempts > limits.max_queue_attempts:
        yield f"{path}.max_attempts", f"must be 1 to {limits.max_queue_attempts}"
    yield from _times(path, item, limits)


def _times(path: str, item: EnqueueItem, limits: Limits) -> Iterator[Violation]:
    delay, most = seconds_or_nan(item.delay), limits.max_ttl_seconds
    if not 0 <= delay <= most:
        yield f"{path}.delay", f"must be 0 to {most} s"
    if item.HasField("ttl") and not max(0.0, delay) < seconds_or_nan(item.ttl) <= most:
        yield f"{path}.ttl", f"must be above the delay and at most {most} s"
    if item.HasField("dedup_window"):
        if not item.dedup_key:
            yield f"{path}.dedup_window", "is for a dedup_key"
        if not 0 < seconds_or_nan(item.dedup_window) <= most:
            yield f"{path}.dedup_window", f"must be above 0 and at most {most} s"


def _start(path: str, start: ConsumeStart, limits: Limits) -> Iterator[Violation]:
    yield from _queues(f"{path}.queues", start.queues, limits)
    if start.HasField("lease"):
        yield from _lease(f"{path}.lease", start.lease, limits)
    yield from _credit(f"{path}.credit", start.credit, limits)


def _credit(path: str, credit: ConsumeCredit, limits: Limits) -> Iterator[Violation]:
    if credit.max_items > limits.max_outstanding_items:
        yield f"{path}.max_items", f"must be at most {limits.max_outstanding_items}"
    if credit.max_bytes > limits.max_outstanding_bytes:
        yield f"{path}.max_bytes", f"must be at most {limits.max_outstanding_bytes}"


def _settlement(path: str, settlement: Settlement, limits: Limits) -> Iterator[Violation]:
    receipt = settlement.receipt
    if len(receipt) > 4 * (limits.max_id_bytes + _RECEIPT_BYTES) // 3 or not _is_receipt(receipt):
        yield f"{path}.receipt", "must be the receipt of a delivery"
    if (
        settlement.HasField("nack")
        and not 0 <= seconds_or_nan(settlement.nack.delay) <= limits.max_ttl_seconds
    ):
        yield f"{path}.nack.delay", f"must be 0 to {limits.max_ttl_seconds} s"
    if settlement.extend.HasField("lease"):
        yield from _lease(f"{path}.extend.lease", settlement.extend.lease, limits)


def _is_receipt(text: str) -> bool:
    try:
        Receipt.of(text)
    except NoReceipt:
        return False
    return True


def _queues(path: str, queues: Sequence[str], limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(queues) <= limits.max_receive_queues:
        yield path, f"must be 1 to {limits.max_receive_queues}"
    for index, queue in enumerate(queues):
        yield from text_violations(f"{path}[{index}]", queue, limits.max_id_bytes)


def _item_ids(item_ids: Sequence[str], limits: Limits) -> Iterator[Violation]:
    if len(item_ids) > limits.max_receive_items:
        yield "item_ids", f"must be at most {limits.max_receive_items}"
    for index, item_id in enumerate(item_ids):
        if not is_item_id(item_id):
            yield f"item_ids[{index}]", "must be the id of an item"


def _lease(path: str, lease: Duration, limits: Limits) -> Iterator[Violation]:
    least, most = limits.min_queue_lease_seconds, limits.max_queue_lease_seconds
    if not least <= seconds_or_nan(lease) <= most:
        yield path, f"must be {least:g} to {most:g} s"


def _size(attributes: Mapping[str, str]) -> int:
    return sum(len(name.encode()) + len(value.encode()) for name, value in attributes.items())
