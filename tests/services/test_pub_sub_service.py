"""PubSubService through a whole server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, cast

import grpc
import grpc.aio
import hypothesis
import pytest

from quikstate.v1 import pub_sub_pb2 as pb
from quikstate.v1.error_reason_pb2 import ERROR_REASON_CHANNEL_DURABLE, ERROR_REASON_INVALID_REQUEST
from quikstate.v1.position_pb2 import Position
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from services.conftest import OpenChannel, StartApp
from support.harness.eventually import PATIENCE_SECONDS, eventually
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    """Return the Redis of the server, to see what it wrote."""
    return own_redis


@pytest.fixture
def pub_sub(channel: grpc.aio.Channel) -> Any:
    return PubSubServiceStub(channel)


def publication(channel: str = "c", payload: bytes = b"x", **fields: Any) -> pb.Publication:
    return pb.Publication(channel=channel, payload=payload, **fields)


def publish(*publications: pb.Publication, **fields: Any) -> pb.PublishRequest:
    return pb.PublishRequest(publications=publications, **fields)


def subscribe(*channels: str, **fields: Any) -> pb.SubscribeRequest:
    return pb.SubscribeRequest(channels=[pb.ChannelSubscription(channel=name) for name in channels], **fields)


class Events:
    """The events of a stream, one by one."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._waiting: list[pb.SubscriptionEvent] = []

    async def next(self, kind: str) -> Any:
        """Return the next event, which must be of this kind."""
        event = await self.next_of_any_kind()
        assert event.WhichOneof("event") == kind, event
        return getattr(event, kind)

    async def next_of_any_kind(self) -> pb.SubscriptionEvent:
        while not self._waiting:
            response = await asyncio.wait_for(self._stream.read(), PATIENCE_SECONDS)
            self._waiting.extend(response.events)
        return self._waiting.pop(0)

    async def payloads(self, count: int) -> list[bytes]:
        received: list[bytes] = []
        while len(received) < count:
            received += [message.payload for message in (await self.next("messages")).messages]
        return received


