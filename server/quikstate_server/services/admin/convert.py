"""Conversions between AdminService's messages and what the primitives and the Redis client return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from quikstate.v1.admin_pb2 import (
    REDIS_FINDING_SEVERITY_LOSS,
    REDIS_FINDING_SEVERITY_OUTAGE,
    REDIS_FINDING_SEVERITY_UNUSABLE,
    REDIS_MODE_CLUSTER,
    REDIS_MODE_EMBEDDED,
    REDIS_MODE_SENTINEL,
    REDIS_MODE_STANDALONE,
    DeleteUserResponse,
    RedisClientsInfo,
    RedisCommandInfo,
    RedisFinding,
    RedisKeyspaceInfo,
    RedisMemoryInfo,
    RedisPersistenceInfo,
    RedisReplica,
    RedisReplicationInfo,
    RedisSentinel,
    RedisServerInfo,
    RedisShard,
    RedisStatsInfo,
    RedisTopology,
    SettingInfo,
    SlotRange,
)
from quikstate_server.primitives.user_deletion import DeletedUser
from quikstate_server.redis_client import inspection
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.inspection import Severity
from quikstate_server.redis_client.server_info import CommandInfo, ReplicaInfo, ServerInfo
from quikstate_server.redis_client.topology import KnownMaster, KnownSentinel, KnownTopology, RedisMode
from quikstate_server.services.common.protobuf_time import (
    microseconds_to_duration,
    microseconds_to_timestamp,
    seconds_to_duration,
)
from quikstate_server.settings import ShownSetting

_MODES = {
    RedisMode.STANDALONE: REDIS_MODE_STANDALONE,
    RedisMode.EMBEDDED: REDIS_MODE_EMBEDDED,
    RedisMode.SENTINEL: REDIS_MODE_SENTINEL,
    RedisMode.CLUSTER: REDIS_MODE_CLUSTER,
}
_SEVERITIES = {
    Severity.UNUSABLE: REDIS_FINDING_SEVERITY_UNUSABLE,
    Severity.LOSS: REDIS_FINDING_SEVERITY_LOSS,
    Severity.OUTAGE: REDIS_FINDING_SEVERITY_OUTAGE,
}


def topology_to_proto(
    redis_client: RedisClient,
    known: KnownTopology,
    infos: Sequence[ServerInfo | None],
    findings: Sequence[inspection.RedisFinding],
) -> RedisTopology:
    """Return a Redis with its servers; `infos` has what each master said."""
    return RedisTopology(
        mode=_MODES[known.mode],
        available=redis_client.is_available,
        accepts_writes=redis_client.accepts_writes,
        shards=map(_shard_to_proto, known.masters, infos),
        sentinels=map(_sentinel_to_proto, known.sentinels),
        sentinel_quorum=known.sentinel_quorum,
        failover_epoch=redis_client.failover_epoch,
        last_failover_time=microseconds_to_timestamp(known.last_failover_at),
        findings=map(_finding_to_proto, findings),
    )


def _shard_to_proto(master: KnownMaster, info: ServerInfo | None) -> RedisShard:
    return RedisShard(
        master=master.address,
        connected=master.is_connected,
        replicas=map(_replica_to_proto, info.replicas if info else ()),
        slots=[SlotRange(first=first, last=last) for first, last in master.slots],
    )


def _replica_to_proto(replica: ReplicaInfo) -> RedisReplica:
    return RedisReplica(
        address=replica.address,
        state=replica.state,
        lag_bytes=replica.lag_bytes,
        lag=seconds_to_duration(replica.lag_seconds),
    )


def _sentinel_to_proto(sentinel: KnownSentinel) -> RedisSentinel:
    return RedisSentinel(address=sentinel.address, connected=sentinel.is_connected, master=sentinel.master)


def _finding_to_proto(finding: inspection.RedisFinding) -> RedisFinding:
    return RedisFinding(
        name=finding.name,
        severity=_SEVERITIES[finding.severity],
        what=finding.what,
        remedy=finding.remedy,
    )


def server_to_proto(info: ServerInfo, *, only_cache: bool) -> RedisServerInfo:
    """Return one Redis server. The dataclasses within have the fields of their messages."""
    return RedisServerInfo(
        address=info.address,
        product=info.product,
        version=info.version,
        uptime=seconds_to_duration(info.uptime_seconds),
        only_cache=only_cache,
        memory=RedisMemoryInfo(**asdict(info.memory)),
        clients=RedisClientsInfo(**asdict(info.clients)),
        replication=RedisReplicationInfo(**asdict(info.replication)),
        persistence=RedisPersistenceInfo(**asdict(info.persistence)),
        stats=RedisStatsInfo(**asdict(info.stats)),
        keyspaces=[RedisKeyspaceInfo(**asdict(keyspace)) for keyspace in info.keyspaces],
        commands=map(_command_to_proto, info.commands),
    )


def _command_to_proto(command: CommandInfo) -> RedisCommandInfo:
    return RedisCommandInfo(
        command=command.command,
        calls=command.calls,
        time=microseconds_to_duration(command.microseconds),
        rejected_calls=command.rejected_calls,
        failed_calls=command.failed_calls,
    )


def setting_to_proto(setting: ShownSetting) -> SettingInfo:
    """Return a setting; one that is not set has no value."""
    return SettingInfo(name=setting.path, value=setting.value or "", origin=setting.origin)


def deleted_user_to_proto(deleted: DeletedUser) -> DeleteUserResponse:
    """Return what there was to delete."""
    return DeleteUserResponse(
        sessions=deleted.sessions,
        connections=deleted.connections,
        typing_channels=deleted.typing_channels,
        cached=deleted.cached,
    )
