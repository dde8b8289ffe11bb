"""`quikstate queue receive`, `ack` and `nack`: items leased by hand."""

from __future__ import annotations

from collections.abc import Sequence

import grpc

from quikstate.v1.queue_pb2 import (
    SETTLE_OUTCOME_DEAD,
    SETTLE_OUTCOME_NOT_HELD,
    QueueAck,
    QueueNack,
    ReceiveRequest,
    Settlement,
    SettleRequest,
)
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.output import complain, say, say_json, say_table
from quikstate_server.cli.queue.view import text_of
from quikstate_server.services.common.protobuf_time import seconds_to_duration


def receive(
    address: str, names: Sequence[str], most: int, wait: float, lease: float, *, ack: bool, json: bool
) -> bool:
    """Whether there were any."""
    request = ReceiveRequest(
        queues=names,
        max_items=most,
        wait=seconds_to_duration(wait),
        lease=seconds_to_duration(lease),
    )
    with connected(address) as channel:
        stub = QueueServiceStub(channel)
        items = stub.Receive(request, timeout=wait + CALL_SECONDS).items
        if json:
            say_json([as_json(item) for item in items])
        elif items:
            rows = [[one.queue, one.item_id, str(one.attempt), one.receipt, text_of(one)] for one in items]
            say_table(("queue", "id", "attempt", "receipt", "payload"), rows)
        if ack and items:
            _settle(channel, [Settlement(receipt=item.receipt, ack=QueueAck()) for item in items])
    return bool(items)


def ack(address: str, receipts: Sequence[str]) -> bool:
    """Whether all were held."""
    with connected(address) as channel:
        return _settle(channel, [Settlement(receipt=receipt, ack=QueueAck()) for receipt in receipts])


def nack(address: str, receipts: Sequence[str], delay: float) -> bool:
    """Whether all were held."""
    again = QueueNack(delay=seconds_to_duration(delay))
    with connected(address) as channel:
        return _settle(channel, [Settlement(receipt=receipt, nack=again) for receipt in receipts])


def _settle(channel: grpc.Channel, settlements: Sequence[Settlement]) -> bool:
    request = SettleRequest(settlements=settlements)
    results = QueueServiceStub(channel).Settle(request, timeout=CALL_SECONDS).results
    for settlement, result in zip(settlements, results, strict=True):
        if result.outcome == SETTLE_OUTCOME_NOT_HELD:
            complain(f"{settlement.receipt}: not held any more")
        elif result.outcome == SETTLE_OUTCOME_DEAD:
            say(f"{settlement.receipt}: a dead letter now")
        elif result.HasField("status"):
            complain(f"{settlement.receipt}: {result.status.message}")
    return not any(
        result.outcome == SETTLE_OUTCOME_NOT_HELD or result.HasField("status") for result in results
    )
