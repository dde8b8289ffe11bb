"""A whole server on a Redis Cluster: what acts on several slots needs a group, and all else does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2, rate_limit_pb2
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.app import App
from services.conftest import StartApp
from support.redis.binaries import servers
from support.redis.cluster_process import ClusterProcess
from support.server.call_errors import failure_of

RESOURCES = ["a", "b"]
NEEDS_GROUP = grpc.StatusCode.FAILED_PRECONDITION, "ERROR_REASON_GROUP_REQUIRED"


@pytest.fixture(scope="module")
def cluster_process() -> Iterator[ClusterProcess]:
    process = ClusterProcess(next(server for server in servers() if server.binary), masters=2)
    yield process
    process.close()


@pytest.fixture
async def app(start_app: StartApp, cluster_process: ClusterProcess) -> App:
    """A server on a Cluster that is empty: each test runs once a transport, with the same names."""
    for node in cluster_process.nodes:
        with node.client() as client:
            client.flushall()
    return await start_app(redis_url=f"redis+cluster://{cluster_process.addresses[0]}")


def check(**how: Any) -> rate_limit_pb2.CheckRateLimitRequest:
    limit = rate_limit_pb2.RateLimit(limit=5, window=Duration(seconds=60))
    hits = [rate_limit_pb2.RateLimitHit(key=key, limit=limit) for key in RESOURCES]
    return rate_limit_pb2.CheckRateLimitRequest(hits=hits, **how)


async def test_hits_that_pass_together_need_a_group(rate_limits: Any) -> None:
    refused = await failure_of(rate_limits.CheckRateLimit(check()))
    assert (refused.code, refused.reason) == NEEDS_GROUP
    grouped = await rate_limits.CheckRateLimit(check(group="tenant"))
    assert [result.remaining for result in grouped.results] == [4, 4]


async def test_hits_that_are_independent_need_none(rate_limits: Any) -> None:
    told = await rate_limits.CheckRateLimit(check(mode=rate_limit_pb2.RATE_LIMIT_MODE_INDEPENDENT))
    assert [result.remaining for result in told.results] == [4, 4], "nothing was charged without the group"


async def test_a_lease_on_several_resources_needs_a_group(channel: grpc.aio.Channel) -> None:
    locks: Any = LockServiceStub(channel)
    refused = await failure_of(locks.AcquireLock(lock_pb2.AcquireLockRequest(resources=RESOURCES)))
    assert (refused.code, refused.reason) == NEEDS_GROUP
    for resource in RESOURCES:
        assert not (await locks.GetLock(lock_pb2.GetLockRequest(resource=resource))).lock.held
    got = await locks.AcquireLock(lock_pb2.AcquireLockRequest(resources=RESOURCES, group="tenant"))
    assert got.acquired
    assert (await locks.ReleaseLock(lock_pb2.ReleaseLockRequest(lease=got.lease))).released


async def test_min_replicas_are_counted_on_the_node_of_the_lock(channel: grpc.aio.Channel) -> None:
    locks: Any = LockServiceStub(channel)
    asked = lock_pb2.AcquireLockRequest(resources=["durable"], min_replicas=1)
    refused = await failure_of(locks.AcquireLock(asked, timeout=1))
    assert refused.reason == "ERROR_REASON_REPLICAS_NOT_REACHED"
