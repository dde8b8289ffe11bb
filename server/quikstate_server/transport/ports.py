"""Whether a server could listen somewhere: what gRPC finds too late, keeps to itself, or does not mind."""

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

Place: TypeAlias = "tuple[socket.AddressFamily, object]"
"""A family and an address of it, as bind takes it."""


def resolve(host: str, port: int | str) -> list[Any]:
    """What getaddrinfo says, for who wants to bind; OSError if the host is none, or is not known in time.

    A resolver that does not answer holds getaddrinfo up for ten seconds and more. The thread that is
    left with it then is a daemon, so that it does not hold up the end of the process too.
    """
    answers: SimpleQueue[list[Any] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=_RESOLVE_SECONDS)
    except Empty:
        late = f"no resolver knew the host {host!r} within {_RESOLVE_SECONDS:g} s"
        raise OSError(errno.ETIMEDOUT, late) from None
    if isinstance(answer, UnicodeError):
        raise OSError(errno.EINVAL, f"{host!r} is no host name") from answer
    if isinstance(answer, Exception):
        raise answer
    return answer


def may_listen(address: str) -> None:
    """StartRefused if a server could not listen there: found before anything else is started.

    It says what gRPC keeps to itself, and refuses a unix socket in use, which gRPC would take over.
    """
    try:
        if address.startswith(UNIX):
            _try_unix(address.removeprefix(UNIX))
        else:
            for probe in _on_each(address, _bind_alone):
                probe.close()
    except OSError as error:
        raise _refused(address, error) from error


class Reservation:
    """Keeps host:port for processes of this user that set SO_REUSEPORT, and from all others, until closed.

    Its sockets do not listen, so no connection comes to them.
    """

    def __init__(self, address: str) -> None:
        """StartRefused if anybody has it, those included who would share it."""
        may_listen(address)
        try:
            self._sockets = _on_each(address, _bind_shared)
        except OSError as error:
            raise _refused(address, error) from error
        self.address = address
        """With the port that was taken, if any would do."""
        host, _, port = address.rpartition(":")
        if port == "0":
            self.address = f"{host}:{self._sockets[0].getsockname()[1]}"

    def close(self) -> None:
        for reserved in self._sockets:
            reserved.close()


def _refused(address: str, error: OSError) -> StartRefused:
    return StartRefused(f"listen: cannot listen on {address}: {error.strerror or error}")


def _on_each(address: str, bind: Callable[[Place], socket.socket]) -> list[socket.socket]:
    """Bind to all that the host is, on one port; one of them will do, but none may be in use."""
    host, _, port = address.rpartition(":")
    bound: list[socket.socket] = []
    failures = []
    for family, _, _, _, (ip, given, *scope) in resolve(host.strip("[]"), port):
        taken = bound[0].getsockname()[1] if bound else given
        try:
            bound.append(bind((family, (ip, taken, *scope))))
        except OSError as error:
            failures.append(error)
    in_use = [failure for failure in failures if failure.errno == errno.EADDRINUSE]
    if in_use or not bound:
        for one in bound:
            one.close()
        raise (in_use or failures)[0]
    return bound


def _bind_alone(place: Place) -> socket.socket:
    # As gRPC does it: connections of a server before may linger.
    return _bind(place, socket.SO_REUSEADDR)


def _bind_shared(place: Place) -> socket.socket:
    """In two steps: whoever sets SO_REUSEADDR, as gRPC does, gets past a socket that had it as it was bound
    and does not listen; but without it no socket gets past the lingering connections of a server before."""
    with _bind(place, socket.SO_REUSEADDR, socket.SO_REUSEPORT) as first:
        family, _ = place
        return _bind((family, first.getsockname()), socket.SO_REUSEPORT)


def _bind(place: Place, *options: int) -> socket.socket:
    family, where = place
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        for option in options:
            made.setsockopt(socket.SOL_SOCKET, option, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(where)  # type: ignore[arg-type] # what getaddrinfo gave
    except BaseException:
        made.close()
        raise
    return made


def _try_unix(path: str) -> None:
    if not Path(path).parent.is_dir():
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    with socket.socket(socket.AF_UNIX) as probe:
        if probe.connect_ex(path) == 0:
            raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE))
