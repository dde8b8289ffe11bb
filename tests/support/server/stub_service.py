"""A service of the tests' own, whose methods do what a test tells them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import grpc.aio

from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    CheckRateLimitResponse,
    RateLimit,
    RateLimitHit,
    StreamRateLimitRequest,
    StreamRateLimitResponse,
)
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate_server.interceptors.method import Method

SERVICE = "quikstate.test.v1.StubService"
CALL = f"/{SERVICE}/Call"
WATCH = f"/{SERVICE}/Watch"
CHAT = f"/{SERVICE}/Chat"

END: Any = grpc.aio.EOF  # type: ignore[attr-defined] # the stubs lack it
"""What reading a stream gives that has ended."""

Requests = AsyncIterator[StreamRateLimitRequest]
Responses = AsyncIterator[StreamRateLimitResponse]


class StubService:
    """Call is unary, Watch streams answers, Chat streams both ways; messages are of rate limits."""

    def __init__(self) -> None:
        self.on_call: Callable[[CheckRateLimitRequest], Awaitable[CheckRateLimitResponse]] = _allow
        self.on_watch: Callable[[CheckRateLimitRequest], Responses] = _count_to_three
        self.on_chat: Callable[[Requests], Responses] = _echo

    def methods(self) -> dict[Method, object]:
        """For a server to serve."""
        watched = CheckRateLimitRequest, StreamRateLimitResponse
        chatted = StreamRateLimitRequest, StreamRateLimitResponse
        return {
            Method(SERVICE, "Call", CheckRateLimitRequest, CheckRateLimitResponse): self,
            Method(SERVICE, "Watch", *watched, server_streaming=True): self,
            Method(SERVICE, "Chat", *chatted, client_streaming=True, server_streaming=True): self,
        }

    def call(self, request: CheckRateLimitRequest) -> Awaitable[CheckRateLimitResponse]:
        return self.on_call(request)

    def watch(self, request: CheckRateLimitRequest) -> Responses:
        return self.on_watch(request)

    def chat(self, requests: Requests) -> Responses:
        return self.on_chat(requests)


def valid() -> CheckRateLimitRequest:
    limit = RateLimit(limit=10)
    limit.window.FromSeconds(60)
    return CheckRateLimitRequest(hits=[RateLimitHit(key="a", limit=limit)])


def call(channel: grpc.aio.Channel) -> Any:  # the stubs of grpc know only some of what a call can do
    return channel.unary_unary(
        CALL,
        request_serializer=CheckRateLimitRequest.SerializeToString,
        response_deserializer=CheckRateLimitResponse.FromString,
    )


def check(channel: grpc.aio.Channel) -> Any:
    """The real CheckRateLimit."""
    return RateLimitServiceStub(channel).CheckRateLimit


def watch(channel: grpc.aio.Channel) -> Any:
    return channel.unary_stream(
        WATCH,
        request_serializer=CheckRateLimitRequest.SerializeToString,
        response_deserializer=StreamRateLimitResponse.FromString,
    )


def chat(channel: grpc.aio.Channel) -> Any:
    return channel.stream_stream(
        CHAT,
        request_serializer=StreamRateLimitRequest.SerializeToString,
        response_deserializer=StreamRateLimitResponse.FromString,
    )


async def _allow(_: CheckRateLimitRequest) -> CheckRateLimitResponse:
    return CheckRateLimitResponse(allowed=True)


async def _count_to_three(_: CheckRateLimitRequest) -> Responses:
    for number in (1, 2, 3):
        yield StreamRateLimitResponse(correlation_id=number)


async def _echo(requests: Requests) -> Responses:
    async for request in requests:
        yield StreamRateLimitResponse(correlation_id=request.correlation_id)
