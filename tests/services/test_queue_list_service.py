"""ListQueues through whole servers."""

from __future__ import annotations

from typing import Any

from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import queue_pb2 as pb
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from services.conftest import OpenChannel, StartApp


def enqueue(*queues: str, **fields: Any) -> pb.EnqueueRequest:
    return pb.EnqueueRequest(items=[pb.EnqueueItem(queue=queue, **fields) for queue in queues])


async def listed(queues: Any, prefix: str = "", page_size: int = 0) -> list[pb.QueueSummary]:
    """Return the queues of all pages, each of which keeps its size."""
    request = pb.ListQueuesRequest(prefix=prefix, page_size=page_size)
    found: list[pb.QueueSummary] = []
    while True:
        page = await queues.ListQueues(request)
        assert len(page.queues) <= (page_size or 100)
        found += page.queues
        if not page.next_page_token:
            return found
        request.page_token = page.next_page_token


async def test_list_queues_shows_each_queue_of_every_server_with_its_counts(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    one: Any = QueueServiceStub(open_channel(await start_app()))
    other: Any = QueueServiceStub(open_channel(await start_app()))
    assert await listed(one) == []
    await one.Enqueue(enqueue("mail", "mail", "push"))
    await other.Enqueue(enqueue("mail", delay=Duration(seconds=60)))
    await other.Enqueue(enqueue("sms"))
    await other.Receive(pb.ReceiveRequest(queues=["mail"]))
    for queues in (one, other):
        mail, push, sms = await listed(queues)
        assert [row.queue for row in (mail, push, sms)] == ["mail", "push", "sms"]
        counts = mail.stats
        assert (counts.ready, counts.delayed, counts.leased, counts.dead) == (1, 1, 1, 0)
        inspected = (await queues.InspectQueue(pb.InspectQueueRequest(queue="mail"))).stats
        assert 0 <= counts.oldest_age.ToMilliseconds() <= inspected.oldest_age.ToMilliseconds()


async def test_list_queues_pages_hold_at_most_a_hundred(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    queues: Any = QueueServiceStub(open_channel(await start_app()))
    names = [f"q{number:03}" for number in range(130)]
    for begin in (0, 100):
        await queues.Enqueue(enqueue(*names[begin : begin + 100]))
    assert [row.queue for row in await listed(queues)] == names
    assert [row.queue for row in await listed(queues, page_size=50)] == names
    assert [row.queue for row in await listed(queues, "q01", 3)] == names[10:20]
    page = await queues.ListQueues(pb.ListQueuesRequest(page_size=1_000))
    assert len(page.queues) == 100
