"""Health follows Redis: services at once, the whole server after a grace, liveness never."""

from __future__ import annotations

import asyncio

import grpc
import grpc.aio
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse, HealthListRequest
from grpc_health.v1.health_pb2_grpc import HealthStub

from quikstate_server.services.catalog import SERVICES
from services.conftest import OpenChannel, StartApp, end
from support.harness.eventually import eventually, throughout, timely
from support.redis.full_disk import full_disk
from support.redis.redis_process import RedisProcess
from support.redis.slow_loading import make_slow_to_load
from support.server.call_errors import failure_of
from support.server.stub_service import END, check, valid

SERVING, NOT_SERVING = HealthCheckResponse.SERVING, HealthCheckResponse.NOT_SERVING
SERVICE = "quikstate.v1.RateLimitService"


class Asked:
    """Health as a balancer sees it."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self.stub = HealthStub(channel)

    async def status(self, service: str = "") -> int:
        answer = await self.stub.Check(HealthCheckRequest(service=service))
        return int(answer.status)

    async def becomes(self, service: str, status: int) -> None:
        async def seen() -> bool:
            return await self.status(service) == status

        await eventually(seen)


async def test_health_follows_a_redis_that_dies_and_returns(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    app = await start_app(redis_url=f"unix://{own_redis.path}", readiness_grace_seconds=0.5)
    health = Asked(open_channel(app))
    await health.becomes("", SERVING)
    assert await health.status(SERVICE) == SERVING

    own_redis.kill()
    await health.becomes(SERVICE, NOT_SERVING)
    assert await health.status("") == SERVING  # the grace runs
    await health.becomes("", NOT_SERVING)
    assert await health.status("liveness") == SERVING

    own_redis.start()
    await health.becomes("", SERVING)
    assert await health.status(SERVICE) == SERVING


async def test_health_follows_a_redis_whose_disk_is_full(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    """It answers, and refuses what writes, which is of no use to any service."""
    with own_redis.client() as client:
        client.config_set("save", "3600 1000000")
    app = await start_app(redis_url=f"unix://{own_redis.path}", readiness_grace_seconds=0.5)
    channel = open_channel(app)
    health = Asked(channel)
    await health.becomes("", SERVING)
    with full_disk(own_redis):
        refused = await failure_of(check(channel)(valid(), timeout=5))
        assert refused.reason == "ERROR_REASON_REDIS_UNAVAILABLE"
        assert refused.info.metadata["code"] == "MISCONF"
        for spec in SERVICES:
            await health.becomes(spec.service.full_name, NOT_SERVING)
        await health.becomes("", NOT_SERVING)
        assert await health.status("liveness") == SERVING
    await health.becomes("", SERVING)  # though nobody has asked for anything since
    for spec in SERVICES:
        await health.becomes(spec.service.full_name, SERVING)
    assert (await check(channel)(valid(), timeout=5)).allowed


async def test_a_redis_that_may_not_be_inspected_is_looked_at_again(
    start_app: StartApp, own_redis: RedisProcess
) -> None:
    with own_redis.client() as client:
        client.execute_command("ACL", "SETUSER", "default", "-info")
        app = await start_app(redis_url=f"unix://{own_redis.path}")
        await eventually(lambda: [finding.name for finding in app.redis_monitor.findings] == ["uninspected"])
        client.config_set("appendonly", "no")
        client.execute_command("ACL", "SETUSER", "default", "+info")
    await eventually(lambda: [finding.name for finding in app.redis_monitor.findings] == ["persistence"])


async def test_readiness_survives_a_short_outage(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    app = await start_app(redis_url=f"unix://{own_redis.path}", readiness_grace_seconds=1)
    health = Asked(open_channel(app))
    await health.becomes("", SERVING)
    own_redis.kill()
    await health.becomes(SERVICE, NOT_SERVING)
    own_redis.start()
    await health.becomes(SERVICE, SERVING)

    async def ready() -> bool:
        return bool(await health.status() == SERVING)

    await throughout(ready, seconds=1.2)  # the grace of the outage has ended with it


async def test_pub_sub_is_not_served_while_nothing_is_heard(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    """Though Redis answers: as on a demoted master."""
    app = await start_app(redis_url=f"unix://{own_redis.path}")
    health = Asked(open_channel(app))
    with own_redis.client() as client:
        client.execute_command("ACL", "SETUSER", "default", "resetchannels")
        client.client_kill_filter(_type="pubsub")
        await health.becomes("quikstate.v1.PubSubService", NOT_SERVING)
        assert await health.status(SERVICE) == SERVING
        client.execute_command("ACL", "SETUSER", "default", "allchannels")
    await health.becomes("quikstate.v1.PubSubService", SERVING)


async def test_a_server_is_not_ready_until_redis_answered(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    own_redis.kill()
    app = await start_app(redis_url=f"unix://{own_redis.path}", ready=False)
    health = Asked(open_channel(app))
    assert await health.status("") == NOT_SERVING
    assert await health.status(SERVICE) == NOT_SERVING
    assert await health.status("liveness") == SERVING
    own_redis.start()
    await health.becomes("", SERVING)


@pytest.mark.parametrize("strict", [False, True])
async def test_strict_is_not_ready_while_redis_may_lose_what_it_was_given(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess, strict: bool
) -> None:
    with own_redis.client() as client:
        client.config_set("appendonly", "no")
    app = await start_app(redis_url=f"unix://{own_redis.path}", strict=strict)
    health = Asked(open_channel(app))
    await eventually(lambda: bool(app.redis_monitor.findings))
    assert await health.status("") == (NOT_SERVING if strict else SERVING)
    assert await health.status(SERVICE) == SERVING


async def test_strict_is_ready_on_a_redis_that_keeps_what_it_is_given(
    start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(strict=True)
    await Asked(open_channel(app)).becomes("", SERVING)
    assert app.redis_monitor.findings == ()


async def test_strict_stays_ready_while_a_restarted_redis_loads_its_data(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    """It says then that it keeps nothing, which is not known before it has loaded."""
    make_slow_to_load(own_redis)
    app = await start_app(redis_url=f"unix://{own_redis.path}", strict=True, readiness_grace_seconds=60)
    health = Asked(open_channel(app))
    await health.becomes("", SERVING)
    own_redis.kill()
    await health.becomes(SERVICE, NOT_SERVING)
    starting = asyncio.create_task(asyncio.to_thread(own_redis.start))
    await eventually(lambda: app.redis_client.is_available and not app.redis_client.accepts_writes)
    while not starting.done():
        assert await health.status("") == SERVING
        assert {finding.name for finding in app.redis_monitor.findings} <= {"loading"}
        await asyncio.wait([starting], timeout=0.05)
    await starting
    await eventually(lambda: app.redis_client.accepts_writes and not app.redis_monitor.findings)
    assert await health.status("") == SERVING


async def test_strict_begins_on_a_redis_that_loads_and_is_ready_soon_after(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    make_slow_to_load(own_redis)
    own_redis.kill()
    starting = asyncio.create_task(asyncio.to_thread(own_redis.start))
    app = await start_app(redis_url=f"unix://{own_redis.path}", strict=True, ready=False)
    await eventually(lambda: app.redis_client.is_available and not app.redis_client.accepts_writes)
    health = Asked(open_channel(app))
    assert await health.status("") == NOT_SERVING
    await starting
    await health.becomes("", SERVING)
    await eventually(lambda: app.redis_monitor.findings == ())


async def test_what_is_wrong_with_redis_is_looked_at_again_soon(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    """Nobody is served until it is seen to be mended."""
    with own_redis.client() as client:
        client.config_set("appendonly", "no")
        app = await start_app(redis_url=f"unix://{own_redis.path}", strict=True)
        await eventually(lambda: bool(app.redis_monitor.findings))
        client.config_set("appendonly", "yes")
    health = Asked(open_channel(app))
    await eventually(lambda: app.redis_monitor.findings == (), within=5)
    await health.becomes("", SERVING)


async def test_watchers_are_told_of_changes_and_end_with_the_server(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    app = await start_app(redis_url=f"unix://{own_redis.path}")
    watching = HealthStub(open_channel(app)).Watch(HealthCheckRequest(service=SERVICE))
    assert (await watching.read()).status == SERVING
    own_redis.kill()
    assert (await watching.read()).status == NOT_SERVING
    own_redis.start()
    assert (await watching.read()).status == SERVING
    async with timely(5):  # far less than drain_seconds, which a stream that stays would take
        await app.drain()
    assert (await watching.read()).status == NOT_SERVING
    assert await watching.read() is END


async def test_unknown_services_are_not_found_but_may_be_watched(channel: grpc.aio.Channel) -> None:
    stub = HealthStub(channel)
    assert (
        await failure_of(stub.Check(HealthCheckRequest(service="nope")))
    ).code is grpc.StatusCode.NOT_FOUND
    watching = stub.Watch(HealthCheckRequest(service="nope"))
    assert (await watching.read()).status == HealthCheckResponse.SERVICE_UNKNOWN
    watching.cancel()


async def test_list_tells_of_all(channel: grpc.aio.Channel) -> None:
    await Asked(channel).becomes("", SERVING)
    answer = await HealthStub(channel).List(HealthListRequest())
    assert {name: one.status for name, one in answer.statuses.items()} == {
        "": SERVING,
        "liveness": SERVING,
        **{spec.service.full_name: SERVING for spec in SERVICES},
    }


async def test_nothing_is_served_once_draining_began(start_app: StartApp, open_channel: OpenChannel) -> None:
    app = await start_app(drain_notice_seconds=60)
    health = Asked(open_channel(app))
    stop_now = asyncio.Event()
    draining = asyncio.ensure_future(app.drain(stop_now))
    for service in ("", SERVICE, "liveness"):
        await health.becomes(service, NOT_SERVING)
    stop_now.set()
    await draining
    await end(app)  # to end twice is no mistake
