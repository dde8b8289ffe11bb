"""A whole server in this process, on a real Redis, and clients of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import grpc.aio
import pytest

from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate_server.app import App
from quikstate_server.interceptors.method import Method
from quikstate_server.settings import Settings
from support.harness.eventually import eventually
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.callers import AuthFile
from support.server.server_process import ServerProcess
from support.server.stub_service import StubService

if TYPE_CHECKING:  # the generated module has it for type checkers alone
    from quikstate.v1.queue_pb2_grpc import QueueServiceAsyncStub
    from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceAsyncStub

StartApp = Callable[..., Awaitable[App]]
StartProcess = Callable[..., ServerProcess]
OpenChannel = Callable[[App], grpc.aio.Channel]


@pytest.fixture(scope="session")
def redis_process() -> Iterator[RedisProcess]:
    """One Redis for all servers: which one it is, and in which topology, matters below them."""
    yield from _redis()


@pytest.fixture
def own_redis() -> Iterator[RedisProcess]:
    """A Redis of the test's own, to hurt."""
    yield from _redis()


def _redis() -> Iterator[RedisProcess]:
    server = next((server for server in servers() if server.binary), None)
    assert server, "there is no Redis server here"
    process = RedisProcess(server, appendonly="yes")
    yield process
    process.close()


@pytest.fixture
async def start_app(redis_process: RedisProcess, transport: str) -> AsyncIterator[StartApp]:
    """Starts servers, `start_app(extra, **settings)`, and ends them; Redis answers, unless `ready=False`.

    Their Redis is empty: each test runs once a transport, with the same names.
    """
    with redis_process.client() as client:
        client.flushall()
    async with AsyncExitStack() as running:

        async def start(
            extra: Mapping[Method, object] | None = None, *, ready: bool = True, **settings: object
        ) -> App:
            defaults = {
                "listen": "127.0.0.1:0",
                "metrics_listen": "",
                "transport": transport,
                "redis_url": f"unix://{redis_process.path}",
            }
            app = App(Settings.model_validate(defaults | settings), extra or {})
            await app.start()
            running.push_async_callback(end, app)
            if ready:
                await eventually(
                    lambda: app.redis_client.is_available and app.redis_client.subscriber.is_live
                )
            return app

        yield start


@pytest.fixture
async def no_loop_faults() -> AsyncIterator[None]:
    """Nothing that a test does may be a fault to the event loop: an exception that nobody caught."""
    faults: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context))
    yield
    assert not faults


async def end(app: App) -> None:
    stop_now = asyncio.Event()
    stop_now.set()
    await app.drain(stop_now)


@pytest.fixture
def start_process(transport: str) -> StartProcess:
    """Starts servers as processes, `start_process(**settings)`."""
    return partial(ServerProcess, transport=transport)


@pytest.fixture
async def app(start_app: StartApp) -> App:
    """A server with default settings."""
    return await start_app()


@pytest.fixture
async def open_channel() -> AsyncIterator[OpenChannel]:
    """Opens channels to servers, and closes them."""
    async with AsyncExitStack() as channels:

        def open_one(app: App) -> grpc.aio.Channel:
            channel = grpc.aio.insecure_channel(app.address)
            channels.push_async_callback(channel.close, None)
            return channel

        yield open_one


@pytest.fixture
def channel(app: App, open_channel: OpenChannel) -> grpc.aio.Channel:
    return open_channel(app)


@pytest.fixture
def rate_limits(channel: grpc.aio.Channel) -> RateLimitServiceAsyncStub:
    return RateLimitServiceStub(channel)


@pytest.fixture
def stub() -> StubService:
    """A service that does what the test says."""
    return StubService()


@pytest.fixture
async def stub_channel(stub: StubService, start_app: StartApp, open_channel: OpenChannel) -> grpc.aio.Channel:
    """A channel to a server with default settings that serves `stub`."""
    return open_channel(await start_app(stub.methods()))


@pytest.fixture
def auth(tmp_path: Path) -> AuthFile:
    """A policy file of callers, to be written."""
    return AuthFile(tmp_path / "auth.yaml")


@pytest.fixture
def queues(channel: grpc.aio.Channel) -> QueueServiceAsyncStub:
    """The stub of a caller of QueueService."""
    return QueueServiceStub(channel)
