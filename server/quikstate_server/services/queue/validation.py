"""Validators of QueueService: what its requests must hold beyond the rules in the proto."""

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
    ListQueuesRequest,
    PurgeQueueRequest,
    ReceiveRequest,
    RedriveQueueRequest,
    Settlement,
    SettleRequest,
)
from quikstate_server.primitives.queue.model import InvalidReceipt, Receipt, is_item_id
from quikstate_server.services.common.protobuf_time import seconds_or_nan
from quikstate_server.services.common.validation import (
    Violation,
    is_plain,
    optional_text_violations,
    text_violations,
)
from quikstate_server.settings import Limits

_RECEIPT_BYTES = 128
"""The bytes of a receipt beside the name of its queue."""


def enqueue(request: EnqueueRequest, limits: Limits) -> Iterator[Violation]:
    """Check the items, and the id under which they may be sent again."""
    if not 1 <= len(request.items) <= limits.max_enqueue_items:
        yield "items", f"must have 1 to {limits.max_enqueue_items} items"
    yield from optional_text_violations("request_id", request.request_id, limits.max_id_bytes)
    for index, item in enumerate(request.items):
        yield from _check_item(f"items[{index}]", item, limits)


def receive(request: ReceiveRequest, limits: Limits) -> Iterator[Violation]:
    """Check the queues, and how many items are leased for how long."""
    yield from _check_queues("queues", request.queues, limits)
    if request.max_items > limits.max_receive_items:
        yield "max_items", f"must be at most {limits.max_receive_items}"
    if not 0 <= seconds_or_nan(request.wait) <= limits.max_queue_wait_seconds:
        yield "wait", f"must be 0 to {limits.max_queue_wait_seconds:g} s"
    if request.HasField("lease"):
        yield from _check_lease("lease", request.lease, limits)


def consume(request: ConsumeRequest, limits: Limits) -> Iterator[Violation]:
    """Check one message of a stream. The servicer checks that only the first one is `start`."""
    if request.HasField("start"):
        yield from _check_start("start", request.start, limits)
    elif request.HasField("settle"):
        for path, rule in settle(request.settle, limits):
            yield f"settle.{path}", rule
    elif request.HasField("credit"):
        yield from _check_credit("credit", request.credit, limits)


def settle(request: SettleRequest, limits: Limits) -> Iterator[Violation]:
    """Check the receipts, and the times of their actions."""
    if not 1 <= len(request.settlements) <= limits.max_settlements:
        yield "settlements", f"must have 1 to {limits.max_settlements} settlements"
    for index, settlement in enumerate(request.settlements):
        yield from _check_settlement(f"settlements[{index}]", settlement, limits)


def inspect_queue(request: InspectQueueRequest, limits: Limits) -> Iterator[Violation]:
    """Check the texts. A page_size above the limit means the limit; the servicer reads the page_token."""
    yield from text_violations("queue", request.queue, limits.max_id_bytes)
    yield from optional_text_violations("page_token", request.page_token, limits.max_id_bytes)


def list_queues(request: ListQueuesRequest, limits: Limits) -> Iterator[Violation]:
    """Check the prefix; a page_token is an encoded queue name."""
    yield from optional_text_violations("prefix", request.prefix, limits.max_id_bytes)
    yield from optional_text_violations("page_token", request.page_token, 2 * limits.max_id_bytes)


def redrive_queue(request: RedriveQueueRequest, limits: Limits) -> Iterator[Violation]:
    """Check the dead letters, which are named or counted, not both."""
    yield from text_violations("queue", request.queue, limits.max_id_bytes)
    yield from _check_item_ids(request.item_ids, limits)
    if request.item_ids and request.max_items:
        yield "max_items", "must be unset when item_ids is set"


def purge_queue(request: PurgeQueueRequest, limits: Limits) -> Iterator[Violation]:
    """Check the queue and the ids of items."""
    yield from text_violations("queue", request.queue, limits.max_id_bytes)
    yield from _check_item_ids(request.item_ids, limits)


