"""The grpc.aio server: its options, and the one place it listens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import grpc
import grpc.aio

from quikstate_server.settings import Settings, StartRefused
from quikstate_server.transport import ports

_PING_SECONDS = 30
_PONG_SECONDS = 10
_CLIENT_PING_SECONDS = 10

Handler: TypeAlias = "grpc.GenericRpcHandler[Any, Any]"


def server(settings: Settings, handlers: Sequence[Handler]) -> grpc.aio.Server:
    return grpc.aio.server(handlers=handlers, options=_options(settings))


def _options(settings: Settings) -> list[tuple[str, int]]:
    limits = settings.limits
    age = round(settings.max_connection_age_seconds * 1000)
    return [
        ("grpc.max_receive_message_length", limits.max_message_bytes),
        ("grpc.max_send_message_length", limits.max_message_bytes),
        # The default is no limit. Our own limits refuse with a reason first, across connections.
        ("grpc.max_concurrent_streams", limits.max_calls + limits.max_streams),
        # Of calls that wait for their turn gRPC drops some above 1,000, and their callers are told CANCELLED:
        # a thousand streams that come back at once, after another server's end, are no fault of theirs.
        ("grpc.server.max_pending_requests", limits.max_calls + limits.max_streams),
        ("grpc.server.max_pending_requests_hard_limit", limits.max_calls + limits.max_streams),
        # With SO_REUSEPORT a second server would start on a port in use, and get half of the calls: that
        # is for workers alone.
        ("grpc.so_reuseport", int(settings.workers > 1)),
        # A client gone without a word is noticed, and its streams end.
        ("grpc.keepalive_time_ms", _PING_SECONDS * 1000),
        ("grpc.keepalive_timeout_ms", _PONG_SECONDS * 1000),
        # Clients may ping every 10 s, with or without calls; a second less for their timers' sake.
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.min_ping_interval_without_data_ms", (_CLIENT_PING_SECONDS - 1) * 1000),
        ("grpc.http2.min_recv_ping_interval_without_data_ms", (_CLIENT_PING_SECONDS - 1) * 1000),
        # Clients connect anew now and then, so that new servers get their share. The grace has no
        # end by default: streams on the old connection live on.
        ("grpc.max_connection_age_ms", age),
    ]


def may_listen(settings: Settings) -> None:
    """StartRefused if a server could not listen; for one of several workers the port is reserved."""
    if settings.workers == 1:
        ports.may_listen(settings.listen)


def listen(grpc_server: grpc.aio.Server, settings: Settings) -> str:
    """Bind; the address with the port that was taken. StartRefused if it is in use."""
    may_listen(settings)
    address = settings.listen
    try:
        port = grpc_server.add_insecure_port(address)
    except RuntimeError as error:
        raise StartRefused(f"listen: cannot listen on {address}: {error}") from error
    host, _, asked = address.rpartition(":")
    return address if address.startswith(ports.UNIX) or asked != "0" else f"{host}:{port}"
