"""Calls that do nothing: what gRPC costs, what our interceptors add, and what OpenTelemetry's would."""

from __future__ import annotations

from benchmarks.laboratory import Server
from benchmarks.loads.gocaller import GoCaller
from benchmarks.loads.h2load import H2load
from benchmarks.loads.redis_round_trip import RedisRoundTrip
from benchmarks.rows.row import Row

_METHOD = "/quikstate.bench.v1.BenchService/Empty"
_EMPTY = H2load(_METHOD, b"")
_EMPTY_ALONE = H2load(_METHOD, b"", connections=1, in_flight=1)

ROWS = (
    Row("bare", "Empty call, bare grpc.aio", Server.BARE, _EMPTY),
    Row("grpc-go", "Empty call, grpc-go", Server.GRPC_GO, _EMPTY),
    Row("contrib", "Empty call, bare + contrib OpenTelemetry", Server.BARE_CONTRIB, _EMPTY),
    Row("empty", "Empty call", Server.OURS, _EMPTY),
    Row("empty-untraced", "Empty call, tracing off", Server.OURS_UNTRACED, _EMPTY, "empty-untraced"),
    Row("empty-alone", "Empty call, 1 in flight", Server.OURS, _EMPTY_ALONE),
    Row("empty-go", "Empty call, Go caller", Server.OURS, GoCaller("unary", _METHOD, [b""])),
    Row("redis-alone", "redis-py GET, 1 in flight", Server.REDIS, RedisRoundTrip()),
)
