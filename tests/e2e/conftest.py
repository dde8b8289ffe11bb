"""Servers on each transport, and a Redis of its own for the commands of one file.

Whatever calls a server runs on each transport, since a command is a client like any other: its streams, its
error details and the change to another server depend on it. A module whose tests run on one says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.command import Serving, StartServing


@pytest.fixture(scope="module")
def redis(transport: str) -> Iterator[RedisProcess]:  # noqa: ARG001 - one each: tests have the same names
    server = next((server for server in servers() if server.binary), None)
    assert server, "there is no Redis server here"
    process = RedisProcess(server)
    yield process
    process.close()


@pytest.fixture(scope="module")
def redis_url(redis: RedisProcess) -> str:
    return f"unix://{redis.path}"


@pytest.fixture(scope="module")
def serve(transport: str) -> StartServing:
    """Starts `quikstate serve`, `serve(*flags)`, on each transport."""
    return partial(Serving, "--transport", transport)


@pytest.fixture(scope="module")
def address(redis_url: str, serve: StartServing) -> Iterator[str]:
    with serve("--redis-url", redis_url) as running:
        yield running.address


@pytest.fixture
def emptied(redis: RedisProcess) -> None:
    """Whoever uses this begins with nothing in Redis."""
    with redis.client() as client:
        client.flushall()
