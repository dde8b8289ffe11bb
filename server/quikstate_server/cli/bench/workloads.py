"""The calls of each service that `quikstate bench` makes over and over, with names of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import grpc
import grpc.aio
from google.protobuf.duration_pb2 import Duration
from grpc_health.v1.health_pb2 import HealthCheckRequest
from grpc_health.v1.health_pb2_grpc import HealthStub

from quikstate.v1 import cache_pb2, lock_pb2, pub_sub_pb2, queue_pb2, rate_limit_pb2, session_pb2
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from quikstate.v1.item_status_pb2 import ItemStatus
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS

_PAYLOAD = bytes(100)


class BenchCallFailed(Exception):
    """A response says that the call did nothing; `code` is the name of a gRPC code, or like one."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Workload(Protocol):
    """The calls of one caller, which makes one after the other. The stubs are typed as blocking ones."""

    calls: str
    """The RPCs of one `call`."""

    def __init__(self, channel: grpc.aio.Channel, name: str, lifetime: Duration) -> None:
        """Use `name`, which no other caller uses, for all that it stores, for that long at most."""

    async def prepare(self) -> None:
        """Store what the calls need."""

    async def call(self) -> None:
        """Do what is measured; raise AioRpcError or BenchCallFailed."""

    async def clean(self) -> None:
        """Delete what is stored."""


class _Stateless:
    """A workload that stores nothing."""

    async def prepare(self) -> None:
        """Do nothing."""

    async def clean(self) -> None:
        """Do nothing."""


class PingWorkload(_Stateless):
    """Checks the health of the server, which asks no Redis."""

    calls = "Health.Check"

    def __init__(self, channel: grpc.aio.Channel, *_: object) -> None:
        self._stub: Any = HealthStub(channel)

    async def call(self) -> None:
        await self._stub.Check(HealthCheckRequest(), timeout=CALL_SECONDS)


class LimitWorkload(_Stateless):
    """Charges a limit that is never reached; what is stored of it ends within its window of a second."""

    calls = "CheckRateLimit"

    def __init__(self, channel: grpc.aio.Channel, name: str, _: Duration) -> None:
        self._stub: Any = RateLimitServiceStub(channel)
        limit = rate_limit_pb2.RateLimit(limit=1_000_000_000, window=Duration(seconds=1))
        hit = rate_limit_pb2.RateLimitHit(key=name, limit=limit)
        self._request = rate_limit_pb2.CheckRateLimitRequest(hits=[hit])

    async def call(self) -> None:
        await self._stub.CheckRateLimit(self._request, timeout=CALL_SECONDS)


class LockWorkload(_Stateless):
    """Takes a lock that nobody else wants, and releases it."""

    calls = "AcquireLock + ReleaseLock"

    def __init__(self, channel: grpc.aio.Channel, name: str, _: Duration) -> None:
        self._stub: Any = LockServiceStub(channel)
        self._request = lock_pb2.AcquireLockRequest(resources=[name], owner="quikstate bench")
        self._lease: lock_pb2.LockLease | None = None

    async def call(self) -> None:
        if not self._lease:
            response = await self._stub.AcquireLock(self._request, timeout=CALL_SECONDS)
            if not response.acquired:
                raise BenchCallFailed("NOT_ACQUIRED")
            self._lease = response.lease
        await self.clean()

    async def clean(self) -> None:
        if self._lease:
            request = lock_pb2.ReleaseLockRequest(lease=self._lease)
            await self._stub.ReleaseLock(request, timeout=CALL_SECONDS)
            self._lease = None


class SessionWorkload:
    """Reads a session."""

    calls = "GetSession"

    def __init__(self, channel: grpc.aio.Channel, name: str, lifetime: Duration) -> None:
        self._lifetime = lifetime
        self._stub: Any = SessionServiceStub(channel)
        self._name = name
        self._request = session_pb2.GetSessionRequest()
        self._handle = ""

    async def prepare(self) -> None:
        request = session_pb2.CreateSessionRequest(user_id=self._name, lifetime=self._lifetime)
        created = await self._stub.CreateSession(request, timeout=CALL_SECONDS)
        self._request.session_id, self._handle = created.session_id, created.session.handle

    async def call(self) -> None:
        response = await self._stub.GetSession(self._request, timeout=CALL_SECONDS)
        if response.outcome != session_pb2.SESSION_OUTCOME_OK:
            raise BenchCallFailed("NOT_FOUND")

    async def clean(self) -> None:
        if self._handle:
            handles = session_pb2.SessionHandles(user_id=self._name, handles=[self._handle])
            request = session_pb2.RevokeSessionsRequest(handles=handles)
            await self._stub.RevokeSessions(request, timeout=CALL_SECONDS)


