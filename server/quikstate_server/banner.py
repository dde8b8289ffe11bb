"""What a person sees who starts the server: where it is, and a call to try."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

import structlog

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.inspection import RedisFinding
from quikstate_server.settings import Settings

_EXAMPLE = '{"hits":[{"key":"hello","limit":{"limit":"3","window":"60s"}}]}'
_METHOD = "quikstate.v1.RateLimitService/CheckRateLimit"
_LOOPBACK = ("127.", "localhost", "[::1]", "unix:")
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - where to call what listens there
_LOOK_SECONDS = 0.05
_PATIENCE_SECONDS = 1.0
"""For what a start takes, before it is said that the server is not ready."""
_log = structlog.get_logger()


async def greet(
    settings: Settings,
    address: str,
    metrics_port: int | None,
    unready: Callable[[], Awaitable[str]],
    ended: asyncio.Event,
) -> None:
    """Say that the server is ready, in the log and to a person, once it is or has `ended`.

    `unready` says why it is not, which is told if it lasts.
    """
    if not is_private(address):
        _log.warning("server.open", what="there is no authentication: whoever reaches the address may call")
    redis = str(settings.redis_target or f"of our own, in {settings.data_dir}")
    facts = {"address": address, "redis": redis, "metrics_port": metrics_port}
    begun, told = monotonic(), False
    while why := await unready():
        if not told and monotonic() - begun >= _PATIENCE_SECONDS:
            told = True
            _log.warning("server.not_ready", why=why, **facts)
            _show(settings, f"quikstate listens on {address} and is not ready: {why}.\n\n")
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_SECONDS):
                await ended.wait()
                return
    _log.info("server.ready", **facts)
    _show(settings, text(address))


def why_unready(redis_client: RedisClient, findings: Sequence[RedisFinding]) -> str:
    """Why a server that is not ready is not."""
    if not redis_client.is_available:
        return "Redis does not answer"
    if not redis_client.accepts_writes:
        return "Redis takes no writes"
    if not redis_client.subscriber.is_live:
        return "Redis's pub/sub is not heard"
    if findings:
        return f"it is strict, and of Redis was found: {', '.join(finding.name for finding in findings)}"
    return "Redis was not inspected yet"


def _show(settings: Settings, what: str) -> None:
    if settings.log_format == "console":
        sys.stdout.write(what)
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
