"""Announces that a server is ready, with its address and a call to try."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from quikstate_server.logs import get_logger
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.inspection import RedisFinding, Severity
from quikstate_server.settings import Settings
from quikstate_server.transport.exposure import is_open_to_others

_EXAMPLE = '{"hits":[{"key":"hello","limit":{"limit":"3","window":"60s"}}]}'
_METHOD = "quikstate.v1.RateLimitService/CheckRateLimit"
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - where to call what listens there
_POLL_SECONDS = 0.05
_NOT_READY_AFTER_SECONDS = 1.0
"""Time that a start may take before `server.not_ready` is logged."""
_log = get_logger()


async def announce(
    settings: Settings,
    address: str,
    metrics_port: int | None,
    unready_reason: Callable[[], Awaitable[str]],
    stop: asyncio.Event,
) -> None:
    """Log `server.ready` and print an example call once the server is ready; return then, or at `stop`.

    `unready_reason` returns why it is not ready yet, which is logged if it lasts; "" if it is.
    """
    if is_open_to_others(settings, address):
        _log.warning("server.unauthenticated", what="anyone who can reach the address can call this server")
    redis = str(settings.redis_target or f"embedded, in {settings.data_dir}")
    facts = {"address": address, "redis": redis, "metrics_port": metrics_port}
    started_at, has_warned = monotonic(), False
    while reason := await unready_reason():
        if not has_warned and monotonic() - started_at >= _NOT_READY_AFTER_SECONDS:
            has_warned = True
            _log.warning("server.not_ready", why=reason, **facts)
            _print(settings, f"quikstate listens on {address} and is not ready: {reason}.\n\n")
        with suppress(TimeoutError):
            async with asyncio.timeout(_POLL_SECONDS):
                await stop.wait()
                return
    _log.info("server.ready", **facts)
    _print(settings, text(address, tls_flags(settings), credential_flags(settings)))


def unready_reason(redis_client: RedisClient, findings: Sequence[RedisFinding]) -> str:
    """Return why a server that is not ready is not."""
    if redis_client.router.is_down:
        return "the Redis cluster does not serve all keys"
    if not redis_client.is_available:
        return "Redis does not answer"
    if refusals := redis_client.write_refusals:
        return f"Redis refuses writes: {next(iter(refusals.values()))}"
    if not redis_client.subscriber.is_live:
        return "the subscription to Redis channels is down"
    if outages := [finding.what for finding in findings if finding.severity is Severity.OUTAGE]:
        return f"Redis cannot serve: {outages[0]}"
    if findings:
        return f"--strict is set and Redis could lose data: {', '.join(finding.name for finding in findings)}"
    return "Redis has not been inspected yet"


def _print(settings: Settings, what: str) -> None:
    if settings.log_format == "console":
        sys.stdout.write(what)
        sys.stdout.flush()


def text(address: str, tls: str = "", credential: str = "") -> str:
    return f"quikstate serves on {address}. Try it:\n\n  {first_call(address, tls, credential)}\n\n"


def tls_flags(settings: Settings) -> str:
    """Return the flags with which buf speaks TLS to the server, "" without it; the files are the reader's."""
    if settings.tls_cert_file is None:
        return ""
    return "--cacert ca.pem" + (" --cert client.pem --key client.key" if settings.tls_client_ca_file else "")


def credential_flags(settings: Settings) -> str:
    """Return the flags with which buf says who calls, "" where nobody asks; the token is the reader's.

    Reflection may be closed then, so that buf needs the protos.
    """
    return '--schema protos -H "authorization: Bearer $TOKEN"' if settings.auth else ""


def first_call(address: str, tls: str = "", credential: str = "") -> str:
    """Return a line for a shell that calls the server."""
    scheme, version = ("https", tls) if tls else ("http", "--http2-prior-knowledge")
    flags = f"{version} {credential}" if credential else version
    if address.startswith("unix:"):
        target = f"--unix-socket {address.removeprefix('unix:')} {scheme}://localhost"
    else:
        host, _, port = address.rpartition(":")
        target = f"{scheme}://{_WILDCARDS.get(host, host)}:{port}"
    return f"{_buf()} curl --protocol grpc {flags} -d '{_EXAMPLE}' {target}/{_METHOD}"


def _buf() -> str:
    """Return the path of this environment's buf, as a shell in this directory finds it."""
    installed = Path(sys.prefix, "bin", "buf")
    if not installed.exists():
        return "buf"
    here = Path.cwd()
    return str(installed.relative_to(here) if installed.is_relative_to(here) else installed)
