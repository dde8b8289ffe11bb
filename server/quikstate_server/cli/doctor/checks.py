"""What `quikstate doctor` looks at, a function a subject."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from enum import Enum

from quikstate_server.banner import is_private
from quikstate_server.cli.doctor.ports import why_not
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

_HEALTH_SECONDS = 2.0


class State(Enum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One row: what was looked at, how it is, and what to do where it is not well."""

    name: str
    state: State
    what: str
    remedy: str = ""


async def redis(settings: Settings) -> list[Check]:
    """Whether Redis answers, and keeps what it is given; and that of the cache, if it has one of its own."""
    where = str(settings.redis_target or f"our own, in {settings.data_dir}")
    rows = await _rows("redis", where, _ask(settings, "redis", where, join_redis_client(settings)))
    if cache := create_cache_redis_client(settings):
        where = str(settings.cache_redis_target)
        rows += await _rows("cache_redis", where, _ask(settings, "cache_redis", where, cache))
    return rows


async def _rows(name: str, where: str, checks: AsyncIterator[Check]) -> list[Check]:
    try:
        return [check async for check in checks]
    except StartRefused as refused:
        return [Check(name, State.FAIL, line) for line in refused.lines]
    except (QuikstateError, ReplyError) as error:
        cause = f": {error.__cause__}" if error.__cause__ else ""
        return [Check(name, State.FAIL, f"{where}: {error}{cause}", f"see {name}_url")]


async def _ask(settings: Settings, name: str, where: str, redis_client: RedisClient) -> AsyncIterator[Check]:
    of_cache = name == "cache_redis"
    ignored = HARMLESS_FOR_A_CACHE if of_cache else ()
    await check_connection(settings, settings.cache_redis_target if of_cache else None)
    await redis_client.start()
    try:
        await inspect_redis(redis_client)  # the first command waits for a connection
        began = time.monotonic()
        inspection = await inspect_redis(redis_client, ignored)
        took = (time.monotonic() - began) * 1_000
    finally:
        await redis_client.close()
    yield Check(name, State.OK, f"{inspection.release} ({where}) answers in {took:.1f} ms")
    if inspection.is_loading:
        what = "it still loads its data, so what it could lose cannot be told yet"
        yield Check(f"{name} loading", State.WARN, what, "ask again once it has")
    elif not redis_client.accepts_writes:
        what = "it answers, and refuses all that writes"
        yield Check(f"{name} writes", State.FAIL, what, "see its log: a full disk, missing replicas, …")
    for finding in inspection.findings:
        yield _of_finding(name, finding, strict=settings.strict and not of_cache)


def _of_finding(name: str, finding: RedisFinding, *, strict: bool) -> Check:
    fails = strict or finding.severity is Severity.UNUSABLE
    return Check(f"{name} {finding.name}", State.FAIL if fails else State.WARN, finding.what, finding.remedy)


def ports(settings: Settings) -> Iterator[Check]:
    """Whether a server could listen, or one of ours does."""
    taken = why_not(settings.listen)
    ours = bool(taken) and ping.ask(settings.listen, "liveness", _HEALTH_SECONDS).status == ping.SERVING
    yield _port("listen", settings.listen, taken, ours=ours)
    if not is_private(settings.listen):
        what = f"there is none: whoever reaches {settings.listen} may call"
        yield Check("authentication", State.WARN, what)
    if settings.metrics_listen:
        yield _port("metrics_listen", settings.metrics_listen, why_not(settings.metrics_listen), ours=ours)


def _port(name: str, address: str, taken: str, *, ours: bool) -> Check:
    if not taken:
        return Check(name, State.OK, f"{address} is free")
    if ours:
        return Check(name, State.OK, f"{address} is in use, and a quikstate server is running")
    return Check(name, State.FAIL, f"cannot listen on {address}: {taken}", f"choose another {name}")


def files(settings: Settings) -> Iterator[Check]:
    """Whether the files that the settings name can be read."""
    if settings.policies is None:
        yield Check("policies", State.OK, "no policy file is set")
        return
    try:
        rules = policy_file.read_policy_file(settings.policies, settings.limits)
    except policy_file.InvalidPolicyFile as error:
        yield Check("policies", State.FAIL, str(error))
    else:
        yield Check("policies", State.OK, f"{settings.policies} has {len(rules)}")
