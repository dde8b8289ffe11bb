"""The quotas of callers, on a clock that the test turns."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from google.protobuf.empty_pb2 import Empty

from quikstate.v1.queue_pb2 import ReceiveRequest
from quikstate_server.call_context import CallContext, enter
from quikstate_server.caller import Caller, Quotas
from quikstate_server.errors import QuotaExceeded
from quikstate_server.interceptors.caller_quotas import CallerQuotas
from quikstate_server.interceptors.method import Method
from support.harness.eventually import turns

CALL = Method("a.Service", "DoThis", Empty, Empty)
WAIT = Method("a.Service", "Receive", ReceiveRequest, Empty)
STREAM = Method("a.Service", "Watch", Empty, Empty, server_streaming=True)
RELEASE = Method("a.Service", "Settle", Empty, Empty)


class Server:
    """Serves calls that last until the test ends them."""

    def __init__(self) -> None:
        self.now = 0.0
        self.end = asyncio.Event()
        quotas = CallerQuotas({RELEASE.full_name}, lambda: self.now)
        self._handlers = {each: quotas.around(each, self._serve) for each in (CALL, WAIT, STREAM, RELEASE)}

    async def _serve(self, *_: object) -> str:
        await self.end.wait()
        return "done"

    async def call(self, method: Method, caller: Caller | None) -> Any:
        enter(CallContext(method.full_name, caller=caller))
        return await self._handlers[method](None, None)  # type: ignore[arg-type] # nothing is sent


@pytest.fixture
async def server() -> Server:
    return Server()


def web(**quotas: Any) -> Caller:
    return Caller("web", quotas=Quotas(**quotas))


async def limit_of(call: Any) -> tuple[str, float]:
    with pytest.raises(QuotaExceeded) as exceeded:
        await call
    return exceeded.value.metadata["limit"], exceeded.value.retry_after or 0


async def test_quota_of_calls_a_second_refills_with_time(server: Server) -> None:
    server.end.set()
    caller = web(calls_per_second=2, burst=3)
    for _ in range(3):
        await server.call(CALL, caller)
    assert await limit_of(server.call(CALL, caller)) == ("calls_per_second", 0.5)
    server.now += 0.25
    assert await limit_of(server.call(CALL, caller)) == ("calls_per_second", 0.25)
    server.now += 0.25
    await server.call(CALL, caller)
    server.now += 1_000
    for _ in range(3):
        await server.call(CALL, caller)
    assert (await limit_of(server.call(CALL, caller)))[0] == "calls_per_second"


async def test_quota_counts_what_lasts_and_no_refusal(server: Server) -> None:
    caller = web(calls_in_flight=2, waiting_calls=1, streams=1)
    lasting = [asyncio.create_task(server.call(each, caller)) for each in (WAIT, STREAM)]
    await turns(3)
    assert (await limit_of(server.call(WAIT, caller)))[0] == "waiting_calls"
    assert (await limit_of(server.call(STREAM, caller)))[0] == "streams"
    lasting.append(asyncio.create_task(server.call(CALL, caller)))
    await turns(3)
    assert (await limit_of(server.call(CALL, caller)))[0] == "calls_in_flight"
    lasting.append(asyncio.create_task(server.call(CALL, Caller("other", quotas=caller.quotas))))
    lasting.append(asyncio.create_task(server.call(RELEASE, caller)))
    lasting.append(asyncio.create_task(server.call(CALL, None)))
    server.end.set()
    assert await asyncio.gather(*lasting) == ["done"] * 6
    assert await server.call(WAIT, caller) == "done"


async def test_quota_is_given_back_by_calls_that_are_cancelled(server: Server) -> None:
    caller = web(calls_in_flight=1)
    for _ in range(3):
        cancelled = asyncio.create_task(server.call(CALL, caller))
        await turns(3)
        cancelled.cancel()
        await asyncio.wait([cancelled])
    server.end.set()
    assert await server.call(CALL, caller) == "done"


async def test_quota_that_changes_holds_for_what_is_used_already(server: Server) -> None:
    first = asyncio.create_task(server.call(CALL, web(calls_in_flight=2)))
    await turns(3)
    assert (await limit_of(server.call(CALL, web(calls_in_flight=1))))[0] == "calls_in_flight"
    server.end.set()
    await first
    assert await server.call(CALL, web(calls_in_flight=1)) == "done"
