"""The interceptors in their order, and one handler a method made of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from functools import reduce
from typing import Any

from quikstate_server.interceptors.codec import Codec
from quikstate_server.interceptors.concurrency_limit import ConcurrencyLimit
from quikstate_server.interceptors.deadline import Deadline
from quikstate_server.interceptors.drain_gate import DrainGate
from quikstate_server.interceptors.errors import Errors
from quikstate_server.interceptors.first_message import FirstMessage
from quikstate_server.interceptors.method import Handler, Interceptor, Method, Send
from quikstate_server.interceptors.telemetry import Telemetry
from quikstate_server.interceptors.validation import Validation


def in_order(
    telemetry: Telemetry,
    limits: ConcurrencyLimit,
    last_calls: DrainGate,
    first_message: FirstMessage,
    validation: Validation,
) -> Sequence[Interceptor]:
    """The chain, outermost first."""
    return (
        telemetry,  # outermost, so that what is refused is counted and traced too
        Errors(),  # around all that may raise, so that telemetry sees the code the caller sees
        Deadline(),  # the cheapest reason to do nothing
        # Authentication will stand here: before ConcurrencyLimit, which are to be a caller's,
        # and before any work for a caller who may not ask for it.
        limits,  # before the request is looked at, so that refusing costs least when there is most to refuse
        last_calls,  # inside ConcurrencyLimit, since who is held is in
        first_message,  # inside ConcurrencyLimit, since who says nothing takes a place
        Codec(),  # bytes become a message
        validation,  # last, since it costs most
    )


def compose(interceptors: Sequence[Interceptor], method: Method, servicer: object) -> Handler:
    """What serves `method`: its servicer inside all interceptors."""
    handler = _servicer_handler(method, servicer)
    return reduce(lambda inner, outer: outer.around(method, inner), reversed(interceptors), handler)


def _servicer_handler(method: Method, servicer: object) -> Handler:
    """Call the servicer's method, such as `acquire_lock`; where the server streams, an async generator."""
    act = getattr(servicer, method.python_name)

    def answer(request: Any, send: Send) -> Any:  # noqa: ARG001 - one answer is returned, not sent
        return act(request)

    async def stream(request: Any, send: Send) -> None:
        answers = act(request)
        del request  # a message is half a KiB and more, and an idle stream would keep it
        async with aclosing(answers):  # however the call ends, the generator ends with it
            async for item in answers:
                await send(item)
                del item

    return stream if method.server_streaming else answer
