"""Each interceptor by itself, and the order in which they stand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from google.protobuf.empty_pb2 import Empty
from prometheus_client import CollectorRegistry

from quikstate.v1 import (
    cache_pb2,
    lock_pb2,
    presence_pb2,
    pub_sub_pb2,
    queue_pb2,
    rate_limit_pb2,
    session_pb2,
)
from quikstate.v1.queue_pb2 import ReceiveRequest
from quikstate_server import call_context, settings
from quikstate_server.drain import Drain
from quikstate_server.errors import DeadlineExceeded, Overloaded, ShuttingDown
from quikstate_server.interceptors.audit import AuditActs
from quikstate_server.interceptors.chain import compose, in_order
from quikstate_server.interceptors.codec import Codec
from quikstate_server.interceptors.concurrency_limit import ConcurrencyLimit
from quikstate_server.interceptors.deadline import Deadline
from quikstate_server.interceptors.drain_gate import DrainGate
from quikstate_server.interceptors.end_with_drain import EndWithDrain
from quikstate_server.interceptors.errors import CallFailed, Errors
from quikstate_server.interceptors.first_message import FirstMessage
from quikstate_server.interceptors.method import Handler, Interceptor, Method, methods_of
from quikstate_server.interceptors.refusals import Refusals
from quikstate_server.interceptors.telemetry import Telemetry
from quikstate_server.interceptors.validation import Validation
from quikstate_server.metrics import Metrics
from support.harness.eventually import PATIENCE_SECONDS, eventually

UNARY = Method("a.Service", "DoThis", Empty, Empty)
WAITING = Method("a.Service", "Receive", ReceiveRequest, Empty)
STREAM = Method("a.Service", "Watch", Empty, Empty, server_streaming=True)
LIMITS = settings.Limits()


async def unused(_: Any) -> None:
    raise AssertionError("nothing is streamed here")


async def answer(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
    return request


def chain(metrics: Metrics, limits: ConcurrencyLimit) -> Sequence[Interceptor]:
    return in_order(
        Telemetry(metrics, None),
        limits,
        DrainGate(Drain()),
        FirstMessage(1),
        Validation({}, LIMITS),
        AuditActs(metrics, (), {}),
        None,
        Refusals(metrics),
    )


def test_the_order_is_what_its_reasons_say() -> None:
    order = [
        Telemetry,
        Errors,
        Deadline,
        ConcurrencyLimit,
        DrainGate,
        FirstMessage,
        Codec,
        Validation,
        AuditActs,
    ]
    assert [type(one) for one in chain(Metrics(), ConcurrencyLimit(LIMITS))] == order


async def test_compose_calls_the_first_interceptor_first_and_the_servicer_last() -> None:
    calls = []

    class Noted:
        def __init__(self, name: str) -> None:
            self._name = name

        def around(self, method: Method, handler: Handler) -> Handler:
            async def noted(request: Any, send: Any) -> Any:
                calls.append(f"{self._name} of {method.name}")
                return await handler(request, send)

            return noted

    class Servicer:
        async def do_this(self, request: Empty) -> Empty:
            calls.append("servicer")
            return request

    await compose([Noted("outer"), Noted("inner")], UNARY, Servicer())(Empty(), unused)
    assert calls == ["outer of DoThis", "inner of DoThis", "servicer"]


async def test_a_stream_ends_its_generator_however_the_call_ends() -> None:
    ended = []

    class Servicer:
        async def watch(self, _: Empty) -> AsyncIterator[Empty]:
            try:
                yield Empty()
                yield Empty()
            finally:
                ended.append(True)

    async def fail(_: Any) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await compose([], STREAM, Servicer())(Empty(), fail)
    assert ended == [True]


async def test_deadline_refuses_a_call_that_comes_too_late() -> None:
    bounded = Deadline().around(UNARY, answer)
    call_context.enter(call_context.CallContext(deadline=time.monotonic() - 0.001))
    with pytest.raises(DeadlineExceeded):
        bounded(Empty(), unused)
    for deadline in (None, time.monotonic() + 10):
        call_context.enter(call_context.CallContext(deadline=deadline))
        assert await bounded(Empty(), unused) == Empty()


async def test_limits_make_room_again_when_a_call_fails() -> None:
    async def fail(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
        raise KeyError

    limits = ConcurrencyLimit(settings.Limits(max_calls=1))
    limited = limits.around(UNARY, fail)
    for _ in range(3):
        with pytest.raises(KeyError):
            await limited(Empty(), unused)
    assert limits.calls.taken == 0


async def test_limits_count_calls_and_streams_apart_over_all_methods() -> None:
    entered = asyncio.Event()

    async def stay(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
        await entered.wait()

    limits = ConcurrencyLimit(settings.Limits(max_calls=1, max_streams=1))
    one, other = limits.around(UNARY, stay), limits.around(STREAM, stay)
    held = asyncio.gather(one(Empty(), unused), other(Empty(), unused))
    await eventually(lambda: limits.calls.taken == limits.streams.taken == 1)
    for full, name in ((one, "limits.max_calls"), (other, "limits.max_streams")):
        with pytest.raises(Overloaded, match=name):
            await full(Empty(), unused)
    entered.set()
    await held
    assert limits.calls.taken == limits.streams.taken == 0


async def test_limits_keep_some_calls_from_those_that_may_wait() -> None:
    entered = asyncio.Event()

    async def stay(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
        await entered.wait()

    limits = ConcurrencyLimit(settings.Limits(max_calls=20))
    waits, other = limits.around(WAITING, stay), limits.around(UNARY, stay)
    held = [asyncio.ensure_future(waits(ReceiveRequest(), unused)) for _ in range(18)]
    await eventually(lambda: limits.calls.taken == 18)
    with pytest.raises(Overloaded, match="reserved_calls_share"):
        await waits(ReceiveRequest(), unused)
    held += [asyncio.ensure_future(other(Empty(), unused)) for _ in range(2)]
    await eventually(lambda: limits.calls.taken == 20)
    with pytest.raises(Overloaded, match="max_calls"):
        await other(Empty(), unused)
    entered.set()
    await asyncio.gather(*held)
    assert limits.calls.taken == 0


@pytest.mark.parametrize(("share", "most"), [(0.0, 2), (0.1, 1), (0.5, 1), (0.9, 1)])
async def test_limits_let_one_wait_whatever_is_reserved(share: float, most: int) -> None:
    entered = asyncio.Event()

    async def stay(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
        await entered.wait()

    limits = ConcurrencyLimit(settings.Limits(max_calls=2, reserved_calls_share=share))
    waits = limits.around(WAITING, stay)
    held = [asyncio.ensure_future(waits(ReceiveRequest(), unused)) for _ in range(most)]
    await eventually(lambda: limits.calls.taken == most)
    with pytest.raises(Overloaded):
        await waits(ReceiveRequest(), unused)
    entered.set()
    await asyncio.gather(*held)


def test_methods_that_may_wait_are_those_whose_callers_say_how_long() -> None:
    services = [lock_pb2, cache_pb2, queue_pb2, session_pb2, presence_pb2, pub_sub_pb2, rate_limit_pb2]
    methods = [
        method
        for module in services
        for service in module.DESCRIPTOR.services_by_name.values()
        for method in methods_of(service)
    ]
    assert len(methods) > 30
    assert {one.name for one in methods if one.may_wait} == {"AcquireLock", "GetEntries", "Receive"}


async def test_last_calls_are_answered_and_last_streams_sent_elsewhere_once_clients_know() -> None:
    drain = Drain()
    last_calls = DrainGate(drain)
    unary, stream = last_calls.around(UNARY, answer), last_calls.around(STREAM, answer)
    assert await unary(Empty(), unused) == Empty()
    drain.begin()
    held = [asyncio.ensure_future(one(Empty(), unused)) for one in (unary, stream)]
    await last_calls.wait_quiet()
    assert not any(one.done() for one in held)
    last_calls.release()
    assert await held[0] == Empty()
    with pytest.raises(ShuttingDown):
        await held[1]


async def test_last_calls_are_waited_for_only_so_long() -> None:
    drain = Drain()
    last_calls = DrainGate(drain)
    admitted = last_calls.around(UNARY, answer)
    drain.begin()
    coming = asyncio.ensure_future(keep_calling(admitted))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await last_calls.wait_quiet()
    coming.cancel()
    last_calls.release()
    await asyncio.wait([coming])


async def keep_calling(handler: Handler) -> None:
    held = set()
    while True:
        held.add(asyncio.ensure_future(handler(Empty(), unused)))
        await asyncio.sleep(0.001)


async def test_end_with_drain_ends_a_stream_that_would_stay_and_lets_its_errors_through() -> None:
    ended = asyncio.Event()

    async def stay(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def fail(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
        raise KeyError

    drain = Drain()
    with pytest.raises(KeyError):
        await EndWithDrain(drain).around(STREAM, fail)(Empty(), unused)
    staying = asyncio.ensure_future(EndWithDrain(drain).around(STREAM, stay)(Empty(), unused))
    drain.begin()
    assert await staying is None
    assert ended.is_set()
    assert EndWithDrain(drain).around(UNARY, answer) is answer


async def test_errors_let_cancellation_through() -> None:
    async def cancelled(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await Errors().around(UNARY, cancelled)(Empty(), unused)


async def test_telemetry_counts_what_the_chain_refuses() -> None:
    metrics = Metrics()

    class Servicer:
        async def do_this(self, request: Empty) -> Empty:
            return request

    serve = compose(chain(metrics, ConcurrencyLimit(LIMITS)), UNARY, Servicer())
    call_context.enter(call_context.CallContext(deadline=time.monotonic() - 1))
    with pytest.raises(CallFailed):
        await serve(b"", unused)
    assert count(metrics.registry, "DEADLINE_EXCEEDED") == 1


def count(registry: CollectorRegistry, code: str) -> float | None:
    labels = {"rpc_method": UNARY.full_name, "rpc_response_status_code": code}
    return registry.get_sample_value("rpc_server_call_duration_seconds_count", labels)
