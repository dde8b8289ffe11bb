"""Records the duration of each call, and a span of some."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

from google.rpc import code_pb2
from opentelemetry import context, trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from quikstate_server import call_context
from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.metrics import Metrics
from quikstate_server.telemetry import tracer

_PARENT: Final = ("traceparent", "tracestate")
_W3C = TraceContextTextMapPropagator()

_SERVER_ERRORS: Final = frozenset(
    {"UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"}
)
"""Codes that are errors of the server in OpenTelemetry's conventions for gRPC."""


class Telemetry:
    """Records durations by method and status code, and spans of sampled calls.

    A call is sampled if its caller's trace is; of calls without a trace `trace_ratio` are. None: no spans.
    """

    def __init__(self, metrics: Metrics, trace_ratio: float | None) -> None:
        self._metrics = metrics
        self._trace_ratio = trace_ratio

    def around(self, method: Method, handler: Handler) -> Handler:
        if self._trace_ratio is not None:
            handler = _traced(method, handler, self._trace_ratio)
        durations = self._metrics.durations_of(method.full_name)
        clock = time.perf_counter

        async def timed(request: Any, send: Send) -> Any:
            started_at = clock()
            try:
                response = await handler(request, send)
            except BaseException as error:
                durations[_code(error)](clock() - started_at)
                raise
            durations["OK"](clock() - started_at)
            return response

        return timed


def _traced(method: Method, handler: Handler, ratio: float) -> Handler:
    attributes: Mapping[str, str] = {"rpc.system.name": "grpc", "rpc.method": method.full_name}

    async def traced(request: Any, send: Send) -> Any:
        if not _sampled(ratio):
            return await handler(request, send)
        with tracer.start_as_current_span(
            method.full_name,
            kind=trace.SpanKind.SERVER,
            attributes=attributes,
            record_exception=False,  # its text may hold what no trace should
            set_status_on_exception=False,
        ) as span:
            call_context.current().traced = True
            try:
                response = await handler(request, send)
            except BaseException as error:
                _describe(span, _code(error))
                raise
            _describe(span, "OK")
            return response

    return traced


def _sampled(ratio: float) -> bool:
    """Join the caller's trace, or sample at random: the SDK's sampler costs 8 µs on every call."""
    carrier = _carrier(call_context.current().metadata())
    if not carrier:
        return random.random() < ratio  # noqa: S311 - statistics
    parent = _W3C.extract(carrier)
    context.attach(parent)  # for the rest of this call's task: its log lines have the caller's trace id
    caller = trace.get_current_span(parent).get_span_context()
    return caller.trace_flags.sampled if caller.is_valid else random.random() < ratio  # noqa: S311


def _carrier(metadata: Iterable[tuple[str, str | bytes]]) -> dict[str, str]:
    return {name: value for name, value in metadata if name in _PARENT and isinstance(value, str)}


def _describe(span: trace.Span, code: str) -> None:
    span.set_attribute("rpc.response.status_code", code)
    if code in _SERVER_ERRORS:
        span.set_attribute("error.type", code)
        span.set_status(trace.StatusCode.ERROR)


def _code(error: BaseException) -> str:
    """Return the name of the status code that the caller sees."""
    if isinstance(error, CallFailed):
        name: str = code_pb2.Code.Name(error.status.code)
        return name
    if isinstance(error, asyncio.CancelledError):
        return "DEADLINE_EXCEEDED" if call_context.current().remaining() == 0 else "CANCELLED"
    return "UNKNOWN"
