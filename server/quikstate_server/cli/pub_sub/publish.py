"""`quikstate pub`: publish messages."""

from __future__ import annotations

import json as json_text
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import grpc

from quikstate.v1.error_reason_pb2 import ErrorReason
from quikstate.v1.pub_sub_pb2 import (
    DURABILITY_DURABLE,
    DURABILITY_EPHEMERAL,
    DURABILITY_UNSPECIFIED,
    Publication,
    PublishRequest,
    PublishResult,
)
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.output import complain, say
from quikstate_server.cli.common.server_target import ServerTarget

_BATCH = 100
_DURABILITIES = {None: DURABILITY_UNSPECIFIED, True: DURABILITY_DURABLE, False: DURABILITY_EPHEMERAL}


@dataclass(frozen=True)
class PublishOptions:
    """The options of `publish`."""

    channel: str
    durable: bool | None
    key: str
    min_replicas: int


def run(server: ServerTarget, options: PublishOptions, messages: Sequence[str], *, json: bool) -> bool:
    """Publish messages, or each line of the standard input; return True if all were published."""
    payloads = (message.encode(errors="surrogateescape") for message in messages) if messages else _lines()
    with connected(server) as channel:
        return _publish_all(channel, options, payloads, _BATCH if messages else 1, json=json)


def _lines() -> Iterator[bytes]:
    """Yield each line as soon as it is read."""
    return (line.removesuffix(b"\n") for line in iter(sys.stdin.buffer.readline, b""))


def _publish_all(
    channel: grpc.Channel, options: PublishOptions, payloads: Iterable[bytes], batch_size: int, *, json: bool
) -> bool:
    stub, all_published, rest = PubSubServiceStub(channel), True, iter(payloads)
    while batch := list(islice(rest, batch_size)):
        response = stub.Publish(_request(options, batch), timeout=CALL_SECONDS)
        for result in response.results:
            all_published &= _write_result(result, json=json)
    return all_published


def _request(options: PublishOptions, payloads: Sequence[bytes]) -> PublishRequest:
    publications = [
        Publication(
            channel=options.channel,
            payload=payload,
            durability=_DURABILITIES[options.durable],
            idempotency_key=options.key,
        )
        for payload in payloads
    ]
    return PublishRequest(publications=publications, min_replicas=options.min_replicas)


def _write_result(result: PublishResult, *, json: bool) -> bool:
    """Write a line for a message; return True if it was published."""
    if result.HasField("status"):
        reason = ErrorReason.Name(result.status.reason).removeprefix("ERROR_REASON_")
        complain(f"{result.status.message} ({reason})")
        return False
    if json:
        say(json_text.dumps(as_json(result)))
    else:
        position = result.position
        stored = f"{position.epoch}-{position.offset}" if result.HasField("position") else "not stored"
        say(f"{stored}  (duplicate)" if result.duplicate else stored)
    return True
