"""A call that says nothing counts as one, and ends: whatever its client waits for."""

from __future__ import annotations

import time
from typing import Any

import grpc
import grpc.aio
import pytest

from quikstate_server.app import App
from quikstate_server.services.catalog import FIRST_MESSAGE_METHODS, SERVICES
from services.conftest import OpenChannel, StartApp
from services.test_streams_left import FIRST
from support.harness.eventually import eventually, throughout
from support.server.call_errors import failure_of
from support.server.stub_service import CALL, CHAT, WATCH, StubService, call, valid
from support.server.transports import TRANSPORTS

HEALTH, CHANNELZ = "/grpc.health.v1.Health/Check", "/grpc.channelz.v1.Channelz/GetServers"
SECONDS = 0.5
SERVED = [("grpc", CHANNELZ)] + [(name, method) for name in TRANSPORTS for method in (CALL, WATCH, HEALTH)]
MAY_BE_SILENT = {"PubSubService/StreamSubscribe", "RateLimitService/StreamRateLimit"}
"""What their streams are for each of their messages says by itself."""


@pytest.fixture
async def app(stub: StubService, start_app: StartApp) -> App:
    return await start_app(stub.methods(), limits={"first_message_seconds": SECONDS, "max_calls": 2})


def silent(channel: grpc.aio.Channel, method: str) -> Any:
    """A call of bytes on which nothing was said: so any method can be called."""
    stream: Any = channel.stream_stream
    return stream(method)()


def assert_refused(failed: Any, why: str) -> None:
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert failed.reason == "ERROR_REASON_INVALID_REQUEST"
    assert failed.message == f"invalid request: {why}"


@pytest.mark.parametrize(("transport", "method"), SERVED)
async def test_a_call_that_sends_no_message_is_refused_in_time(
    channel: grpc.aio.Channel, method: str
) -> None:
    began = time.monotonic()
    late = f"the first message must arrive within {SECONDS} s (limits.first_message_seconds)"
    assert_refused(await failure_of(silent(channel, method).read()), late)
    assert time.monotonic() - began >= SECONDS


@pytest.mark.parametrize(("transport", "method"), SERVED)
async def test_a_call_that_ends_without_a_message_is_refused_at_once(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel, method: str
) -> None:
    app = await start_app(stub.methods(), limits={"first_message_seconds": 3_600})
    half_closed = silent(open_channel(app), method)
    await half_closed.done_writing()
    assert_refused(await failure_of(half_closed.read()), "the call must have a message")


async def test_calls_that_send_no_message_are_calls_in_flight(
    app: App, channel: grpc.aio.Channel, open_channel: OpenChannel
) -> None:
    held = [silent(channel, CALL) for _ in range(2)]
    await eventually(lambda: app.concurrency.calls.taken == 2)
    refused = await failure_of(call(open_channel(app))(valid()))
    assert dict(refused.info.metadata) == {"limit": "limits.max_calls"}
    for one in held:
        await failure_of(one.read())
    assert app.concurrency.calls.taken == 0
    assert (await call(channel)(valid())).allowed


async def test_a_call_whose_client_goes_before_it_says_anything_leaves_its_place(
    app: App, channel: grpc.aio.Channel
) -> None:
    held = silent(channel, CALL)
    await eventually(lambda: app.concurrency.calls.taken == 1)
    held.cancel()
    await eventually(lambda: app.concurrency.calls.taken == 0)


async def test_a_message_that_comes_late_but_in_time_is_answered(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(stub.methods(), limits={"first_message_seconds": 60})
    slow = silent(open_channel(app), CALL)
    await eventually(lambda: app.concurrency.calls.taken == 1)
    await slow.write(valid().SerializeToString())
    assert isinstance(await slow.read(), bytes)


STREAMS = [name for name in FIRST if name not in MAY_BE_SILENT]


@pytest.mark.parametrize("method", STREAMS)
async def test_a_stream_that_does_not_say_what_it_is_for_is_refused_in_time(
    app: App, channel: grpc.aio.Channel, method: str
) -> None:
    stream = silent(channel, f"/quikstate.v1.{method}")
    assert (await failure_of(stream.read())).message.startswith(
        "invalid request: the first message must arrive within"
    )
    assert app.concurrency.streams.taken == 0


@pytest.mark.parametrize("method", sorted({*MAY_BE_SILENT, "Chat"}))
async def test_a_stream_that_may_be_silent_may_be_silent(
    app: App, channel: grpc.aio.Channel, method: str
) -> None:
    stream = silent(channel, CHAT if method == "Chat" else f"/quikstate.v1.{method}")
    await eventually(lambda: app.concurrency.streams.taken == 1)
    await throughout(lambda: app.concurrency.streams.taken == 1, seconds=3 * SECONDS)
    stream.cancel()


async def test_a_stream_that_has_said_what_it_is_for_may_be_silent_then(
    app: App, channel: grpc.aio.Channel
) -> None:
    method = "LockService/HoldLock"
    stream = silent(channel, f"/quikstate.v1.{method}")
    await stream.write(FIRST[method](1).SerializeToString())
    await stream.read()
    await throughout(lambda: app.concurrency.streams.taken == 1, seconds=3 * SECONDS)
    stream.cancel()


def test_each_client_stream_either_requires_a_first_message_or_may_be_silent() -> None:
    """A new RPC with a client's stream is in one list or the other."""
    required = {name.removeprefix("quikstate.v1.") for name in FIRST_MESSAGE_METHODS}
    streaming = {
        f"{spec.service.name}/{method.name}"
        for spec in SERVICES
        for method in spec.service.methods
        if method.client_streaming
    }
    assert required | MAY_BE_SILENT == streaming
    assert not required & MAY_BE_SILENT
