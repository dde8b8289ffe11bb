"""Services that gRPC tools expect of every server: health, reflection, and those of the transport itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grpc_health.v1 import health_pb2

from quikstate_server.drain import Drain
from quikstate_server.health import Health
from quikstate_server.interceptors import chain
from quikstate_server.interceptors.authentication import DiagnosticAuthentication
from quikstate_server.interceptors.codec import Codec
from quikstate_server.interceptors.end_with_drain import EndWithDrain
from quikstate_server.interceptors.errors import Errors
from quikstate_server.interceptors.first_message import FirstMessage
from quikstate_server.interceptors.method import Handler, Interceptor, Method, methods_of
from quikstate_server.transport import reflection

_HEALTH = health_pb2.DESCRIPTOR.services_by_name["Health"]


def handlers(
    health: Health,
    drain: Drain,
    first_message_seconds: float,
    api_services: Sequence[str],
    diagnostic_servicers: Mapping[Method, object],
    authentication: DiagnosticAuthentication | None,
) -> Mapping[Method, Handler]:
    """Return their handlers. They have a short chain: an overloaded server answers them too.

    Reflection lists them and `api_services`.
    """
    servicers: dict[Method, object] = dict.fromkeys(methods_of(_HEALTH), health)
    servicers |= diagnostic_servicers
    reflection_methods = reflection.reflection_methods()
    listed = {*api_services, *(method.service for method in (*servicers, *reflection_methods))}
    servicers |= dict.fromkeys(reflection_methods, reflection.Reflection(listed))
    authenticated: list[Interceptor] = [authentication] if authentication else []
    interceptors = (
        Errors(),
        *authenticated,
        EndWithDrain(drain),
        FirstMessage(first_message_seconds),
        Codec(),
    )
    return {method: chain.compose(interceptors, method, servicers[method]) for method in servicers}
