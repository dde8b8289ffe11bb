"""Who begins to watch and goes away again, or is refused, hurts nobody who watches the same."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message

from quikstate.v1 import lock_pb2, presence_pb2, session_pb2
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from quikstate_server.app import App
from services.conftest import OpenChannel, StartApp
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of

CANCELS = 400
LONGEST_SECONDS = 0.006
"""Each of the cancels comes a little later after the call than the one before, up to so much."""


@dataclass(frozen=True)
class Watch:
    """A method that watches, and something that all who watch are told of."""

    stub: Any
    method: str
    request: Message
    change: Callable[[Any, int], Awaitable[object]]

    def begin(self, channel: grpc.aio.Channel) -> Any:
        return getattr(self.stub(channel), self.method)(self.request)


def heartbeat(stub: Any, number: int) -> Awaitable[object]:
    connection = presence_pb2.PresenceConnection(user_id=f"u{number}", connection_id="c", workspace_ids=["w"])
    answer: Awaitable[object] = stub.Heartbeat(presence_pb2.HeartbeatRequest(connections=[connection]))
    return answer


async def lock(stub: Any, number: int) -> object:
    owner = f"o{number}"
    await stub.ForceReleaseLock(lock_pb2.ForceReleaseLockRequest(resource="r"))
    return await stub.AcquireLock(
        lock_pb2.AcquireLockRequest(resources=["r"], owner=owner, ttl=Duration(seconds=60))
    )


def login(stub: Any, number: int) -> Awaitable[object]:  # noqa: ARG001 - all alike
    answer: Awaitable[object] = stub.CreateSession(session_pb2.CreateSessionRequest(user_id="u"))
    return answer


WATCHES = {
    "presence": Watch(
        PresenceServiceStub,
        "WatchPresence",
        presence_pb2.WatchPresenceRequest(workspace_id="w"),
        heartbeat,
    ),
    "locks": Watch(
        LockServiceStub, "WatchLocks", lock_pb2.WatchLocksRequest(resources=["r", "s", "t"]), lock
    ),
    "sessions": Watch(
        SessionServiceStub, "WatchSessions", session_pb2.WatchSessionsRequest(user_ids=["u"]), login
    ),
}


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    return own_redis


async def told(stream: Any) -> str:
    """What the next item is that is no heartbeat and no gap."""
    while True:
        item = await asyncio.wait_for(stream.read(), 30)
        if (kind := item.WhichOneof("event")) not in {"heartbeat", "gap"}:
            return str(kind)


@pytest.mark.parametrize("which", WATCHES)
async def test_callers_who_cancel_while_they_join_deafen_nobody(
    app: App, open_channel: OpenChannel, which: str
) -> None:
    watch = WATCHES[which]
    steady_channel, channel = open_channel(app), open_channel(app)
    stub = watch.stub(channel)
    steady = watch.begin(steady_channel)
    assert await told(steady) == "snapshot"
    for number in range(CANCELS):
        stream = watch.begin(channel)
        await asyncio.sleep(LONGEST_SECONDS * number / CANCELS)
        stream.cancel()
    await watch.change(stub, 1)
    assert await told(steady) != "snapshot"
    assert await told(watch.begin(channel)) == "snapshot"


@pytest.mark.parametrize("which", WATCHES)
async def test_callers_who_wait_to_join_while_redis_is_gone_are_told_so(
    start_app: StartApp, open_channel: OpenChannel, redis_process: RedisProcess, which: str
) -> None:
    watch = WATCHES[which]
    channel = open_channel(await start_app())
    redis_process.kill()
    streams = [watch.begin(channel) for _ in range(5)]
    failures = await asyncio.gather(*(failure_of(stream.read()) for stream in streams))
    assert {failed.code for failed in failures} == {grpc.StatusCode.UNAVAILABLE}
