"""Every background task of a server fails by an unforeseen exception: each service goes on, or says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from quikstate.v1 import lock_pb2, presence_pb2, pub_sub_pb2, session_pb2
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from quikstate_server import background
from services.conftest import OpenChannel, StartApp
from support.harness.eventually import eventually
from support.harness.fault_injection import FaultInjector
from support.server.callers import EVERYTHING, AuthFile

OF_CALLS = {
    "identity.poll_policy",
    "lock.notifications",
    "lock.poll_waiters",
    "lock.watch",
    "metrics.loop_lag",
    "metrics.queues",
    "presence.reaper",
    "presence.watch",
    "pub_sub.catch_up",
    "pub_sub.silence_check",
    "rate_limit.poll_policies",
    "session.watch",
}
OF_REDIS = {"redis.connection", "redis.subscriber", "redis.subscriber_probe", "redis.monitor"}
RARE = {
    "lock.notifications",  # done once it has subscribed
    "pub_sub.catch_up",  # runs while a history is read
}
"""They do not run at the moment of the test, and have tests of their own."""
OCCASIONAL = {"presence.reap_workspace"}
"""It runs if a workspace is due before the test has begun everything, as on a slow machine."""


class Watch:
    """A stream, read from its beginning on."""

    def __init__(self, stream: Any) -> None:
        self.items: list[Any] = []
        self._stream = stream
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for item in self._stream:
            self.items.append(item)

    async def close(self) -> None:
        self._stream.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading

    def saw(self, matches: Callable[[Any], bool]) -> bool:
        return any(matches(item) for item in self.items)


class Everything:
    """Streams of all services, and what each must show after a change."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self.locks: Any = LockServiceStub(channel)
        self.presence: Any = PresenceServiceStub(channel)
        self.sessions: Any = SessionServiceStub(channel)
        self.pub_sub: Any = PubSubServiceStub(channel)
        self.watches: list[Watch] = []
        self._round = 0

    async def begin(self) -> None:
        held = await self.locks.AcquireLock(_acquire("contended"))
        self.held = held.lease
        self.waiting = self.locks.AcquireLock(_acquire("contended", wait=120))
        streams = (
            self.locks.WatchLocks(lock_pb2.WatchLocksRequest(resources=["watched"])),
            self.presence.WatchPresence(presence_pb2.WatchPresenceRequest(workspace_id="w")),
            self.sessions.WatchSessions(session_pb2.WatchSessionsRequest(user_ids=["u"])),
            self.pub_sub.Subscribe(
                pub_sub_pb2.SubscribeRequest(
                    channels=[pub_sub_pb2.ChannelSubscription(channel="c")], prefixes=["p:"]
                )
            ),
        )
        self.watches = [Watch(stream) for stream in streams]
        await eventually(lambda: all(watch.items for watch in self.watches), within=30)

    async def end(self) -> None:
        for watch in self.watches:
            await watch.close()

    async def still_works(self) -> None:
        """Change what each stream watches, until the stream shows it."""
        self._round += 1
        locks, presence, sessions, messages = self.watches
        name = f"round-{self._round}"
        lease = (await self.locks.AcquireLock(_acquire("watched", owner=name))).lease
        await eventually(lambda: locks.saw(lambda item: name in str(item)), within=30)
        await self.locks.ReleaseLock(lock_pb2.ReleaseLockRequest(lease=lease))
        online = presence_pb2.PresenceConnection(user_id=name, connection_id="1", workspace_ids=["w"])
        await self.presence.Heartbeat(presence_pb2.HeartbeatRequest(connections=[online]))
        await eventually(lambda: presence.saw(lambda item: name in str(item)), within=30)
        built = await self.sessions.CreateSession(
            session_pb2.CreateSessionRequest(user_id="u", device_id=name)
        )
        await eventually(lambda: sessions.saw(lambda item: built.session.handle in str(item)), within=30)

        async def heard() -> bool:
            await self._publish("c", name)
            await self._publish("p:1", f"{name}-prefix")
            return messages.saw(lambda item: name in str(item)) and messages.saw(
                lambda item: f"{name}-prefix" in str(item)
            )

        await eventually(heard, within=30)

    async def _publish(self, channel: str, payload: str) -> None:
        publication = pub_sub_pb2.Publication(channel=channel, payload=payload.encode())
        await self.pub_sub.Publish(pub_sub_pb2.PublishRequest(publications=[publication]))


def _acquire(resource: str, *, owner: str = "a", wait: int = 0) -> lock_pb2.AcquireLockRequest:
    return lock_pb2.AcquireLockRequest(
        resources=[resource], owner=owner, ttl=Duration(seconds=60), wait=Duration(seconds=wait)
    )


@pytest.fixture
def injector(monkeypatch: pytest.MonkeyPatch) -> FaultInjector:
    return FaultInjector(monkeypatch)


@pytest.mark.faults
async def test_each_service_goes_on_after_a_fault_of_any_background_task(
    injector: FaultInjector, start_app: StartApp, open_channel: OpenChannel, tmp_path: Path
) -> None:
    policies = tmp_path / "policies.yml"
    policies.write_text("policies: {}\n")
    auth = AuthFile(tmp_path / "auth.yaml").write(anonymous="all", callers={"all": {"services": EVERYTHING}})
    app = await start_app(policies=policies, auth=auth)
    channel = open_channel(app)
    everything = Everything(channel)
    await everything.begin()
    assert set(injector.runs) - OCCASIONAL == OF_CALLS | OF_REDIS
    for name in sorted(OF_CALLS | OF_REDIS - RARE):
        before = injector.runs[name]
        failed = injector.fail(name)
        assert failed or name in RARE, name
        await eventually(lambda: injector.runs[name] >= before + failed, within=30)  # noqa: B023 - awaited here
        await eventually(
            lambda: app.redis_client.is_available and app.redis_client.subscriber.is_live, within=30
        )
        await everything.still_works()
    exposition = app.metrics.exposition().decode()
    for name in OF_CALLS | OF_REDIS - RARE:
        assert f'quikstate_background_faults_total{{task="{name}"}}' in exposition or name in RARE
    await everything.locks.ReleaseLock(lock_pb2.ReleaseLockRequest(lease=everything.held))
    granted = await everything.waiting
    assert granted.acquired
    # The next test has the same Redis.
    await everything.locks.ReleaseLock(lock_pb2.ReleaseLockRequest(lease=granted.lease))
    await everything.end()


@pytest.mark.faults
async def test_liveness_tells_when_redis_is_lost_by_faults_of_our_own(
    injector: FaultInjector,
    start_app: StartApp,
    open_channel: OpenChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "_STEADY_SECONDS", 1.0)
    app = await start_app()
    health: Any = HealthStub(open_channel(app))
    watch = health.Watch(HealthCheckRequest(service="liveness"))
    assert (await watch.read()).status == HealthCheckResponse.SERVING

    async def fails() -> bool:
        injector.fail("redis.connection")
        return not app.monitor.is_alive

    await eventually(fails, within=30)
    assert (await watch.read()).status == HealthCheckResponse.NOT_SERVING
    assert (await asyncio.wait_for(watch.read(), 30)).status == HealthCheckResponse.SERVING
    watch.cancel()
