"""Gauges of one server: the work in flight, and the state of Redis."""

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
    """Register them all. Prometheus reads each at every scrape."""
    metrics.gauge("quikstate_calls_in_flight", "Unary calls being served.", lambda: concurrency.calls.taken)
    metrics.gauge("quikstate_streams_open", "Streams being served.", lambda: concurrency.streams.taken)
    metrics.gauge(
        "quikstate_redis_findings",
        "Ways in which Redis is configured such that it could evict, lose or refuse data.",
        lambda: sum(len(monitor.findings) for monitor in monitors),
    )
    _add_redis_gauges(metrics, "redis", "Redis", redis_client)
    _add_redis_gauges(metrics, "cache_redis", "the cache's Redis", cache_redis_client)


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
