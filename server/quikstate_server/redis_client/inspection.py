"""Inspects Redis for what it could evict, lose or refuse, by INFO.

CONFIG is never read: the least privileges that the server needs do not include it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.embedded.binaries import MIN_VERSION, Release
from quikstate_server.redis_client.replies import ReplyError


class Severity(Enum):
    """The consequence of a finding."""

    UNUSABLE = "unusable"
    """Calls fail."""
    LOSS = "loss"
    """Sessions, revoked tokens, locks or queues may vanish while callers rely on them."""


@dataclass(frozen=True, slots=True)
class RedisFinding:
    """Something wrong with Redis. `name` is short and stable, for a metric's label."""

    name: str
    severity: Severity
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RedisInspection:
    """The release of Redis, None where it may not be read, and what is wrong with it."""

    release: Release | None
    findings: tuple[RedisFinding, ...]
    is_loading: bool = False
    """A server still loads its data: INFO then reports that it keeps none, whatever its settings are."""
    has_failed_write: bool = False
    """A server could not write its file the last time, so it may refuse writes, depending on its settings."""


_UNINSPECTED = RedisFinding(
    "uninspected",
    Severity.LOSS,
    "this user may not run INFO, so it is not known whether Redis could evict or lose data",
    "give it the rights that `quikstate redis-acl` prints",
)
HARMLESS_FOR_A_CACHE = frozenset({"eviction", "persistence"})
"""The findings that are harmless in a Redis that holds only a cache."""


async def inspect_redis(redis_client: RedisClient, ignored: Collection[str] = ()) -> RedisInspection:
    """Inspect every node of Redis, and leave out the findings in `ignored`. Raises as any command does.

    It is a finding too that this user may not inspect Redis.
    """
    try:
        replies = await redis_client.ask_each("INFO")
    except ReplyError as error:
        if error.code != "NOPERM":
            raise
        return RedisInspection(None, (_UNINSPECTED,))
    nodes = {name: parse_info(reply.decode()) for name, reply in replies.items() if isinstance(reply, bytes)}
    if not nodes:
        raise RedisUnavailable("Redis did not answer INFO")
    unique: dict[str, RedisFinding] = {}
    for name, facts in nodes.items():
        for finding in find_problems(facts):
            what = f"{name}: {finding.what}" if len(nodes) > 1 else finding.what
            if finding.name not in ignored:
                unique.setdefault(finding.name, replace(finding, what=what))
    oldest = min(map(_release, nodes.values()), key=lambda release: release.version)
    return RedisInspection(
        oldest,
        tuple(unique.values()),
        is_loading=any(map(_is_loading, nodes.values())),
        has_failed_write=any(map(_has_failed_write, nodes.values())),
    )


def parse_info(info: str) -> Mapping[str, str]:
    """Return the lines `name:value` of INFO."""
    lines = (line.partition(":") for line in info.splitlines() if not line.startswith("#"))
    return {name: value for name, colon, value in lines if colon}


def find_problems(facts: Mapping[str, str]) -> Iterator[RedisFinding]:
    """Yield what is wrong, the worst first."""
    version = facts.get("redis_version", "0")
    if _numbers(version)[:2] < MIN_VERSION:
        yield RedisFinding(
            "version",
            Severity.UNUSABLE,
            f"Redis {version} is older than {'.'.join(map(str, MIN_VERSION))}, which scripts need",
            "upgrade to Redis 7.0 or newer, or to Valkey",
        )
    if facts.get("role") == "slave":
        yield RedisFinding(
            "replica",
            Severity.UNUSABLE,
            f"it is a replica of {facts.get('master_host')}:{facts.get('master_port')} and refuses writes",
            "set redis_url to its master",
        )
    yield from _evictions(facts)
    if not _is_loading(facts):
        yield from _losses(facts)


def _evictions(facts: Mapping[str, str]) -> Iterator[RedisFinding]:
    policy = facts.get("maxmemory_policy", "noeviction")
    if policy != "noeviction" and facts.get("maxmemory", "0") != "0":
        yield RedisFinding(
            "eviction",
            Severity.LOSS,
            f"maxmemory-policy {policy} evicts live sessions, locks and limits when memory is full",
            "set maxmemory-policy noeviction; put the cache into a Redis of its own",
        )


def _losses(facts: Mapping[str, str]) -> Iterator[RedisFinding]:
    if facts.get("aof_enabled") == "0":
        changes = facts.get("rdb_changes_since_last_save", "unknown")
        yield RedisFinding(
            "persistence",
            Severity.LOSS,
            f"appendonly is off: a restart would lose the changes since the last save ({changes})"
            ", on its replicas too",
            "set appendonly yes",
        )
    elif facts.get("aof_last_write_status", "ok") != "ok":
        yield RedisFinding(
            "aof_write",
            Severity.LOSS,
            "its last write to the append-only file failed, and it refuses writes until one succeeds",
            "free space on its disk",
        )


def _is_loading(facts: Mapping[str, str]) -> bool:
    return facts.get("loading") == "1"


def _has_failed_write(facts: Mapping[str, str]) -> bool:
    statuses = "aof_last_write_status", "rdb_last_bgsave_status"
    return any(facts.get(status, "ok") != "ok" for status in statuses)


def _release(facts: Mapping[str, str]) -> Release:
    """Return the release. Valkey reports itself as Redis 7.2.4 too, for the sake of old clients."""
    if version := facts.get("valkey_version"):
        return Release("valkey", _numbers(version))
    return Release("redis", _numbers(facts.get("redis_version", "0")))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
