"""A server that is told to end loses nothing it has taken on."""

from __future__ import annotations

import asyncio
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.empty_pb2 import Empty

from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    CheckRateLimitResponse,
    StreamRateLimitRequest,
    StreamRateLimitResponse,
)
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from services.conftest import OpenChannel, StartApp, StartProcess
from support.harness.eventually import PATIENCE_SECONDS, eventually, timely
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of
from support.server.stub_service import END, StubService, call, chat, valid

EMPTY = "/quikstate.bench.v1.BenchService/Empty"


def empty(channel: grpc.aio.Channel) -> Any:
    return channel.unary_unary(
        EMPTY, request_serializer=Empty.SerializeToString, response_deserializer=Empty.FromString
    )


async def test_no_unary_call_is_lost_when_a_server_under_load_is_told_to_end(
    redis_process: RedisProcess, start_process: StartProcess
) -> None:
    """Every call succeeds at the server that ends, or at once at another."""
    url = f"unix://{redis_process.path}"
    outcomes: Counter[object] = Counter()
    with start_process(redis_url=url) as leaving, start_process(redis_url=url) as staying:
        async with (
            grpc.aio.insecure_channel(leaving.address) as first,
            grpc.aio.insecure_channel(staying.address) as second,
        ):
            left = asyncio.Event()

            async def caller() -> None:
                server = first
                while not left.is_set():
                    try:
                        await empty(server)(Empty(), timeout=PATIENCE_SECONDS)
                        outcomes["answered"] += 1
                    except grpc.aio.AioRpcError as refused:
                        outcomes[refused.code()] += 1
                        server = second
                        await empty(server)(Empty(), timeout=PATIENCE_SECONDS)

            callers = [asyncio.ensure_future(caller()) for _ in range(32)]
            await eventually(lambda: outcomes["answered"] > 500)
            leaving.send(signal.SIGTERM)
            await asyncio.to_thread(leaving.line, "server.stopped")
            left.set()
            await asyncio.gather(*callers)
        assert leaving.ended() == 0
    assert set(outcomes) <= {"answered", grpc.StatusCode.UNAVAILABLE}


async def test_calls_begun_are_answered_while_draining(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel
) -> None:
    begun, finish = asyncio.Event(), asyncio.Event()

    async def slow(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        begun.set()
        await finish.wait()
        return CheckRateLimitResponse(allowed=True)

    stub.on_call = slow
    app = await start_app(stub.methods())
    calling = call(open_channel(app))(valid())
    await begun.wait()
    draining = asyncio.ensure_future(app.drain())
    await eventually(lambda: app.draining.has_begun)
    finish.set()
    assert (await calling).allowed
    await draining


async def test_calls_that_outlast_drain_seconds_are_cancelled(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel
) -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def endless(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()
        return CheckRateLimitResponse()

    stub.on_call = endless
    app = await start_app(stub.methods(), drain_seconds=0.2)
    calling = asyncio.ensure_future(failure_of(call(open_channel(app))(valid())))
    await begun.wait()
    await app.drain()
    assert cancelled.is_set()
    assert (await calling).code in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)


async def test_streams_that_watch_the_drain_end_by_themselves(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel
) -> None:
    async def until_drain(
        _: AsyncIterator[StreamRateLimitRequest],
    ) -> AsyncIterator[StreamRateLimitResponse]:
        yield StreamRateLimitResponse(correlation_id=1)
        await app.draining.wait()
        yield StreamRateLimitResponse(correlation_id=2)

    stub.on_chat = until_drain
    app = await start_app(stub.methods())
    stream = chat(open_channel(app))()
    assert (await stream.read()).correlation_id == 1
    async with timely(5):
        await app.drain()
    assert (await stream.read()).correlation_id == 2
    assert await stream.read() is END
    assert await stream.code() is grpc.StatusCode.OK


async def test_a_stream_of_checks_answers_what_it_read_and_is_sent_elsewhere(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app()
    stub: Any = RateLimitServiceStub(open_channel(app))
    stream = stub.StreamRateLimit()
    await stream.write(StreamRateLimitRequest(correlation_id=7, check=valid()))
    answer = await stream.read()
    assert (answer.correlation_id, answer.check.allowed) == (7, True)
    async with timely(5):
        await app.drain()
    failed = await failure_of(stream.read())
    assert failed.code is grpc.StatusCode.UNAVAILABLE
    assert failed.reason == "ERROR_REASON_SHUTTING_DOWN"


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_ends_what_is_left_at_once(
    redis_process: RedisProcess, start_process: StartProcess, signum: signal.Signals
) -> None:
    with start_process(redis_url=f"unix://{redis_process.path}", drain_notice_seconds=60) as server:
        server.send(signum)
        server.line("server.draining")
        begun = time.monotonic()
        server.send(signum)
        server.line("server.stopped")
        assert server.ended() == 0
        assert time.monotonic() - begun < 60  # what a first signal waits
