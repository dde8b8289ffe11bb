"""The quotas of callers, as they see them: what is refused, for how long, and what is given back."""

from __future__ import annotations

from typing import Any

import grpc

from quikstate.v1 import queue_pb2
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from services.conftest import OpenChannel, StartApp
from services.test_identity import check, code_of, end_of, subscribe
from support.harness.eventually import eventually
from support.server.call_errors import failure_of
from support.server.callers import AuthFile, bearer, caller


async def test_quotas_hold_a_caller_and_no_other(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    quotas = {"calls_per_second": 0.1, "burst": 3, "streams": 1, "subscriptions": 2}
    callers = {"web": caller("t", quotas=quotas), "other": caller("u")}
    channel = open_channel(await start_app(auth=auth.write(callers=callers)))
    stream = subscribe(channel, "t")
    await stream.read()

    async def over(call: Any) -> tuple[str, float]:
        failed = await failure_of(call)
        assert (failed.code, failed.reason) == (
            grpc.StatusCode.RESOURCE_EXHAUSTED,
            "ERROR_REASON_QUOTA_EXCEEDED",
        )
        assert failed.info.metadata["caller"] == "web"
        assert failed.retry_after
        return failed.info.metadata["limit"], failed.retry_after

    assert (await over(subscribe(channel, "t").read()))[0] == "streams"
    assert (await check(channel, "a", *bearer("t"))).allowed
    limit, retry_after = await over(check(channel, "a", *bearer("t")))
    assert limit == "calls_per_second"
    assert 5 < retry_after <= 10
    settle = queue_pb2.SettleRequest()
    failed = await failure_of(QueueServiceStub(channel).Settle(settle, metadata=bearer("t")))
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT  # not held up, though what it asks for is wrong
    assert (await check(channel, "a", *bearer("u"))).allowed


async def test_subscriptions_of_all_streams_have_one_quota_and_are_given_back(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    callers = {"web": caller("t", quotas={"subscriptions": 2})}
    channel = open_channel(await start_app(auth=auth.write(callers=callers)))

    async def opened(name: str) -> Any:
        stream = subscribe(channel, "t", name)
        await stream.read()
        return stream

    first, _ = await opened("a"), await opened("b")
    failed = await end_of(subscribe(channel, "t", "c"))
    assert failed.info.metadata["limit"] == "subscriptions"
    first.cancel()

    async def there_is_room() -> None:
        stream = subscribe(channel, "t", "c")
        assert await code_of(stream.read()) is grpc.StatusCode.OK

    await eventually(there_is_room)
