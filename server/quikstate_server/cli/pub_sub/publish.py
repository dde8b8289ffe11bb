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

_BATCH = 100
_DURABILITIES = {None: DURABILITY_UNSPECIFIED, True: DURABILITY_DURABLE, False: DURABILITY_EPHEMERAL}


@dataclass(frozen=True)
class How:
    channel: str
    durable: bool | None
    key: str
    min_replicas: int


def run(address: str, how: How, messages: Sequence[str], *, json: bool) -> bool:
    """Whether all were published."""
    payloads = (message.encode() for message in messages) if messages else _lines()
    with connected(address) as channel:
        return _publish_all(channel, how, payloads, _BATCH if messages else 1, json=json)


def _lines() -> Iterator[bytes]:
    """Each as soon as it comes."""
    return (line.removesuffix(b"\n") for line in iter(sys.stdin.buffer.readline, b""))


def _publish_all(
    channel: grpc.Channel, how: How, payloads: Iterable[bytes], size: int, *, json: bool
) -> bool:
    stub, fine, rest = PubSubServiceStub(channel), True, iter(payloads)
    while batch := list(islice(rest, size)):
        response = stub.Publish(_request(how, batch), timeout=CALL_SECONDS)
        for result in response.results:
            fine &= _tell(result, json=json)
    return fine


def _request(how: How, payloads: Sequence[bytes]) -> PublishRequest:
    publications = [
        Publication(
            channel=how.channel,
            payload=payload,
            durability=_DURABILITIES[how.durable],
            idempotency_key=how.key,
        )
        for payload in payloads
    ]
    return PublishRequest(publications=publications, min_replicas=how.min_replicas)


def _tell(result: PublishResult, *, json: bool) -> bool:
    """A line for it; whether it was published."""
    if result.HasField("status"):
        reason = ErrorReason.Name(result.status.reason).removeprefix("ERROR_REASON_")
        complain(f"{result.status.message} ({reason})")
        return False
    if json:
        say(json_text.dumps(as_json(result)))
    else:
        position = result.position
        kept = f"{position.epoch}-{position.offset}" if result.HasField("position") else "not kept"
        say(f"{kept}  (published before)" if result.duplicate else kept)
    return True
