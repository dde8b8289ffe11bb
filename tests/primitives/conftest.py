"""Tests of primitives run on every topology: this holds them to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from quikstate_server.drain import Drain
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.queue.queues import Queues
from quikstate_server.primitives.rate_limit.limiter import RateLimiter
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs no Redis is a unit test, and stands in tests/unit."""
    for item in items:
        if _HERE in item.path.parents and "cell" not in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid} asks for no topology: it belongs to tests/unit")


@pytest.fixture
async def locks(redis_client: RedisClient) -> AsyncIterator[Locks]:
    started = Locks(redis_client, Limits(max_lock_waiters=60))
    await started.start()
    yield started
    await started.close()


@pytest.fixture
async def other_server(redis_client: RedisClient) -> AsyncIterator[Locks]:
    """Another server on the same Redis."""
    started = Locks(redis_client, Limits())
    await started.start()
    yield started
    await started.close()


@pytest.fixture
async def cache(redis_client: RedisClient) -> AsyncIterator[Cache]:
    started = Cache(redis_client, Limits())
    yield started
    await started.close()


@pytest.fixture
def limiter(redis_client: RedisClient) -> RateLimiter:
    return RateLimiter(redis_client)


@pytest.fixture
async def queues(redis_client: RedisClient) -> AsyncIterator[Queues]:
    started = Queues(redis_client, Limits(), Drain())
    yield started
    await started.close()


@pytest.fixture
async def small_queues(redis_client: RedisClient) -> AsyncIterator[Queues]:
    """They hold 5 items each."""
    started = Queues(redis_client, Limits(max_queue_length=5), Drain())
    yield started
    await started.close()


@pytest.fixture
async def presences(redis_client: RedisClient) -> AsyncIterator[Presences]:
    started = Presences(redis_client, Limits(max_user_connections=5, max_presence_changes=50))
    await started.start()
    yield started
    await started.close()


@pytest.fixture
async def other_presences(redis_client: RedisClient) -> AsyncIterator[Presences]:
    """Another server on the same Redis."""
    started = Presences(redis_client, Limits())
    await started.start()
    yield started
    await started.close()
