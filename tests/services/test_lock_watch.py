"""WatchLocks and ListLocks through a whole server."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2 as pb
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from services.conftest import OpenChannel, StartApp, end
from support.harness.eventually import PATIENCE_SECONDS, eventually
from support.redis.redis_process import RedisProcess

RESOURCE = "leader"
WATCH = pb.WatchLocksRequest(resources=[RESOURCE, "free"])
ACQUIRE = pb.AcquireLockRequest(
    resources=[RESOURCE], owner="a", metadata={"address": "10.0.0.1"}, ttl=Duration(seconds=60)
)


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    return own_redis


@pytest.fixture
def locks(channel: grpc.aio.Channel) -> Any:
    return LockServiceStub(channel)


async def read(stream: Any, kind: str) -> Any:
    """The next item, which is a `kind`."""
    item = await asyncio.wait_for(stream.read(), PATIENCE_SECONDS)
    assert item.WhichOneof("event") == kind, item
    return getattr(item, kind)


async def test_a_watch_shows_the_leader_and_each_next_leader(
    locks: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    other: Any = LockServiceStub(open_channel(await start_app()))
    first = await locks.AcquireLock(ACQUIRE)
    stream = other.WatchLocks(WATCH)
    leader, free = (await read(stream, "snapshot")).locks
    assert (leader.resource, leader.held, free.resource, free.held) == (RESOURCE, True, "free", False)
    assert leader.holders[0].metadata == {"address": "10.0.0.1"}
    assert leader.holders[0].fencing_token == first.fencing_tokens[0].token
    await locks.ReleaseLock(pb.ReleaseLockRequest(lease=first.lease))
    assert not (await read(stream, "changed")).held
    await locks.AcquireLock(ACQUIRE)
    assert (await read(stream, "changed")).last_fencing_token > first.fencing_tokens[0].token


async def test_a_silent_watch_sends_heartbeats_and_ends_with_the_server(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(heartbeat_seconds=0.05)
    stream: Any = LockServiceStub(open_channel(app)).WatchLocks(WATCH)
    await read(stream, "snapshot")
    await read(stream, "heartbeat")
    ending = asyncio.create_task(end(app))
    while (item := await stream.read()).WhichOneof("event") == "heartbeat":
        pass
    assert item.WhichOneof("event") == "end"
    assert not isinstance(await stream.read(), pb.WatchLocksResponse)
    await ending


async def test_watchers_that_go_away_leave_no_subscription(locks: Any, redis_process: RedisProcess) -> None:
    streams = [locks.WatchLocks(WATCH) for _ in range(20)]
    for stream in streams:
        await read(stream, "snapshot")
    with redis_process.client() as client:
        assert len(client.pubsub_channels("*:events")) == 2
        for stream in streams:
            stream.cancel()
        await eventually(lambda: client.pubsub_channels("*:events") == [])


async def test_a_watch_reports_that_redis_was_lost_and_goes_on(
    locks: Any, redis_process: RedisProcess
) -> None:
    stream = locks.WatchLocks(WATCH)
    await read(stream, "snapshot")
    redis_process.restart()
    assert (await read(stream, "gap")).reason
    followed = {(await read(stream, "changed")).resource, (await _after_gaps(stream)).changed.resource}
    assert followed == {RESOURCE, "free"}


async def _after_gaps(stream: Any) -> Any:
    """Each resource is subscribed to by itself, so that a gap may stand between them."""
    while (item := await stream.read()).WhichOneof("event") == "gap":
        pass
    return item


async def test_locks_are_listed_in_pages_without_secrets(locks: Any) -> None:
    for number in range(30):
        request = pb.AcquireLockRequest()
        request.CopyFrom(ACQUIRE)
        request.resources[0] = f"job:{number}"
        assert (await locks.AcquireLock(request)).acquired
    rows, token, pages = set(), "", 0
    while pages == 0 or token:
        page = await locks.ListLocks(pb.ListLocksRequest(prefix="job:", page_size=5, page_token=token))
        rows |= {(lock.resource, lock.holders[0].owner, len(lock.holders[0].metadata)) for lock in page.locks}
        token, pages = page.next_page_token, pages + 1
    assert rows == {(f"job:{number}", "a", 0) for number in range(30)}
    assert pages > 1
