"""`quikstate ping`: the health of a server, as gRPC's own protocol tells it."""

from __future__ import annotations

import time
from dataclasses import dataclass

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from quikstate_server.cli.common.output import complain, say, say_json

SERVING = "SERVING"


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` as gRPC names it; UNREACHABLE where no server answered, and `why`."""

    status: str
    milliseconds: float
    why: str = ""


def ask(address: str, service: str, timeout: float) -> Answer:
    began = time.monotonic()
    with grpc.insecure_channel(address) as channel:
        try:
            reply = HealthStub(channel).Check(HealthCheckRequest(service=service), timeout=timeout)
            status, why = HealthCheckResponse.ServingStatus.Name(reply.status), ""
        except grpc.RpcError as error:
            status, why = _fault(error)
    return Answer(status, round((time.monotonic() - began) * 1_000, 1), why)


def run(address: str, service: str, timeout: float, *, json: bool) -> bool:
    """Whether `service` of the server at `address` is serving."""
    answer = ask(address, service, timeout)
    asked = f"{service} at {address}" if service else address
    if json:
        what = {"address": address, "service": service, "status": answer.status}
        say_json({**what, "milliseconds": answer.milliseconds, **({"why": answer.why} if answer.why else {})})
    elif answer.why:
        complain(f"{asked}: {answer.why}")
    else:
        say(f"{asked}: {answer.status} in {answer.milliseconds} ms")
    return answer.status == SERVING


def _fault(error: grpc.RpcError) -> tuple[str, str]:
    match error.code():
        case grpc.StatusCode.NOT_FOUND:
            return "SERVICE_UNKNOWN", "the server has no service of this name"
        case grpc.StatusCode.UNIMPLEMENTED:
            return "UNKNOWN", "the server does not tell its health"
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return "UNREACHABLE", "no answer in time"
        case _:  # gRPC's text wraps the cause in addresses and addresses
            return "UNREACHABLE", (error.details() or error.code().name).rpartition("connect: ")[2]
