"""Checks whether a server can listen on an address: gRPC reports that late, or without a cause."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeAlias

from quikstate_server.settings import StartRefused

UNIX = "unix:"
_RESOLVE_SECONDS = 2.0

SocketAddress: TypeAlias = "tuple[socket.AddressFamily, object]"
"""A family, and an address in it as bind takes it."""


def resolve(host: str, port: int | str) -> list[Any]:
    """Return what getaddrinfo does, for binding; raise OSError for an invalid host or one not found in time.

    A resolver that does not answer blocks getaddrinfo for ten seconds and more. It runs on a daemon thread,
    which does not hold up the end of the process.
    """
    results: SimpleQueue[list[Any] | Exception] = SimpleQueue()

    def look_up() -> None:
        try:
            results.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE))
        except (OSError, UnicodeError) as error:
            results.put(error)

    Thread(target=look_up, daemon=True).start()
    try:
        result = results.get(timeout=_RESOLVE_SECONDS)
    except Empty:
        late = f"the host {host!r} could not be resolved within {_RESOLVE_SECONDS:g} s"
        raise OSError(errno.ETIMEDOUT, late) from None
    if isinstance(result, UnicodeError):
        raise OSError(errno.EINVAL, f"{host!r} is not a host name") from result
    if isinstance(result, Exception):
        raise result
    return result


def check_can_listen(address: str) -> None:
    """Raise StartRefused if a server cannot listen there, before anything else is started.

    It has the cause, which gRPC does not tell, and refuses a unix socket in use, which gRPC would take over.
    """
    try:
        if address.startswith(UNIX):
            _try_unix(address.removeprefix(UNIX))
        else:
            for probe in _on_each(address, _bind_alone):
                probe.close()
    except OSError as error:
        raise _refused(address, error) from error


def listening_sockets(address: str, *, shared: bool) -> tuple[str, list[socket.socket]]:
    """Bind to `address`; return it with the chosen port, and the sockets. Raise StartRefused if it is in use.

    `shared` is for workers, whose supervisor has a Reservation.
    """
    try:
        if address.startswith(UNIX):
            return address, [_bind_unix(address.removeprefix(UNIX))]
        sockets = _on_each(address, _bind_beside_reservation if shared else _bind_alone)
    except OSError as error:
        raise _refused(address, error) from error
    return _with_port(address, sockets), sockets


class Reservation:
    """Reserves host:port, until closed, for processes of this user that set SO_REUSEPORT.

    Its sockets do not listen, so that they get no connections.
    """

    def __init__(self, address: str) -> None:
        """Reserve it; raise StartRefused if it is in use, even by a process that would share it."""
        check_can_listen(address)
        try:
            self._sockets = _on_each(address, _bind_shared)
        except OSError as error:
            raise _refused(address, error) from error
        self.address = _with_port(address, self._sockets)
        """The address, with the port that was chosen for port 0."""

    def close(self) -> None:
        for reserved in self._sockets:
            reserved.close()


def _with_port(address: str, sockets: list[socket.socket]) -> str:
    host, _, port = address.rpartition(":")
    return f"{host}:{sockets[0].getsockname()[1]}" if port == "0" else address


def _refused(address: str, error: OSError) -> StartRefused:
    return StartRefused(f"listen: cannot listen on {address}: {error.strerror or error}")


def _on_each(address: str, bind: Callable[[SocketAddress], socket.socket]) -> list[socket.socket]:
    """Bind to all addresses of the host on one port; one of them suffices, but none may be in use."""
    host, _, port = address.rpartition(":")
    bound: list[socket.socket] = []
    failures = []
    for family, _, _, _, (ip, requested, *scope) in resolve(host.strip("[]"), port):
        taken = bound[0].getsockname()[1] if bound else requested
        try:
            bound.append(bind((family, (ip, taken, *scope))))
        except OSError as error:
            failures.append(error)
    in_use = [failure for failure in failures if failure.errno == errno.EADDRINUSE]
    if in_use or not bound:
        for bound_socket in bound:
            bound_socket.close()
        raise (in_use or failures)[0]
    return bound


def _bind_alone(address: SocketAddress) -> socket.socket:
    # As gRPC does: connections of an earlier server may linger.
    return _bind(address, socket.SO_REUSEADDR)


def _bind_shared(address: SocketAddress) -> socket.socket:
    """Bind in two steps. A process that sets SO_REUSEADDR, as gRPC does, could bind beside a socket that was
    bound with it and does not listen; without it no socket binds beside lingering connections of an earlier
    server."""
    with _bind(address, socket.SO_REUSEADDR, socket.SO_REUSEPORT) as first:
        family, _ = address
        return _bind((family, first.getsockname()), socket.SO_REUSEPORT)


def _bind_beside_reservation(address: SocketAddress) -> socket.socket:
    # As gRPC does: connections inherit the options, and must not hinder a later server when they linger.
    return _bind(address, socket.SO_REUSEADDR, socket.SO_REUSEPORT)


def _bind(address: SocketAddress, *options: int) -> socket.socket:
    family, socket_address = address
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        for option in options:
            bound.setsockopt(socket.SOL_SOCKET, option, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind(socket_address)  # type: ignore[arg-type] # what getaddrinfo gave
    except BaseException:
        bound.close()
        raise
    return bound


def _try_unix(path: str) -> None:
    if not Path(path).parent.is_dir():
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(path) == 0:
            raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))


def _bind_unix(path: str) -> socket.socket:
    """Bind in place of a socket that an earlier server has left behind."""
    _try_unix(path)
    if Path(path).is_socket():
        Path(path).unlink()
    bound = socket.socket(socket.AF_UNIX)
    bound.bind(path)
    return bound
