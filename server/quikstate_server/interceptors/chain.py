"""The order of the interceptors, and one handler a method composed of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import reduce
from typing import Any

from quikstate_server.interceptors.audit import AuditActs
from quikstate_server.interceptors.authentication import Authentication, DiagnosticAuthentication
from quikstate_server.interceptors.caller_quotas import CallerQuotas
from quikstate_server.interceptors.codec import Codec
from quikstate_server.interceptors.concurrency_limit import ConcurrencyLimit
from quikstate_server.interceptors.deadline import Deadline
from quikstate_server.interceptors.drain_gate import DrainGate
from quikstate_server.interceptors.errors import Errors
from quikstate_server.interceptors.first_message import FirstMessage
from quikstate_server.interceptors.method import Handler, Interceptor, Method, Send
from quikstate_server.interceptors.name_authorization import NameAuthorization
from quikstate_server.interceptors.refusals import Refusals
from quikstate_server.interceptors.telemetry import Telemetry
from quikstate_server.interceptors.validation import Validation


@dataclass(frozen=True, slots=True)
class IdentityInterceptors:
    """Those of a server that knows its callers."""

    authentication: Authentication
    diagnostic_authentication: DiagnosticAuthentication
    """Of the services beside the API, which have a shorter chain."""
    quotas: CallerQuotas
    names: NameAuthorization


def in_order(
    telemetry: Telemetry,
    concurrency: ConcurrencyLimit,
    drain_gate: DrainGate,
    first_message: FirstMessage,
    validation: Validation,
    audit_acts: AuditActs,
    identity: IdentityInterceptors | None,
    refusals: Refusals,
) -> Sequence[Interceptor]:
    """Return the chain, outermost first."""
    identified: list[Interceptor] = [identity.authentication, identity.quotas] if identity else []
    named: list[Interceptor] = [identity.names] if identity else []
    return (
        telemetry,  # outermost, so that refused calls are counted and traced too
        Errors(refusals),  # around all that may raise: telemetry sees the code that the caller sees
        Deadline(),  # the cheapest refusal comes first
        # Before ConcurrencyLimit, so that who may not call takes no slot, and a caller's quota comes first.
        *identified,
        concurrency,  # before the request is read, so that refusals cost least when there are most
        drain_gate,  # inside ConcurrencyLimit, since a call that is held takes a slot
        first_message,  # inside ConcurrencyLimit, since a silent call takes a slot
        Codec(),  # parses the message
        validation,  # late, since it costs most
        *named,  # names are checked once they are known to be names
        audit_acts,  # around the act itself
    )


def compose(interceptors: Sequence[Interceptor], method: Method, servicer: object) -> Handler:
    """Return the handler of `method`: its servicer inside all interceptors."""
    handler = _servicer_handler(method, servicer)
    return reduce(lambda inner, outer: outer.around(method, inner), reversed(interceptors), handler)


def _servicer_handler(method: Method, servicer: object) -> Handler:
    """Call the servicer's method, such as `acquire_lock`; where the server streams, an async generator."""
    serve = getattr(servicer, method.python_name)

    def unary(request: Any, send: Send) -> Any:  # noqa: ARG001 - one response is returned, not sent
        return serve(request)

    async def stream(request: Any, send: Send) -> None:
        responses = serve(request)
        del request  # a message is half a KiB and more, and an idle stream would keep it
        async with aclosing(responses):  # however the call ends, the generator ends with it
            async for item in responses:
                await send(item)
                del item

    return stream if method.server_streaming else unary
