"""A server on a Redis of its own, for the commands of one file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.command import Serving


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisProcess]:
    server = next((server for server in servers() if server.binary), None)
    assert server, "there is no Redis server here"
    process = RedisProcess(server)
    yield process
    process.close()


@pytest.fixture(scope="module")
def address(redis: RedisProcess) -> Iterator[str]:
    with Serving("--redis-url", f"unix://{redis.path}") as running:
        yield running.address


@pytest.fixture
def emptied(redis: RedisProcess) -> None:
    """Whoever uses this begins with nothing in Redis."""
    with redis.client() as client:
        client.flushall()
