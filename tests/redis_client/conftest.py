"""Fixtures of the tests of the Redis client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack

import pytest

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.router import cluster_client
from quikstate_server.redis_client.connection.dial import Address, Credentials
from quikstate_server.redis_client.sentinel.client import sentinel_client
from quikstate_server.settings import RedisSettings, RedisUrl
from support.harness.matrix import Cell
from support.redis.clients import OpenSentinel, closed, started
from support.redis.cluster_process import ClusterProcess, JoinCluster, StartCluster
from support.redis.deployments import ANYTHING
from support.redis.fake_sentinel import FakeSentinel, run_fake_sentinels
from support.redis.redis_process import RedisProcess, StartRedis
from support.server.certificates import Certificates


@pytest.fixture
def redis_user() -> Credentials:
    """These tests run scripts and commands of their own."""
    return ANYTHING


@pytest.fixture
def start_cluster(cell: Cell) -> Iterator[StartCluster]:
    """Start clusters that the test may damage: `start_cluster(masters, replicas, tls, **config)`."""
    with ExitStack() as running:

        def start(
            masters: int = 3, replicas: int = 0, tls: Certificates | None = None, **config: str
        ) -> ClusterProcess:
            process = ClusterProcess(cell.server, masters, replicas, tls, **config)
            running.callback(process.close)
            return process

        yield start


@pytest.fixture
async def join_cluster() -> AsyncIterator[JoinCluster]:
    """Make Redis clients of clusters, `join_cluster(addresses, **settings)`, and close them.

    Each answers by then, unless the test says that the cluster is `down`.
    """
    async with AsyncExitStack() as opened:

        async def one(
            addresses: Sequence[Address],
            credentials: Credentials = Credentials(),  # noqa: B008 - frozen
            *,
            down: bool = False,
            **settings: object,
        ) -> RedisClient:
            chosen = RedisSettings.model_validate({"probe_seconds": 60} | settings)
            built = cluster_client(addresses, credentials, chosen)
            opened.push_async_callback(closed, built)
            if down:
                await built.start()
                return built
            return await started(built)

        yield one


@pytest.fixture(autouse=True)
def what_the_loop_reports(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Check that the event loop reports no fault, unless the test is marked `reported`."""
    yield
    reports = [record.getMessage() for record in caplog.get_records("call") if record.name == "asyncio"]
    assert bool(reports) == (request.node.get_closest_marker("reported") is not None), reports


@pytest.fixture
async def open_sentinel() -> AsyncIterator[OpenSentinel]:
    """Start Redis clients behind sentinels, `open_sentinel(target, **settings)`, and close them."""
    async with AsyncExitStack() as opened:

        async def open_one(
            where: RedisUrl, *, down: bool = False, changes: list[bool] | None = None, **settings: object
        ) -> RedisClient:
            def on_change() -> None:
                if changes is not None:
                    changes.append(built.is_available)

            chosen = RedisSettings.model_validate({"probe_seconds": 60} | settings)
            built = sentinel_client(where, chosen, on_change=on_change)
            opened.push_async_callback(closed, built)
            if down:
                await built.start()
                return built
            return await started(built)

        yield open_one


@pytest.fixture
def servers(start_redis: StartRedis) -> tuple[RedisProcess, RedisProcess]:
    """Return two servers; the key `which` of each holds its name."""
    both = start_redis(tcp=True), start_redis(tcp=True)
    for name, server in zip("ab", both, strict=True):
        with server.client() as client:
            client.set("which", name)
    return both


@pytest.fixture
async def three(servers: tuple[RedisProcess, RedisProcess]) -> AsyncIterator[list[FakeSentinel]]:
    """Return three sentinels that name the first of `servers`."""
    said = [FakeSentinel(servers[0]) for _ in range(3)]
    async with run_fake_sentinels(*said):
        yield said
