"""GET after GET by redis-py, in this process: what a caller with a Redis client of its own waits for."""

from __future__ import annotations

import time
from dataclasses import dataclass

import redis.asyncio
import uvloop

from benchmarks.laboratory import Running
from benchmarks.loads.load import Sent, Stopwatch, quantile


@dataclass(frozen=True)
class RedisRoundTrip:
    """One command at a time; the address is that of Redis's unix socket."""

    def send(self, running: Running, calls: int) -> Sent:
        watch = Stopwatch()
        latencies = sorted(uvloop.run(_get(running.address, calls)))
        wall, cpu = watch.read()
        return Sent(calls, wall, quantile(latencies, 0.50), quantile(latencies, 0.99), cpu)


async def _get(socket: str, times: int) -> list[float]:
    latencies = []
    async with redis.asyncio.Redis(unix_socket_path=socket) as client:
        for _ in range(times):
            sent = time.perf_counter()
            await client.get("benchmark:absent")
            latencies.append((time.perf_counter() - sent) * 1e6)
    return latencies
