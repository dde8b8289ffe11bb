"""Spans of the server's work, named as in the domain."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

from opentelemetry import trace

from quikstate_server import call_context

tracer = trace.get_tracer("quikstate")
_EXPORT_SECONDS = 2
"""Timeout of sending a batch of spans; the shutdown waits for the last one."""
_NOTHING = nullcontext()
T = TypeVar("T")


def span(name: str) -> AbstractContextManager[object]:
    """Open a child span of the current one; do nothing outside of a span."""
    if not trace.get_current_span().is_recording():
        return _NOTHING
    return tracer.start_as_current_span(name)


def traced(name: str, work: Coroutine[Any, Any, T]) -> Coroutine[Any, Any, T]:
    """Run `work` inside a span; free if the call is not traced, as most are not."""
    return _inside(name, work) if call_context.current().traced else work


async def _inside(name: str, work: Coroutine[Any, Any, T]) -> T:
    with span(name):
        return await work


def trace_id() -> str:
    """Return the id of the current trace in hex; "" outside of one."""
    current = trace.get_current_span().get_span_context()
    return trace.format_trace_id(current.trace_id) if current.is_valid else ""


def start_tracing(otlp_endpoint: str) -> Callable[[], None]:
    """Send spans to an OpenTelemetry collector; return a function that sends the last ones and stops.

    Every span is recorded: `interceptors.telemetry` decides which calls have one.
    """
    # These imports take half a second, so that only a server that traces pays for them.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "quikstate"}))
    exporter = OTLPSpanExporter(otlp_endpoint, timeout=_EXPORT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return provider.shutdown
