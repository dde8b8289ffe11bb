"""Health, the metric and the findings say within two seconds that Redis cannot serve, and why."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import pytest
from structlog.testing import capture_logs

from quikstate_server.app import App
from quikstate_server.health import READINESS
from quikstate_server.services.catalog import SERVICES
from services.conftest import StartApp
from support.harness.eventually import eventually, timely, wait_until
from support.redis.binaries import servers
from support.redis.cluster_process import ClusterProcess
from support.redis.full_disk import full_disk
from support.redis.redis_process import RedisProcess
from support.redis.slow_loading import make_slow_to_load

PROMISED_SECONDS = 2.0


def reasons(app: App) -> list[str]:
    """The findings, which the metric must name too."""
    read, findings = app.metrics.registry.get_sample_value, app.redis_monitor.findings
    assert all(each.what and each.remedy for each in findings)
    assert all(read("quikstate_redis_findings", {"finding": each.name}) == 1 for each in findings)
    return [each.name for each in findings]


def serves(app: App) -> bool:
    return any(app._health.serves(spec.service.full_name) for spec in SERVICES)


def serves_all(app: App) -> bool:
    return all(app._health.serves(spec.service.full_name) for spec in SERVICES)


@contextmanager
def full_append_only_file(redis: RedisProcess) -> Iterator[None]:
    """Redis may make no file longer, as on a full disk."""
    unlimited = resource.RLIM_INFINITY, resource.RLIM_INFINITY
    resource.prlimit(redis.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    with redis.client() as client:
        client.set("k", "it is written to memory before it is known that the file takes nothing")
    yield
    resource.prlimit(redis.pid, resource.RLIMIT_FSIZE, unlimited)


@contextmanager
def replica_of_nobody(redis: RedisProcess) -> Iterator[None]:
    with redis.client() as client:
        client.replicaof("127.0.0.1", "1")
        yield
        client.replicaof("NO", "ONE")


@contextmanager
def replicas_demanded_by_redis(redis: RedisProcess) -> Iterator[None]:
    with redis.client() as client:
        client.config_set("min-replicas-to-write", 1)
        yield
        client.config_set("min-replicas-to-write", 0)


@contextmanager
def failed_save(redis: RedisProcess) -> Iterator[None]:
    with redis.client() as client:
        client.config_set("save", "3600 1000000")
    with full_disk(redis):
        yield


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (full_append_only_file, "aof_write"),
        (failed_save, "save"),
        (replica_of_nobody, "replica"),
        (replicas_demanded_by_redis, "too_few_replicas"),
    ],
)
async def test_health_follows_a_redis_that_refuses_writes_with_the_reason(
    start_app: StartApp,
    own_redis: RedisProcess,
    fault: Callable[[RedisProcess], AbstractContextManager[None]],
    reason: str,
) -> None:
    """Though nobody calls."""
    app = await start_app(redis_url=f"unix://{own_redis.path}")
    await eventually(lambda: serves_all(app) and not reasons(app))
    with fault(own_redis):
        async with timely(PROMISED_SECONDS):
            await eventually(lambda: not serves(app) and reasons(app) == [reason])
        assert app.metrics.registry.get_sample_value("quikstate_redis_accepts_writes") == 0
    await eventually(lambda: serves_all(app) and not reasons(app))


async def test_health_follows_the_replicas_that_the_settings_demand(start_app: StartApp) -> None:
    server = next(server for server in servers() if server.binary)
    with closing(RedisProcess(server, tcp=True, appendonly="yes")) as master:
        host, port = "127.0.0.1", master.port
        with closing(RedisProcess(server, appendonly="yes", replicaof=f"{host} {port}")) as replica:
            app = await start_app(redis_url=f"redis://{host}:{port}", redis={"min_replicas": 1})
            await eventually(lambda: serves_all(app) and not reasons(app))
            replica.kill()
            async with timely(PROMISED_SECONDS):
                await eventually(lambda: not serves(app) and reasons(app) == ["too_few_replicas"])
            assert "redis.min_replicas" in app.redis_monitor.findings[0].what
            replica.start()
            await eventually(lambda: serves_all(app) and not reasons(app))
            replica.pause()  # it is connected still, and acknowledges nothing
            await eventually(lambda: not serves(app) and reasons(app) == ["too_few_replicas"])
            assert app.metrics.registry.get_sample_value("quikstate_redis_replicas") == 0
            replica.resume()
            await eventually(lambda: serves_all(app) and not reasons(app))
        other = await start_app(redis_url=f"redis://{host}:{port}")
        await eventually(lambda: serves_all(other) and not reasons(other))  # it demands none


async def test_health_follows_a_redis_that_loads_with_the_reason(
    start_app: StartApp, own_redis: RedisProcess
) -> None:
    make_slow_to_load(own_redis)
    app = await start_app(redis_url=f"unix://{own_redis.path}")
    own_redis.kill()
    await eventually(lambda: not serves(app))
    starting = asyncio.create_task(asyncio.to_thread(own_redis.start))
    await eventually(lambda: app.redis_client.is_available)
    async with timely(PROMISED_SECONDS):
        await eventually(lambda: not serves(app) and reasons(app) == ["loading"])
    await starting
    await eventually(lambda: serves_all(app) and not reasons(app))


async def test_health_follows_a_cluster_that_fails_with_the_reason(start_app: StartApp) -> None:
    server = next(server for server in servers() if server.binary)
    with closing(ClusterProcess(server, appendonly="yes", cluster_node_timeout="1000")) as cluster:
        app = await start_app(redis_url=f"redis+cluster://{cluster.addresses[0]}", readiness_grace_seconds=0)
        await eventually(lambda: serves_all(app) and not reasons(app))
        cluster.masters[2].kill()
        with cluster.masters[0].client() as client:

            def has_failed() -> bool:
                return "cluster_state:fail" in str(client.execute_command("CLUSTER", "INFO"))

            await asyncio.to_thread(wait_until, has_failed)
        async with timely(PROMISED_SECONDS):
            await eventually(lambda: not serves(app) and reasons(app) == ["cluster_down"])
        await eventually(lambda: not app._health.serves(READINESS))
        assert app.unready_reason() == "the Redis cluster does not serve all keys"
        cluster.masters[2].start()
        await eventually(lambda: serves_all(app) and not reasons(app))


async def test_a_finding_is_logged_when_it_begins_and_when_it_ends(
    start_app: StartApp, own_redis: RedisProcess
) -> None:
    app = await start_app(redis_url=f"unix://{own_redis.path}")
    with capture_logs() as lines:
        with replica_of_nobody(own_redis):
            await eventually(lambda: reasons(app) == ["replica"])
            inspected = app.redis_monitor.inspection
            await eventually(lambda: app.redis_monitor.inspection is not inspected)
        await eventually(lambda: not reasons(app))
    events = ["redis.finding", "redis.finding_ended", "redis.refuses_writes", "redis.accepts_writes"]
    assert {event: sum(line["event"] == event for line in lines) for event in events} == dict.fromkeys(
        events, 1
    )
