"""What a person sees who starts the server: where it is, and a call to try."""

from __future__ import annotations

import sys
from pathlib import Path

import structlog

from quikstate_server.settings import Settings

_EXAMPLE = '{"hits":[{"key":"hello","limit":{"limit":"3","window":"60s"}}]}'
_METHOD = "quikstate.v1.RateLimitService/CheckRateLimit"
_LOOPBACK = ("127.", "localhost", "[::1]", "unix:")
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - where to call what listens there
_log = structlog.get_logger()


def greet(settings: Settings, address: str, metrics_port: int | None) -> None:
    """Say that the server is ready: in the log, and to a person."""
    redis = settings.redis_target or f"of our own, in {settings.data_dir}"
    _log.info("server.ready", address=address, redis=str(redis), metrics_port=metrics_port)
    if not is_private(address):
        _log.warning("server.open", what="there is no authentication: whoever reaches the address may call")
    if settings.log_format == "console":
        sys.stdout.write(text(address))
        sys.stdout.flush()


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
