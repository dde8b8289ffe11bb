"""The download of the keys of an issuer: bounded in time and size, whatever the other end does."""

from __future__ import annotations

import asyncio
import socket
import urllib.request
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any

_MAX_BYTES = 1024 * 1024
_SECONDS = 5.0


async def download(url: str) -> bytes:
    """Return what is there; raise OSError or ValueError if it is too large, or takes too long."""
    opened: list[socket.socket] = []
    try:
        async with asyncio.timeout(_SECONDS):
            return await asyncio.to_thread(_read, url, opened)
    except HTTPException as error:
        raise ValueError(f"not a response of HTTP: {error!r}") from None
    finally:
        # A thread cannot be cancelled: without its connection it ends, even if the other end goes on and on.
        for each in opened:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _read(url: str, opened: list[socket.socket]) -> bytes:
    opener = urllib.request.build_opener(_NoRedirect, _Http(opened), _Https(opened))
    with opener.open(url, timeout=_SECONDS) as response:
        body: bytes = response.read(_MAX_BYTES + 1)
    if len(body) > _MAX_BYTES:
        raise ValueError(f"more than {_MAX_BYTES} bytes")
    return body


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Refuses redirects, which could lead to where nobody has proved who he is."""

    def redirect_request(self, *_: object) -> None:
        """Return nothing: the response is then an error."""


class _Http(urllib.request.HTTPHandler):
    def __init__(self, opened: list[socket.socket]) -> None:
        super().__init__()
        self._opened = opened

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_noting(HTTPConnection, self._opened), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, opened: list[socket.socket]) -> None:
        super().__init__()
        self._opened = opened

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_noting(HTTPSConnection, self._opened), req)


def _noting(kind: type[HTTPConnection], opened: list[socket.socket]) -> Any:
    """Return the kind of connection, which notes its socket: urllib forgets it before the body is read."""

    class Connection(kind):  # type: ignore[misc, valid-type] # mypy wants a class that it knows
        def connect(self) -> None:
            super().connect()
            opened.append(self.sock)

    return Connection
