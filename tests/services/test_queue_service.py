"""QueueService through a whole server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import queue_pb2 as pb
from quikstate.v1.error_reason_pb2 import ERROR_REASON_INVALID_REQUEST
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from services.conftest import OpenChannel, StartApp, end
from support.harness.eventually import eventually, timely
from support.queue.requests import keys_left
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of

if TYPE_CHECKING:  # the generated module has it for type checkers alone
    pass

QUEUE = "notifications:user-7"


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    """Return the server's Redis, to check what was written."""
    return own_redis


def item(**fields: Any) -> pb.EnqueueItem:
    return pb.EnqueueItem(**({"queue": QUEUE, "payload": b"hello"} | fields))


def enqueue(**fields: Any) -> pb.EnqueueRequest:
    return pb.EnqueueRequest(items=[item(**fields)])


def receive(**fields: Any) -> pb.ReceiveRequest:
    return pb.ReceiveRequest(**({"queues": [QUEUE]} | fields))


def ack(*items: pb.QueueItem) -> pb.SettleRequest:
    return pb.SettleRequest(
        settlements=[pb.Settlement(receipt=queue_item.receipt, ack=pb.QueueAck()) for queue_item in items]
    )


def nack(queue_item: pb.QueueItem, **fields: Any) -> pb.SettleRequest:
    return pb.SettleRequest(
        settlements=[pb.Settlement(receipt=queue_item.receipt, nack=pb.QueueNack(**fields))]
    )


async def test_an_item_is_enqueued_received_extended_and_acknowledged(
    queues: Any, redis_process: RedisProcess
) -> None:
    added = await queues.Enqueue(enqueue(attributes={"kind": "push"}, ordering_key="user-7"))
    received = (await queues.Receive(receive(max_items=10))).items
    assert [queue_item.item_id for queue_item in received] == [added.results[0].item_id]
    queue_item = received[0]
    assert (queue_item.queue, queue_item.payload, queue_item.attributes["kind"]) == (QUEUE, b"hello", "push")
    assert (queue_item.attempt, queue_item.max_attempts, queue_item.ordering_key) == (1, 5, "user-7")
    assert 29 <= queue_item.leased_for.seconds + queue_item.leased_for.nanos / 1e9 <= 30
    extend = pb.Settlement(receipt=queue_item.receipt, extend=pb.QueueExtend(lease=Duration(seconds=60)))
    settled = await queues.Settle(pb.SettleRequest(settlements=[extend]))
    assert settled.results[0].outcome == pb.SETTLE_OUTCOME_SETTLED
    assert (await queues.InspectQueue(pb.InspectQueueRequest(queue=QUEUE))).stats.leased == 1
    assert (await queues.Settle(ack(queue_item))).results[0].outcome == pb.SETTLE_OUTCOME_SETTLED
    assert (await queues.Settle(ack(queue_item))).results[0].outcome == pb.SETTLE_OUTCOME_NOT_HELD
    with redis_process.client() as client:
        assert not keys_left(client)


async def test_receive_without_items_in_time_is_no_error(queues: Any) -> None:
    assert not (await queues.Receive(receive())).items
    assert not (await queues.Receive(receive(wait=Duration(nanos=100_000_000)))).items
    assert not (await queues.Receive(receive(wait=Duration(seconds=60)), timeout=0.5)).items


async def test_receive_is_woken_by_another_server(
    queues: Any, start_app: StartApp, open_channel: OpenChannel, redis_process: RedisProcess
) -> None:
    other: Any = QueueServiceStub(open_channel(await start_app()))
    waiting = asyncio.ensure_future(other.Receive(receive(wait=Duration(seconds=30))))
    with redis_process.client() as client:
        await eventually(lambda: client.pubsub_numsub(f"{{queue:{QUEUE}}}:wakeups")[0][1] == 1)
        await queues.Enqueue(enqueue())
        async with timely(2):
            assert (await waiting).items[0].payload == b"hello"
        await eventually(lambda: client.pubsub_numsub(f"{{queue:{QUEUE}}}:wakeups")[0][1] == 0)


async def test_a_waiting_receive_fails_with_shutting_down_when_the_server_drains(
    start_app: StartApp, open_channel: OpenChannel, redis_process: RedisProcess
) -> None:
    app = await start_app()
    queues: Any = QueueServiceStub(open_channel(app))
    waiting = queues.Receive(receive(wait=Duration(seconds=30)))
    with redis_process.client() as client:
        await eventually(lambda: client.pubsub_numsub(f"{{queue:{QUEUE}}}:wakeups")[0][1] == 1)
        await end(app)
    assert (await failure_of(waiting)).reason == "ERROR_REASON_SHUTTING_DOWN"


async def test_dead_letters_are_seen_redriven_and_purged(queues: Any) -> None:
    await queues.Enqueue(enqueue(max_attempts=1))
    (queue_item,) = (await queues.Receive(receive())).items
    assert (await queues.Settle(nack(queue_item))).results[0].outcome == pb.SETTLE_OUTCOME_DEAD
    inspect = pb.InspectQueueRequest(queue=QUEUE, view=pb.QUEUE_VIEW_DEAD_LETTERS)
    (dead,) = (await queues.InspectQueue(inspect)).items
    assert (dead.item_id, dead.state, dead.attempt) == (queue_item.item_id, pb.QUEUE_ITEM_STATE_DEAD, 1)
    assert not dead.receipt
    assert (await queues.RedriveQueue(pb.RedriveQueueRequest(queue=QUEUE))).redriven == 1
    (again,) = (await queues.Receive(receive())).items
    assert (again.payload, again.attempt) == (b"hello", 1)
    await queues.Settle(nack(again))
    purge = pb.PurgeQueueRequest(queue=QUEUE, scope=pb.PURGE_SCOPE_DEAD_LETTERS)
    assert (await queues.PurgeQueue(purge)).purged == 1


