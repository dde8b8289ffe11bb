"""`quikstate queue receive`, `ack` and `nack`: leases and settles items one command at a time."""

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
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.queue.view import text_of
from quikstate_server.services.common.protobuf_time import seconds_to_duration


def receive(
    server: ServerTarget,
    names: Sequence[str],
    max_items: int,
    wait: float,
    lease: float,
    *,
    ack: bool,
    json: bool,
) -> bool:
    """Lease items and print them. Return False if there were none."""
    request = ReceiveRequest(
        queues=names,
        max_items=max_items,
        wait=seconds_to_duration(wait),
        lease=seconds_to_duration(lease),
    )
    with connected(server) as channel:
        stub = QueueServiceStub(channel)
        items = stub.Receive(request, timeout=wait + CALL_SECONDS).items
        if json:
            say_json([as_json(item) for item in items])
        elif items:
            rows = [
                [item.queue, item.item_id, str(item.attempt), item.receipt, text_of(item)] for item in items
            ]
            say_table(("queue", "id", "attempt", "receipt", "payload"), rows)
        if ack and items:
            _settle(channel, [Settlement(receipt=item.receipt, ack=QueueAck()) for item in items])
    return bool(items)


def ack(server: ServerTarget, receipts: Sequence[str]) -> bool:
    """Acknowledge items. Return False if one could not be settled."""
    with connected(server) as channel:
        return _settle(channel, [Settlement(receipt=receipt, ack=QueueAck()) for receipt in receipts])


def nack(server: ServerTarget, receipts: Sequence[str], delay: float) -> bool:
    """Give items back. Return False if one could not be settled."""
    nack = QueueNack(delay=seconds_to_duration(delay))
    with connected(server) as channel:
        return _settle(channel, [Settlement(receipt=receipt, nack=nack) for receipt in receipts])


def _settle(channel: grpc.Channel, settlements: Sequence[Settlement]) -> bool:
    request = SettleRequest(settlements=settlements)
    results = QueueServiceStub(channel).Settle(request, timeout=CALL_SECONDS).results
    for settlement, result in zip(settlements, results, strict=True):
        if result.outcome == SETTLE_OUTCOME_NOT_HELD:
            complain(f"{settlement.receipt}: no longer valid; the item was settled or delivered again")
        elif result.outcome == SETTLE_OUTCOME_DEAD:
            say(f"{settlement.receipt}: last attempt failed; the item is a dead letter")
        elif result.HasField("status"):
            complain(f"{settlement.receipt}: {result.status.message}")
    return not any(
        result.outcome == SETTLE_OUTCOME_NOT_HELD or result.HasField("status") for result in results
    )
