"""Records the duration of each call, and a span of some."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from google.rpc import code_pb2

from quikstate_server import call_context
from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.logs import get_logger
from quikstate_server.metrics import Durations, Metrics

_log = get_logger()


class Telemetry:
    """Records durations by method and status code, and spans of sampled calls, which are exemplars too.

    A call is sampled if its caller's trace is; of calls without a trace `trace_ratio` are. None: no spans.
    With `log_calls` each call is a line of the log, at debug.
    """

    def __init__(self, metrics: Metrics, trace_ratio: float | None, *, log_calls: bool = False) -> None:
        self._metrics = metrics
        self._trace_ratio = trace_ratio
        self._log_calls = log_calls

    def around(self, method: Method, handler: Handler) -> Handler:
        if self._trace_ratio is not None:
            from quikstate_server.interceptors.tracing import trace_sampled

            handler = trace_sampled(method, handler, self._trace_ratio, _code)
        if self._log_calls:
            handler = _logged(method, handler)
        durations = self._metrics.durations_of(method.full_name)
        if self._trace_ratio is not None:
            return _timed_with_exemplars(handler, durations)
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


def _timed_with_exemplars(handler: Handler, durations: Durations) -> Handler:
    """Record durations, those of sampled calls with their traces."""

    async def timed(request: Any, send: Send) -> Any:
        started_at, code = time.perf_counter(), "OK"
        try:
            return await handler(request, send)
        except BaseException as error:
            code = _code(error)
            raise
        finally:
            call = call_context.current()
            exemplar = {"trace_id": call.trace_id} if call.traced else None
            durations[code](time.perf_counter() - started_at, exemplar)

    return timed


def _logged(method: Method, handler: Handler) -> Handler:
    async def logged(request: Any, send: Send) -> Any:
        started_at, code = time.perf_counter(), "OK"
        try:
            return await handler(request, send)
        except BaseException as error:
            code = _code(error)
            raise
        finally:
            call = call_context.current()
            _log.debug(
                "call.ended",
                method=method.full_name,
                caller=call.caller.name if call.caller else call.peer,
                code=code,
                milliseconds=round(1_000 * (time.perf_counter() - started_at), 3),
            )

    return logged


def _code(error: BaseException) -> str:
    """Return the name of the status code that the caller sees.

    A caller that resets its call at its deadline, just before the server's timer, seems to cancel it.
    """
    if isinstance(error, CallFailed):
        name: str = code_pb2.Code.Name(error.status.code)
        return name
    if isinstance(error, asyncio.CancelledError):
        return "DEADLINE_EXCEEDED" if call_context.current().remaining() == 0 else "CANCELLED"
    return "UNKNOWN"
