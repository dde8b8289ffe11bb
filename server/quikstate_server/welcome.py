"""What a person sees who starts the server: where it is, and a call to try."""

from __future__ import annotations

import sys
from pathlib import Path

_EXAMPLE = '{"hits":[{"key":"hello","limit":{"limit":"3","window":"60s"}}]}'
_METHOD = "quikstate.v1.RateLimitService/CheckRateLimit"
_LOOPBACK = ("127.", "localhost", "[::1]", "unix:")
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - where to call what listens there


def text(address: str) -> str:
    return f"quikstate serves on {address}. Try it:\n\n  {first_call(address)}\n\n"


def first_call(address: str) -> str:
    """One line for a shell."""
    if address.startswith("unix:"):
        target = f"--unix-socket {address.removeprefix('unix:')} http://localhost"
    else:
        host, _, port = address.rpartition(":")
        target = f"http://{_EVERYWHERE.get(host, host)}:{port}"
    return f"{_buf()} curl --protocol grpc --http2-prior-knowledge -d '{_EXAMPLE}' {target}/{_METHOD}"


def is_private(address: str) -> bool:
    """True if only this machine reaches it."""
    return address.startswith(_LOOPBACK)


def _buf() -> str:
    """The buf of the environment that runs us, as a shell in this directory names it."""
    installed = Path(sys.prefix, "bin", "buf")
    if not installed.exists():
        return "buf"
    here = Path.cwd()
    return str(installed.relative_to(here) if installed.is_relative_to(here) else installed)
