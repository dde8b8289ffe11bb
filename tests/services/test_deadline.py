"""A caller's deadline bounds what is done for it."""

from __future__ import annotations

import asyncio
import time

import grpc
import grpc.aio

from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, CheckRateLimitResponse
from quikstate_server import call_context as calls
from quikstate_server.errors import OutcomeUnknown, RedisUnavailable
from services.conftest import OpenChannel, StartApp
from support.harness.eventually import eventually
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of
from support.server.stub_service import CALL, StubService, call, valid


async def test_the_call_knows_its_method_its_caller_and_its_deadline(
    stub: StubService, stub_channel: grpc.aio.Channel
) -> None:
    seen: list[calls.CallContext] = []

    async def look(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        seen.append(calls.current())
        return CheckRateLimitResponse()

    stub.on_call = look
    await call(stub_channel)(valid(), timeout=20, metadata=(("x-tenant", "a"),))
    await call(stub_channel)(valid())
    bounded, unbounded = seen
    assert bounded.method == CALL.strip("/")
    assert bounded.peer.startswith("ipv4:127.0.0.1:")
    assert bounded.header_values("x-tenant") == ["a"]
    assert bounded.header_values("x-other") == []
    assert bounded.deadline is not None
    assert 10 < bounded.deadline - time.monotonic() < 20.2  # gRPC rounds what it sends up, to tenths here
    assert unbounded.deadline is None
    assert unbounded.remaining() is None


async def test_a_deadline_ends_what_is_done_for_the_call(
    stub: StubService, stub_channel: grpc.aio.Channel
) -> None:
    ended = asyncio.Event()

    async def work(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return CheckRateLimitResponse()

    stub.on_call = work
    failed = await failure_of(call(stub_channel)(valid(), timeout=1))
    assert failed.code is grpc.StatusCode.DEADLINE_EXCEEDED
    await eventually(ended.is_set)


async def test_a_deadline_bounds_the_wait_for_redis(
    stub: StubService, start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    """What is asked of Redis gives up with the caller; without a deadline it waits a minute."""
    app = await start_app(stub.methods(), redis_url=f"unix://{own_redis.path}", redis={"command_seconds": 60})
    waited: list[float] = []

    async def ask() -> CheckRateLimitResponse:
        # On a task of its own, which the end of the call does not cancel.
        begun = time.monotonic()
        try:
            await asyncio.ensure_future(app.redis_client.command("SET", "a", 1, key="a"))
        except (OutcomeUnknown, RedisUnavailable):
            waited.append(time.monotonic() - begun)
            raise
        return CheckRateLimitResponse()

    async def shielded(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        return await asyncio.shield(ask())

    stub.on_call = shielded
    own_redis.pause()
    try:
        failed = await failure_of(call(open_channel(app))(valid(), timeout=0.3))
        await eventually(lambda: bool(waited))
    finally:
        own_redis.resume()
    assert failed.code in (grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.UNAVAILABLE)
    assert waited[0] < 30
