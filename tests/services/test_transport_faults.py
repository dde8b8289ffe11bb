"""Clients that leave, stall and overreach, on each transport."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import grpc
import grpc.aio
import pytest

from quikstate.v1.pub_sub_pb2 import ChannelSubscription, Publication, PublishRequest, SubscribeRequest
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    CheckRateLimitResponse,
    StreamRateLimitRequest,
    StreamRateLimitResponse,
)
from quikstate_server.app import App
from support.harness.eventually import eventually
from support.server.stub_service import Requests, Responses, StubService, call, chat, check, valid, watch

KINDS = ["Call", "Watch", "Chat"]


class Cleaning:
    """Calls that wait until they are cancelled, and then take a while to clean up."""

    def __init__(self, stub: StubService) -> None:
        stub.on_call, stub.on_watch, stub.on_chat = self._call, self._stream, self._stream
        self.begun = self.cancelled = self.cleaned = 0
        self.clean = asyncio.Event()

    async def _call(self, _: CheckRateLimitRequest) -> CheckRateLimitResponse:
        await self._wait()
        raise AssertionError

    async def _stream(self, _: CheckRateLimitRequest | Requests) -> Responses:
        await self._wait()
        yield StreamRateLimitResponse()

    async def _wait(self) -> None:
        self.begun += 1
        try:
            await asyncio.sleep(3_600)
        except asyncio.CancelledError:
            self.cancelled += 1
            await self.clean.wait()
            self.cleaned += 1
            raise


def begin(channel: grpc.aio.Channel, kind: str, seconds: float | None = None) -> Any:
    match kind:
        case "Call":
            return call(channel)(valid(), timeout=seconds)
        case "Watch":
            return watch(channel)(valid(), timeout=seconds)
        case _:
            return chat(channel)(timeout=seconds)


async def ended(running: Any, kind: str) -> grpc.StatusCode:
    with suppress(grpc.aio.AioRpcError, asyncio.CancelledError):
        await (running if kind == "Call" else running.read())
    code: grpc.StatusCode = await running.code()
    return code


@pytest.mark.parametrize("kind", KINDS)
async def test_handler_is_cancelled_once_by_deadline_and_client(
    stub: StubService, stub_channel: grpc.aio.Channel, kind: str
) -> None:
    """A second time would interrupt its cleanup: a lock stayed held so, or a channel subscribed to."""
    cleaning = Cleaning(stub)
    running = [begin(stub_channel, kind, 0.3) for _ in range(20)]
    codes = await asyncio.gather(*(ended(each, kind) for each in running))
    assert set(codes) == {grpc.StatusCode.DEADLINE_EXCEEDED}
    await eventually(lambda: cleaning.cancelled == cleaning.begun)
    await check(stub_channel)(valid())  # by then the server knows that the client has left
    cleaning.clean.set()
    await eventually(lambda: cleaning.cleaned == cleaning.begun)


async def test_streams_of_a_connection_hear_everything_while_its_others_leave(
    app: App, channel: grpc.aio.Channel
) -> None:
    """A gateway's connection has the streams of many users, and their leaving at once is no attack."""
    pub_sub: Any = PubSubServiceStub(channel)
    request = SubscribeRequest(channels=[ChannelSubscription(channel="c")])
    streams = [pub_sub.Subscribe(request) for _ in range(600)]
    await asyncio.gather(*(each.read() for each in streams))
    staying, leaving = streams[::6], [each for number, each in enumerate(streams) if number % 6]
    hearing = [asyncio.create_task(heard(each, 20)) for each in staying]
    for number in range(20):
        await pub_sub.Publish(PublishRequest(publications=[Publication(channel="c", payload=b"%d" % number)]))
        for each in leaving[number * 25 : (number + 1) * 25]:
            each.cancel()
    assert await asyncio.gather(*hearing) == [[b"%d" % number for number in range(20)]] * 100
    await eventually(lambda: app.concurrency.streams.taken == 100)


async def heard(stream: Any, count: int) -> list[bytes]:
    payloads: list[bytes] = []
    while len(payloads) < count:
        item = await stream.read()
        payloads += [said.payload for event in item.events for said in event.messages.messages]
    return payloads


async def test_streams_whose_requests_are_not_read_hold_up_no_others(
    stub: StubService, stub_channel: grpc.aio.Channel
) -> None:
    cleaning = Cleaning(stub)
    cleaning.clean.set()
    large = StreamRateLimitRequest(check=valid())
    large.check.hits[0].key = "k" * 200_000
    stuck = [begin(stub_channel, "Chat") for _ in range(40)]
    writing = [asyncio.create_task(each.write(large)) for each in stuck]
    await eventually(lambda: cleaning.begun == len(stuck))
    for _ in range(10):
        await check(stub_channel)(valid())
    for each in stuck:
        each.cancel()
    await asyncio.gather(*writing, return_exceptions=True)
