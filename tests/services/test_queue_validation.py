"""QueueService refuses what is out of its limits by its field, and accepts what is at them."""

from __future__ import annotations

import base64
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import queue_pb2 as pb
from quikstate_server.primitives.queue.model import Receipt
from services.test_queue_service import enqueue, item, receive
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    """Return the server's Redis, to check what was written."""
    return own_redis


RECEIPT = str(Receipt("q", "1-1", "secret"))


UNKNOWN: Any = 9


ITEMS = pb.QUEUE_VIEW_ITEMS


DAYS_31 = Duration(seconds=31 * 86_400)


LONGEST = Duration(seconds=2**63 - 1, nanos=2**31 - 1)


SHORTEST = Duration(seconds=-(2**63), nanos=-(2**31))


TOO_LARGE_ID = f"1-{2**64}"


ITEMS_PAGE_BEYOND = base64.urlsafe_b64encode(f"{2**64}-1".encode()).decode()


def settlement(**fields: Any) -> pb.SettleRequest:
    return pb.SettleRequest(settlements=[pb.Settlement(**({"receipt": RECEIPT} | fields))])


BAD = [
    ("Enqueue", pb.EnqueueRequest(), "items"),
    ("Enqueue", pb.EnqueueRequest(items=[item()] * 101), "items"),
    ("Enqueue", pb.EnqueueRequest(items=[item()], request_id="r" * 257), "request_id"),
    ("Enqueue", pb.EnqueueRequest(items=[item()], min_replicas=-1), "min_replicas"),
    ("Enqueue", pb.EnqueueRequest(items=[item()], min_replicas=17), "min_replicas"),
    ("Enqueue", enqueue(queue=""), "items[0].queue"),
    ("Enqueue", enqueue(queue="a\n"), "items[0].queue"),
    ("Enqueue", enqueue(queue="q" * 257), "items[0].queue"),
    ("Enqueue", enqueue(payload=b"x" * 65_537), "items[0].payload"),
    ("Enqueue", enqueue(attributes={"a": "x" * 4_096}), "items[0].attributes"),
    ("Enqueue", enqueue(delay=Duration(seconds=-1)), "items[0].delay"),
    ("Enqueue", enqueue(delay=DAYS_31), "items[0].delay"),
    ("Enqueue", enqueue(ttl=Duration()), "items[0].ttl"),
    ("Enqueue", enqueue(ttl=DAYS_31), "items[0].ttl"),
    ("Enqueue", enqueue(ttl=Duration(nanos=999)), "items[0].ttl"),
    ("Enqueue", enqueue(ttl=LONGEST), "items[0].ttl"),
    ("Enqueue", enqueue(delay=SHORTEST), "items[0].delay"),
    ("Enqueue", enqueue(delay=Duration(nanos=-1)), "items[0].delay"),
    ("Enqueue", enqueue(max_attempts=2**31 - 1), "items[0].max_attempts"),
    ("Enqueue", enqueue(max_attempts=-(2**31)), "items[0].max_attempts"),
    ("Enqueue", enqueue(dedup_key="k", dedup_window=Duration(nanos=999)), "items[0].dedup_window"),
    ("Enqueue", enqueue(dedup_key="k", dedup_window=LONGEST), "items[0].dedup_window"),
    ("Receive", receive(max_items=2**31 - 1), "max_items"),
    ("Receive", receive(wait=LONGEST), "wait"),
    ("Receive", receive(lease=SHORTEST), "lease"),
    ("Enqueue", enqueue(ttl=Duration(seconds=5), delay=Duration(seconds=5)), "items[0].ttl"),
    ("Enqueue", enqueue(max_attempts=-1), "items[0].max_attempts"),
    ("Enqueue", enqueue(max_attempts=1_001), "items[0].max_attempts"),
    ("Enqueue", enqueue(dedup_key="k\x7f"), "items[0].dedup_key"),
    ("Enqueue", enqueue(dedup_window=Duration(seconds=1)), "items[0].dedup_window"),
    ("Enqueue", enqueue(dedup_key="k", dedup_window=Duration()), "items[0].dedup_window"),
    ("Enqueue", enqueue(dedup_key="k", dedup_window=DAYS_31), "items[0].dedup_window"),
    ("Enqueue", enqueue(ordering_key="o" * 257), "items[0].ordering_key"),
    ("Receive", pb.ReceiveRequest(), "queues"),
    ("Receive", receive(queues=[""]), "queues[0]"),
    ("Receive", receive(queues=["a", "a"]), "queues"),
    ("Receive", receive(queues=[str(number) for number in range(17)]), "queues"),
    ("Receive", receive(max_items=-1), "max_items"),
    ("Receive", receive(max_items=101), "max_items"),
    ("Receive", receive(wait=Duration(seconds=-1)), "wait"),
    ("Receive", receive(wait=Duration(seconds=3_601)), "wait"),
    ("Receive", receive(lease=Duration()), "lease"),
    ("Receive", receive(lease=Duration(seconds=43_201)), "lease"),
    ("Settle", pb.SettleRequest(), "settlements"),
    ("Settle", pb.SettleRequest(settlements=[pb.Settlement(receipt=RECEIPT)] * 101), "settlements"),
    ("Settle", settlement(), "settlements[0].action"),
    ("Settle", settlement(receipt="", ack=pb.QueueAck()), "settlements[0].receipt"),
    ("Settle", settlement(receipt="nonsense", ack=pb.QueueAck()), "settlements[0].receipt"),
    ("Settle", settlement(receipt="x" * 10_000, ack=pb.QueueAck()), "settlements[0].receipt"),
    ("Settle", settlement(nack=pb.QueueNack(delay=Duration(seconds=-1))), "settlements[0].nack.delay"),
    ("Settle", settlement(nack=pb.QueueNack(delay=DAYS_31)), "settlements[0].nack.delay"),
    ("Settle", settlement(extend=pb.QueueExtend(lease=Duration())), "settlements[0].extend.lease"),
    ("InspectQueue", pb.InspectQueueRequest(), "queue"),
    ("InspectQueue", pb.InspectQueueRequest(queue="q", view=UNKNOWN), "view"),
    ("InspectQueue", pb.InspectQueueRequest(queue="q", page_size=-1), "page_size"),
    ("InspectQueue", pb.InspectQueueRequest(queue="q", page_token="?"), "page_token"),  # noqa: S106 - no password
    ("InspectQueue", pb.InspectQueueRequest(queue="q", view=ITEMS, page_token="MQ=="), "page_token"),  # noqa: S106 - no password
    ("ListQueues", pb.ListQueuesRequest(prefix="\n"), "prefix"),
    ("ListQueues", pb.ListQueuesRequest(prefix="x" * 257), "prefix"),
    ("ListQueues", pb.ListQueuesRequest(page_size=-1), "page_size"),
    ("ListQueues", pb.ListQueuesRequest(page_token="?"), "page_token"),  # noqa: S106 - no password
    ("ListQueues", pb.ListQueuesRequest(page_token="_w=="), "page_token"),  # noqa: S106 - no password
    ("ListQueues", pb.ListQueuesRequest(page_token="x" * 513), "page_token"),
    ("RedriveQueue", pb.RedriveQueueRequest(), "queue"),
    ("RedriveQueue", pb.RedriveQueueRequest(queue="q", item_ids=["x"]), "item_ids[0]"),
    ("RedriveQueue", pb.RedriveQueueRequest(queue="q", item_ids=["1-1", "1-1"]), "item_ids"),
    ("RedriveQueue", pb.RedriveQueueRequest(queue="q", item_ids=["1-1"], max_items=1), "max_items"),
    ("RedriveQueue", pb.RedriveQueueRequest(queue="q", max_items=-1), "max_items"),
    ("RedriveQueue", pb.RedriveQueueRequest(queue="q", item_ids=[TOO_LARGE_ID]), "item_ids[0]"),
    ("PurgeQueue", pb.PurgeQueueRequest(queue="q", item_ids=[f"{'9' * 20}-1"]), "item_ids[0]"),
    (
        "InspectQueue",
        pb.InspectQueueRequest(queue="q", view=ITEMS, page_token=ITEMS_PAGE_BEYOND),
        "page_token",
    ),
    ("Settle", settlement(extend=pb.QueueExtend(lease=LONGEST)), "settlements[0].extend.lease"),
    ("Settle", settlement(nack=pb.QueueNack(delay=LONGEST)), "settlements[0].nack.delay"),
    ("PurgeQueue", pb.PurgeQueueRequest(queue="\n"), "queue"),
    ("PurgeQueue", pb.PurgeQueueRequest(queue="q", scope=UNKNOWN), "scope"),
    ("PurgeQueue", pb.PurgeQueueRequest(queue="q", item_ids=[f"{n}-1" for n in range(101)]), "item_ids"),
]


