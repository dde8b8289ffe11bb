"""Gauges of queues: what Prometheus reads of each."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import queue_pb2 as pb
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate_server.app import App
from quikstate_server.primitives.queue.model import QueuePage
from quikstate_server.primitives.queue.queues import Queues
from services.conftest import OpenChannel, StartApp
from services.test_metrics import scrape
from support.harness.eventually import eventually, throughout
from support.redis.redis_process import RedisProcess
from support.server.callers import AuthFile, bearer, caller

ITEMS, AGE = "quikstate_queue_items", "quikstate_queue_oldest_age_seconds"
OFTEN = {"metrics_listen": "127.0.0.1:0", "queue_gauges_seconds": 0.05}


def enqueue(queue: str, count: int, **fields: Any) -> pb.EnqueueRequest:
    return pb.EnqueueRequest(items=[pb.EnqueueItem(queue=queue, **fields) for _ in range(count)])


async def gauges(app: App, name: str = ITEMS) -> dict[tuple[str, ...], float]:
    """Return those of the name by the values of their labels: namespace, queue, and the state of items."""
    samples = await scrape(app)
    return {labels[1:]: value for labels, value in samples.items() if labels[0] == name}


async def are_counted(app: App, expected: dict[tuple[str, ...], float]) -> None:
    shown = await gauges(app)
    assert {labels: value for labels, value in shown.items() if value} == expected


async def test_each_queue_has_its_items_by_state_and_the_age_of_the_oldest(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(**OFTEN)
    queues: Any = QueueServiceStub(open_channel(app))
    await queues.Enqueue(enqueue("mail", 3))
    await queues.Enqueue(enqueue("mail", 1, delay=Duration(seconds=60)))
    await queues.Receive(pb.ReceiveRequest(queues=["mail"]))
    await queues.Enqueue(enqueue("push", 1, max_attempts=1))
    (item,) = (await queues.Receive(pb.ReceiveRequest(queues=["push"]))).items
    nack = pb.Settlement(receipt=item.receipt, nack=pb.QueueNack())
    await queues.Settle(pb.SettleRequest(settlements=[nack]))
    counted: dict[tuple[str, ...], float] = {
        ("", "mail", "ready"): 2,
        ("", "mail", "delayed"): 1,
        ("", "mail", "leased"): 1,
        ("", "push", "dead"): 1,
    }
    await eventually(lambda: are_counted(app, counted))
    ages = await gauges(app, AGE)
    assert ages["", "mail"] > 0
    assert ages["", "push"] == 0
    assert (await gauges(app))["", "mail", "dead"] == 0  # so that the first dead letter is a rise
    await queues.PurgeQueue(pb.PurgeQueueRequest(queue="mail"))
    await eventually(lambda: are_counted(app, {("", "push", "dead"): 1}))


async def test_the_largest_queues_have_gauges_and_the_others_are_counted_together(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(limits={"max_queue_gauges": 2}, **OFTEN)
    queues: Any = QueueServiceStub(open_channel(app))
    for name, count in {"a": 1, "b": 5, "c": 2, "d": 4, "e": 3}.items():
        await queues.Enqueue(enqueue(name, count))
    counted: dict[tuple[str, ...], float] = {
        ("", "b", "ready"): 5,
        ("", "d", "ready"): 4,
        ("", "", "ready"): 6,
    }
    await eventually(lambda: are_counted(app, counted))
    assert (await gauges(app, AGE))["", ""] > 0


async def test_queues_of_all_namespaces_of_the_policy_are_counted(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    callers = {"web": caller("w"), "shop": caller("s", namespace="shop")}
    app = await start_app(auth=auth.write(callers=callers), **OFTEN)
    queues: Any = QueueServiceStub(open_channel(app))
    await queues.Enqueue(enqueue("mail", 1), metadata=bearer("w"))
    await queues.Enqueue(enqueue("mail", 2), metadata=bearer("s"))
    counted: dict[tuple[str, ...], float] = {("", "mail", "ready"): 1, ("shop", "mail", "ready"): 2}
    await eventually(lambda: are_counted(app, counted))


async def test_gauges_are_gone_while_redis_is(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    app = await start_app(redis={"command_seconds": 0.2}, redis_url=f"unix://{own_redis.path}", **OFTEN)
    queues: Any = QueueServiceStub(open_channel(app))
    await queues.Enqueue(enqueue("mail", 1))
    await eventually(lambda: are_counted(app, {("", "mail", "ready"): 1}))
    own_redis.pause()
    await eventually(lambda: are_counted(app, {}))
    own_redis.resume()
    await eventually(lambda: are_counted(app, {("", "mail", "ready"): 1}))


async def test_nothing_is_counted_while_nobody_reads_the_metrics(
    start_app: StartApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = 0

    async def counted(*_: object) -> QueuePage:
        nonlocal counts
        counts += 1
        return QueuePage((), "")

    monkeypatch.setattr(Queues, "list_queues", counted)
    app = await start_app(queue_gauges_seconds=0.01)
    await throughout(lambda: counts == 0, seconds=0.3)
    app.metrics.exposition()  # as a worker is asked for it
    await eventually(lambda: counts > 0)
