"""`quikstate ping`: checks a server by gRPC's health protocol."""

from __future__ import annotations

import time
from dataclasses import dataclass

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from quikstate_server.cli.common.channel import fault_of, open_channel
from quikstate_server.cli.common.output import complain, say, say_json
from quikstate_server.cli.common.server_target import ServerTarget, own_server

SERVING = "SERVING"
UNAUTHENTICATED = "UNAUTHENTICATED"


@dataclass(frozen=True, slots=True)
class PingResult:
    """`status` as gRPC names it; UNREACHABLE if no server answered, and `why`."""

    status: str
    milliseconds: float
    why: str = ""


def check(server: ServerTarget, service: str, timeout: float) -> PingResult:
    started_at = time.monotonic()
    with open_channel(server) as channel:
        try:
            reply = HealthStub(channel).Check(HealthCheckRequest(service=service), timeout=timeout)
            status, why = HealthCheckResponse.ServingStatus.Name(reply.status), ""
        except grpc.RpcError as error:
            status, why = _status_of(error, server)
    return PingResult(status, round((time.monotonic() - started_at) * 1_000, 1), why)


def run(server: ServerTarget, service: str, timeout: float, *, json: bool) -> bool:
    """Print the health of `service` at `server`; return True if it is SERVING."""
    if not server.is_named:
        server = _of_the_settings(server)
    result = check(server, service, timeout)
    subject = f"{service} at {server.address}" if service else server.address
    if json:
        what = {"address": server.address, "service": service, "status": result.status}
        say_json({**what, "milliseconds": result.milliseconds, **({"why": result.why} if result.why else {})})
    elif result.why:
        complain(f"{subject}: {result.why}")
    else:
        say(f"{subject}: {result.status} in {result.milliseconds} ms")
    return result.status == SERVING


def _of_the_settings(server: ServerTarget) -> ServerTarget:
    """Return the server that `serve` would start here, called with the credentials that were given."""
    from quikstate_server.cli.common.refusal import exit_on_refusal
    from quikstate_server.settings import read

    with exit_on_refusal():
        settings = read().settings
        return own_server(settings.listen, settings.tls_cert_file, server)


def _status_of(error: grpc.RpcError, server: ServerTarget) -> tuple[str, str]:
    match error.code():
        case grpc.StatusCode.NOT_FOUND:
            return "SERVICE_UNKNOWN", "the server has no service of this name"
        case grpc.StatusCode.UNIMPLEMENTED:
            return "UNKNOWN", "the server has no health service"
        case grpc.StatusCode.UNAUTHENTICATED:
            return UNAUTHENTICATED, error.details() or ""
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return "UNREACHABLE", "no response in time"
        case _:
            return "UNREACHABLE", fault_of(error, server)
