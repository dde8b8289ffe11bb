"""Queues over several servers, one of which is killed."""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import queue_pb2 as pb
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from support.harness.eventually import PATIENCE_SECONDS, at_most
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.command import StartServing

QUEUE = "mail"
LEASE_SECONDS = 2


@pytest.fixture
def redis_url() -> Iterator[str]:
    server = next((server for server in servers() if server.binary), None)
    assert server, "there is no Redis server here"
    process = RedisProcess(server)
    yield f"unix://{process.path}"
    process.close()


def test_items_leased_through_a_server_that_is_killed_return_within_the_lease_and_a_second(
    redis_url: str, serve: StartServing
) -> None:
    with (
        serve("--redis-url", redis_url) as dying,
        serve("--redis-url", redis_url) as other,
        grpc.insecure_channel(dying.address) as lost,
        grpc.insecure_channel(other.address) as kept,
    ):
        leaving: Any = QueueServiceStub(lost)
        staying: Any = QueueServiceStub(kept)
        items = [pb.EnqueueItem(queue=QUEUE, payload=bytes([number])) for number in range(5)]
        leaving.Enqueue(pb.EnqueueRequest(items=items), timeout=PATIENCE_SECONDS)
        start = pb.ConsumeStart(queues=[QUEUE], lease=Duration(seconds=LEASE_SECONDS))
        said: SimpleQueue[pb.ConsumeRequest | None] = SimpleQueue()
        said.put(pb.ConsumeRequest(start=start))
        stream = leaving.Consume(iter(said.get, None))
        given = next(stream).items.items
        assert len(given) == 5
        returned: list[pb.QueueItem] = []
        with at_most(LEASE_SECONDS + 1):
            dying.kill()
            said.put(None)
            while len(returned) < 5:
                request = pb.ReceiveRequest(queues=[QUEUE], max_items=5, wait=Duration(seconds=30))
                returned += staying.Receive(request, timeout=PATIENCE_SECONDS).items
        assert {queue_item.attempt for queue_item in returned} == {2}
        acks = [pb.Settlement(receipt=queue_item.receipt, ack=pb.QueueAck()) for queue_item in given]
        result = staying.Settle(pb.SettleRequest(settlements=acks), timeout=PATIENCE_SECONDS)
        assert {result.outcome for result in result.results} == {pb.SETTLE_OUTCOME_NOT_HELD}
