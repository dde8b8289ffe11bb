"""A channel from a command to a server, and one line on standard error for a failed call."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, cast

import grpc
import grpc.aio
import typer
from google.rpc.error_details_pb2 import ErrorInfo
from grpc_status import rpc_status

from quikstate_server.cli import REFUSED, UNAVAILABLE
from quikstate_server.cli.common.addresses import is_loopback
from quikstate_server.cli.common.identified_channel import IdentifiedChannel
from quikstate_server.cli.common.message_json import as_json as as_json  # beside the calls
from quikstate_server.cli.common.output import complain
from quikstate_server.cli.common.server_target import ClientTls, ServerTarget, read_roots
from quikstate_server.cli.common.sockets import (
    NO_TLS,
    NOT_TRUSTED,
    OTHER_NAME,
    hint_of_hang_up,
    inspect_peer,
)

CALL_SECONDS = 10.0
"""Deadline of a call that does not wait."""
RETRY_SECONDS = 0.2
"""Pause before a broken stream is opened again."""

# A server that vanished is noticed within 15 s, and one that is back within a second.
OPTIONS = (
    ("grpc.keepalive_time_ms", 10_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 1_000),
)

_REFUSALS = frozenset(
    {
        grpc.StatusCode.INVALID_ARGUMENT,
        grpc.StatusCode.NOT_FOUND,
        grpc.StatusCode.FAILED_PRECONDITION,
        grpc.StatusCode.PERMISSION_DENIED,
        grpc.StatusCode.UNAUTHENTICATED,
        grpc.StatusCode.UNIMPLEMENTED,
    }
)
"""Codes that a repeat of the same call would get again."""

_TLS_FAULTS = {
    "CERTIFICATE_VERIFY_FAILED": NOT_TRUSTED,
    "Hostname Verification": OTHER_NAME,
    "WRONG_VERSION_NUMBER": NO_TLS,
}
"""What is wrong, by a part of what gRPC says."""

_UNREACHED = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.INTERNAL,
        grpc.StatusCode.UNKNOWN,
    }
)
"""Codes that gRPC gives a call to what speaks another protocol."""

_HUNG_UP = ("Socket closed", "Connection reset by peer", "Broken pipe")
"""What gRPC says of a server that ends a connection: which of them, the network decides."""


@contextmanager
def connected(server: ServerTarget) -> Iterator[grpc.Channel]:
    """Open a channel to the server; a failed call ends the command."""
    with exit_on_error(server), open_channel(server) as channel:
        yield channel


@contextmanager
def open_channel(server: ServerTarget) -> Iterator[grpc.Channel]:
    """Open a channel to the server, whose calls have the token, if there is one."""
    options = _options(server)
    if server.tls:
        channel = grpc.secure_channel(server.address, _credentials(server.tls), options)
    else:
        channel = grpc.insecure_channel(server.address, options)
    with channel:
        yield _identified(channel, server)


@asynccontextmanager
async def open_async_channel(server: ServerTarget) -> AsyncIterator[grpc.aio.Channel]:
    """Open a channel for asyncio, likewise."""
    options = _options(server)
    if server.tls:
        channel = grpc.aio.secure_channel(server.address, _credentials(server.tls), options)
    else:
        channel = grpc.aio.insecure_channel(server.address, options)
    async with channel:
        yield _identified(channel, server)


def _identified(channel: Any, server: ServerTarget) -> Any:
    return IdentifiedChannel(channel, server.token) if server.token else channel


def _options(server: ServerTarget) -> list[tuple[str, Any]]:
    options: list[tuple[str, Any]] = [*OPTIONS]
    if is_loopback(server.address):
        # A proxy of http_proxy would see the token, and call a port of its own host.
        options.append(("grpc.enable_http_proxy", 0))
    return options


def _credentials(tls: ClientTls) -> grpc.ChannelCredentials:
    certificate = tls.cert_file.read_bytes() if tls.cert_file else None
    key = tls.key_file.read_bytes() if tls.key_file else None
    return grpc.ssl_channel_credentials(read_roots(tls), key, certificate)


@contextmanager
def exit_on_error(server: ServerTarget) -> Iterator[None]:
    """End the command with one line and an exit status if a call fails."""
    try:
        yield
    except grpc.RpcError as error:
        complain(f"{server.address}: {fault_of(error, server)}")
        refused = cast(grpc.Call, error).code() in _REFUSALS
        raise typer.Exit(REFUSED if refused else UNAVAILABLE) from None


def fault_of(error: grpc.RpcError, server: ServerTarget) -> str:
    """Describe why a call failed, with what may be wrong between here and the server."""
    return _foreign(error, server) or describe(error) + _hint(error, server)


def _hint(error: grpc.RpcError, server: ServerTarget) -> str:
    """Say what may be missing where a server hung up."""
    details = cast(grpc.Call, error).details() or ""
    return hint_of_hang_up(server) if any(words in details for words in _HUNG_UP) else ""


def _foreign(error: grpc.RpcError, server: ServerTarget) -> str:
    """Say what is on the address if it is no gRPC server, or one without TLS; "" if it is one."""
    call = cast(grpc.Call, error)
    return "" if call.code() not in _UNREACHED or _reason(call) else inspect_peer(server)


def is_refused_caller(error: grpc.RpcError) -> bool:
    """Return True if the server does not know the caller, or grants it no right to the call."""
    return cast(grpc.Call, error).code() in (
        grpc.StatusCode.UNAUTHENTICATED,
        grpc.StatusCode.PERMISSION_DENIED,
    )


def describe(error: grpc.RpcError) -> str:
    """Describe an error, with the reason of its ErrorInfo, or the code of a call that reached no server."""
    call = cast(grpc.Call, error)
    return f"{_cause(call) or 'no details'} ({_reason(call) or call.code().name})"


def _cause(call: grpc.Call) -> str:
    """Return what gRPC says, without the addresses in which it wraps the cause."""
    details = call.details() or ""
    if fault := next((text for sign, text in _TLS_FAULTS.items() if sign in details), ""):
        return fault
    for wrapping in ("remote host: ", "connect: "):
        details = details.rpartition(wrapping)[2]
    return details


def _reason(call: grpc.Call) -> str:
    status = rpc_status.from_call(call)
    for detail in status.details if status else ():
        info = ErrorInfo()
        if detail.Unpack(info):
            return str(info.reason.removeprefix("ERROR_REASON_"))
    return ""
