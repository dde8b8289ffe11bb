"""LockService: leases that nobody else wants, also among a million, one that many want, and streams."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import grpc
from google.protobuf.duration_pb2 import Duration

from benchmarks.laboratory import Running, Server
from benchmarks.loads.gocaller import GoCaller
from benchmarks.loads.held_streams import HeldStreams
from benchmarks.processes import BenchmarkFailed
from benchmarks.rows.row import Row
from quikstate.v1.lock_pb2 import (
    AcquireLockRequest,
    HoldLockRequest,
    LockKeepalive,
    ReleaseLockRequest,
)
from quikstate.v1.lock_pb2_grpc import LockServiceStub

_ACQUIRE = "/quikstate.v1.LockService/AcquireLock"
_RELEASE = "/quikstate.v1.LockService/ReleaseLock"
_HOLD = "/quikstate.v1.LockService/HoldLock"
_LANES = 64
_WAIT_SECONDS = 60
_STREAMS = 1_000
_RENEWAL_SECONDS = 10
"""A third of the default TTL."""
_STORED = 1_000_000
_ASKED = 300 * _LANES
_PATIENCE_SECONDS = 10


def rows() -> Sequence[Row]:
    return (*_alone(), *_handed_over(), _held())


def _alone() -> Sequence[Row]:
    """With one lock a lane, then among a million that were held before: their last tokens are kept."""
    chosen = random.Random(1).sample(range(_STORED), _ASKED)  # noqa: S311 - the same keys in every run
    return (
        Row(
            "lock",
            "AcquireLock, ReleaseLock in turn, Go caller",
            Server.OURS,
            _leases([f"bench:lock:{number}" for number in range(_LANES)]),
            against="empty-go",
        ),
        Row(
            "lock-stored-1m",
            "AcquireLock, ReleaseLock, 1,000,000 stored keys",
            Server.OURS_FULL_OF_LOCKS,
            _leases([f"bench:stored:{number}" for number in chosen]),
            against="empty-go",
            prepare=_store,
            proof=_found,
        ),
    )


def _leases(names: Sequence[str]) -> GoCaller:
    bodies = [_request(name).SerializeToString() for name in names]
    return GoCaller("leases", _ACQUIRE, bodies, lanes=_LANES, release=_RELEASE)


def _handed_over() -> Iterator[Row]:
    """So many wait at any time, and one holds it; the latency is from its release to the next one's lease."""
    for waiters in (10, 100):
        body = _request(f"bench:waited:{waiters}", wait=_WAIT_SECONDS).SerializeToString()
        yield Row(
            f"hand-over-{waiters}",
            f"ReleaseLock to the next of {waiters} waiting",
            Server.OURS,
            GoCaller("hand-over", _ACQUIRE, [body], lanes=waiters + 1, release=_RELEASE),
            against="empty-go",
            unit="lease",
        )


def _held() -> Row:
    requests = [HoldLockRequest(acquire=_request(f"bench:held:{number}")) for number in range(_STREAMS)]
    streams = HeldStreams(
        _HOLD,
        [request.SerializeToString() for request in requests],
        HoldLockRequest(keepalive=LockKeepalive()).SerializeToString(),
        _RENEWAL_SECONDS,
    )
    return Row(
        "hold-1000",
        "HoldLock, 1,000 idle streams",
        Server.OURS_HOLDING,
        streams,
        against="empty-go",
        unit="stream second",
        during=streams.held,
        streams=_STREAMS,
        calls=_STREAMS * _RENEWAL_SECONDS,
        rounds=1,
    )


def _request(name: str, wait: int = 0) -> AcquireLockRequest:
    return AcquireLockRequest(resources=[name], wait=Duration(seconds=wait), owner="bench")


def _store(running: Running) -> None:
    """A million locks that were held once, each as the server left the first."""
    with grpc.insecure_channel(running.address) as channel:
        stub = LockServiceStub(channel)
        lease = stub.AcquireLock(_request("bench:first"), timeout=_PATIENCE_SECONDS).lease
        stub.ReleaseLock(ReleaseLockRequest(lease=lease), timeout=_PATIENCE_SECONDS)
    running.redis.multiply("*bench:first*", "bench:first", "bench:stored:", _STORED)


def _found(running: Running, calls: int) -> None:
    """No call made a new key: each found its own among the stored, and left it so."""
    stored = running.redis.client.dbsize()
    if stored != _STORED + 1:
        raise BenchmarkFailed(f"{calls} calls left {stored} keys where {_STORED + 1} were stored")
