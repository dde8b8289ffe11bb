"""`quikstate queue send`: enqueues items from arguments or from the lines of standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import grpc

from quikstate.v1.error_reason_pb2 import ErrorReason
from quikstate.v1.queue_pb2 import EnqueueItem, EnqueueRequest, EnqueueResult
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.output import complain, say, say_json
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_to_duration

_BATCH = 30
"""The number of items of the largest size that fit into one message."""


def template(
    name: str,
    delay: float,
    ttl: float,
    attempts: int,
    *,
    dedup_key: str,
    ordering_key: str,
    attributes: Mapping[str, str],
) -> EnqueueItem:
    """Return an item without its payload."""
    item = EnqueueItem(
        queue=name,
        delay=seconds_to_duration(delay),
        max_attempts=attempts,
        dedup_key=dedup_key,
        ordering_key=ordering_key,
        attributes=attributes,
    )
    if ttl:
        item.ttl.CopyFrom(seconds_to_duration(ttl))
    return item


def send(server: ServerTarget, item: EnqueueItem, payloads: Sequence[str], *, json: bool) -> bool:
    """Enqueue an item for each payload. Return False if one was not added."""
    with connected(server) as channel:
        results = list(_results(channel, item, _payloads(payloads)))
    if json:
        say_json([as_json(result) for result in results])
    else:
        for result in results:
            _say_result(result)
    return not any(result.HasField("status") for result in results)


def _payloads(arguments: Sequence[str]) -> Iterator[bytes]:
    if arguments:
        yield from (text.encode(errors="surrogateescape") for text in arguments)  # as they were typed
    else:
        yield from (line.rstrip(b"\n") for line in sys.stdin.buffer)


def _results(channel: grpc.Channel, item: EnqueueItem, payloads: Iterator[bytes]) -> Iterator[EnqueueResult]:
    stub = QueueServiceStub(channel)
    while batch := list(islice(payloads, _BATCH)):
        request = EnqueueRequest()
        for payload in batch:
            item.payload = payload
            request.items.append(item)
        yield from stub.Enqueue(request, timeout=CALL_SECONDS).results


def _say_result(result: EnqueueResult) -> None:
    if result.HasField("status"):
        reason = ErrorReason.Name(result.status.reason).removeprefix("ERROR_REASON_")
        complain(f"not added: {result.status.message} ({reason})")
    else:
        say(f"{result.item_id} (already enqueued)" if result.duplicate else result.item_id)
