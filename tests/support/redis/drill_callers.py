"""The callers of a failover drill: on the primitives of this process, or on a server of its own."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol
from uuid import uuid4

import grpc.aio
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2, rate_limit_pb2
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate_server import call_context
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import Lease, LockRequest, LockTarget
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.sentinel.client import sentinel_client
from quikstate_server.settings import Limits, RedisSettings
from support.redis.clients import closed, make_script, started
from support.redis.sentinel_group import SentinelGroup
from support.server.server_process import ServerProcess

CALL_SECONDS = 1.0
FAILURES = (QuikstateError, grpc.aio.AioRpcError)
"""What a call that fails raises."""
_SET = make_script("return redis.call('SET', KEYS[1], ARGV[1])")
_LOCK = "drill"


class DrillCaller(Protocol):
    """Makes calls of a second at most."""

    async def write(self) -> object: ...

    async def write_durably(self, number: int) -> object:
        """Write something that a replica has; return the Redis key that shows it."""

    async def lock(self) -> int | None:
        """Take and release a lock; return its fencing token, None if what a lost reply left is still held."""


class PrimitiveCaller:
    """Calls the primitives, and the Redis client below them."""

    def __init__(self, redis_client: RedisClient, locks: Locks) -> None:
        self._redis_client = redis_client
        self._locks = locks
        self._target = LockTarget(Keyspace(), (_LOCK,))

    async def write(self) -> object:
        _enter()
        return await self._redis_client.run(_SET, ("drill",), "1", safe_to_repeat=True)

    async def write_durably(self, number: int) -> object:
        _enter()
        key = f"durable:{number}"
        await self._redis_client.run_acknowledged(_SET, (key,), "1", min_replicas=1, safe_to_repeat=True)
        return key

    async def lock(self) -> int | None:
        _enter()
        outcome = await self._locks.acquire(LockRequest(self._target, ttl=0.5))
        if not isinstance(outcome, Lease):
            return None
        await self._locks.release(self._target, outcome.lease_id)
        return int(outcome.tokens[0])


class RpcCaller:
    """Calls a server as a client does, which may repeat what has a request id."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._limits: Any = RateLimitServiceStub(channel)
        self._locks: Any = LockServiceStub(channel)

    async def write(self) -> object:
        limit = rate_limit_pb2.RateLimit(limit=1_000_000, window=Duration(seconds=3_600))
        hit = rate_limit_pb2.RateLimitHit(key="drill", limit=limit)
        request = rate_limit_pb2.CheckRateLimitRequest(hits=[hit], request_id=uuid4().hex)
        return await self._limits.CheckRateLimit(request, timeout=CALL_SECONDS)

    async def write_durably(self, number: int) -> object:
        resource, ttl = f"durable:{number}", Duration(seconds=600)
        request = lock_pb2.AcquireLockRequest(resources=[resource], ttl=ttl, min_replicas=1)
        request.request_id = uuid4().hex
        assert (await self._locks.AcquireLock(request, timeout=CALL_SECONDS)).acquired
        return f"lock:{resource}"

    async def lock(self) -> int | None:
        request = lock_pb2.AcquireLockRequest(resources=[_LOCK], ttl=Duration(seconds=1))
        response = await self._locks.AcquireLock(request, timeout=CALL_SECONDS)
        if not response.acquired:
            return None
        release = lock_pb2.ReleaseLockRequest(lease=response.lease)
        await self._locks.ReleaseLock(release, timeout=CALL_SECONDS)
        return int(response.fencing_tokens[0].token)


def _enter() -> None:
    call_context.enter(call_context.CallContext(deadline=time.monotonic() + CALL_SECONDS))


@asynccontextmanager
async def drill_caller(group: SentinelGroup, transport: str | None) -> AsyncIterator[DrillCaller]:
    """Make a caller; through a server on the transport, if one is named."""
    if transport is None:
        redis_client = await started(sentinel_client(group.target, RedisSettings()))
        locks = Locks(redis_client, Limits())
        await locks.start()
        try:
            yield PrimitiveCaller(redis_client, locks)
        finally:
            await locks.close()
            await closed(redis_client)
    else:
        with ServerProcess(redis_url=group.url, transport=transport, redis={}) as server:
            async with grpc.aio.insecure_channel(server.address) as channel:
                yield RpcCaller(channel)
