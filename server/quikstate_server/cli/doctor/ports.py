"""Finds out whether an address can be listened on."""

from __future__ import annotations

import os
import socket
from contextlib import closing
from pathlib import Path

from quikstate_server.transport.ports import resolve


def listen_obstacle(address: str) -> str:
    """Return why no server can listen on `address`, host:port or unix:/path; "" if it is free."""
    try:
        if address.startswith("unix:"):
            return _unix_obstacle(Path(address.removeprefix("unix:").removeprefix("//")))
        host, port = _parts(address)
        family, _, _, _, socket_address = resolve(host, port)[0]
        with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(socket_address)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _unix_obstacle(path: Path) -> str:
    if not os.access(path.parent, os.W_OK):
        return f"cannot write in {path.parent}"
    with closing(socket.socket(socket.AF_UNIX)) as probe:
        if path.exists() and probe.connect_ex(str(path)) == 0:
            return "a server is listening on it"
    return ""


def _parts(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host.strip("[]"), int(port)