def _check_item(path: str, item: EnqueueItem, limits: Limits) -> Iterator[Violation]:
    if not is_plain(item.queue, limits.max_id_bytes):
        yield from text_violations(f"{path}.queue", item.queue, limits.max_id_bytes)
    for name in ("dedup_key", "ordering_key"):
        yield from optional_text_violations(f"{path}.{name}", getattr(item, name), limits.max_id_bytes)
    if len(item.payload) > limits.max_queue_payload_bytes:
        yield f"{path}.payload", f"must be at most {limits.max_queue_payload_bytes} bytes"
    if item.attributes and _attribute_bytes(item.attributes) > limits.max_queue_attributes_bytes:
        yield (
            f"{path}.attributes",
            f"names and values must be at most {limits.max_queue_attributes_bytes} bytes together",
        )
    if item.max_attempts > limits.max_queue_attempts:
        yield f"{path}.max_attempts", f"must be 1 to {limits.max_queue_attempts}"
    yield from _check_times(path, item, limits)


def _check_times(path: str, item: EnqueueItem, limits: Limits) -> Iterator[Violation]:
    delay, max_seconds = seconds_or_nan(item.delay), limits.max_ttl_seconds
    if not 0 <= delay <= max_seconds:
        yield f"{path}.delay", f"must be 0 to {max_seconds} s"
    if item.HasField("ttl") and not max(0.0, delay) < seconds_or_nan(item.ttl) <= max_seconds:
        yield f"{path}.ttl", f"must be greater than delay and at most {max_seconds} s"
    if item.HasField("dedup_window"):
        if not item.dedup_key:
            yield f"{path}.dedup_window", "requires a dedup_key"
        if not 0 < seconds_or_nan(item.dedup_window) <= max_seconds:
            yield f"{path}.dedup_window", f"must be greater than 0 and at most {max_seconds} s"


def _check_start(path: str, start: ConsumeStart, limits: Limits) -> Iterator[Violation]:
    yield from _check_queues(f"{path}.queues", start.queues, limits)
    if start.HasField("lease"):
        yield from _check_lease(f"{path}.lease", start.lease, limits)
    yield from _check_credit(f"{path}.credit", start.credit, limits)


def _check_credit(path: str, credit: ConsumeCredit, limits: Limits) -> Iterator[Violation]:
    if credit.max_items > limits.max_outstanding_items:
        yield f"{path}.max_items", f"must be at most {limits.max_outstanding_items}"
    if credit.max_bytes > limits.max_outstanding_bytes:
        yield f"{path}.max_bytes", f"must be at most {limits.max_outstanding_bytes}"


def _check_settlement(path: str, settlement: Settlement, limits: Limits) -> Iterator[Violation]:
    receipt = settlement.receipt
    if len(receipt) > 4 * (limits.max_id_bytes + _RECEIPT_BYTES) // 3 or not _is_receipt(receipt):
        yield f"{path}.receipt", "must be the receipt of a delivered item"
    if (
        settlement.HasField("nack")
        and not 0 <= seconds_or_nan(settlement.nack.delay) <= limits.max_ttl_seconds
    ):
        yield f"{path}.nack.delay", f"must be 0 to {limits.max_ttl_seconds} s"
    if settlement.extend.HasField("lease"):
        yield from _check_lease(f"{path}.extend.lease", settlement.extend.lease, limits)


def _is_receipt(text: str) -> bool:
    try:
        Receipt.parse(text)
    except InvalidReceipt:
        return False
    return True


def _check_queues(path: str, queues: Sequence[str], limits: Limits) -> Iterator[Violation]:
    if not 1 <= len(queues) <= limits.max_receive_queues:
        yield path, f"must have 1 to {limits.max_receive_queues} queues"
    for index, queue in enumerate(queues):
        yield from text_violations(f"{path}[{index}]", queue, limits.max_id_bytes)


def _check_item_ids(item_ids: Sequence[str], limits: Limits) -> Iterator[Violation]:
    if len(item_ids) > limits.max_receive_items:
        yield "item_ids", f"must have at most {limits.max_receive_items} ids"
    for index, item_id in enumerate(item_ids):
        if not is_item_id(item_id):
            yield f"item_ids[{index}]", "must be an item id, such as 1795743325973-0"


def _check_lease(path: str, lease: Duration, limits: Limits) -> Iterator[Violation]:
    min_seconds, max_seconds = limits.min_queue_lease_seconds, limits.max_queue_lease_seconds
    if not min_seconds <= seconds_or_nan(lease) <= max_seconds:
        yield path, f"must be {min_seconds:g} to {max_seconds:g} s"


def _attribute_bytes(attributes: Mapping[str, str]) -> int:
    return sum(len(name.encode()) + len(value.encode()) for name, value in attributes.items())
