"""However a stream ends, nothing of it is left: no task, nothing that is heard, no connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message

from quikstate.v1 import (
    cache_pb2,
    lock_pb2,
    presence_pb2,
    pub_sub_pb2,
    queue_pb2,
    rate_limit_pb2,
    session_pb2,
)
from quikstate_server.app import App
from services.conftest import StartApp
from services.test_metrics import DURATION, scrape
from support.harness.eventually import eventually
from support.redis.proxy import Proxy, proxy
from support.redis.redis_process import RedisProcess

EACH = 10
"""Streams of each method."""

_HIT = rate_limit_pb2.RateLimitHit(
    key="k", limit=rate_limit_pb2.RateLimit(limit=1_000, window=Duration(seconds=60))
)
FIRST: dict[str, Callable[[int], Message]] = {
    "CacheService/WatchInvalidations": lambda n: cache_pb2.WatchInvalidationsRequest(tags=["t", f"t{n}"]),
    "LockService/HoldLock": lambda n: lock_pb2.HoldLockRequest(
        acquire=lock_pb2.AcquireLockRequest(resources=[f"r{n}"], owner="o", ttl=Duration(seconds=10))
    ),
    "LockService/WatchLocks": lambda n: lock_pb2.WatchLocksRequest(resources=["r", f"r{n}"]),
    "PresenceService/Connect": lambda n: presence_pb2.ConnectRequest(
        open=presence_pb2.PresenceOpen(
            connection=presence_pb2.PresenceConnection(user_id=f"u{n}", workspace_ids=["w"])
        )
    ),
    "PresenceService/WatchPresence": lambda n: presence_pb2.WatchPresenceRequest(workspace_id=f"w{n % 2}"),
    "PubSubService/StreamSubscribe": lambda n: pub_sub_pb2.StreamSubscribeRequest(
        add=pub_sub_pb2.SubscribeRequest(channels=[pub_sub_pb2.ChannelSubscription(channel=f"c{n % 2}")])
    ),
    "PubSubService/Subscribe": lambda n: pub_sub_pb2.SubscribeRequest(
        channels=[pub_sub_pb2.ChannelSubscription(channel=f"c{n % 2}")], prefixes=["p:"]
    ),
    "QueueService/Consume": lambda n: queue_pb2.ConsumeRequest(
        start=queue_pb2.ConsumeStart(queues=["q", f"q{n % 2}"])
    ),
    "RateLimitService/StreamRateLimit": lambda n: rate_limit_pb2.StreamRateLimitRequest(  # noqa: ARG005 - all alike
        correlation_id=1, check=rate_limit_pb2.CheckRateLimitRequest(hits=[_HIT])
    ),
    "SessionService/WatchSessions": lambda n: session_pb2.WatchSessionsRequest(user_ids=["u", f"u{n}"]),
}
"""What opens a stream of each method: some listen to the same as others do."""
SILENT = "QueueService/Consume"
"""Until there is an item."""


@pytest.fixture
async def app(start_app: StartApp, tmp_path: Path) -> App:
    return await start_app(listen=f"unix:{tmp_path}/server.sock", metrics_listen="127.0.0.1:0")


@asynccontextmanager
async def client(app: App) -> AsyncIterator[tuple[grpc.aio.Channel, Proxy]]:
    """A channel, and the line that it goes over."""
    async with (
        proxy(app.address.removeprefix("unix:")) as line,
        grpc.aio.insecure_channel(f"unix:{line.address.path}") as channel,
    ):
        yield channel, line


def half_open(channel: grpc.aio.Channel, method: str, seconds: float | None = None) -> Any:
    """A stream of bytes, on which nothing was said: so any method can be called."""
    call: Any = channel.stream_stream  # bytes need no serializer
    return call(f"/quikstate.v1.{method}")(timeout=seconds)


async def opened(channel: grpc.aio.Channel, method: str, number: int, seconds: float | None) -> Any:
    stream = half_open(channel, method, seconds)
    await stream.write(FIRST[method](number).SerializeToString())
    if method != SILENT:
        assert isinstance(await stream.read(), bytes)
    return stream


def held(app: App, redis: RedisProcess) -> dict[str, object]:
    """What a server has of streams and what they listen to, here and in Redis."""
    subscriber = app.redis_client.subscriber
    with redis.client() as plain:
        return {
            "streams": app.concurrency.streams.taken,
            "told of the end": len(app.draining.listeners),
            "heard": set(subscriber._subscriptions),
            "unconfirmed": len(subscriber._unconfirmed),
            "channels": set(plain.pubsub_channels()),
            "prefixes": plain.pubsub_numpat(),
            "connections": plain.info("clients")["connected_clients"],
        }


async def streams_of(app: App, count: int) -> None:
    await eventually(lambda: app.concurrency.streams.taken == count)


@pytest.mark.parametrize("end", ["cancelled", "cut", "late", "half-open"])
async def test_streams_leave_nothing_however_they_end(
    app: App, redis_process: RedisProcess, end: str
) -> None:
    before, tasks = held(app, redis_process), len(asyncio.all_tasks())
    async with client(app) as (channel, line):
        if end == "half-open":
            streams = [half_open(channel, method) for method in FIRST for _ in range(EACH)]
            await asyncio.gather(*(stream.wait_for_connection() for stream in streams))
        else:
            seconds = 10.0 if end == "late" else None  # for all to be open by then
            opening = (opened(channel, method, n, seconds) for method in FIRST for n in range(EACH))
            streams = await asyncio.gather(*opening)
            await streams_of(app, len(FIRST) * EACH)
        match end:
            case "cut":
                line.drop()
            case "cancelled" | "half-open":
                for stream in streams:
                    stream.cancel()
        assert grpc.StatusCode.OK not in {await stream.code() for stream in streams}
    await streams_of(app, 0)

    def nothing_left() -> None:
        assert held(app, redis_process) == before
        assert len(asyncio.all_tasks()) <= tasks  # one may have been at work just then, and ended

    await eventually(nothing_left, within=30)


async def test_who_goes_before_saying_anything_is_not_answered(app: App) -> None:
    """It looks as if it had said all it had to say, and as if its request were bad."""
    async with client(app) as (channel, _):
        streams = [half_open(channel, SILENT) for _ in range(EACH)]
        await streams_of(app, EACH)
        for stream in streams:
            stream.cancel()
        await streams_of(app, 0)
    counted = await scrape(app)
    name = f"{DURATION}_count", f"quikstate.v1.{SILENT}"
    ends = {labels[2]: count for labels, count in counted.items() if labels[:2] == name and count}
    assert ends == {"CANCELLED": EACH}
