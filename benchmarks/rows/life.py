"""A server's life: its start, until it has answered once, and its end under load."""

from __future__ import annotations

from collections.abc import Sequence

import grpc
from google.protobuf.duration_pb2 import Duration

from benchmarks.laboratory import Server
from benchmarks.loads.servers import Drains, Starts
from benchmarks.rows.row import Row
from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, RateLimit, RateLimitHit
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub

_CHECK = "/quikstate.v1.RateLimitService/CheckRateLimit"
_LIMIT = RateLimit(limit=1_000_000_000, window=Duration(seconds=86_400))
_STARTS = 5
_DRAINS = 10
_PATIENCE_SECONDS = 10


def rows() -> Sequence[Row]:
    request = CheckRateLimitRequest(hits=[RateLimitHit(key="bench:life", limit=_LIMIT)])

    def first(channel: grpc.Channel) -> object:
        stub = RateLimitServiceStub(channel)
        return stub.CheckRateLimit(request, timeout=_PATIENCE_SECONDS, wait_for_ready=True)

    return (
        Row(
            "start",
            "quikstate serve, to its first CheckRateLimit",
            Server.OURS,
            Starts(first),
            against="",
            unit="start",
            calls=_STARTS,
            rounds=1,
            plotted=False,
        ),
        Row(
            "drain",
            f"CheckRateLimit while {_DRAINS} servers drain",
            Server.OURS,
            Drains(_CHECK, request.SerializeToString()),
            calls=_DRAINS,
            rounds=1,
        ),
    )
