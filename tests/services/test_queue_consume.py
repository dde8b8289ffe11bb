"""Consume through a whole server: items come within the credit and are settled on the same stream."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import queue_pb2 as pb
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate_server.app import App
from quikstate_server.primitives.queue.consume_stream import ConsumeCredit, _OutstandingDeliveries
from quikstate_server.primitives.queue.wakeups import QueueWaiter
from services.conftest import OpenChannel, StartApp, end
from services.test_queue_service import QUEUE, ack, enqueue, item, nack, receive
from support.harness.eventually import eventually, throughout, timely
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of

LEASE = Duration(seconds=2)


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    return own_redis


def start(*names: str, credit: pb.ConsumeCredit | None = None, lease: Duration = LEASE) -> pb.ConsumeRequest:
    return pb.ConsumeRequest(
        start=pb.ConsumeStart(queues=names or [QUEUE], lease=lease, credit=credit or pb.ConsumeCredit())
    )


async def consume(queues: Any, first: pb.ConsumeRequest | None = None) -> Any:
    stream = queues.Consume()
    await stream.write(first or start())
    return stream


async def items(stream: Any) -> list[pb.QueueItem]:
    event = await stream.read()
    assert event.WhichOneof("event") == "items", event
    return list(event.items.items)


async def settled(stream: Any, request: pb.SettleRequest) -> list[int]:
    await stream.write(pb.ConsumeRequest(settle=request))
    event = await stream.read()
    assert event.WhichOneof("event") == "settled", event
    return [result.outcome for result in event.settled.results]


async def has_ended(stream: Any) -> bool:
    return not isinstance(await stream.read(), pb.ConsumeResponse)


async def counts(queues: Any) -> tuple[int, int, int, int]:
    stats = (await queues.InspectQueue(pb.InspectQueueRequest(queue=QUEUE))).stats
    return stats.ready, stats.delayed, stats.leased, stats.dead


async def test_items_come_at_once_and_are_settled_on_the_stream(queues: Any) -> None:
    stream = await consume(queues)
    for number in range(3):
        await queues.Enqueue(enqueue(payload=str(number).encode()))
        (queue_item,) = await items(stream)
        assert queue_item.payload == str(number).encode()
        assert await settled(stream, ack(queue_item)) == [pb.SETTLE_OUTCOME_SETTLED]
        assert await settled(stream, ack(queue_item)) == [pb.SETTLE_OUTCOME_NOT_HELD]
    assert await counts(queues) == (0, 0, 0, 0)


async def test_consume_keeps_outstanding_items_within_the_credit(queues: Any) -> None:
    await queues.Enqueue(pb.EnqueueRequest(items=[item()] * 5))
    stream = await consume(queues, start(credit=pb.ConsumeCredit(max_items=2)))
    received = await items(stream)
    assert len(received) == 2
    await throughout(lambda: is_counted(queues, (3, 0, 2, 0)), seconds=0.3)
    assert await settled(stream, ack(received[0])) == [pb.SETTLE_OUTCOME_SETTLED]
    assert len(await items(stream)) == 1
    await stream.write(pb.ConsumeRequest(credit=pb.ConsumeCredit(max_items=4)))
    assert len(await items(stream)) == 2


async def is_counted(queues: Any, expected: tuple[int, int, int, int]) -> None:
    assert await counts(queues) == expected


async def test_consume_counts_bytes_and_the_last_item_may_exceed_them(queues: Any) -> None:
    await queues.Enqueue(pb.EnqueueRequest(items=[item(payload=b"x" * 1_000)] * 5))
    stream = await consume(queues, start(credit=pb.ConsumeCredit(max_bytes=2_500)))
    assert [len(await items(stream)), len(await items(stream))] == [2, 1]
    small = await consume(queues, start(credit=pb.ConsumeCredit(max_bytes=1)))
    assert len(await items(small)) == 1
    await throughout(lambda: is_counted(queues, (1, 0, 4, 0)), seconds=0.2)


async def test_consume_pauses_at_a_credit_of_zero(queues: Any) -> None:
    stream = await consume(queues, start(credit=pb.ConsumeCredit(max_items=0)))
    await queues.Enqueue(enqueue())
    await throughout(lambda: is_counted(queues, (1, 0, 0, 0)), seconds=0.2)
    await stream.write(pb.ConsumeRequest(credit=pb.ConsumeCredit(max_items=1)))
    assert len(await items(stream)) == 1


async def test_consume_credit_comes_back_when_a_lease_ends(queues: Any) -> None:
    await queues.Enqueue(pb.EnqueueRequest(items=[item(max_attempts=1), item()]))
    brief = Duration(seconds=1)
    stream = await consume(queues, start(credit=pb.ConsumeCredit(max_items=1), lease=brief))
    (first,) = await items(stream)
    (second,) = await items(stream)
    assert second.item_id != first.item_id  # which had but one attempt


async def test_consume_notices_a_lease_that_ends_while_it_counts_its_credit(
    queues: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timer may fire a little early: then there is no credit yet, and a moment later there is."""
    remaining = _OutstandingDeliveries.remaining

    def slow(outstanding: _OutstandingDeliveries, credit: ConsumeCredit) -> tuple[int, int]:
        result = remaining(outstanding, credit)
        left = outstanding.first_lease_end() - time.monotonic()
        if left < 0.5 and not result[0]:
            time.sleep(max(0.0, left))
        return result

    wait = QueueWaiter.wait
    monkeypatch.setattr(QueueWaiter, "wait", lambda waiter, until: wait(waiter, until - 0.2))
    monkeypatch.setattr(_OutstandingDeliveries, "remaining", slow)
    await queues.Enqueue(pb.EnqueueRequest(items=[item(max_attempts=1), item()]))
    stream = await consume(queues, start(credit=pb.ConsumeCredit(max_items=1), lease=Duration(seconds=1)))
    (first,) = await items(stream)
    (second,) = await items(stream)
    assert second.item_id != first.item_id


