"""A channel from a command to a server, and one line on standard error for a failed call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import grpc
import typer
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import ErrorInfo
from grpc_status import rpc_status

from quikstate_server.cli import REFUSED, UNAVAILABLE
from quikstate_server.cli.common.output import complain

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


@contextmanager
def connected(address: str) -> Iterator[grpc.Channel]:
    """Open a channel to the server; a failed call ends the command."""
    with grpc.insecure_channel(address, options=OPTIONS) as channel, exit_on_error(address):
        yield channel


@contextmanager
def exit_on_error(address: str) -> Iterator[None]:
    """End the command with one line and an exit status if a call fails."""
    try:
        yield
    except grpc.RpcError as error:
        complain(f"{address}: {describe(error)}")
        refused = cast(grpc.Call, error).code() in _REFUSALS
        raise typer.Exit(REFUSED if refused else UNAVAILABLE) from None


def describe(error: grpc.RpcError) -> str:
    """Describe an error, with the reason of its ErrorInfo, or the code of a call that reached no server."""
    call = cast(grpc.Call, error)
    details = call.details() or ""
    for wrapping in ("remote host: ", "connect: "):  # gRPC wraps the cause in addresses
        details = details.rpartition(wrapping)[2]
    return f"{details or 'no details'} ({_reason(call) or call.code().name})"


def _reason(call: grpc.Call) -> str:
    status = rpc_status.from_call(call)
    for detail in status.details if status else ():
        info = ErrorInfo()
        if detail.Unpack(info):
            return str(info.reason.removeprefix("ERROR_REASON_"))
    return ""


def as_json(message: Message) -> dict[str, Any]:
    """Convert as `buf curl` does, with fields that are false, 0 or empty."""
    return MessageToDict(message, always_print_fields_with_no_presence=True)
