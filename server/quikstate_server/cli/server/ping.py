"""`quikstate ping`: checks a server by gRPC's health protocol."""

from __future__ import annotations

import time
from dataclasses import dataclass

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from quikstate_server.cli.common.output import complain, say, say_json

SERVING = "SERVING"


@dataclass(frozen=True, slots=True)
class PingResult:
    """`status` as gRPC names it; UNREACHABLE if no server answered, and `why`."""

    status: str
    milliseconds: float
    why: str = ""


def check(address: str, service: str, timeout: float) -> PingResult:
    started_at = time.monotonic()
    with grpc.insecure_channel(address) as channel:
        try:
            reply = HealthStub(channel).Check(HealthCheckRequest(service=service), timeout=timeout)
            status, why = HealthCheckResponse.ServingStatus.Name(reply.status), ""
        except grpc.RpcError as error:
            status, why = _status_of(error)
    return PingResult(status, round((time.monotonic() - started_at) * 1_000, 1), why)


def run(address: str, service: str, timeout: float, *, json: bool) -> bool:
    """Print the health of `service` at `address`; return True if it is SERVING."""
    result = check(address, service, timeout)
    subject = f"{service} at {address}" if service else address
    if json:
        what = {"address": address, "service": service, "status": result.status}
        say_json({**what, "milliseconds": result.milliseconds, **({"why": result.why} if result.why else {})})
    elif result.why:
        complain(f"{subject}: {result.why}")
    else:
        say(f"{subject}: {result.status} in {result.milliseconds} ms")
    return result.status == SERVING


def _status_of(error: grpc.RpcError) -> tuple[str, str]:
    match error.code():
        case grpc.StatusCode.NOT_FOUND:
            return "SERVICE_UNKNOWN", "the server has no service of this name"
        case grpc.StatusCode.UNIMPLEMENTED:
            return "UNKNOWN", "the server has no health service"
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return "UNREACHABLE", "no response in time"
        case _:  # gRPC's text wraps the cause in addresses and addresses
            return "UNREACHABLE", (error.details() or error.code().name).rpartition("connect: ")[2]