@pytest.mark.parametrize(("method", "request_", "field"), BAD)
async def test_an_invalid_value_is_refused_by_its_field_and_writes_nothing(
    queues: Any, redis_process: RedisProcess, method: str, request_: Any, field: str
) -> None:
    failed = await failure_of(getattr(queues, method)(request_))
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    with redis_process.client() as client:
        assert client.dbsize() == 0
    assert field in failed.fields


ENDS = [
    ("InspectQueue", pb.InspectQueueRequest(queue="q", view=ITEMS, page_size=2**31 - 1)),
    (
        "InspectQueue",
        pb.InspectQueueRequest(
            queue="q",
            view=ITEMS,
            page_token=base64.urlsafe_b64encode(f"{2**64 - 1}-{2**64 - 1}".encode()).decode(),
        ),
    ),
    (
        "InspectQueue",
        pb.InspectQueueRequest(queue="q", view=pb.QUEUE_VIEW_DEAD_LETTERS, page_token="OTk5OTk5OTk5OQ=="),  # noqa: S106 - no password
    ),
    ("ListQueues", pb.ListQueuesRequest(prefix="x" * 256, page_size=2**31 - 1)),
    ("RedriveQueue", pb.RedriveQueueRequest(queue="q", max_items=2**31 - 1)),
    ("RedriveQueue", pb.RedriveQueueRequest(queue="q", item_ids=[f"{2**64 - 1}-{2**64 - 1}", "0-0"])),
    ("PurgeQueue", pb.PurgeQueueRequest(queue="q", item_ids=[f"{2**64 - 1}-{2**64 - 1}", "0-0", "0001-1"])),
    ("Settle", settlement(ack=pb.QueueAck(), receipt=str(Receipt("q", f"{2**64 - 1}-{2**64 - 1}", "-")))),
    ("Receive", receive(lease=Duration(seconds=43_200), max_items=100, wait=Duration(nanos=1))),
    ("Enqueue", enqueue(ttl=Duration(seconds=30 * 86_400), max_attempts=1_000)),
]


@pytest.mark.parametrize(("method", "request_"), ENDS)
async def test_a_value_at_its_limit_is_accepted(queues: Any, method: str, request_: Any) -> None:
    await queues.Enqueue(enqueue(queue="q"))
    await getattr(queues, method)(request_)