async def test_a_nack_on_the_stream_brings_the_item_again(queues: Any) -> None:
    stream = await consume(queues)
    await queues.Enqueue(enqueue())
    (queue_item,) = await items(stream)
    assert await settled(stream, nack(queue_item)) == [pb.SETTLE_OUTCOME_SETTLED]
    (again,) = await items(stream)
    assert (again.item_id, again.attempt) == (queue_item.item_id, 2)


async def test_several_queues_share_a_stream_and_none_is_starved(queues: Any) -> None:
    for name in ("a", "b"):
        await queues.Enqueue(pb.EnqueueRequest(items=[item(queue=name)] * 10))
    stream = await consume(queues, start("a", "b", credit=pb.ConsumeCredit(max_items=2)))
    seen: list[str] = []
    while len(seen) < 8:
        received = await items(stream)
        seen += [queue_item.queue for queue_item in received]
        await settled(stream, ack(*received))
    assert sorted(seen) == ["a"] * 4 + ["b"] * 4


async def test_half_close_gives_back_at_once_what_is_outstanding(queues: Any) -> None:
    await queues.Enqueue(pb.EnqueueRequest(items=[item()] * 3))
    stream = await consume(queues, start(lease=Duration(seconds=600)))
    await items(stream)
    await stream.done_writing()
    assert await has_ended(stream)
    assert await stream.code() is grpc.StatusCode.OK
    received = (await queues.Receive(receive(max_items=3, wait=Duration(seconds=5)))).items
    assert {queue_item.attempt for queue_item in received} == {1}


async def test_a_stream_that_breaks_leaves_its_leases_to_run(queues: Any) -> None:
    await queues.Enqueue(enqueue())
    stream = await consume(queues)
    (queue_item,) = await items(stream)
    broken = time.monotonic()
    async with timely(LEASE.seconds + 1):
        stream.cancel()
        await throughout(lambda: is_counted(queues, (0, 0, 1, 0)), seconds=0.5)
        (again,) = (await queues.Receive(receive(wait=Duration(seconds=30)))).items
    assert time.monotonic() - broken > 1
    assert again.attempt == 2
    assert (await queues.Settle(ack(queue_item))).results[0].outcome == pb.SETTLE_OUTCOME_NOT_HELD


