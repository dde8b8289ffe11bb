"""Whether Redis keeps what it is given: what could be evicted, lost or refused, read from INFO.

Never from CONFIG, which the least access that the server needs does not include.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.embedded.binaries import FLOOR, Release


class Severity(Enum):
    """What a finding costs."""

    UNUSABLE = "unusable"
    """Calls fail."""
    LOSS = "loss"
    """Sessions, revoked tokens, locks or queues may vanish while they are relied on."""


@dataclass(frozen=True, slots=True)
class RedisFinding:
    """`name` is short and stable, for a metric's label."""

    name: str
    severity: Severity
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RedisInspection:
    """What Redis says of itself, and what to think of it."""

    release: Release
    findings: tuple[RedisFinding, ...]
    loading: bool = False
    """A server still loads its data: INFO then says that it keeps none, whatever it is told to do."""
    write_failed: bool = False
    """A server could not write its file the last time, so it may refuse what writes, by its settings."""


HARMLESS_FOR_A_CACHE = frozenset({"eviction", "persistence"})
"""The findings that mean nothing where there are only copies."""


async def inspect_redis(redis_client: RedisClient, ignored: Collection[str] = ()) -> RedisInspection:
    """Ask the Redis in use, every node of it; raises what any command does. `ignored` findings are none."""
    replies = await redis_client.ask_each("INFO")
    nodes = {name: parse(reply.decode()) for name, reply in replies.items() if isinstance(reply, bytes)}
    if not nodes:
        raise RedisUnavailable("Redis did not answer INFO")
    found: dict[str, RedisFinding] = {}
    for name, facts in nodes.items():
        for finding in findings(facts):
            what = f"{name}: {finding.what}" if len(nodes) > 1 else finding.what
            if finding.name not in ignored:
                found.setdefault(finding.name, replace(finding, what=what))
    oldest = min(map(_release, nodes.values()), key=lambda release: release.version)
    loading, write_failed = (any(map(say, nodes.values())) for say in (_loads, _write_failed))
    return RedisInspection(oldest, tuple(found.values()), loading, write_failed)


def parse(info: str) -> Mapping[str, str]:
    """INFO's lines `name:value`."""
    lines = (line.partition(":") for line in info.splitlines() if not line.startswith("#"))
    return {name: value for name, colon, value in lines if colon}


def findings(facts: Mapping[str, str]) -> Iterator[RedisFinding]:
    """What is wrong, the worst first."""
    version = facts.get("redis_version", "0")
    if _numbers(version)[:2] < FLOOR:
        yield RedisFinding(
            "version",
            Severity.UNUSABLE,
            f"Redis {version} is older than {'.'.join(map(str, FLOOR))}, which scripts need",
            "upgrade it; Valkey does too",
        )
    if facts.get("role") == "slave":
        yield RedisFinding(
            "replica",
            Severity.UNUSABLE,
            f"it is a replica of {facts.get('master_host')}:{facts.get('master_port')} and refuses writes",
            "set redis_url to its master",
        )
    yield from _evictions(facts)
    if not _loads(facts):
        yield from _losses(facts)


def _evictions(facts: Mapping[str, str]) -> Iterator[RedisFinding]:
    policy = facts.get("maxmemory_policy", "noeviction")
    if policy != "noeviction" and facts.get("maxmemory", "0") != "0":
        yield RedisFinding(
            "eviction",
            Severity.LOSS,
            f"maxmemory-policy {policy} evicts live sessions, locks and limits when memory is full",
            "set maxmemory-policy noeviction; a cache belongs into a Redis of its own",
        )


def _losses(facts: Mapping[str, str]) -> Iterator[RedisFinding]:
    if facts.get("aof_enabled") == "0":
        changes = facts.get("rdb_changes_since_last_save", "unknown")
        yield RedisFinding(
            "persistence",
            Severity.LOSS,
            f"appendonly is off: a restart now would lose changes, {changes} of them, on its replicas too",
            "set appendonly yes",
        )
    elif facts.get("aof_last_write_status", "ok") != "ok":
        yield RedisFinding(
            "aof_write",
            Severity.LOSS,
            "its last write to the append-only file failed, and it refuses writes until one succeeds",
            "free space on its disk",
        )


def _loads(facts: Mapping[str, str]) -> bool:
    return facts.get("loading") == "1"


def _write_failed(facts: Mapping[str, str]) -> bool:
    statuses = "aof_last_write_status", "rdb_last_bgsave_status"
    return any(facts.get(status, "ok") != "ok" for status in statuses)


def _release(facts: Mapping[str, str]) -> Release:
    """Valkey calls itself Redis 7.2.4 too, for the sake of old clients."""
    if version := facts.get("valkey_version"):
        return Release("valkey", _numbers(version))
    return Release("redis", _numbers(facts.get("redis_version", "0")))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
