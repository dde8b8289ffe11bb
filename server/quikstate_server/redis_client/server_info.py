"""The reply to INFO as typed values. What a server does not report is 0 or empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quikstate_server.redis_client.connection.dial import Address

INFO_COMMAND = (
    "INFO", "server", "clients", "memory", "persistence", "stats", "replication", "keyspace", "commandstats",
)  # fmt: skip
"""The command whose reply `parse_server_info` reads."""
_COMMAND, _DATABASE, _REPLICA = "cmdstat_", "db", "slave"


@dataclass(frozen=True, slots=True)
class MemoryInfo:
    """INFO memory, in bytes."""

    used_bytes: int
    resident_bytes: int
    peak_bytes: int
    max_bytes: int
    eviction_policy: str
    fragmentation_ratio: float


@dataclass(frozen=True, slots=True)
class ClientsInfo:
    """INFO clients."""

    connected: int
    blocked: int
    max: int


@dataclass(frozen=True, slots=True)
class ReplicaInfo:
    """A replica, as its master describes it; `lag_seconds` is since the master last heard from it."""

    host: str
    port: int
    state: str
    lag_bytes: int
    lag_seconds: int

    @property
    def address(self) -> str:
        return str(Address(self.host, self.port))


@dataclass(frozen=True, slots=True)
class ReplicationInfo:
    """INFO replication: of a master its replicas, of a replica its `master` and the link to it."""

    role: str
    connected_replicas: int
    offset_bytes: int
    master: str
    master_link_up: bool


@dataclass(frozen=True, slots=True)
class PersistenceInfo:
    """INFO persistence."""

    loading: bool
    aof_enabled: bool
    aof_last_write_ok: bool
    rdb_last_save_ok: bool
    rdb_unsaved_changes: int


@dataclass(frozen=True, slots=True)
class StatsInfo:
    """INFO stats, since the server started."""

    commands: int
    commands_per_second: int
    connections: int
    rejected_connections: int
    expired_keys: int
    evicted_keys: int
    keyspace_hits: int
    keyspace_misses: int


@dataclass(frozen=True, slots=True)
class KeyspaceInfo:
    """One database of INFO keyspace."""

    database: int
    keys: int
    expiring_keys: int


@dataclass(frozen=True, slots=True)
class CommandInfo:
    """One command of INFO commandstats, since the server started."""

    command: str
    calls: int
    microseconds: int
    rejected_calls: int
    failed_calls: int


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """What INFO says of one server."""

    address: str
    product: str
    version: str
    uptime_seconds: int
    memory: MemoryInfo
    clients: ClientsInfo
    replication: ReplicationInfo
    persistence: PersistenceInfo
    stats: StatsInfo
    keyspaces: Sequence[KeyspaceInfo]
    commands: Sequence[CommandInfo]
    """Those that took most time first."""
    replicas: Sequence[ReplicaInfo]


class _Facts:
    """Lines `name:value`, read as numbers where they are some."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        self._facts = facts

    def text(self, name: str) -> str:
        return self._facts.get(name, "")

    def number(self, name: str) -> int:
        try:
            return int(self._facts.get(name, 0))
        except ValueError:
            return 0

    def ratio(self, name: str) -> float:
        try:
            return float(self._facts.get(name, 0))
        except ValueError:
            return 0.0

    def is_ok(self, name: str) -> bool:
        return self._facts.get(name, "ok") == "ok"

    def rows(self, prefix: str) -> Iterator[tuple[str, _Facts]]:
        """Yield the lines whose value is `name=value,…` and whose name begins so, by what follows in it."""
        for name, value in self._facts.items():
            if name.startswith(prefix) and "=" in value:
                pairs = (pair.partition("=") for pair in value.split(","))
                yield name.removeprefix(prefix), _Facts({key: text for key, _, text in pairs})


def parse_info(info: str) -> Mapping[str, str]:
    """Return the lines `name:value` of INFO."""
    lines = (line.partition(":") for line in info.splitlines() if not line.startswith("#"))
    return {name: value for name, colon, value in lines if colon}


def read_replicas(info: Mapping[str, str]) -> Sequence[ReplicaInfo]:
    """Return the replicas that a master names in these lines of INFO."""
    facts = _Facts(info)
    return [_replica(row, facts.number("master_repl_offset")) for _, row in facts.rows(_REPLICA)]


def parse_server_info(address: str, info: str) -> ServerInfo:
    """Return what a server says in its reply to INFO_COMMAND."""
    lines = parse_info(info)
    facts = _Facts(lines)
    is_valkey = bool(facts.text("valkey_version"))
    commands = [_command(name, row) for name, row in facts.rows(_COMMAND)]
    return ServerInfo(
        address,
        "valkey" if is_valkey else "redis",
        facts.text("valkey_version" if is_valkey else "redis_version"),
        facts.number("uptime_in_seconds"),
        _memory(facts),
        ClientsInfo(
            facts.number("connected_clients"), facts.number("blocked_clients"), facts.number("maxclients")
        ),
        _replication(facts),
        _persistence(facts),
        _stats(facts),
        [_keyspace(index, row) for index, row in facts.rows(_DATABASE) if index.isdecimal()],
        sorted(commands, key=lambda command: command.microseconds, reverse=True),
        read_replicas(lines),
    )


def _memory(facts: _Facts) -> MemoryInfo:
    return MemoryInfo(
        facts.number("used_memory"),
        facts.number("used_memory_rss"),
        facts.number("used_memory_peak"),
        facts.number("maxmemory"),
        facts.text("maxmemory_policy"),
        facts.ratio("mem_fragmentation_ratio"),
    )


def _replication(facts: _Facts) -> ReplicationInfo:
    is_replica = facts.text("role") == "slave"
    master = str(Address(facts.text("master_host"), facts.number("master_port"))) if is_replica else ""
    return ReplicationInfo(
        "replica" if is_replica else facts.text("role"),
        facts.number("connected_slaves"),
        facts.number("slave_repl_offset" if is_replica else "master_repl_offset"),
        master,
        facts.text("master_link_status") == "up",
    )


def _persistence(facts: _Facts) -> PersistenceInfo:
    return PersistenceInfo(
        facts.text("loading") == "1",
        facts.text("aof_enabled") == "1",
        facts.is_ok("aof_last_write_status"),
        facts.is_ok("rdb_last_bgsave_status"),
        facts.number("rdb_changes_since_last_save"),
    )


def _stats(facts: _Facts) -> StatsInfo:
    names = (
        "total_commands_processed",
        "instantaneous_ops_per_sec",
        "total_connections_received",
        "rejected_connections",
        "expired_keys",
        "evicted_keys",
        "keyspace_hits",
        "keyspace_misses",
    )
    return StatsInfo(*map(facts.number, names))


def _keyspace(index: str, row: _Facts) -> KeyspaceInfo:
    return KeyspaceInfo(int(index), row.number("keys"), row.number("expires"))


def _command(name: str, row: _Facts) -> CommandInfo:
    counts = (row.number(count) for count in ("calls", "usec", "rejected_calls", "failed_calls"))
    return CommandInfo(name, *counts)


def _replica(row: _Facts, offset: int) -> ReplicaInfo:
    lag_bytes = max(0, offset - row.number("offset"))
    return ReplicaInfo(
        row.text("ip"), row.number("port"), row.text("state"), lag_bytes, max(0, row.number("lag"))
    )
