"""The grpc.aio server: its options, and the one place it listens."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Sequence
from typing import Any, TypeAlias

import grpc
import grpc.aio

from quikstate_server.settings import Settings, StartRefused

_PING_SECONDS = 30
_PONG_SECONDS = 10
_CLIENT_PING_SECONDS = 10
_UNIX = "unix:"

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
        # With SO_REUSEPORT a second server would start on a port in use, and get half of the calls.
        ("grpc.so_reuseport", 0),
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


def listen(grpc_server: grpc.aio.Server, address: str) -> str:
    """Bind; the address with the port that was taken. StartRefused if it is in use."""
    try:
        _try(address)
        port = grpc_server.add_insecure_port(address)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StartRefused(f"listen: cannot listen on {address}: {reason}") from error
    host, _, asked = address.rpartition(":")
    return address if address.startswith(_UNIX) or asked != "0" else f"{host}:{port}"


def _try(address: str) -> None:
    """Raise what gRPC keeps to itself: why it cannot listen, and that a unix socket has a listener,
    whose path it would take over in silence."""
    if address.startswith(_UNIX):
        _try_unix(address.removeprefix(_UNIX))
        return
    host, _, port = address.rpartition(":")
    for family, kind, proto, _, where in socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        with socket.socket(family, kind, proto) as probe:
            # As gRPC does it: connections of a server before may linger.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            probe.bind(where)


def _try_unix(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(path) == 0:
            raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
