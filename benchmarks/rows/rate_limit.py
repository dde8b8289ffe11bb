"""RateLimitService: one hit, ten and a hundred in one call, on streams, alone, and among a million keys."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import grpc
from google.protobuf.duration_pb2 import Duration

from benchmarks.laboratory import Running, Server
from benchmarks.loads.gocaller import GoCaller
from benchmarks.loads.h2load import H2load
from benchmarks.processes import BenchmarkFailed
from benchmarks.rows.row import Row
from quikstate.v1.rate_limit_pb2 import (
    CheckRateLimitRequest,
    RateLimit,
    RateLimitHit,
    StreamRateLimitRequest,
)
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub

CHECK = "/quikstate.v1.RateLimitService/CheckRateLimit"
_STREAM = "/quikstate.v1.RateLimitService/StreamRateLimit"
_LIMIT = 1_000_000_000
_WINDOW_SECONDS = 30 * 86_400
_LEAST_ANSWER = 4
_STORED = 1_000_000
_ASKED = 20_000
"""Of the stored keys, so many are asked for, which is more than a run has calls."""
_PATIENCE_SECONDS = 10


def rows() -> Sequence[Row]:
    return (*_unary(), *_streamed(), *_stored(), *_workers())


def _unary() -> Sequence[Row]:
    ten = [f"bench:ten:{number}" for number in range(10)]
    hundred = [f"bench:hundred:{number}" for number in range(100)]
    return (
        _row("check-naive", "CheckRateLimit, naive Redis client", "bench:naive", Server.NAIVE),
        _row("check", "CheckRateLimit", "bench:check", Server.OURS),
        _row(
            "check-untraced",
            "CheckRateLimit, tracing off",
            "bench:untraced",
            Server.OURS_UNTRACED,
            "empty-untraced",
        ),
        Row(
            "check-alone",
            "CheckRateLimit, 1 in flight",
            Server.OURS,
            _h2load(["bench:alone"], connections=1, in_flight=1),
            proof=Charged("bench:alone"),
        ),
        _batch("check-10", ten),
        _batch("check-100", hundred),
    )


def _batch(key: str, names: Sequence[str]) -> Row:
    return Row(
        key,
        f"CheckRateLimit, {len(names)} hits",
        Server.OURS,
        _h2load(names),
        unit="decision",
        units=len(names),
        proof=Charged(names[-1]),
    )


def _workers() -> Iterator[Row]:
    """Over many connections, since the kernel spreads those, not calls, over workers."""
    for workers, server in ((1, Server.OURS), (2, Server.OURS_TWO_WORKERS)):
        name = f"bench:workers:{workers}"
        yield Row(
            f"check-workers-{workers}",
            f"CheckRateLimit, 32 connections, {workers} worker{'s' * (workers > 1)}",
            server,
            _h2load([name], connections=32),
            proof=Charged(name),
        )


def _row(key: str, title: str, name: str, server: Server, against: str = "empty") -> Row:
    return Row(key, title, server, _h2load([name]), against, proof=Charged(name))


def _streamed() -> Iterator[Row]:
    for streams in (8, 64):
        name = f"bench:streams:{streams}"
        body = StreamRateLimitRequest(check=check_request([name])).SerializeToString()
        yield Row(
            f"stream-{streams}",
            f"StreamRateLimit, {streams} streams",
            Server.OURS,
            GoCaller("stream", _STREAM, [body], lanes=streams),
            unit="message",
            proof=Charged(name),
        )


def _stored() -> Sequence[Row]:
    """The same caller for both, since h2load cannot send different bodies."""
    chosen = random.Random(1).sample(range(_STORED), _ASKED)  # noqa: S311 - the same keys in every run
    many = [check_request([f"bench:stored:{number}"]).SerializeToString() for number in chosen]
    one = check_request(["bench:one"]).SerializeToString()
    return (
        Row(
            "stored-1",
            "CheckRateLimit, 1 stored key, Go caller",
            Server.OURS,
            GoCaller("unary", CHECK, [one]),
            proof=Charged("bench:one"),
        ),
        Row(
            "stored-1m",
            "CheckRateLimit, 1,000,000 stored keys, Go caller",
            Server.OURS_FULL,
            GoCaller("unary", CHECK, many),
            prepare=_store,
            proof=_found,
        ),
    )


def check_request(names: Sequence[str], cost: int = 1) -> CheckRateLimitRequest:
    limit = RateLimit(limit=_LIMIT, window=Duration(seconds=_WINDOW_SECONDS))
    return CheckRateLimitRequest(hits=[RateLimitHit(key=name, limit=limit, cost=cost) for name in names])


def _h2load(names: Sequence[str], connections: int = 4, in_flight: int = 64) -> H2load:
    body = check_request(names).SerializeToString()
    return H2load(CHECK, body, connections, in_flight, least_answer=_LEAST_ANSWER)


@dataclass
class Charged:
    """The key was charged once a call, but for what its bucket got back meanwhile."""

    name: str
    _remaining: int = _LIMIT
    _read: float = field(default_factory=time.monotonic)

    def __call__(self, running: Running, calls: int) -> None:
        asked, remaining, now = time.monotonic(), _remaining(running, self.name), time.monotonic()
        charged, refilled = self._remaining - remaining, (now - self._read) * _LIMIT / _WINDOW_SECONDS
        if not calls - refilled - 1 <= charged <= calls:
            raise BenchmarkFailed(f"{calls} calls charged {charged} to {self.name}, refilled {refilled:.1f}")
        # Redis's clock may have stood anywhere between, so take the whole time that it may have refilled.
        self._remaining, self._read = remaining, asked


def _remaining(running: Running, name: str) -> int:
    with grpc.insecure_channel(running.address) as channel:
        stub = RateLimitServiceStub(channel)
        answer = stub.CheckRateLimit(check_request([name], cost=0), timeout=_PATIENCE_SECONDS)
        return int(answer.results[0].remaining)


def _store(running: Running) -> None:
    """A million keys, each as the server wrote the first; half empty, so that none is gone before the end."""
    with grpc.insecure_channel(running.address) as channel:
        stub = RateLimitServiceStub(channel)
        stub.CheckRateLimit(check_request(["bench:first"], cost=_LIMIT // 2), timeout=_PATIENCE_SECONDS)
    running.redis.multiply("*bench:first*", "bench:first", "bench:stored:", _STORED)


def _found(running: Running, calls: int) -> None:
    """No call made a new key: each found its own among the stored."""
    stored = running.redis.client.dbsize()
    if stored != _STORED + 1:
        raise BenchmarkFailed(f"{calls} calls left {stored} keys where {_STORED + 1} were stored")
