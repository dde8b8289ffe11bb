"""Every background task of the Redis client fails by an unforeseen exception, and Redis still answers."""

from __future__ import annotations

from typing import Any

import pytest
import redis
from redis.asyncio.connection import AbstractConnection

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually
from support.harness.fault_injection import FaultInjector
from support.harness.matrix import Cell
from support.redis.clients import OpenRedisClient
from support.redis.listeners import RecordingListener

OF_ALL = {"redis.connection", "redis.subscriber", "redis.subscriber_probe"}
ALSO = {
    "cluster": {"redis.cluster_view"},
    "sentinel": {"sentinel.connection"},
}


@pytest.fixture
def injector(monkeypatch: pytest.MonkeyPatch) -> FaultInjector:
    return FaultInjector(monkeypatch)


@pytest.fixture
async def redis_client(injector: FaultInjector, open_redis_client: OpenRedisClient) -> RedisClient:  # noqa: ARG001 - made first
    return await open_redis_client(RedisSettings(probe_seconds=0.2))


@pytest.mark.faults
async def test_redis_is_not_lost_by_a_fault_of_any_background_task(
    redis_client: RedisClient, injector: FaultInjector, cell: Cell, background_faults: list[str]
) -> None:
    names = OF_ALL | ALSO.get(cell.topology, set())
    assert set(injector.runs) == names
    await redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
    for name in sorted(names):
        before = injector.runs[name]
        failed = injector.fail(name)
        assert failed
        await eventually(lambda: injector.runs[name] == before + failed, within=30)  # noqa: B023 - awaited here

    async def answers() -> bool:
        return bool(await redis_client.command("SET", "k", "v", key="k") == b"OK")

    await eventually(answers, within=30)
    assert redis_client.monitor.is_alive

    async def heard() -> bool:
        await redis_client.publish("c", b"after")
        return ("c", b"after") in listener.messages

    await eventually(heard, within=30)
    assert listener.gaps  # as its connection was lost
    assert len(background_faults) >= len(names)


async def test_a_strange_exception_of_the_handshake_does_not_keep_redis_away(
    redis_client: RedisClient, raw: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """uvloop raised it once, under load, from a transport that was closed just after HELLO."""
    failures = [RuntimeError("unable to perform operation on <TCPTransport closed=True>")] * 6
    real = AbstractConnection.connect_check_health

    async def strange(self: AbstractConnection, *args: Any, **kwargs: Any) -> None:
        if failures:
            raise failures.pop()
        await real(self, *args, **kwargs)

    monkeypatch.setattr(AbstractConnection, "connect_check_health", strange)
    raw.client_kill_filter(_type="normal", skipme=True)
    raw.client_kill_filter(_type="pubsub")
    await eventually(lambda: not failures, within=30)

    async def answers() -> bool:
        return bool(await redis_client.command("SET", "k", "v", key="k") == b"OK")

    await eventually(answers, within=30)
