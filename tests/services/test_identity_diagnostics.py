"""Health and reflection are open to everybody, or to callers, as the policy says."""

from __future__ import annotations

from typing import Any

from grpc_health.v1.health_pb2 import HealthCheckRequest
from grpc_health.v1.health_pb2_grpc import HealthStub
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest
from grpc_reflection.v1alpha.reflection_pb2_grpc import ServerReflectionStub

from services.conftest import OpenChannel, StartApp
from services.test_identity import UNAUTHENTICATED, code_of, end_of
from support.harness.eventually import eventually
from support.server.callers import AuthFile, bearer, caller


async def test_health_and_reflection_are_open_as_the_policy_says(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    channel = open_channel(await start_app(auth=auth.write(callers={"web": caller("t")})))

    async def reflect(*headers: tuple[str, str]) -> int:
        request = ServerReflectionRequest(list_services="")
        stream: Any = ServerReflectionStub(channel).ServerReflectionInfo(iter([request]), metadata=headers)
        return len([each async for each in stream])

    health: Any = HealthStub(channel)
    assert (await health.Check(HealthCheckRequest())).status

    async def reflection_is_closed() -> None:
        # grpc.aio's client says INTERNAL if the call ends before it has written its first message.
        assert await code_of(reflect()) is UNAUTHENTICATED

    await eventually(reflection_is_closed)
    assert await reflect(*bearer("t"))
    auth.write(open=["reflection"], callers={"web": caller("t")})

    async def health_is_closed() -> None:
        assert await code_of(health.Check(HealthCheckRequest())) is UNAUTHENTICATED

    await eventually(health_is_closed)
    assert await reflect()


async def test_watches_of_health_end_when_their_right_does(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    channel = open_channel(await start_app(auth=auth.write(callers={"web": caller("t")})))
    health: Any = HealthStub(channel)
    open_to_all = health.Watch(HealthCheckRequest(service="liveness"))
    assert (await open_to_all.read()).status
    auth.write(open=[], callers={"web": caller("t")})
    failed = await end_of(open_to_all)
    assert (failed.code, failed.message) == (
        UNAUTHENTICATED,
        "the policy has changed: health is no longer open to everybody",
    )
    of_web = health.Watch(HealthCheckRequest(service="liveness"), metadata=bearer("t"))
    assert (await of_web.read()).status
    auth.write(open=[], callers={"web": caller("u")})
    failed = await end_of(of_web)
    assert (failed.code, failed.message) == (UNAUTHENTICATED, "the bearer token is not known")
