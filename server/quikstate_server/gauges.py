"""Metrics of one server: the work in flight, the state of Redis, and what became of its commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from quikstate_server.interceptors.concurrency_limit import ConcurrencyLimit
from quikstate_server.metrics import Metrics
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.inspection import FINDING_NAMES
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
    monitor, cache_monitor = monitors
    _add_redis_gauges(metrics, "redis", "Redis", redis_client)
    _add_redis_gauges(metrics, "cache_redis", "the cache's Redis", cache_redis_client)
    _add_inspection(metrics, "redis", "Redis", monitor)
    _add_command_counts(metrics, "redis", "Redis", redis_client)
    if cache_redis_client is not redis_client:
        _add_inspection(metrics, "cache_redis", "the cache's Redis", cache_monitor)
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


def _add_inspection(metrics: Metrics, prefix: str, whose: str, monitor: RedisMonitor) -> None:
    def findings() -> Mapping[str, float]:
        found = {finding.name for finding in monitor.findings}
        return {name: name in found for name in FINDING_NAMES}

    metrics.gauge_by(
        f"quikstate_{prefix}_findings",
        f"1 for each way in which {whose} could evict, lose or refuse data, or does so.",
        "finding",
        findings,
    )
    metrics.gauge(
        f"quikstate_{prefix}_replicas",
        f"Replicas in reach of that master of {whose} which has the fewest.",
        lambda: monitor.inspection.replicas,
    )
    metrics.gauge(
        f"quikstate_{prefix}_replica_lag_seconds",
        f"Longest time since a replica of {whose} acknowledged what it has.",
        lambda: monitor.inspection.replica_lag_seconds,
    )
    metrics.gauge(
        f"quikstate_{prefix}_memory_used_ratio",
        f"Share of maxmemory that {whose} uses: at 1 it evicts keys or refuses writes; 0 without a limit.",
        lambda: monitor.inspection.memory_used_ratio,
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
    metrics.read_counter(
        f"quikstate_{prefix}_failovers",
        f"Replicas of {whose} that this process saw become masters.",
        partial(getattr, redis_client.router, "failovers"),
    )
