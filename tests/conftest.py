"""What every test may ask for: a topology in each cell of the matrix, and a plain look at its data."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, ExitStack
from typing import Any

import hypothesis
import pytest
import redis

from quikstate_server.background import FaultMonitor
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.dial import Address, Credentials
from quikstate_server.redis_client.standalone import standalone_client
from quikstate_server.settings import RedisSettings
from support.harness import matrix
from support.redis.clients import Connect, OpenRedisClient, closed, patient, started
from support.redis.deployments import LEAST, TOPOLOGIES, Deployment
from support.redis.redis_process import RedisProcess, StartRedis
from support.redis.sentinel_group import SentinelGroup, StartGroup
from support.server import certificates as making
from support.server.certificates import Certificates
from support.server.loops import Loop, end_tasks, recorded_tasks
from support.server.transports import TRANSPORTS

os.environ.setdefault("GRPC_VERBOSITY", "ERROR")  # noqa: TID251 - gRPC logs each GOAWAY that a drain sends
_CI = os.environ.get("CI") == "true"  # noqa: TID251 - whether an empty cell of the matrix fails the run

hypothesis.settings.register_profile(
    "quikstate",
    deadline=None,  # no test asserts a time: the machine is shared
    print_blob=True,
    # Fixtures hold connections, not state: each example uses names of its own.
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "endurance", hypothesis.settings.get_profile("quikstate"), max_examples=1_000
)
hypothesis.settings.load_profile("quikstate")


_HOMELESS = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    # A shell starts what runs in the background with SIGINT ignored, and children would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "homeless: no server here can run this test; the matrix names it")
    config.addinivalue_line("markers", "reported: it makes a fault that the event loop reports")
    config.addinivalue_line("markers", "faults: a background task of it fails in a way that nobody foresaw")
    config.stash[_HOMELESS] = set()


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"uvloop": Loop}  # as the server runs


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever needs Redis in every cell that can run here."""
    if "cell" not in metafunc.fixturenames:
        return
    cells = matrix.runnable(metafunc.fixturenames)
    nowhere = [pytest.param(None, marks=pytest.mark.homeless, id="nowhere")]
    metafunc.parametrize("cell", cells or nowhere, ids=str if cells else None, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what has no cell: not skipped in silence, but named under the matrix."""
    homeless = [item for item in items if item.get_closest_marker("homeless")]
    config.stash[_HOMELESS].update(item.nodeid for item in homeless)
    config.hook.pytest_deselected(items=homeless)
    items[:] = [item for item in items if item not in homeless]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A process of the run has ended: what it took out, as all of them do."""
    node.config.stash[_HOMELESS].update(getattr(node, "workeroutput", {}).get("homeless", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    with recorded_tasks():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[assignment] # a hook wrapper is sent the result
    matrix.note_cell(item, report)
    if report.when == "call" and report.failed:
        end_tasks()
    return report  # type: ignore[return-value] # and returns it


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    homeless: set[str] = config.stash[_HOMELESS]
    matrix.print_matrices(terminalreporter, sorted(homeless))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI every cell that could run must run, and every test."""
    homeless: set[str] = session.config.stash[_HOMELESS]
    if hasattr(session.config, "workeroutput"):  # one of several processes, which tells the one that prints
        session.config.workeroutput["homeless"] = list(homeless)
    elif _CI and (homeless or matrix.empty(session.config.pluginmanager.getplugin("terminalreporter"))):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def background_faults(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The unforeseen exceptions of background tasks in this process: none but where a test makes one."""
    reported: list[str] = []
    report = FaultMonitor.report

    def note(monitor: FaultMonitor, task: str, error: BaseException, *, again: bool = False) -> None:
        reported.append(f"{task}: {error!r}")
        report(monitor, task, error, again=again)

    monkeypatch.setattr(FaultMonitor, "report", note)
    yield reported
    assert bool(reported) == (request.node.get_closest_marker("faults") is not None), reported


@pytest.fixture(scope="module", params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> str:
    """What carries the calls: a test whose servers are on it runs on each."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Certificates; in the matrix of primitives, a test that uses them runs on servers with TLS only."""
    return making.make(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def deployment(cell: matrix.Cell) -> Iterator[Deployment]:
    """Redis in the cell's topology, the same for every test of the cell."""
    running = TOPOLOGIES[cell.topology](cell.server)
    yield running
    running.close()


@pytest.fixture
def raw(deployment: Deployment) -> Iterator[redis.Redis]:
    """A plain client to the emptied data of the cell: what redis-cli would show."""
    with deployment.client() as client:
        client.flushall()
        yield client


@pytest.fixture
def redis_settings() -> RedisSettings:
    """The defaults, with no probe in the midst of commands that a test counts; a module may override it.

    Nor is a Redis doubted that a busy machine keeps waiting: what is to be noticed is another test's.
    """
    return patient()


@pytest.fixture
def redis_user() -> Credentials:
    """The least user; a folder whose tests run commands of their own overrides it."""
    return LEAST


@pytest.fixture
async def open_redis_client(
    deployment: Deployment,
    redis_user: Credentials,
    raw: redis.Redis,  # noqa: ARG001 - it empties Redis
) -> AsyncIterator[OpenRedisClient]:
    """Start Redis clients on the cell's Redis, `open_redis_client(settings)`, and closes them."""
    async with AsyncExitStack() as opened:

        async def open_one(settings: RedisSettings) -> RedisClient:
            redis_client = deployment.redis_client(settings, redis_user)
            opened.push_async_callback(closed, redis_client)
            return await started(redis_client)

        yield open_one


@pytest.fixture
async def redis_client(open_redis_client: OpenRedisClient, redis_settings: RedisSettings) -> RedisClient:
    """A started Redis client in every cell of the matrix."""
    return await open_redis_client(redis_settings)


@pytest.fixture
def start_redis(cell: matrix.Cell) -> Iterator[StartRedis]:
    """Starts single servers that the test may kill, pause or misconfigure: `start_redis(**config)`."""
    with ExitStack() as running:

        def start(*, tcp: bool = False, **config: str) -> RedisProcess:
            process = RedisProcess(cell.server, tcp=tcp, **config)
            running.callback(process.close)
            return process

        yield start


@pytest.fixture
def start_group(cell: matrix.Cell) -> Iterator[StartGroup]:
    """Starts groups of servers and sentinels that the test may hurt: `start_group(**how)`."""
    with ExitStack() as running:

        def start(**how: Any) -> SentinelGroup:
            group = SentinelGroup(cell.server, **how)
            running.callback(group.close)
            return group

        yield start


@pytest.fixture
async def connect() -> AsyncIterator[Connect]:
    """Make Redis clients of one server, `connect(address, **settings)`, and closes them.

    Each answers by then, unless the test says that its server is `down`;
    `changes` is told whenever that changes.
    """
    async with AsyncExitStack() as opened:

        async def one(
            address: Address,
            credentials: Credentials = Credentials(),  # noqa: B008 - frozen
            *,
            down: bool = False,
            changes: list[bool] | None = None,
            **settings: object,
        ) -> RedisClient:
            def on_change() -> None:
                if changes is not None:
                    changes.append(built.is_available)

            chosen = RedisSettings.model_validate({"probe_seconds": 60} | settings)
            built = standalone_client(address, credentials, chosen, on_change=on_change)
            opened.push_async_callback(closed, built)
            if down:
                await built.start()
                return built
            return await started(built)

        yield one
