"""Calling a server from a command: a channel, and one line for a call that fails."""

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
"""For a call that waits for nothing."""
RETRY_SECONDS = 0.2
"""Before a stream that broke is opened again."""

# A server that is gone without a word is noticed in 15 s; one that is back, in a second.
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
"""What the same call would meet again."""


@contextmanager
def connected(address: str) -> Iterator[grpc.Channel]:
    """A channel to the server; a call that fails in it ends the command."""
    with grpc.insecure_channel(address, options=OPTIONS) as channel, ending_on_fault(address):
        yield channel


@contextmanager
def ending_on_fault(address: str) -> Iterator[None]:
    """A call that fails ends the command, with one line and an exit status."""
    try:
        yield
    except grpc.RpcError as error:
        complain(f"{address}: {why(error)}")
        refused = cast(grpc.Call, error).code() in _REFUSALS
        raise typer.Exit(REFUSED if refused else UNAVAILABLE) from None


def why(error: grpc.RpcError) -> str:
    """What went wrong, with the ErrorInfo's reason, or the code of a call that reached no server."""
    call = cast(grpc.Call, error)
    details = call.details() or ""
    for wrapping in ("remote host: ", "connect: "):  # gRPC wraps the cause in addresses
        details = details.rpartition(wrapping)[2]
    return f"{details or 'no more is known'} ({_reason(call) or call.code().name})"


def _reason(call: grpc.Call) -> str:
    status = rpc_status.from_call(call)
    for detail in status.details if status else ():
        info = ErrorInfo()
        if detail.Unpack(info):
            return str(info.reason.removeprefix("ERROR_REASON_"))
    return ""


def as_json(message: Message) -> dict[str, Any]:
    """As `buf curl` prints it, with what is false, 0 or empty."""
    return MessageToDict(message, always_print_fields_with_no_presence=True)
