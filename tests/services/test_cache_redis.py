"""A cache with a Redis of its own: only CacheService depends on it, and it may evict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import redis
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import cache_pb2 as pb
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from quikstate_server.app import App
from services.conftest import OpenChannel, StartApp
from services.test_health import NOT_SERVING, SERVING, Asked
from support.harness.eventually import eventually
from support.redis.binaries import servers
from support.redis.cluster_process import ClusterProcess
from support.redis.redis_process import RedisProcess

CACHE, LOCK = "quikstate.v1.CacheService", "quikstate.v1.LockService"
EVICTING: dict[str, Any] = {"maxmemory": "100mb", "maxmemory_policy": "allkeys-lru"}
KEY = pb.CacheKey(user="42")


@pytest.fixture
def cache_redis() -> Iterator[RedisProcess]:
    """Start a Redis that may evict, and keeps nothing on disk."""
    process = RedisProcess(next(server for server in servers() if server.binary), **EVICTING)
    yield process
    process.close()


@pytest.fixture
async def app(start_app: StartApp, own_redis: RedisProcess, cache_redis: RedisProcess) -> App:
    started = await start_app(
        redis_url=f"unix://{own_redis.path}", cache_redis_url=f"unix://{cache_redis.path}", strict=True
    )
    await eventually(lambda: started.cache_redis_client.is_available)
    return started


def finds(process: RedisProcess) -> Callable[[], bool]:
    def there() -> bool:
        with process.client() as client:
            return bool(client.exists("user:42"))

    return there


async def store(channel: Any) -> None:
    cache: Any = CacheServiceStub(channel)
    item = pb.CacheItem(key=KEY, value=b"v", ttl=Duration(seconds=60))
    (result,) = (await cache.SetEntries(pb.SetEntriesRequest(items=[item]))).results
    assert result.outcome == pb.CACHE_SET_OUTCOME_STORED


async def test_entries_are_in_the_redis_of_the_cache(
    channel: Any, own_redis: RedisProcess, cache_redis: RedisProcess
) -> None:
    await store(channel)
    assert (finds(own_redis)(), finds(cache_redis)()) == (False, True)


async def test_only_the_cache_service_goes_with_its_redis(channel: Any, cache_redis: RedisProcess) -> None:
    health = Asked(channel)
    await health.becomes("", SERVING)  # though it is strict, and the cache's Redis evicts
    await health.becomes(CACHE, SERVING)
    cache_redis.kill()
    await health.becomes(CACHE, NOT_SERVING)
    assert (await health.status(LOCK), await health.status("")) == (SERVING, SERVING)
    cache_redis.start()
    await health.becomes(CACHE, SERVING)


async def test_cache_service_stays_when_the_other_redis_goes(channel: Any, own_redis: RedisProcess) -> None:
    health = Asked(channel)
    await health.becomes(CACHE, SERVING)
    own_redis.kill()
    await health.becomes(LOCK, NOT_SERVING)
    assert await health.status(CACHE) == SERVING
    await store(channel)


async def test_the_other_redis_must_still_not_evict(
    start_app: StartApp, cache_redis: RedisProcess, own_redis: RedisProcess
) -> None:
    with own_redis.client() as client:
        client.config_set("maxmemory", "100mb")
        client.config_set("maxmemory-policy", "allkeys-lru")
    app = await start_app(redis_url=f"unix://{own_redis.path}", cache_redis_url=f"unix://{cache_redis.path}")
    await eventually(lambda: [finding.name for finding in app.redis_monitor.findings] == ["eviction"])


async def test_unusable_redis_of_the_cache_is_found(
    start_app: StartApp, own_redis: RedisProcess, cache_redis: RedisProcess
) -> None:
    with redis.Redis(unix_socket_path=cache_redis.path) as client:
        client.replicaof("127.0.0.1", "1")
    app = await start_app(redis_url=f"unix://{own_redis.path}", cache_redis_url=f"unix://{cache_redis.path}")
    await eventually(lambda: [finding.name for finding in app.cache_redis_monitor.findings] == ["replica"])


async def test_redis_of_the_cache_may_be_a_cluster(start_app: StartApp, open_channel: OpenChannel) -> None:
    cluster = ClusterProcess(next(server for server in servers() if server.binary), masters=2)
    app = await start_app(cache_redis_url=f"redis+cluster://{cluster.addresses[0]}")
    await eventually(lambda: app.cache_redis_client.is_available)
    await store(open_channel(app))
    cluster.close()
