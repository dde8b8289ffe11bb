"""Runs the handler of one call under its caller's deadline, for every RPC protocol."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from google.rpc import code_pb2
from google.rpc.status_pb2 import Status

from quikstate_server.call_context import CallContext, enter
from quikstate_server.interceptors.errors import CallFailed
from quikstate_server.interceptors.method import Handler, Method, Send
from quikstate_server.transport.http.cancellation import CancellationCause
from quikstate_server.transport.http.exchange import Exchange
from quikstate_server.transport.transport import ServedApi

_BINARY: Final = "-bin"
_RESET_SECONDS: Final = 0.1
"""Node ends its side of a stream just before it resets it. The reset follows within this."""


@dataclass(frozen=True, slots=True)
class Route:
    """A method and the composed handler that serves it."""

    method: Method
    full_name: str
    """The method's, such as `quikstate.v1.LockService/AcquireLock`."""
    handler: Handler
    confirms_half_close: bool
    """Whether a half-close does something, such as release a lock, which a broken stream must not."""


def routes_of(api: ServedApi) -> Mapping[str, Route]:
    """Return the routes by HTTP path, such as `/quikstate.v1.LockService/AcquireLock`."""
    return {
        f"/{method.full_name}": Route(
            method, method.full_name, handler, method.full_name in api.half_close_methods
        )
        for method, handler in api.handlers.items()
    }


async def run_call(
    route: Route, context: CallContext, messages: AsyncIterator[bytes], send: Send, exchange: Exchange
) -> Any:
    """Run the handler in this task; return its response, if it has one, or raise CallFailed as it does.

    The deadline cancels it. When the client goes away, and when the server stops, the transport does.
    """
    enter(context)
    if route.confirms_half_close:
        messages = _until_confirmed(messages)
    if context.deadline is None:
        return await route.handler(messages, send)
    seconds = max(context.deadline - time.monotonic(), 0.0)
    timer = asyncio.get_running_loop().call_later(seconds, _end_at_deadline, context, exchange)
    try:
        return await route.handler(messages, send)
    except asyncio.CancelledError:
        if exchange.cause is not CancellationCause.DEADLINE:
            raise
        cast("asyncio.Task[None]", exchange.task).uncancel()
        exchange.cause = None  # it has cleaned up: sending the status may be cancelled
        raise failure(code_pb2.DEADLINE_EXCEEDED, "the deadline has passed") from None
    finally:
        timer.cancel()


def _end_at_deadline(context: CallContext, exchange: Exchange) -> None:
    """Cancel the call. The loop's clock counts milliseconds, and can be ahead of the one of the deadline."""
    context.deadline = min(cast("float", context.deadline), time.monotonic())
    exchange.cancel(CancellationCause.DEADLINE)


async def _until_confirmed(messages: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield what the client sends, until its half-close: one that no reset follows."""
    async for message in messages:
        yield message
    await asyncio.sleep(_RESET_SECONDS)


def failure(code: int, message: str) -> CallFailed:
    """Return the exception that ends a call with a status of the transport's own."""
    return CallFailed(Status(code=code, message=message))
