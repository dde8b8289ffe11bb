"""The checks of `quikstate doctor`, a function a subject."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator

from quikstate_server.cli.common.server_target import ServerTarget, own_server
from quikstate_server.cli.doctor.access_checks import check_access
from quikstate_server.cli.doctor.check import Check, CheckState
from quikstate_server.cli.doctor.ports import listen_obstacle
from quikstate_server.cli.server import ping
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.rate_limit import policy_file
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.factory import (
    check_connection,
    create_cache_redis_client,
    join_redis_client,
)
from quikstate_server.redis_client.inspection import (
    HARMLESS_FOR_A_CACHE,
    RedisFinding,
    Severity,
    inspect_redis,
)
from quikstate_server.redis_client.replies import ReplyError
from quikstate_server.settings import Settings, StartRefused
from quikstate_server.settings.yaml_model import InvalidFile

_HEALTH_SECONDS = 2.0


async def redis(settings: Settings) -> list[Check]:
    """Check that Redis answers and cannot lose data; likewise the cache's Redis, if it has its own."""
    where = str(settings.redis_target or f"embedded, in {settings.data_dir}")
    rows = await _rows("redis", where, _check_redis(settings, "redis", where, join_redis_client(settings)))
    if cache := create_cache_redis_client(settings):
        where = str(settings.cache_redis_target)
        rows += await _rows("cache_redis", where, _check_redis(settings, "cache_redis", where, cache))
    return rows


async def _rows(name: str, where: str, checks: AsyncIterator[Check]) -> list[Check]:
    try:
        return [check async for check in checks]
    except StartRefused as refused:
        return [Check(name, CheckState.FAIL, line) for line in refused.lines]
    except (QuikstateError, ReplyError) as error:
        cause = f": {error.__cause__}" if error.__cause__ else ""
        return [Check(name, CheckState.FAIL, f"{where}: {error}{cause}", f"see {name}_url")]


async def _check_redis(
    settings: Settings, name: str, where: str, redis_client: RedisClient
) -> AsyncIterator[Check]:
    is_cache = name == "cache_redis"
    ignored = HARMLESS_FOR_A_CACHE if is_cache else ()
    min_replicas = 0 if is_cache else settings.redis.min_replicas
    await check_connection(settings, settings.cache_redis_target if is_cache else None)
    await redis_client.start()
    try:
        await inspect_redis(redis_client)  # the first command waits for a connection
        started_at = time.monotonic()
        inspection = await inspect_redis(redis_client, ignored, min_replicas)
        milliseconds = (time.monotonic() - started_at) * 1_000
    finally:
        await redis_client.close()
    release = inspection.release or "a server of unknown release"
    yield Check(name, CheckState.OK, f"{release} ({where}) answers in {milliseconds:.1f} ms")
    for finding in inspection.findings:
        yield _of_finding(name, finding, strict=settings.strict and not is_cache)


def _of_finding(name: str, finding: RedisFinding, *, strict: bool) -> Check:
    fails = strict or finding.severity is not Severity.LOSS
    return Check(
        f"{name} {finding.name}", CheckState.FAIL if fails else CheckState.WARN, finding.what, finding.remedy
    )


def ports(settings: Settings, client: ServerTarget) -> Iterator[Check]:
    """Check that a server can listen on the addresses, or that a quikstate server does.

    That one is called with the credentials of `client`.
    """
    obstacle = listen_obstacle(settings.listen)
    is_ours = bool(obstacle) and _is_quikstate(settings, client)
    if obstacle and not is_ours and _needs_certificate(settings, client):
        what = f"{settings.listen} is in use, perhaps by a quikstate server: it asks for a client certificate"
        remedy = "set QUIKSTATE_CLIENT_CERT_FILE and QUIKSTATE_CLIENT_KEY_FILE"
        yield Check("listen", CheckState.WARN, what, remedy)
    else:
        yield _port("listen", settings.listen, obstacle, is_ours=is_ours)
    if settings.metrics_listen:
        obstacle = listen_obstacle(settings.metrics_listen)
        yield _port("metrics_listen", settings.metrics_listen, obstacle, is_ours=is_ours)


def _is_quikstate(settings: Settings, client: ServerTarget) -> bool:
    """Return True if a quikstate server answers, even one that asks who calls."""
    server = own_server(settings.listen, settings.tls_cert_file, client)
    return ping.check(server, "liveness", _HEALTH_SECONDS).status in (ping.SERVING, ping.UNAUTHENTICATED)


def _needs_certificate(settings: Settings, client: ServerTarget) -> bool:
    """Return True if a server with these settings would not answer this client."""
    is_required = settings.tls_client_ca_file and settings.tls_client_auth == "require"
    return bool(is_required) and not (client.tls and client.tls.cert_file)


def _port(name: str, address: str, obstacle: str, *, is_ours: bool) -> Check:
    if not obstacle:
        return Check(name, CheckState.OK, f"{address} is free")
    if is_ours:
        return Check(name, CheckState.OK, f"{address} is in use, and a quikstate server is running")
    return Check(name, CheckState.FAIL, f"cannot listen on {address}: {obstacle}", f"choose another {name}")


def files(settings: Settings) -> Iterator[Check]:
    """Check the files that the settings name, and who could reach the server."""
    yield from check_access(settings)
    if settings.policies is None:
        yield Check("policies", CheckState.OK, "no policy file is set")
        return
    try:
        rules = policy_file.read_policy_file(settings.policies, settings.limits)
    except InvalidFile as error:
        yield Check("policies", CheckState.FAIL, str(error))
    else:
        yield Check("policies", CheckState.OK, f"{settings.policies}: {len(rules)} loaded")
