"""Subscribers over HTTP/2 that make no room for what they are sent: it stays whole, in order and bounded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import grpc.aio
import pytest

from quikstate.v1 import pub_sub_pb2 as pb
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate_server.app import App
from services.conftest import StartApp
from support.http.frames import frame, frames
from support.http.http2_frames import data, open_call, window_update
from support.http.http2_socket import Http2Socket, Received, http2

SUBSCRIBE = "/quikstate.v1.PubSubService/Subscribe"
RESOURCE_EXHAUSTED = 8
MESSAGES = 40
ROOM = 10_000_000
PAYLOADS = [bytes([number]) * 60_000 for number in range(MESSAGES)]


@pytest.fixture
def transport() -> str:
    return "http"


@pytest.fixture
async def app(start_app: StartApp) -> App:
    return await start_app(limits={"max_mailbox_items": 10})


@pytest.fixture
async def client(app: App) -> AsyncIterator[Http2Socket]:
    async with http2(app.address) as connection:
        yield connection


async def subscribe(client: Http2Socket, overflow: pb.Overflow.ValueType) -> Received:
    request = pb.SubscribeRequest(channels=[pb.ChannelSubscription(channel="c")], overflow=overflow)
    client.send(open_call(1, SUBSCRIBE), data(1, frame(request.SerializeToString()), end=True))
    stream = client.streams[1]
    await client.until(lambda: bool(stream.body))
    return stream


async def publish_to_others(channel: grpc.aio.Channel) -> None:
    """Publish, and return once a subscriber that reads has everything."""
    pub_sub: Any = PubSubServiceStub(channel)
    other = pub_sub.Subscribe(pb.SubscribeRequest(channels=[pb.ChannelSubscription(channel="c")]))
    await other.read()
    for payload in PAYLOADS:
        publication = pb.Publication(channel="c", payload=payload)
        await pub_sub.Publish(pb.PublishRequest(publications=[publication]))
        while payload not in payloads([await other.read()]):
            pass


def responses(stream: Received) -> list[pb.SubscribeResponse]:
    """All of them, which must be whole."""
    return [pb.SubscribeResponse.FromString(message) for _, message in frames(bytes(stream.body))]


def payloads(received: list[pb.SubscribeResponse]) -> list[bytes]:
    return [said.payload for item in received for event in item.events for said in event.messages.messages]


async def test_slow_reader_gets_whole_messages_and_then_its_status(
    client: Http2Socket, channel: grpc.aio.Channel
) -> None:
    stream = await subscribe(client, pb.OVERFLOW_DISCONNECT)
    await publish_to_others(channel)
    client.send(window_update(0, ROOM), window_update(1, ROOM))
    assert (await client.answer(1)).grpc_status == RESOURCE_EXHAUSTED
    got = payloads(responses(stream))
    assert 0 < len(got) < MESSAGES
    assert got == PAYLOADS[: len(got)]


async def test_slow_reader_that_may_miss_messages_gets_a_gap_and_the_newest_in_one_item(
    client: Http2Socket, channel: grpc.aio.Channel
) -> None:
    stream = await subscribe(client, pb.OVERFLOW_DROP_OLDEST)
    await publish_to_others(channel)
    client.send(window_update(0, ROOM), window_update(1, ROOM))
    await client.until(lambda: bytes(stream.body).endswith(PAYLOADS[-1]))
    *before, last = responses(stream)
    got = payloads(before)
    assert got == PAYLOADS[: len(got)]
    assert last.events[0].HasField("gap")
    assert payloads([last]) == PAYLOADS[-10:]
