"""Pub/sub of a server as its clients see it, in the values of the primitives."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import grpc.aio

from quikstate.v1 import pub_sub_pb2 as pb
from quikstate.v1.position_pb2 import Position
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate_server.errors import RedisUnavailable
from quikstate_server.primitives.pub_sub.model import (
    ChannelGap,
    ChannelMessage,
    ChannelMessages,
    HistoryPosition,
    Publication,
    PublishOutcome,
    PublishReceipt,
    Subscribed,
    SubscriptionEvent,
)
from quikstate_server.primitives.streams.mailbox import GapReason
from support.pub_sub.subscribers import ReceivedEvents

_CALL_SECONDS = 1.0


class RemotePublisher:
    """Publishes through a server."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._stub: Any = PubSubServiceStub(channel)

    async def publish(
        self,
        namespace: str,  # noqa: ARG002 - a server knows that of its caller
        publications: Sequence[Publication],
    ) -> list[PublishOutcome]:
        """Publish, as the primitive does; whatever a call failed with, it is RedisUnavailable."""
        messages = [pb.Publication(channel=each.channel, payload=each.payload) for each in publications]
        request = pb.PublishRequest(publications=messages)
        try:
            response = await self._stub.Publish(request, timeout=_CALL_SECONDS)
        except grpc.aio.AioRpcError as error:
            raise RedisUnavailable(str(error)) from error
        return [_outcome(result) for result in response.results]


class RemoteSubscriber(ReceivedEvents):
    """A subscriber to one channel, by one stream, from `async with` on."""

    def __init__(self, channel: grpc.aio.Channel, name: str) -> None:
        super().__init__()
        request = pb.SubscribeRequest(channels=[pb.ChannelSubscription(channel=name)])
        stub: Any = PubSubServiceStub(channel)
        self._stream = stub.Subscribe(request)
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> RemoteSubscriber:
        self._reading = asyncio.create_task(self._read())
        await self.has_begun()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stream.cancel()
        if self._reading:
            await asyncio.wait((self._reading,))

    async def _read(self) -> None:
        async for response in self._stream:
            for event in response.events:
                if (received := _event(event)) is not None:
                    self.note(received)


def _outcome(result: pb.PublishResult) -> PublishOutcome:
    if result.status.code:
        return RedisUnavailable(result.status.message)
    position = _position(result.position) if result.HasField("position") else None
    return PublishReceipt(position, result.duplicate, result.replicas_acked)


def _position(position: Position) -> HistoryPosition:
    return HistoryPosition(position.epoch, position.offset)


def _event(event: pb.SubscriptionEvent) -> SubscriptionEvent | None:
    """None for a heartbeat, and for the end."""
    match event.WhichOneof("event"):
        case "subscribed":
            begun = event.subscribed
            position = _position(begun.position) if begun.HasField("position") else None
            return Subscribed(begun.name, begun.prefix, position, begun.recovered)
        case "messages":
            batch = event.messages
            messages = [ChannelMessage(each.payload) for each in batch.messages]
            position = _position(batch.position) if batch.HasField("position") else None
            return ChannelMessages(batch.channel, messages, position)
        case "gap":
            return ChannelGap(event.gap.name, GapReason.REDIS_LOST)
        case _:
            return None
