"""A whole server in every topology, on every server, on each transport: each method is answered."""

from __future__ import annotations

from typing import Any

import grpc.aio
import redis

from quikstate_server.interceptors.method import Method
from services.conftest import OpenChannel, StartApp
from support.harness.api_methods import METHODS, call_of
from support.harness.eventually import PATIENCE_SECONDS
from support.harness.valid_requests import VALID, Requests, World
from support.redis.deployments import Deployment

HEARTBEAT_SECONDS = 0.05
"""A stream that has nothing else to say, such as an empty queue's, says this."""


async def test_every_method_is_answered(
    start_app: StartApp,
    open_channel: OpenChannel,
    deployment: Deployment,
    raw: redis.Redis,  # noqa: ARG001 - it empties Redis
) -> None:
    app = await start_app(
        redis_url=deployment.url, heartbeat_seconds=HEARTBEAT_SECONDS, durable_channels="d:"
    )
    channel = open_channel(app)
    world = World(channel)
    answered = set()
    for name, method in METHODS.items():
        valid = VALID[method.service.rpartition(".")[2]]
        async for requests in valid(world, method.name, f"d:{method.name}"):
            assert isinstance(await answer(channel, method, requests), method.response_type)
            answered.add(name)
    assert answered == METHODS.keys()


async def answer(
    channel: grpc.aio.Channel, method: Method, requests: Requests, headers: tuple[tuple[str, str], ...] = ()
) -> object:
    """Return the response of a method, or the first of a stream."""
    call: Any = call_of(channel, method)
    if not method.server_streaming:
        return await call(requests[0], timeout=PATIENCE_SECONDS, metadata=headers)
    stream = call() if method.client_streaming else call(requests[0])
    if method.client_streaming:
        await stream.write(requests[0])  # not half-closed: that would release a lock
    try:
        return await stream.read()
    finally:
        stream.cancel()
