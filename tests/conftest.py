"""What every test may ask for: a topology in each cell of the matrix, and a plain look at its data."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

import hypothesis
import pytest
import redis
import uvloop

from quikstate_server.settings import RedisSettings
from quikstate_server.topology.dial import Address, Credentials
from quikstate_server.topology.standalone import standalone
from quikstate_server.topology.topology import Topology
from support import matrix
from support.deployments import TOPOLOGIES, Deployment
from support.eventually import eventually
from support.redis_process import RedisProcess

_CI = os.environ.get("CI") == "true"  # noqa: TID251 - whether an empty cell of the matrix fails the run

StartRedis = Callable[..., RedisProcess]
StartTopology = Callable[..., Awaitable[Topology]]

hypothesis.settings.register_profile(
    "quikstate",
    deadline=None,  # no test asserts a time: the machine is shared
    print_blob=True,
    # Fixtures hold connections, not state: each example uses names of its own.
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("quikstate")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "topologies(*names): run in these topologies alone, and say why beside it"
    )


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"uvloop": uvloop.new_event_loop}  # as the server runs


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever needs Redis in every cell that can run here."""
    if "cell" not in metafunc.fixturenames:
        return
    marker = metafunc.definition.get_closest_marker("topologies")
    cells = matrix.runnable(marker.args if marker else TOPOLOGIES)
    if not cells:
        raise pytest.UsageError(f"no server for {metafunc.definition.nodeid}: {matrix.missing()}")
    metafunc.parametrize("cell", cells, ids=str, scope="session")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[assignment] # a hook wrapper is sent the result
    matrix.note_cell(item, report)
    return report  # type: ignore[return-value] # and returns it


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    matrix.print_matrix(terminalreporter)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI every cell that could run must run."""
    if _CI and matrix.missing():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


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
    """The defaults, with no probe in the midst of commands that a test counts; a module may override it."""
    return RedisSettings(probe_seconds=60)


@pytest.fixture
async def topology(
    deployment: Deployment,
    raw: redis.Redis,  # noqa: ARG001 - it empties Redis
    redis_settings: RedisSettings,
) -> AsyncIterator[Topology]:
    """A started Topology in every cell of the matrix."""
    started = deployment.topology(redis_settings)
    await started.start()
    try:
        await eventually(lambda: started.answers and started.subscriber.live)
        yield started
    finally:
        await started.close()


@pytest.fixture
def start_redis(cell: matrix.Cell) -> Iterator[StartRedis]:
    """Starts servers of the cell's kind that the test may kill, pause or misconfigure."""
    started: list[RedisProcess] = []

    def start(*, tcp: bool = False, **config: str) -> RedisProcess:
        started.append(RedisProcess(cell.server, tcp=tcp, **config))
        return started[-1]

    yield start
    for process in started:
        process.close()


@pytest.fixture
async def start_topology() -> AsyncIterator[StartTopology]:
    """Starts standalone topologies, `start_topology(address, credentials, **settings)`, and closes them."""
    started: list[Topology] = []

    async def start(
        address: Address,
        credentials: Credentials = Credentials(),  # noqa: B008 - frozen
        **settings: object,
    ) -> Topology:
        topology = standalone(address, credentials, RedisSettings.model_validate(settings))
        started.append(topology)
        await topology.start()
        await eventually(lambda: topology.answers and topology.subscriber.live)
        return topology

    yield start
    for topology in started:
        await topology.close()
