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
from quikstate_server.redis_client.server_info import parse_info, read_replicas

_MAX_LAG_SECONDS = 5
"""A replica that has acknowledged nothing for longer is out of reach; it does so once a second."""


class Severity(Enum):
    """The consequence of a finding."""

    UNUSABLE = "unusable"
    """Calls fail."""
    LOSS = "loss"
    """Sessions, revoked tokens, locks or queues may vanish while callers rely on them."""
    OUTAGE = "outage"
    """Calls fail for now, by no fault of a setting."""


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
    replicas: int = 0
    """The replicas in reach of the master that has the fewest."""
    replica_lag_seconds: float = 0.0
    """The longest time since a replica acknowledged what it has."""
    memory_used_ratio: float = 0.0
    """The largest share of maxmemory in use; 0 where it is not limited."""


_UNINSPECTED = RedisFinding(
    "uninspected",
    Severity.LOSS,
    "this user may not run INFO, so it is not known whether Redis could evict or lose data",
    "give it the rights that `quikstate redis-acl` prints",
)
CLUSTER_DOWN = RedisFinding(
    "cluster_down",
    Severity.OUTAGE,
    "the cluster does not serve all keys: its state is fail, or no master has some of the slots",
    "start the masters that are missing, or their replicas; see CLUSTER INFO and CLUSTER NODES",
)
FINDING_NAMES = (
    *("version", "replica", "eviction", "persistence", "aof_write", "uninspected"),
    *("loading", "save", "too_few_replicas", "refuses_writes", "cluster_down"),
)
"""Every name that a finding can have."""
HARMLESS_FOR_A_CACHE = frozenset({"eviction", "persistence"})
"""The findings that are harmless in a Redis that holds only a cache."""


async def inspect_redis(
    redis_client: RedisClient, ignored: Collection[str] = (), min_replicas: int = 0
) -> RedisInspection:
    """Inspect every node of Redis, and leave out the findings in `ignored`. Raises as any command does.

    It is a finding too that this user may not inspect Redis, and that a master has fewer than `min_replicas`.
    """
    try:
        replies = await redis_client.ask_each("INFO")
    except ReplyError as error:
        if error.code != "NOPERM":
            raise
        return RedisInspection(None, (_UNINSPECTED,))
    except RedisUnavailable:
        if redis_client.router.is_down:
            return RedisInspection(None, (CLUSTER_DOWN,))
        raise
    nodes = {name: parse_info(reply.decode()) for name, reply in replies.items() if isinstance(reply, bytes)}
    if not nodes:
        raise RedisUnavailable("Redis did not answer INFO")
    refusals = redis_client.write_refusals
    unique: dict[str, RedisFinding] = {}
    for name, facts in nodes.items():
        for finding in (*find_problems(facts, min_replicas), *_refusals(facts, refusals.get(name))):
            what = f"{name}: {finding.what}" if len(nodes) > 1 else finding.what
            if finding.name not in ignored:
                unique.setdefault(finding.name, replace(finding, what=what))
    if redis_client.router.is_down:
        unique["cluster_down"] = CLUSTER_DOWN
    oldest = min(map(_release, nodes.values()), key=lambda release: release.version)
    return RedisInspection(
        oldest,
        tuple(unique.values()),
        replicas=min(map(_replicas_in_reach, nodes.values())),
        replica_lag_seconds=max((lag for facts in nodes.values() for lag in _replica_lags(facts)), default=0),
        memory_used_ratio=max(map(_memory_used_ratio, nodes.values())),
    )


def find_problems(facts: Mapping[str, str], min_replicas: int = 0) -> Iterator[RedisFinding]:
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
    if facts.get("loading") == "1":  # INFO reports meanwhile that it keeps no data, whatever its settings are
        yield RedisFinding(
            "loading", Severity.OUTAGE, "it is loading its data, and refuses calls until it has", "wait"
        )
        return
    yield from _losses(facts)
    in_reach = _replicas_in_reach(facts)
    if in_reach < min_replicas:
        what = f"{in_reach} of its replicas are in reach, and redis.min_replicas is {min_replicas}"
        yield _too_few_replicas(what)


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
            Severity.UNUSABLE,
            "its last write to the append-only file failed, and it refuses writes until one succeeds",
            "free space on its disk",
        )


def _too_few_replicas(what: str) -> RedisFinding:
    return RedisFinding(
        "too_few_replicas", Severity.OUTAGE, what, "look at the replicas: their logs, disks and networks"
    )


def _refusals(facts: Mapping[str, str], refusal: ReplyError | None) -> Iterator[RedisFinding]:
    """Yield why a server refuses writes, unless INFO has told already."""
    code = refusal.code if refusal else ""
    if code == "MISCONF" and facts.get("rdb_last_bgsave_status", "ok") != "ok":
        what = "its last save failed, and it refuses writes until one succeeds"
        yield RedisFinding("save", Severity.UNUSABLE, what, "free space on its disk, then run BGSAVE")
    elif code == "NOREPLICAS":
        yield _too_few_replicas("it has fewer replicas in reach than its min-replicas-to-write")
    elif refusal and code not in ("LOADING", "MISCONF", "READONLY"):
        what = f"it refuses writes: {refusal}"
        yield RedisFinding("refuses_writes", Severity.UNUSABLE, what, "see its log")


def _replica_lags(facts: Mapping[str, str]) -> list[int]:
    """Return the seconds since each replica that is in step acknowledged something."""
    return [replica.lag_seconds for replica in read_replicas(facts) if replica.state == "online"]


def _replicas_in_reach(facts: Mapping[str, str]) -> int:
    return sum(lag <= _MAX_LAG_SECONDS for lag in _replica_lags(facts))


def _memory_used_ratio(facts: Mapping[str, str]) -> float:
    limit = int(facts.get("maxmemory", "0"))
    return int(facts.get("used_memory", "0")) / limit if limit else 0.0


def _release(facts: Mapping[str, str]) -> Release:
    """Return the release. Valkey reports itself as Redis 7.2.4 too, for the sake of old clients."""
    if version := facts.get("valkey_version"):
        return Release("valkey", _numbers(version))
    return Release("redis", _numbers(facts.get("redis_version", "0")))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
