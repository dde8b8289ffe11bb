"""Spans of the server's work, named as in the domain.

A server that does not trace needs no OpenTelemetry, which is slow to import.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from quikstate_server import call_context

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.trace import Tracer

_NOTHING = nullcontext()
T = TypeVar("T")


@cache
def tracer() -> Tracer:
    """Return the maker of our spans."""
    from opentelemetry import trace

    return trace.get_tracer("quikstate")


def span(name: str) -> AbstractContextManager[object]:
    """Open a child span of the current call's; do nothing if it has none."""
    return tracer().start_as_current_span(name) if call_context.current().traced else _NOTHING


def traced(name: str, work: Coroutine[Any, Any, T]) -> Coroutine[Any, Any, T]:
    """Run `work` inside a span; free if the call is not traced, as most are not."""
    return _inside(name, work) if call_context.current().traced else work


async def _inside(name: str, work: Coroutine[Any, Any, T]) -> T:
    with span(name):
        return await work


def resource() -> Resource:
    """Return what this server is to a collector; OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES go before."""
    from opentelemetry.sdk.resources import OTELResourceDetector, Resource

    return Resource.create({"service.name": "quikstate"}).merge(OTELResourceDetector().detect())


def start_tracing(otlp_endpoint: str, timeout: float) -> Callable[[], None]:
    """Send spans to an OpenTelemetry collector; return a function that sends the last ones and stops.

    Every span is recorded: `interceptors.tracing` decides which calls have one.
    """
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=resource())
    exporter = OTLPSpanExporter(otlp_endpoint, timeout=timeout)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return provider.shutdown
