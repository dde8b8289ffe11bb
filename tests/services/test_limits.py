"""A server takes on so much at once, and refuses the rest quickly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import grpc
import grpc.aio
import pytest

from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    CheckRateLimitResponse,
    RateLimitHit,
    StreamRateLimitRequest,
    StreamRateLimitResponse,
)
from services.conftest import OpenChannel, StartApp
from support.harness.eventually import eventually
from support.server.call_errors import Failure, failure_of
from support.server.stub_service import StubService, call, chat, valid, watch


class Gate:
    """Holds calls until the test lets them go."""

    def __init__(self) -> None:
        self.waiting = 0
        self.open = asyncio.Event()

    async def call(self, _: CheckRateLimitRequest) -> CheckRateLimitResponse:
        await self._pass()
        return CheckRateLimitResponse(allowed=True)

    async def watch(self, _: CheckRateLimitRequest) -> AsyncIterator[StreamRateLimitResponse]:
        await self._pass()
        yield StreamRateLimitResponse(correlation_id=1)

    async def _pass(self) -> None:
        self.waiting += 1
        try:
            await self.open.wait()
        finally:
            self.waiting -= 1


@pytest.fixture
def gate(stub: StubService) -> Gate:
    gate = Gate()
    stub.on_call, stub.on_watch = gate.call, gate.watch
    return gate


def assert_overloaded(failed: Failure, limit: str) -> None:
    assert failed.code is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert failed.reason == "ERROR_REASON_OVERLOADED"
    assert dict(failed.info.metadata) == {"limit": limit}
    assert failed.retry_after == 0.1


async def test_calls_above_max_calls_are_refused_and_streams_are_not(
    stub: StubService, gate: Gate, start_app: StartApp, open_channel: OpenChannel
) -> None:
    channel = open_channel(await start_app(stub.methods(), limits={"max_calls": 2, "max_streams": 1}))
    held = [call(channel)(valid()) for _ in range(2)]
    await eventually(lambda: gate.waiting == 2)
    assert_overloaded(await failure_of(call(channel)(valid())), "limits.max_calls")
    stream = watch(channel)(valid())
    await eventually(lambda: gate.waiting == 3)
    gate.open.set()
    assert [(await one).allowed for one in held] == [True, True]
    assert (await stream.read()).correlation_id == 1
    assert (await call(channel)(valid())).allowed


async def test_streams_above_max_streams_are_refused_and_calls_are_not(
    stub: StubService, gate: Gate, start_app: StartApp, open_channel: OpenChannel
) -> None:
    channel = open_channel(await start_app(stub.methods(), limits={"max_calls": 1, "max_streams": 2}))
    held = [watch(channel)(valid()) for _ in range(2)]
    await eventually(lambda: gate.waiting == 2)
    assert_overloaded(await failure_of(watch(channel)(valid()).read()), "limits.max_streams")
    assert_overloaded(await failure_of(chat(channel)().read()), "limits.max_streams")
    unary = call(channel)(valid())
    await eventually(lambda: gate.waiting == 3)
    gate.open.set()
    assert (await unary).allowed
    assert [(await one.read()).correlation_id for one in held] == [1, 1]


async def test_cancelled_calls_make_room(
    stub: StubService, gate: Gate, start_app: StartApp, open_channel: OpenChannel
) -> None:
    channel = open_channel(await start_app(stub.methods(), limits={"max_calls": 1, "max_streams": 1}))
    held = call(channel)(valid()), watch(channel)(valid())
    await eventually(lambda: gate.waiting == 2)
    for one in held:
        one.cancel()
    await eventually(lambda: gate.waiting == 0)
    gate.open.set()
    assert (await call(channel)(valid())).allowed


async def test_messages_above_max_message_bytes_are_refused(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel
) -> None:
    channel = open_channel(await start_app(stub.methods(), limits={"max_message_bytes": 2_000}))
    request = CheckRateLimitRequest(hits=[RateLimitHit(key="k" * 3_000, policy="p")])
    assert (await failure_of(call(channel)(request))).code is grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_five_hundred_cancelled_calls_leave_no_task_behind(
    stub: StubService, gate: Gate, start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(stub.methods())
    channel = open_channel(app)
    gate.open.set()
    await call(channel)(valid())
    gate.open.clear()
    before = len(asyncio.all_tasks())

    calls = [make(channel)(valid()) for make in (call, watch) for _ in range(200)]
    calls += [chat(channel)() for _ in range(100)]
    for stream in calls[-100:]:
        await stream.write(StreamRateLimitRequest())
        await stream.read()
    await eventually(lambda: gate.waiting == 400)
    for one in calls:
        one.cancel()
    await eventually(lambda: gate.waiting == 0)
    del calls, one, stream

    await eventually(lambda: len(asyncio.all_tasks()) <= before)
    gate.open.set()
    assert (await call(channel)(valid())).allowed
