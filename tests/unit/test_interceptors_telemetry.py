"""Which calls are traced, and what their spans say."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from google.protobuf.empty_pb2 import Empty
from google.rpc import code_pb2
from google.rpc.status_pb2 import Status
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from quikstate_server import call_context, telemetry
from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Method
from quikstate_server.interceptors.telemetry import Telemetry
from quikstate_server.metrics import Metrics

METHOD = Method("a.Service", "DoThis", Empty, Empty)
TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(telemetry, "tracer", lambda: provider.get_tracer("test"))
    return exporter


async def unused(_: Any) -> None:
    raise AssertionError("nothing is streamed here")


async def serve(
    ratio: float | None,
    error: BaseException | None = None,
    traceparent: str = "",
    metrics: Metrics | None = None,
) -> str:
    """One call in a task of its own, as the transport makes it; the trace it was part of."""
    seen = ""

    async def handler(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
        nonlocal seen
        seen = call_context.current().trace_id
        with telemetry.span("inner"):
            pass
        if error:
            raise error
        return request

    async def one_call() -> None:
        headers = {"traceparent": [traceparent]} if traceparent else {}
        call_context.enter(
            call_context.CallContext(METHOD.full_name, header_values=lambda name: headers.get(name, []))
        )
        traced = Telemetry(metrics or Metrics(), ratio).around(METHOD, handler)
        await traced(Empty(), unused)

    await asyncio.wait([asyncio.ensure_future(one_call())])
    return seen


def only(spans: InMemorySpanExporter) -> ReadableSpan:
    (inner, span) = spans.get_finished_spans()
    assert inner.name == "inner"
    return span


async def test_a_span_is_named_by_its_method(spans: InMemorySpanExporter) -> None:
    await serve(1.0)
    span = only(spans)
    assert (span.name, span.kind) == ("a.Service/DoThis", SpanKind.SERVER)
    assert dict(span.attributes or {}) == {
        "rpc.system.name": "grpc",
        "rpc.method": "a.Service/DoThis",
        "rpc.response.status_code": "OK",
    }
    assert span.status.status_code is StatusCode.UNSET


async def test_the_callers_trace_is_joined(spans: InMemorySpanExporter) -> None:
    """Whatever the ratio: the caller has decided."""
    assert await serve(0.0, traceparent=f"00-{TRACE}-b7ad6b7169203331-01") == TRACE
    span = only(spans)
    assert span.context is not None
    assert span.parent is not None
    assert f"{span.context.trace_id:032x}" == TRACE
    assert f"{span.parent.span_id:016x}" == "b7ad6b7169203331"


async def test_a_caller_that_does_not_sample_is_not_traced_but_its_trace_is_known(
    spans: InMemorySpanExporter,
) -> None:
    assert await serve(1.0, traceparent=f"00-{TRACE}-b7ad6b7169203331-00") == TRACE
    assert spans.get_finished_spans() == ()


async def test_a_traceparent_that_makes_no_sense_is_none(spans: InMemorySpanExporter) -> None:
    await serve(1.0, traceparent="nonsense")
    assert only(spans).parent is None


@pytest.mark.parametrize("ratio", [0.0, None])
async def test_other_calls_are_not_traced(spans: InMemorySpanExporter, ratio: float | None) -> None:
    assert await serve(ratio) == ""
    assert spans.get_finished_spans() == ()


async def test_sampled_calls_are_exemplars_of_their_durations(spans: InMemorySpanExporter) -> None:
    metrics = Metrics()
    failed = CallFailed(Status(code=int(code_pb2.NOT_FOUND)))
    await serve(0.0, metrics=metrics)
    await serve(0.0, failed, traceparent=f"00-{TRACE}-b7ad6b7169203331-00", metrics=metrics)
    assert b"# {" not in metrics.exposition()
    await serve(0.0, failed, traceparent=f"00-{TRACE}-b7ad6b7169203331-01", metrics=metrics)
    assert len(spans.get_finished_spans()) == 2
    (line,) = [line for line in metrics.exposition().decode().splitlines() if "# {" in line]
    assert f'trace_id="{TRACE}"' in line
    assert 'rpc_response_status_code="NOT_FOUND"' in line


async def test_headers_are_not_read_without_tracing() -> None:
    def read(_: str) -> Any:
        raise AssertionError("they cost time")

    async def handler(request: Any, send: Any) -> Any:  # noqa: ARG001 - a handler's form
        return request

    call_context.enter(call_context.CallContext(METHOD.full_name, header_values=read))
    assert await Telemetry(Metrics(), None).around(METHOD, handler)(Empty(), unused) == Empty()


@pytest.mark.parametrize(
    ("error", "code", "fault"),
    [
        (CallFailed(Status(code=int(code_pb2.INTERNAL), message="hunter2")), "INTERNAL", True),
        (CallFailed(Status(code=int(code_pb2.NOT_FOUND))), "NOT_FOUND", False),
        (asyncio.CancelledError(), "CANCELLED", False),
    ],
)
async def test_a_span_says_how_the_call_ended_and_no_more(
    spans: InMemorySpanExporter, error: BaseException, code: str, fault: bool
) -> None:
    await serve(1.0, error)
    span = only(spans)
    attributes = dict(span.attributes or {})
    assert attributes["rpc.response.status_code"] == code
    assert attributes.get("error.type") == (code if fault else None)
    assert span.status.status_code is (StatusCode.ERROR if fault else StatusCode.UNSET)
    assert span.events == ()
    assert "hunter2" not in span.to_json()
