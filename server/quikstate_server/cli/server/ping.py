"""`quikstate ping`: checks a server by gRPC's health protocol."""

from __future__ import annotations

import time
from dataclasses import dataclass

from quikstate_server.cli.common.output import complain, say, say_json
from quikstate_server.cli.common.server_target import ServerTarget, own_server
from quikstate_server.cli.common.sockets import PeerFault
from quikstate_server.cli.server.health_call import HealthResponse, call_health
from quikstate_server.settings.listen_address import ListenAddress, read_listener

SERVING = "SERVING"
UNAUTHENTICATED = "UNAUTHENTICATED"
UNREACHABLE = "UNREACHABLE"


@dataclass(frozen=True, slots=True)
class PingResult:
    """`status` as gRPC names it; UNREACHABLE if no server answered, and `why`."""

    status: str
    milliseconds: float
    why: str = ""


def check(server: ServerTarget, service: str, timeout: float) -> PingResult:
    """Call the health service of a server."""
    started_at = time.monotonic()
    try:
        status, why = _status_of(call_health(server, service, timeout))
    except TimeoutError:
        status, why = UNREACHABLE, "no response in time"
    except PeerFault as fault:
        status, why = UNREACHABLE, str(fault)
    except OSError as error:
        status, why = UNREACHABLE, error.strerror or str(error)
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
    address, certificate = read_listener() or _refused_or_read()
    return own_server(address, certificate, server)


def _refused_or_read() -> ListenAddress:
    """Read all settings, to end the command with what is wrong."""
    from quikstate_server.cli.common.refusal import exit_on_refusal
    from quikstate_server.settings import read

    with exit_on_refusal():
        settings = read().settings
        return ListenAddress(settings.listen, settings.tls_cert_file)


def _status_of(response: HealthResponse) -> tuple[str, str]:
    """Return the status, and why it is none of the server's."""
    match response.code:
        case 0:
            return response.status, ""
        case 4:
            return UNREACHABLE, "no response in time"
        case 5:
            return "SERVICE_UNKNOWN", "the server has no service of this name"
        case 12:
            return "UNKNOWN", "the server has no health service"
        case 16:
            return UNAUTHENTICATED, response.message
        case None:
            return UNREACHABLE, "the server does not speak gRPC"
        case code:
            return UNREACHABLE, response.message or f"gRPC status {code}"
