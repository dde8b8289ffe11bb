"""One look at a server: its own counts, its Redis, and its queues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import cast

import grpc

from quikstate.v1.admin_pb2 import (
    GetServerInfoRequest,
    GetServerInfoResponse,
    GetTopologyRequest,
    GetTopologyResponse,
)
from quikstate.v1.admin_pb2_grpc import AdminServiceStub
from quikstate.v1.queue_pb2 import ListQueuesRequest, QueueSummary
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate_server.cli.common.pages import read_pages

_CALL_SECONDS = 5.0
_PAGES = 10
"""Pages of queues that one look reads at most."""
_WITHOUT_QUEUES = frozenset(
    {
        grpc.StatusCode.UNIMPLEMENTED,
        grpc.StatusCode.PERMISSION_DENIED,
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
    }
)
"""Codes for which queues are left out: an older server, a caller without the right, Redis in trouble."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a server told at an instant, in monotonic seconds; `queues` have the fullest first."""

    taken_at: float
    server: GetServerInfoResponse
    topology: GetTopologyResponse
    queues: Sequence[QueueSummary]


def take_sample(channel: grpc.Channel) -> Sample:
    """Ask a server; raise grpc.RpcError if it does not answer."""
    stub = AdminServiceStub(channel)
    server = stub.GetServerInfo(GetServerInfoRequest(), timeout=_CALL_SECONDS)
    taken_at = monotonic()
    topology = stub.GetTopology(GetTopologyRequest(), timeout=_CALL_SECONDS)
    return Sample(taken_at, server, topology, _fullest_queues(channel))


def _fullest_queues(channel: grpc.Channel) -> Sequence[QueueSummary]:
    try:
        return sorted(_queues(channel), key=lambda queue: queue.stats.ready, reverse=True)
    except grpc.RpcError as error:
        if cast(grpc.Call, error).code() in _WITHOUT_QUEUES:
            return ()
        raise


def _queues(channel: grpc.Channel) -> Iterator[QueueSummary]:
    pages = read_pages(QueueServiceStub(channel).ListQueues, ListQueuesRequest(), _CALL_SECONDS)
    for page in islice(pages, _PAGES):
        yield from page.queues
