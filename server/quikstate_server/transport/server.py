"""The grpc.aio server: its options, and the one place it listens."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Sequence
from pathlib import Path
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
        # Of calls that wait for their turn gRPC drops some above 1,000, and their callers are told CANCELLED:
        # a thousand streams that come back at once, after another server's end, are no fault of theirs.
        ("grpc.server.max_pending_requests", limits.max_calls + limits.max_streams),
        ("grpc.server.max_pending_requests_hard_limit", limits.max_calls + limits.max_streams),
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


def may_listen(address: str) -> None:
    """StartRefused if a server could not listen there: found before anything else is started.

    It says what gRPC keeps to itself, and refuses a unix socket in use, which gRPC would take over.
    """
    try:
        if address.startswith(_UNIX):
            _try_unix(address.removeprefix(_UNIX))
        else:
            _try_tcp(*address.rsplit(":", 1))
    except OSError as error:
        raise StartRefused(f"listen: cannot listen on {address}: {error.strerror}") from error


def listen(grpc_server: grpc.aio.Server, address: str) -> str:
    """Bind; the address with the port that was taken. StartRefused if it is in use."""
    may_listen(address)
    try:
        port = grpc_server.add_insecure_port(address)
    except RuntimeError as error:
        raise StartRefused(f"listen: cannot listen on {address}: {error}") from error
    host, _, asked = address.rpartition(":")
    return address if address.startswith(_UNIX) or asked != "0" else f"{host}:{port}"


def _try_tcp(host: str, port: str) -> None:
    """Bind to all that the host is; one of them will do, but none may be in use."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    failures = []
    for family, kind, proto, _, where in found:
        with socket.socket(family, kind, proto) as probe:
            # As gRPC does it: connections of a server before may linger.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            try:
                probe.bind(where)
            except OSError as error:
                failures.append(error)
    taken = [failure for failure in failures if failure.errno == errno.EADDRINUSE]
    if taken or len(failures) == len(found):
        raise (taken or failures)[0]


def _try_unix(path: str) -> None:
    if not Path(path).parent.is_dir():
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(path) == 0:
            raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
