"""Traces of what the server does, by the names of the domain."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from opentelemetry import trace

from quikstate_server import call_context

tracer = trace.get_tracer("quikstate")
_EXPORT_SECONDS = 2
"""How long a batch of spans is tried to send; the end of the server waits for the last."""
_NOTHING = nullcontext()
T = TypeVar("T")


def span(name: str) -> AbstractContextManager[object]:
    """A span inside the current one, if there is one."""
    if not trace.get_current_span().is_recording():
        return _NOTHING
    return tracer.start_as_current_span(name)


def traced(name: str, work: Coroutine[Any, Any, T]) -> Coroutine[Any, Any, T]:
    """`work`, inside a span; free where the call is not being traced, as most are not."""
    return _inside(name, work) if call_context.current().traced else work


async def _inside(name: str, work: Coroutine[Any, Any, T]) -> T:
    with span(name):
        return await work


def trace_id() -> str:
    """The trace that the current call is part of, in hex; "" if it is part of none."""
    current = trace.get_current_span().get_span_context()
    return trace.format_trace_id(current.trace_id) if current.is_valid else ""


def start_tracing(otlp_endpoint: str) -> Callable[[], None]:
    """Send spans to an OpenTelemetry collector; the function that sends the last ones and ends.

    Every span begun is recorded: `interceptors.telemetry` decides which calls have one.
    """
    # Half a second of imports, for those who trace.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "quikstate"}))
    exporter = OTLPSpanExporter(otlp_endpoint, timeout=_EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return provider.shutdown