async def test_a_draining_server_ends_the_stream_and_items_are_settled_on_another(
    queues: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    ending = await start_app()
    leaving: Any = QueueServiceStub(open_channel(ending))
    stream = await consume(leaving)
    await queues.Enqueue(enqueue())
    (queue_item,) = await items(stream)
    stopping = asyncio.ensure_future(end(ending))
    event = await stream.read()
    assert event.WhichOneof("event") == "end"
    assert await has_ended(stream)
    await stopping
    await queues.Enqueue(enqueue())
    next_stream = await consume(queues)
    assert len(await items(next_stream)) == 1
    assert await settled(next_stream, ack(queue_item)) == [pb.SETTLE_OUTCOME_SETTLED]


async def test_a_key_of_another_type_ends_the_stream(queues: Any, redis_process: RedisProcess) -> None:
    with redis_process.client() as client:
        client.rpush(f"queue:{QUEUE}", "a job of the legacy layout")
    failed = await failure_of((await consume(queues, start("other", QUEUE))).read())
    assert failed.reason == "ERROR_REASON_KEY_TYPE_CONFLICT"
    await queues.Enqueue(enqueue(queue="other"))
    received = await queues.Receive(receive(queues=[QUEUE, "other"]))  # the other one serves
    assert len(received.items) == 1


async def test_an_idle_stream_gets_heartbeats(start_app: StartApp, open_channel: OpenChannel) -> None:
    queues: Any = QueueServiceStub(open_channel(await start_app(heartbeat_seconds=0.1)))
    stream = await consume(queues)
    for _ in range(2):
        assert (await stream.read()).WhichOneof("event") == "heartbeat"


@pytest.mark.parametrize("count", [300])
async def test_streams_and_calls_that_are_dropped_leave_nothing_behind(
    app: App, queues: Any, redis_process: RedisProcess, count: int
) -> None:
    with redis_process.client() as client:
        await queues.Receive(receive())
        connections, tasks = len(client.client_list()), len(asyncio.all_tasks())
        channel = f"{{queue:{QUEUE}}}:wakeups"
        streams = [await consume(queues) for _ in range(count)]
        calls = [queues.Receive(receive(wait=Duration(seconds=60))) for _ in range(count)]
        await eventually(lambda: client.pubsub_numsub(channel)[0][1] == 1)
        await eventually(lambda: app.concurrency.streams.taken == count)
        await eventually(lambda: app.concurrency.calls.taken == count)
        assert len(client.client_list()) == connections
        for call in (*streams, *calls):
            call.cancel()
        await eventually(lambda: client.pubsub_numsub(channel)[0][1] == 0)
        await eventually(lambda: len(asyncio.all_tasks()) <= tasks + 1)
        assert len(client.client_list()) == connections
        assert client.dbsize() == 0
    await queues.Enqueue(enqueue())
    assert len((await queues.Receive(receive())).items) == 1  # nobody else got it


SETTLE = pb.ConsumeRequest(settle=pb.SettleRequest())


@pytest.mark.parametrize(
    ("messages", "field"),
    [
        ([pb.ConsumeRequest()], "message"),
        ([SETTLE], "settle.settlements"),
        ([pb.ConsumeRequest(credit=pb.ConsumeCredit())], "message"),
        ([pb.ConsumeRequest(start=pb.ConsumeStart())], "start.queues"),
        ([start("a", "a")], "start.queues"),
        ([start(lease=Duration())], "start.lease"),
        ([start(credit=pb.ConsumeCredit(max_items=-1))], "start.credit.max_items"),
        ([start(credit=pb.ConsumeCredit(max_items=10_001))], "start.credit.max_items"),
        ([start(credit=pb.ConsumeCredit(max_bytes=0))], "start.credit.max_bytes"),
        ([start(credit=pb.ConsumeCredit(max_bytes=16 * 1024 * 1024 + 1))], "start.credit.max_bytes"),
        ([start(), start()], "message"),
        ([start(), SETTLE], "settle.settlements"),
    ],
)
async def test_an_invalid_message_ends_the_stream(
    queues: Any, messages: list[pb.ConsumeRequest], field: str
) -> None:
    stream = queues.Consume()
    for message in messages:
        await stream.write(message)
    failed = await failure_of(stream.read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in failed.fields
