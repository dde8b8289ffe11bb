"""The lease of a stream when the process of its server or of its holder ends."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2 as pb
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from services.conftest import StartProcess
from support.harness.checkout import ROOT
from support.harness.eventually import eventually, timely
from support.lock import holder
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of

RESOURCE = "leader"
LONG_TTL = Duration(seconds=20)
"""Longer than a server takes to start on a machine with much to do."""
SHORT_TTL = 2


@pytest.fixture
def url(own_redis: RedisProcess) -> str:
    return f"unix://{own_redis.path}"


@pytest.fixture
async def others(url: str, start_process: StartProcess) -> AsyncIterator[Any]:
    """A client of a server that stays."""
    with start_process(redis_url=url) as server:
        async with grpc.aio.insecure_channel(server.address) as channel:
            yield LockServiceStub(channel)


async def wait_behind(locks: Any) -> asyncio.Future[Any]:
    """A caller who waits for the lock, and is in the queue."""
    request = pb.AcquireLockRequest(resources=[RESOURCE], wait=Duration(seconds=60))
    waits: asyncio.Future[Any] = asyncio.ensure_future(locks.AcquireLock(request))

    async def queued() -> None:
        assert (await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock.waiters == 1

    await eventually(queued)
    return waits


async def hold(locks: Any, **first: Any) -> tuple[Any, pb.LockGranted]:
    stream = locks.HoldLock()
    await stream.write(pb.HoldLockRequest(**first))
    event = await stream.read()
    assert event.WhichOneof("event") == "granted", event
    return stream, event.granted


async def lets_go(stream: Any, how: signal.Signals) -> None:
    """The stream of a server that ends: told to, it says so first."""
    if how is signal.SIGTERM:
        event = await stream.read()
        assert event.WhichOneof("event") == "detached"
        assert event.detached.lease.lease_id
    else:
        assert (await failure_of(stream.read())).code is grpc.StatusCode.UNAVAILABLE


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
async def test_a_lease_outlives_its_server_and_a_stream_reattaches_on_the_next(
    url: str, others: Any, start_process: StartProcess, how: signal.Signals
) -> None:
    with start_process(redis_url=url) as ending:
        async with grpc.aio.insecure_channel(ending.address) as channel:
            request = pb.AcquireLockRequest(resources=[RESOURCE], ttl=LONG_TTL)
            stream, first = await hold(LockServiceStub(channel), acquire=request)
            waits = await wait_behind(others)
            ending.send(how)
            await lets_go(stream, how)
            ending.ended()
    with start_process(redis_url=url) as following:
        async with grpc.aio.insecure_channel(following.address) as channel:
            again = pb.LockReattach(lease=first.lease, ttl=LONG_TTL)
            stream, second = await hold(LockServiceStub(channel), reattach=again)
            assert second.fencing_tokens == first.fencing_tokens
            lock = (await others.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock
            assert lock.last_fencing_token == first.fencing_tokens[0].token, "nobody had it between"
            assert not waits.done()
            await stream.done_writing()
            assert (await waits).fencing_tokens[0].token > first.fencing_tokens[0].token


@contextmanager
def lock_holder(address: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that holds the lock, and the token it got."""
    process = subprocess.Popen(
        [sys.executable, holder.__file__, address, RESOURCE, str(SHORT_TTL)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "clients/python")},  # noqa: TID251 - the child's is ours, and where the code is
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("ends", "within"),
    [
        pytest.param(lambda process: process.kill(), SHORT_TTL + 1, id="killed"),
        pytest.param(lambda process: process.stdin.close(), 1, id="cleanly"),
    ],
)
async def test_a_waiter_gets_the_lock_when_the_holders_process_ends(
    url: str, others: Any, start_process: StartProcess, ends: Any, within: float
) -> None:
    with start_process(redis_url=url) as server, lock_holder(server.address) as (process, token):
        waits = await wait_behind(others)
        ends(process)
        async with timely(within):
            assert (await waits).fencing_tokens[0].token > token
