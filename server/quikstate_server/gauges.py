"""Metrics of one server: the work in flight, the state of Redis, and what became of its commands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from quikstate_server.interceptors.concurrency_limit import ConcurrencyLimit
from quikstate_server.metrics import Metrics
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_monitor import RedisMonitor


def add_gauges(
    metrics: Metrics,
    concurrency: ConcurrencyLimit,
    monitors: Sequence[RedisMonitor],
    redis_client: RedisClient,
    cache_redis_client: RedisClient,
) -> None:
    """Register them all."""
    metrics.gauge("quikstate_calls_in_flight", "Unary calls being served.", lambda: concurrency.calls.taken)
    metrics.gauge("quikstate_streams_open", "Streams being served.", lambda: concurrency.streams.taken)
    metrics.gauge(
        "quikstate_redis_findings",
        "Ways in which Redis is configured such that it could evict, lose or refuse data.",
        lambda: sum(len(monitor.findings) for monitor in monitors),
    )
    _add_redis_gauges(metrics, "redis", "Redis", redis_client)
    _add_redis_gauges(metrics, "cache_redis", "the cache's Redis", cache_redis_client)
    _add_command_counts(metrics, "redis", "Redis", redis_client)
    if cache_redis_client is not redis_client:
        _add_command_counts(metrics, "cache_redis", "the cache's Redis", cache_redis_client)


def _add_redis_gauges(metrics: Metrics, prefix: str, whose: str, redis_client: RedisClient) -> None:
    metrics.gauge(
        f"quikstate_{prefix}_available",
        f"1 while {whose} replies for every key.",
        partial(getattr, redis_client, "is_available"),
    )
    metrics.gauge(
        f"quikstate_{prefix}_accepts_writes",
        f"0 while {whose} replies and refuses all writes, as with a full disk.",
        partial(getattr, redis_client, "accepts_writes"),
    )


def _add_command_counts(metrics: Metrics, prefix: str, whose: str, redis_client: RedisClient) -> None:
    counts = redis_client.counts
    counts.record_round_trip = metrics.histogram(
        f"quikstate_{prefix}_round_trip_seconds", f"Time from sending a command to {whose} to its reply."
    )
    metrics.gauge(
        f"quikstate_{prefix}_commands_in_flight",
        f"Commands to {whose} whose reply has not come.",
        partial(getattr, counts, "in_flight"),
    )
    metrics.read_counter(
        f"quikstate_{prefix}_retries",
        f"Commands to {whose} that were sent again after a fault.",
        partial(getattr, counts, "retries"),
    )
    metrics.read_counter(
        f"quikstate_{prefix}_outcomes_unknown",
        f"Commands to {whose} that may or may not have run, as their callers were told.",
        partial(getattr, counts, "outcomes_unknown"),
    )
    metrics.gauge(
        f"quikstate_{prefix}_failover_epoch",
        f"The failovers of {whose} that Sentinel has counted; 0 without Sentinel.",
        partial(getattr, redis_client, "failover_epoch"),
    )
