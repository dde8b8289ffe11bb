"""What a caller learns of a failure, and what it must not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import grpc
import grpc.aio
import pytest
from structlog.testing import capture_logs

from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    CheckRateLimitResponse,
    RateLimitHit,
    StreamRateLimitRequest,
    StreamRateLimitResponse,
)
from quikstate_server.errors import InvalidRequest, KeyTypeConflict, RedisUnavailable
from support.server.call_errors import failure_of
from support.server.stub_service import CALL, CHAT, StubService, call, chat, valid, watch

SECRET = "redis://:hunter2@10.0.0.1"  # noqa: S105 - made up


async def test_errors_of_the_domain_reach_the_caller_with_all_their_facts(
    stub: StubService, stub_channel: grpc.aio.Channel
) -> None:
    async def refuse(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        raise RedisUnavailable("Redis is away", code="LOADING")

    stub.on_call = refuse
    failed = await failure_of(call(stub_channel)(valid()))
    assert failed.code is grpc.StatusCode.UNAVAILABLE
    assert failed.message == "Redis is away"
    assert (failed.reason, failed.info.domain) == ("ERROR_REASON_REDIS_UNAVAILABLE", "quikstate")
    assert dict(failed.info.metadata) == {"code": "LOADING"}
    assert failed.retry_after == RedisUnavailable.retry_after


async def test_errors_after_the_first_streamed_message_are_as_rich(
    stub: StubService, stub_channel: grpc.aio.Channel
) -> None:
    async def fail_soon(_: CheckRateLimitRequest) -> AsyncIterator[StreamRateLimitResponse]:
        yield StreamRateLimitResponse(correlation_id=1)
        raise InvalidRequest({"hits[0].key": "is taken"})

    stub.on_watch = fail_soon
    stream = watch(stub_channel)(valid())
    assert (await stream.read()).correlation_id == 1
    failed = await failure_of(stream.read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert failed.reason == "ERROR_REASON_INVALID_REQUEST"
    assert failed.fields == {"hits[0].key": "is taken"}


async def test_unforeseen_errors_keep_their_text_to_the_log(
    stub: StubService, stub_channel: grpc.aio.Channel
) -> None:
    async def break_down(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        raise OSError(f"cannot reach {SECRET}")

    stub.on_call = break_down
    with capture_logs() as logs:
        failed = await failure_of(call(stub_channel)(valid()))
    assert failed.code is grpc.StatusCode.INTERNAL
    assert failed.reason == "ERROR_REASON_INTERNAL"
    assert "hunter2" not in failed.everything
    (line,) = [line for line in logs if line["event"] == "call.failed"]
    assert line["trace_id"] == failed.info.metadata["trace_id"]
    assert line["method"] == CALL.strip("/")
    assert SECRET in str(line["exc_info"])


async def test_unforeseen_errors_in_the_midst_of_a_stream_keep_their_text_to_the_log(
    stub: StubService, stub_channel: grpc.aio.Channel
) -> None:
    async def break_down(
        requests: AsyncIterator[StreamRateLimitRequest],
    ) -> AsyncIterator[StreamRateLimitResponse]:
        async for request in requests:
            yield StreamRateLimitResponse(correlation_id=request.correlation_id)
            raise OSError(f"cannot reach {SECRET}")

    stub.on_chat = break_down
    stream = chat(stub_channel)()
    with capture_logs() as logs:
        await stream.write(StreamRateLimitRequest(correlation_id=7))
        assert (await stream.read()).correlation_id == 7
        failed = await failure_of(stream.read())
    assert failed.code is grpc.StatusCode.INTERNAL
    assert "hunter2" not in failed.everything
    assert [line["event"] for line in logs] == ["call.failed"]


async def test_answers_that_cannot_be_sent_are_internal_errors(
    stub: StubService, stub_channel: grpc.aio.Channel
) -> None:
    async def answer_nonsense(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        return SECRET  # type: ignore[return-value] # the fault under test

    stub.on_call = answer_nonsense
    with capture_logs():
        failed = await failure_of(call(stub_channel)(valid()))
    assert failed.code is grpc.StatusCode.INTERNAL
    assert "hunter2" not in failed.everything


@pytest.mark.parametrize("path", [CALL, CHAT])
async def test_bytes_that_are_no_message_are_the_callers_fault(stub_channel: Any, path: str) -> None:
    if path == CALL:
        failed = await failure_of(stub_channel.unary_unary(path)(b"\xff\xff"))
    else:
        stream = stub_channel.stream_stream(path)()
        await stream.write(b"\xff\xff")
        failed = await failure_of(stream.read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert failed.reason == "ERROR_REASON_INVALID_REQUEST"


async def test_unknown_methods_are_unimplemented(stub_channel: Any) -> None:
    for path in ("/quikstate.v1.RateLimitService/Nope", "/nope", "/quikstate.bench.v1.BenchService/Empty"):
        failed = await failure_of(stub_channel.unary_unary(path)(b""))
        assert failed.code is grpc.StatusCode.UNIMPLEMENTED


async def test_a_thousand_violations_still_fit_into_a_status(stub_channel: grpc.aio.Channel) -> None:
    """Clients take 8 KiB of headers; more would cost the caller the whole status."""
    failed = await failure_of(call(stub_channel)(CheckRateLimitRequest(hits=[RateLimitHit()] * 1000)))
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert "hits[0].name" in failed.fields
    assert failed.fields[""].startswith("and ")
    assert failed.fields[""].endswith(" more")


async def test_long_facts_are_cut(stub: StubService, stub_channel: grpc.aio.Channel) -> None:
    async def refuse(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
        raise KeyTypeConflict("ключ" * 5_000)

    stub.on_call = refuse
    failed = await failure_of(call(stub_channel)(valid()))
    assert failed.reason == "ERROR_REASON_KEY_TYPE_CONFLICT"
    assert failed.info.metadata["key"].startswith("ключ")