async def test_pub_sub_subscribe_sends_the_position_and_then_messages(
    pub_sub: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    other: Any = PubSubServiceStub(open_channel(await start_app(durable_channels="d:,log:")))
    events = Events(other.Subscribe(subscribe("d:1", "e:1")))
    begun = {one.name: one for one in (await events.next("subscribed"), await events.next("subscribed"))}
    assert begun["d:1"].position == Position(epoch=0, offset=0)
    assert begun["e:1"].position == Position(epoch=1, offset=0)
    answer = await other.Publish(publish(publication("d:1", b"a"), publication("d:1", b"b")))
    assert [result.position.offset for result in answer.results] == [1, 2]
    event = await events.next("messages")
    assert (event.channel, [message.payload for message in event.messages]) == ("d:1", [b"a", b"b"])
    assert event.position == answer.results[1].position
    assert event.messages[0].publish_time.seconds
    await pub_sub.Publish(publish(publication("e:1", b"c")))
    event = await events.next("messages")
    assert (event.channel, event.HasField("position"), event.messages[0].payload) == ("e:1", False, b"c")


async def test_pub_sub_publish_gives_each_message_its_own_status(pub_sub: Any) -> None:
    await pub_sub.Publish(publish(publication("c", durability=pb.DURABILITY_DURABLE)))
    refused, fine = (
        await pub_sub.Publish(publish(publication("c", durability=pb.DURABILITY_EPHEMERAL), publication("c")))
    ).results
    assert (refused.status.reason, refused.status.code) == (ERROR_REASON_CHANNEL_DURABLE, 9)
    assert (fine.status.code, fine.position.offset) == (0, 2)


async def test_pub_sub_stream_subscribe_answers_each_command_with_a_result(pub_sub: Any) -> None:
    commands: asyncio.Queue[pb.StreamSubscribeRequest] = asyncio.Queue()

    async def requests() -> AsyncIterator[pb.StreamSubscribeRequest]:
        while True:
            yield await commands.get()

    stream = pub_sub.StreamSubscribe(requests())
    events = Events(stream)
    commands.put_nowait(pb.StreamSubscribeRequest(correlation_id=7, add=subscribe("a", "b")))
    assert {(await events.next("subscribed")).name, (await events.next("subscribed")).name} == {"a", "b"}
    assert (await events.next("result")).correlation_id == 7
    removal = pb.SubscriptionRemoval(channels=["a"])
    commands.put_nowait(pb.StreamSubscribeRequest(correlation_id=8, remove=removal))
    assert (await events.next("result")).correlation_id == 8
    commands.put_nowait(pb.StreamSubscribeRequest(correlation_id=9, add=subscribe("ns.other")))
    failed = await events.next("result")
    assert (failed.correlation_id, failed.status.reason) == (9, ERROR_REASON_INVALID_REQUEST)
    assert "add.channels[0].channel" in failed.status.metadata
    await pub_sub.Publish(publish(publication("a", b"1"), publication("b", b"2")))
    assert (await events.next("messages")).channel == "b"
    stream.cancel()


async def test_pub_sub_stream_subscribe_continues_after_the_half_close(pub_sub: Any) -> None:
    async def commands() -> AsyncIterator[pb.StreamSubscribeRequest]:
        yield pb.StreamSubscribeRequest(add=subscribe("a"))

    stream = pub_sub.StreamSubscribe(commands())
    events = Events(stream)
    await events.next("subscribed")
    await events.next("result")
    await pub_sub.Publish(publish(publication("a")))
    assert await events.payloads(1) == [b"x"]
    stream.cancel()


async def test_pub_sub_subscribe_ends_with_positions_that_another_server_resumes(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    leaving, staying = await start_app(), await start_app()
    stub: Any = PubSubServiceStub(open_channel(leaving))
    other: Any = PubSubServiceStub(open_channel(staying))
    durable = {"durability": pb.DURABILITY_DURABLE}
    await other.Publish(publish(publication("c", b"0", **durable)))
    streams = [Events(stub.Subscribe(subscribe("c"))) for _ in range(20)]
    for events in streams:
        await events.next("subscribed")
    published = 0

    async def load() -> None:
        nonlocal published
        while True:
            published += 1
            await other.Publish(publish(publication("c", b"%d" % published)))

    loading = asyncio.create_task(load())
    await eventually(lambda: published > 20)
    ending = asyncio.create_task(leaving.drain())

    ends = [await drained(events) for events in streams]
    await ending
    count = published
    await eventually(lambda: published > count + 20)
    loading.cancel()
    await asyncio.wait((loading,))
    total = published - 1  # the last one may not have been answered
    for payloads, position in ends:
        again = Events(
            other.Subscribe(
                pb.SubscribeRequest(channels=[pb.ChannelSubscription(channel="c", since=position)])
            )
        )
        assert (await again.next("subscribed")).recovered
        rest = await again.payloads(total - len(payloads))
        assert (payloads + rest)[:total] == [b"%d" % number for number in range(1, total + 1)]


async def drained(events: Events) -> tuple[list[bytes], Position]:
    """Return the payloads that a stream sends until its end, and the position at its end."""
    received: list[bytes] = []
    while True:
        event = await events.next_of_any_kind()
        match event.WhichOneof("event"):
            case "messages":
                received += [message.payload for message in event.messages.messages]
            case "end":
                (last,) = event.end.positions
                return received, last.position


async def test_pub_sub_subscribe_streams_that_are_cancelled_leave_nothing(
    pub_sub: Any, redis_process: RedisProcess
) -> None:
    with redis_process.client() as client:
        connections, tasks = client.info("clients")["connected_clients"], len(asyncio.all_tasks())
        for _ in range(
            hypothesis.settings().max_examples // 10
        ):  # 1,000 streams, and 10,000 in make endurance
            streams = [pub_sub.Subscribe(subscribe("a", "b", prefixes=["p:"])) for _ in range(100)]
            for stream in streams[::2]:
                await stream.read()
            for stream in streams:
                stream.cancel()
        await eventually(lambda: len(asyncio.all_tasks()) <= tasks)
        # A call may still be on its way to the server when its caller has forgotten it.
        await eventually(
            lambda: not [name for name in client.pubsub_channels() if "quikstate" not in str(name)]
        )
        await eventually(lambda: client.pubsub_numpat() == 0)
        await eventually(lambda: client.info("clients")["connected_clients"] <= connections)


async def test_pub_sub_subscribe_by_a_crowd_at_once_is_accepted(pub_sub: Any) -> None:
    """As after the end of another server. gRPC by default drops some of more than a thousand."""
    streams = [pub_sub.Subscribe(subscribe("c")) for _ in range(2_500)]
    for stream in streams:
        (event,) = (await stream.read()).events
        assert event.WhichOneof("event") == "subscribed"
        stream.cancel()


async def test_pub_sub_subscribe_sends_heartbeats_on_an_idle_stream(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    stub: Any = PubSubServiceStub(open_channel(await start_app(heartbeat_seconds=0.05)))
    events = Events(stub.Subscribe(subscribe("c")))
    await events.next("subscribed")
    await events.next("heartbeat")


async def test_pub_sub_subscribe_reports_a_gap_at_a_restart_of_redis_and_continues(
    pub_sub: Any, redis_process: RedisProcess
) -> None:
    events = Events(pub_sub.Subscribe(subscribe("e:1")))
    await events.next("subscribed")
    redis_process.restart()
    assert (await events.next("gap")).name == "e:1"

    async def publish_again() -> None:
        try:
            await pub_sub.Publish(publish(publication("e:1", b"again")))
        except grpc.aio.AioRpcError:
            return

    await eventually(lambda: redis_process.runs)
    for _ in range(3):
        await publish_again()
    assert (await events.payloads(1))[0] == b"again"


async def test_pub_sub_list_history_pages_in_both_orders_and_delete_history(pub_sub: Any) -> None:
    for number in range(10):
        await pub_sub.Publish(publish(publication("c", b"%d" % number, durability=pb.DURABILITY_DURABLE)))
    for newest_first in (False, True):
        received: list[Any] = []
        token = ""
        while not received or token:
            page = await pub_sub.ListHistory(
                pb.ListHistoryRequest(channel="c", page_size=3, page_token=token, newest_first=newest_first)
            )
            assert page.position.offset == 10
            received += [message.position.offset for message in page.messages]
            token = page.next_page_token
        assert received == sorted(range(1, 11), reverse=newest_first)
    assert (await pub_sub.DeleteHistory(pb.DeleteHistoryRequest(channel="c"))).deleted
    assert not (await pub_sub.ListHistory(pb.ListHistoryRequest(channel="c"))).HasField("position")


async def test_pub_sub_list_channels_pages(pub_sub: Any) -> None:
    names = [f"c:{number}" for number in range(7)]
    events = Events(pub_sub.Subscribe(subscribe(*names)))
    for _ in names:
        await events.next("subscribed")
    received: list[Any] = []
    token = ""
    while not received or token:
        page = await pub_sub.ListChannels(pb.ListChannelsRequest(prefix="c:", page_size=3, page_token=token))
        received += [(row.channel, row.connections, row.subscribers) for row in page.channels]
        token = page.next_page_token
    assert received == [(name, 1, 1) for name in names]


LONG = "c" * 257
ONE = [pb.ChannelSubscription(channel="c")]


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("Publish", pb.PublishRequest(), "publications"),
        ("Publish", publish(*[publication()] * 101), "publications"),
        ("Publish", publish(publication("")), "publications[0].channel"),
        ("Publish", publish(publication(LONG)), "publications[0].channel"),
        ("Publish", publish(publication("a\n")), "publications[0].channel"),
        ("Publish", publish(publication("__sentinel__:hello")), "publications[0].channel"),
        ("Publish", publish(publication("ns.other:c")), "publications[0].channel"),
        ("Publish", publish(publication(payload=b"x" * 65_537)), "publications[0].payload"),
        ("Publish", publish(publication(durability=9)), "publications[0].durability"),
        ("Publish", publish(publication(idempotency_key="k" * 257)), "publications[0].idempotency_key"),
        ("Publish", publish(publication(), min_replicas=-1), "min_replicas"),
        ("ListHistory", pb.ListHistoryRequest(), "channel"),
        ("ListHistory", pb.ListHistoryRequest(channel="c", page_size=-1), "page_size"),
        ("ListHistory", pb.ListHistoryRequest(channel="c", page_token="?"), "page_token"),  # noqa: S106 - no password
        ("ListHistory", pb.ListHistoryRequest(channel="c", page_token="eA=="), "page_token"),  # noqa: S106 - no password
        ("DeleteHistory", pb.DeleteHistoryRequest(channel="quikstate:c"), "channel"),
        ("ListChannels", pb.ListChannelsRequest(prefix=LONG), "prefix"),
        ("ListChannels", pb.ListChannelsRequest(page_size=-1), "page_size"),
        ("ListChannels", pb.ListChannelsRequest(page_token="?"), "page_token"),  # noqa: S106 - no password
    ],
)
async def test_pub_sub_invalid_request_is_refused_by_field_and_writes_nothing(
    pub_sub: Any, redis_process: RedisProcess, method: str, request_: Any, field: str
) -> None:
    failed = await failure_of(getattr(pub_sub, method)(request_))
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    with redis_process.client() as client:
        assert client.dbsize() == 0
    assert field in failed.fields


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.SubscribeRequest(), "channels"),
        (pb.SubscribeRequest(channels=ONE * 2), "channels"),
        (subscribe(*[str(number) for number in range(1_001)]), "channels"),
        (subscribe(""), "channels[0].channel"),
        (subscribe("__x"), "channels[0].channel"),
        (
            pb.SubscribeRequest(channels=[pb.ChannelSubscription(channel="c", rewind=1_001)]),
            "channels[0].rewind",
        ),
        (pb.SubscribeRequest(prefixes=[""]), "prefixes[0]"),
        (pb.SubscribeRequest(prefixes=["p", "p"]), "prefixes"),
        (pb.SubscribeRequest(prefixes=["ns.other"]), "prefixes[0]"),
        (pb.SubscribeRequest(prefixes=[f"p{number}" for number in range(11)]), "prefixes"),
        (pb.SubscribeRequest(channels=ONE, overflow=cast(Any, 9)), "overflow"),
    ],
)
async def test_pub_sub_subscribe_with_an_invalid_field_is_refused(
    pub_sub: Any, request_: Any, field: str
) -> None:
    failed = await failure_of(pub_sub.Subscribe(request_).read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in failed.fields
