"""QueueService: items enqueued, received and settled one by one, and in batches on streams."""

from __future__ import annotations

from collections.abc import Sequence

import grpc

from benchmarks.laboratory import Running, Server
from benchmarks.loads.gocaller import GoCaller
from benchmarks.processes import BenchmarkFailed
from benchmarks.rows.row import Row
from quikstate.v1.queue_pb2 import (
    ConsumeRequest,
    ConsumeStart,
    EnqueueItem,
    EnqueueRequest,
    InspectQueueRequest,
    ReceiveRequest,
)
from quikstate.v1.queue_pb2_grpc import QueueServiceStub

_ENQUEUE = "/quikstate.v1.QueueService/Enqueue"
_SETTLE = "/quikstate.v1.QueueService/Settle"
_LANES = 64
_PAYLOAD = b"x" * 100
_BATCH = 100
_PATIENCE_SECONDS = 10


def rows() -> Sequence[Row]:
    names = [f"bench:work:{lane}" for lane in range(_LANES)]
    streamed = "bench:consume"
    return (
        Row(
            "queue",
            "Enqueue, Receive, Settle in turn",
            Server.OURS,
            GoCaller("work", _ENQUEUE, _one_by_one(names), lanes=_LANES, release=_SETTLE),
            against="empty-go",
            unit="item",
            proof=_Emptied(names[0]),
        ),
        Row(
            "queue-consume",
            "Enqueue by 100, Consume on 8 streams",
            Server.OURS,
            GoCaller("consume", _ENQUEUE, _in_batches(streamed), lanes=16, window=_BATCH),
            against="empty-go",
            unit="item",
            proof=_Emptied(streamed),
        ),
    )


def _one_by_one(names: Sequence[str]) -> Sequence[bytes]:
    enqueue = [EnqueueRequest(items=[EnqueueItem(queue=name, payload=_PAYLOAD)]) for name in names]
    receive = [ReceiveRequest(queues=[name]) for name in names]
    return [message.SerializeToString() for message in (*enqueue, *receive)]


def _in_batches(name: str) -> Sequence[bytes]:
    enqueue = EnqueueRequest(items=[EnqueueItem(queue=name, payload=_PAYLOAD)] * _BATCH)
    start = ConsumeRequest(start=ConsumeStart(queues=[name]))
    return [enqueue.SerializeToString(), start.SerializeToString()]


class _Emptied:
    """Every item was settled: none is left, in whatever state."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, running: Running, calls: int) -> None:
        with grpc.insecure_channel(running.address) as channel:
            request = InspectQueueRequest(queue=self._name)
            stats = QueueServiceStub(channel).InspectQueue(request, timeout=_PATIENCE_SECONDS).stats
        left = stats.ready + stats.delayed + stats.leased + stats.dead
        if left:
            raise BenchmarkFailed(f"of {calls} items {left} are left")