class CacheWorkload:
    """Reads an entry of 100 bytes."""

    calls = "GetEntries"

    def __init__(self, channel: grpc.aio.Channel, name: str, lifetime: Duration) -> None:
        self._lifetime = lifetime
        self._stub: Any = CacheServiceStub(channel)
        self._key = cache_pb2.CacheKey(name=name)
        self._request = cache_pb2.GetEntriesRequest(keys=[self._key])
        self._is_stored = False

    async def prepare(self) -> None:
        item = cache_pb2.CacheItem(key=self._key, value=_PAYLOAD, ttl=self._lifetime)
        request = cache_pb2.SetEntriesRequest(items=[item])
        (result,) = (await self._stub.SetEntries(request, timeout=CALL_SECONDS)).results
        _check(result.status)
        self._is_stored = True

    async def call(self) -> None:
        (entry,) = (await self._stub.GetEntries(self._request, timeout=CALL_SECONDS)).entries
        _check(entry.status)
        if entry.outcome != cache_pb2.CACHE_OUTCOME_HIT:
            raise BenchCallFailed("NOT_FOUND")

    async def clean(self) -> None:
        if self._is_stored:
            request = cache_pb2.DeleteEntriesRequest(keys=[self._key])
            await self._stub.DeleteEntries(request, timeout=CALL_SECONDS)


class QueueWorkload(_Stateless):
    """Sends an item of 100 bytes, receives it and acknowledges it."""

    calls = "Enqueue + Receive + Settle"

    def __init__(self, channel: grpc.aio.Channel, name: str, lifetime: Duration) -> None:
        self._stub: Any = QueueServiceStub(channel)
        item = queue_pb2.EnqueueItem(queue=name, payload=_PAYLOAD, ttl=lifetime)
        self._enqueue = queue_pb2.EnqueueRequest(items=[item])
        self._receive = queue_pb2.ReceiveRequest(queues=[name], max_items=100)
        self._is_stored = False

    async def call(self) -> None:
        (result,) = (await self._stub.Enqueue(self._enqueue, timeout=CALL_SECONDS)).results
        _check(result.status)
        self._is_stored = True
        if not await self._receive_and_settle():
            raise BenchCallFailed("NOT_RECEIVED")
        self._is_stored = False

    async def clean(self) -> None:
        if self._is_stored:
            await self._receive_and_settle()

    async def _receive_and_settle(self) -> bool:
        """Delete the items of the queue, also those of calls that failed; return True if there were any."""
        items = (await self._stub.Receive(self._receive, timeout=CALL_SECONDS)).items
        settlements = [queue_pb2.Settlement(receipt=item.receipt, ack=queue_pb2.QueueAck()) for item in items]
        if settlements:
            request = queue_pb2.SettleRequest(settlements=settlements)
            for settled in (await self._stub.Settle(request, timeout=CALL_SECONDS)).results:
                _check(settled.status)
        return bool(settlements)


class PubSubWorkload(_Stateless):
    """Publishes a message of 100 bytes, which is not stored, on a channel without subscribers."""

    calls = "Publish"

    def __init__(self, channel: grpc.aio.Channel, name: str, _: Duration) -> None:
        self._stub: Any = PubSubServiceStub(channel)
        message = pub_sub_pb2.Publication(
            channel=name, payload=_PAYLOAD, durability=pub_sub_pb2.DURABILITY_EPHEMERAL
        )
        self._request = pub_sub_pb2.PublishRequest(publications=[message])

    async def call(self) -> None:
        (result,) = (await self._stub.Publish(self._request, timeout=CALL_SECONDS)).results
        _check(result.status)


WORKLOADS: Mapping[str, type[Workload]] = {
    "cache": CacheWorkload,
    "limit": LimitWorkload,
    "lock": LockWorkload,
    "ping": PingWorkload,
    "pub_sub": PubSubWorkload,
    "queue": QueueWorkload,
    "session": SessionWorkload,
}
"""By the names that the command has for them."""


def _check(status: ItemStatus) -> None:
    """Raise BenchCallFailed if the status of an item is an error."""
    if status.code:
        raise BenchCallFailed(next(code.name for code in grpc.StatusCode if code.value[0] == status.code))
