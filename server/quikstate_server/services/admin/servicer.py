"""The servicer of quikstate.v1.AdminService."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version

from quikstate.v1.admin_pb2 import (
    DeleteUserRequest,
    DeleteUserResponse,
    GetRedisInfoRequest,
    GetRedisInfoResponse,
    GetServerInfoRequest,
    GetServerInfoResponse,
    GetTopologyRequest,
    GetTopologyResponse,
    RedisServerInfo,
    RedisTopology,
)
from quikstate_server import call_context
from quikstate_server.errors import PermissionDenied, RedisUnavailable
from quikstate_server.primitives.user_deletion import UserDeletion
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.inspection import RedisFinding
from quikstate_server.redis_client.survey import survey_masters, survey_servers
from quikstate_server.services.admin.convert import (
    deleted_user_to_proto,
    server_to_proto,
    setting_to_proto,
    topology_to_proto,
)
from quikstate_server.services.admin.worker_info import WorkerInfos
from quikstate_server.services.common.wiring import ServiceContext
from quikstate_server.services.rate_limit.convert import policy_to_proto


class AdminServicer:
    """Shows this server and its Redis, and deletes users."""

    def __init__(self, deletion: UserDeletion, workers: WorkerInfos, context: ServiceContext) -> None:
        self._deletion = deletion
        self._workers = workers
        self._redis_client = context.redis_client
        has_cache_redis = context.cache_redis_client is not context.redis_client
        self._cache_redis_client = context.cache_redis_client if has_cache_redis else None
        self._version = version("quikstate")
        self._state = context.state
        self._policies = context.policies
        self._keyspaces = context.keyspaces

    async def get_topology(self, request: GetTopologyRequest) -> GetTopologyResponse:  # noqa: ARG002 - it asks for all
        """Return the Redis servers and their roles."""
        _require_no_namespace()
        response = GetTopologyResponse(
            redis=await _topology(self._redis_client, self._state.redis_findings())
        )
        if self._cache_redis_client:
            findings = self._state.cache_redis_findings()
            response.cache_redis.CopyFrom(await _topology(self._cache_redis_client, findings))
        return response

    async def get_redis_info(self, request: GetRedisInfoRequest) -> GetRedisInfoResponse:  # noqa: ARG002 - the same
        """Return what INFO says, for each Redis server that replies."""
        _require_no_namespace()
        servers = await _servers(self._redis_client, only_cache=False)
        if self._cache_redis_client:
            servers += await _servers(self._cache_redis_client, only_cache=True)
        if not servers:
            raise RedisUnavailable("no Redis server replies to INFO")
        return GetRedisInfoResponse(servers=servers)

    async def get_server_info(self, request: GetServerInfoRequest) -> GetServerInfoResponse:  # noqa: ARG002 - the same
        """Return the version, the settings, the policies, and what each process is doing."""
        _require_no_namespace()
        return GetServerInfoResponse(
            version=self._version,
            workers=await self._workers.read(),
            settings=map(setting_to_proto, self._state.shown_settings),
            policies=map(policy_to_proto, self._policies.page("", sys.maxsize)),
        )

    async def delete_user(self, request: DeleteUserRequest) -> DeleteUserResponse:
        """Delete what is kept under a user's id."""
        deleted = await self._deletion.delete(self._keyspaces.of_caller(), request.user_id)
        return deleted_user_to_proto(deleted)


async def _topology(redis_client: RedisClient, findings: Sequence[RedisFinding]) -> RedisTopology:
    known = redis_client.router.topology()
    return topology_to_proto(redis_client, known, await survey_masters(known.masters), findings)


async def _servers(redis_client: RedisClient, *, only_cache: bool) -> list[RedisServerInfo]:
    infos = await survey_servers(redis_client)
    return [server_to_proto(info, only_cache=only_cache) for info in infos]


def _require_no_namespace() -> None:
    """Raise PermissionDenied for a caller with a namespace: what is shown is of all namespaces."""
    call = call_context.current()
    if call.namespace:
        caller = call.caller.name if call.caller else ""
        raise PermissionDenied(
            f"the caller {caller!r} has the namespace {call.namespace!r}, and {call.method} shows all "
            "namespaces: call it as a caller without a namespace",
            caller=caller,
            method=call.method,
            namespace=call.namespace,
        )