async def test_pages_of_items_follow_each_other(queues: Any) -> None:
    await queues.Enqueue(pb.EnqueueRequest(items=[item(payload=str(n).encode()) for n in range(5)]))
    inspect = pb.InspectQueueRequest(queue=QUEUE, view=pb.QUEUE_VIEW_ITEMS, page_size=2)
    shown: list[bytes] = []
    while True:
        page = await queues.InspectQueue(inspect)
        shown += [queue_item.payload for queue_item in page.items]
        inspect.page_token = page.next_page_token
        if not inspect.page_token:
            break
    assert shown == [b"0", b"1", b"2", b"3", b"4"]
    assert page.stats.ready == 5


async def test_a_delayed_item_is_cancelled_by_its_id(queues: Any) -> None:
    added = await queues.Enqueue(enqueue(delay=Duration(seconds=60)))
    purge = pb.PurgeQueueRequest(queue=QUEUE, item_ids=[added.results[0].item_id])
    assert (await queues.PurgeQueue(purge)).purged == 1
    assert (await queues.PurgeQueue(purge)).purged == 0


async def test_a_full_queue_refuses_items_and_calls(start_app: StartApp, open_channel: OpenChannel) -> None:
    queues: Any = QueueServiceStub(open_channel(await start_app(limits={"max_queue_length": 2})))
    answer = await queues.Enqueue(pb.EnqueueRequest(items=[item()] * 3))
    assert [bool(result.item_id) for result in answer.results] == [True, True, False]
    assert answer.results[2].status.code == grpc.StatusCode.RESOURCE_EXHAUSTED.value[0]
    assert answer.results[2].status.metadata == {"queue": QUEUE, "limit": "2"}
    failed = await failure_of(queues.Enqueue(enqueue()))
    assert (failed.code, failed.reason) == (
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        "ERROR_REASON_QUEUE_FULL",
    )
    assert failed.retry_after == 1
    other = await queues.Enqueue(pb.EnqueueRequest(items=[item(), item(queue="other")]))
    assert [bool(result.item_id) for result in other.results] == [False, True]


async def test_a_repeat_with_its_request_id_gets_the_same_results(queues: Any) -> None:
    request = pb.EnqueueRequest(items=[item(), item(queue="other")], request_id="r")
    assert await queues.Enqueue(request) == await queues.Enqueue(request)


async def test_a_request_id_of_other_items_is_refused(queues: Any) -> None:
    await queues.Enqueue(pb.EnqueueRequest(items=[item()], request_id="r"))
    other = pb.EnqueueRequest(items=[item(payload=b"other")], request_id="r")
    failed = await failure_of(queues.Enqueue(other))
    assert (failed.reason, [*failed.fields]) == ("ERROR_REASON_INVALID_REQUEST", ["request_id"])
    other.items.append(item(queue="another"))
    refused, added = (await queues.Enqueue(other)).results
    assert refused.status.reason == ERROR_REASON_INVALID_REQUEST
    assert added.item_id
    assert (await queues.InspectQueue(pb.InspectQueueRequest(queue=QUEUE))).stats.ready == 1


async def test_deliveries_can_be_settled_while_receives_wait(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    queues: Any = QueueServiceStub(open_channel(await start_app(limits={"max_calls": 20})))
    await queues.Enqueue(enqueue(queue="work"))
    (queue_item,) = (await queues.Receive(receive(queues=["work"]))).items
    waiting = [asyncio.ensure_future(queues.Receive(receive(wait=Duration(seconds=60)))) for _ in range(20)]
    done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for refused in done:
        failed = await failure_of(refused)
        assert failed.reason == "ERROR_REASON_OVERLOADED"
        assert dict(failed.info.metadata) == {"limit": "limits.reserved_calls_share"}
    assert (await queues.Settle(ack(queue_item))).results[0].outcome == pb.SETTLE_OUTCOME_SETTLED
    for call in waiting:
        call.cancel()


async def test_unreadable_items_of_a_raw_client_are_shown_as_dead_letters(
    queues: Any, redis_process: RedisProcess
) -> None:
    last = f"{2**64 - 1}-{2**64 - 1}"
    with redis_process.client() as client:
        client.xadd(f"queue:{QUEUE}", {"payload": b"x" * 4_000_000})
        client.xadd(f"queue:{QUEUE}", {"payload": b"x", "max_attempts": "9999999999999999999"})
        client.xadd(f"queue:{QUEUE}", {"payload": b"x"}, id=last)
    inspect = pb.InspectQueueRequest(queue=QUEUE, view=pb.QUEUE_VIEW_ITEMS)
    assert not (await queues.InspectQueue(inspect)).items[0].payload
    added = await queues.Enqueue(enqueue())
    received = (await queues.Receive(receive(max_items=10, wait=Duration(seconds=30)))).items
    assert [queue_item.item_id for queue_item in received] == [added.results[0].item_id]
    inspect.view = pb.QUEUE_VIEW_DEAD_LETTERS
    dead = await queues.InspectQueue(inspect)
    assert [(queue_item.payload, queue_item.max_attempts, queue_item.state) for queue_item in dead.items] == [
        (b"", 5, pb.QUEUE_ITEM_STATE_DEAD)
    ] * 3
    assert dead.stats.dead == 3
