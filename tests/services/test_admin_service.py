"""AdminService through a whole server: what it shows, to whom, and the deletion of a user."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import pytest
import structlog.testing
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import admin_pb2 as pb
from quikstate.v1 import cache_pb2 as cache
from quikstate.v1.admin_pb2_grpc import AdminServiceStub
from quikstate.v1.lock_pb2 import AcquireLockRequest, WatchLocksRequest
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.presence_pb2 import WatchPresenceRequest
from quikstate.v1.session_pb2 import WatchSessionsRequest
from quikstate_server.app import App
from quikstate_server.errors import RedisUnavailable
from quikstate_server.settings import catalog
from services.conftest import OpenChannel, StartApp
from support.harness.api_methods import METHODS, call_of
from support.harness.eventually import eventually
from support.harness.valid_requests import World
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of
from support.server.callers import AuthFile, bearer, caller

USER = "alice"
READS: Mapping[str, Any] = {
    "GetTopology": pb.GetTopologyRequest(),
    "GetRedisInfo": pb.GetRedisInfoRequest(),
    "GetServerInfo": pb.GetServerInfoRequest(),
}
SECONDS = 60.0


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    return own_redis


@pytest.fixture
def admin(channel: grpc.aio.Channel) -> Any:
    return AdminServiceStub(channel)


async def test_topology_shows_the_master_and_what_is_wrong_with_it(
    app: App, admin: Any, redis_process: RedisProcess
) -> None:
    with redis_process.client() as client:
        client.config_set("maxmemory", "100mb")
        client.config_set("maxmemory-policy", "allkeys-lru")
    await eventually(lambda: "eviction" in {finding.name for finding in app.redis_monitor.findings})
    topology = (await admin.GetTopology(pb.GetTopologyRequest())).redis
    assert topology.mode == pb.REDIS_MODE_STANDALONE
    assert (topology.available, topology.accepts_writes) == (True, True)
    assert [(shard.master, shard.connected) for shard in topology.shards] == [(str(redis_process.path), True)]
    (finding,) = (finding for finding in topology.findings if finding.name == "eviction")
    assert finding.severity == pb.REDIS_FINDING_SEVERITY_LOSS
    assert "allkeys-lru" in finding.what
    assert "noeviction" in finding.remedy


async def test_topology_tells_an_outage(start_app: StartApp, open_channel: OpenChannel) -> None:
    app = await start_app(redis={"min_replicas": 1})
    admin: Any = AdminServiceStub(open_channel(app))
    await eventually(lambda: bool(app.redis_monitor.findings))
    findings = (await admin.GetTopology(pb.GetTopologyRequest())).redis.findings
    (severity,) = (finding.severity for finding in findings if finding.name == "too_few_replicas")
    assert severity == pb.REDIS_FINDING_SEVERITY_OUTAGE


async def test_topology_answers_while_redis_does_not(
    app: App, admin: Any, redis_process: RedisProcess
) -> None:
    redis_process.kill()
    await eventually(lambda: not app.redis_client.is_available)
    topology = (await admin.GetTopology(pb.GetTopologyRequest())).redis
    assert (topology.available, [shard.connected for shard in topology.shards]) == (False, [False])
    failed = await failure_of(admin.GetRedisInfo(pb.GetRedisInfoRequest()))
    assert failed.code is grpc.StatusCode.UNAVAILABLE
    assert failed.infos[0].reason == f"ERROR_REASON_{RedisUnavailable.reason}"


@pytest.fixture
def cache_process() -> Iterator[RedisProcess]:
    process = RedisProcess(next(server for server in servers() if server.binary))
    yield process
    process.close()


async def test_a_redis_of_the_caches_own_is_shown_beside(
    start_app: StartApp, open_channel: OpenChannel, redis_process: RedisProcess, cache_process: RedisProcess
) -> None:
    app = await start_app(cache_redis_url=f"unix://{cache_process.path}")
    admin: Any = AdminServiceStub(open_channel(app))
    topology = await admin.GetTopology(pb.GetTopologyRequest())
    masters = [each.shards[0].master for each in (topology.redis, topology.cache_redis)]
    assert masters == [str(redis_process.path), str(cache_process.path)]
    with cache_process.client() as client:
        client.set("k", "v")
    infos = (await admin.GetRedisInfo(pb.GetRedisInfoRequest())).servers
    told = {info.address: (info.only_cache, [row.keys for row in info.keyspaces]) for info in infos}
    assert told[str(cache_process.path)] == (True, [1])
    assert not told[str(redis_process.path)][0]


async def test_server_info_counts_the_calls_of_each_method(channel: grpc.aio.Channel, admin: Any) -> None:
    await World(channel).lease("a")
    await failure_of(LockServiceStub(channel).AcquireLock(AcquireLockRequest()))
    stream: Any = LockServiceStub(channel).WatchLocks(WatchLocksRequest(resources=["a"]))
    await stream.read()
    info = await admin.GetServerInfo(pb.GetServerInfoRequest())
    (worker,) = info.workers
    methods = {each.method.rpartition(".")[2]: each for each in worker.methods}
    acquired, watched = methods["LockService/AcquireLock"], methods["LockService/WatchLocks"]
    assert (acquired.ended, acquired.failed, acquired.streams_open) == (2, 0, 0)
    assert (watched.ended, watched.streams_open) == (0, 1)
    assert (acquired.streaming, watched.streaming) == (False, True)
    assert sum(bucket.count for bucket in acquired.durations) == 2
    bounds = [bucket.up_to.ToTimedelta() for bucket in acquired.durations if bucket.HasField("up_to")]
    assert bounds == sorted(bounds)
    assert not acquired.durations[-1].HasField("up_to")
    assert "CacheService/GetEntries" not in methods
    assert (worker.number, worker.process_id, worker.streams_open) == (0, os.getpid(), 1)
    assert worker.calls_in_flight == 1
    assert worker.cpu_time.ToTimedelta()
    assert worker.start_time.seconds
    assert worker.resident_bytes > 1_000_000
    stream.cancel()


async def test_server_info_counts_failed_calls_waiters_and_streams_that_end(
    app: App, channel: grpc.aio.Channel, admin: Any, redis_process: RedisProcess
) -> None:
    locks: Any = LockServiceStub(channel)
    lease = await World(channel).lease("a")
    waiting = locks.AcquireLock(AcquireLockRequest(resources=["a"], wait=Duration(seconds=60)))
    stream = locks.WatchLocks(WatchLocksRequest(resources=["a"]))
    await stream.read()

    async def worker() -> pb.WorkerInfo:
        info = await admin.GetServerInfo(pb.GetServerInfoRequest())
        told: pb.WorkerInfo = info.workers[0]
        return told

    async def one_waits() -> None:
        assert (await worker()).lock_waiters == 1

    await eventually(one_waits)
    waiting.cancel()
    stream.cancel()

    async def none_is_left() -> None:
        now = await worker()
        assert (now.lock_waiters, now.streams_open, now.calls_in_flight) == (0, 0, 1)
        assert not any(method.streams_open for method in now.methods)

    await eventually(none_is_left)
    redis_process.kill()
    await eventually(lambda: not app.redis_client.is_available)
    await failure_of(World(channel)("LockService/AcquireLock", AcquireLockRequest(resources=["b"])))
    (acquired,) = [each for each in (await worker()).methods if each.method.endswith("/AcquireLock")]
    assert (acquired.ended, acquired.failed) == (3, 1)
    assert lease.lease_id


async def test_server_info_shows_settings_and_policies_without_secrets(
    start_app: StartApp, open_channel: OpenChannel, redis_process: RedisProcess, tmp_path: Path
) -> None:
    policies = tmp_path / "policies.yaml"
    policies.write_text("policies: {login: {limit: 5, window: 1m, algorithm: token_bucket}}")
    app = await start_app(
        policies=policies,
        redis_password="hunter2",  # noqa: S106 - it is looked for in the answer
        redis={"sentinel_password": "hunter2"},
        redis_url=f"unix://default:hunter2@{redis_process.path}",
        ready=False,
    )
    admin: Any = AdminServiceStub(open_channel(app))
    info = await admin.GetServerInfo(pb.GetServerInfoRequest())
    settings = {each.name: each for each in info.settings}
    assert settings.keys() == catalog().keys()
    assert "hunter2" not in str(info)
    assert settings["redis.sentinel_password"].value == "***"
    assert settings["limits.max_calls"].value == str(catalog()["limits.max_calls"].default)
    assert [(policy.name, policy.limit.limit) for policy in info.policies] == [("login", 5)]


@pytest.mark.parametrize("method", READS)
async def test_what_shows_all_namespaces_is_denied_to_a_caller_of_one(
    start_app: StartApp, open_channel: OpenChannel, tmp_path: Path, method: str
) -> None:
    callers = {"team": caller("t", namespace="n"), "operator": caller("o")}
    auth = AuthFile(tmp_path / "auth.yaml").write(callers=callers)
    admin = AdminServiceStub(open_channel(await start_app(auth=auth)))
    call: Any = getattr(admin, method)
    failed = await failure_of(call(READS[method], metadata=bearer("t")))
    assert failed.code is grpc.StatusCode.PERMISSION_DENIED
    assert "without a namespace" in failed.message
    assert dict(failed.infos[0].metadata)["namespace"] == "n"
    assert await call(READS[method], metadata=bearer("o"))


async def test_a_deleted_user_is_gone_and_watchers_are_told(channel: grpc.aio.Channel, admin: Any) -> None:
    world = World(channel)
    await world.user(USER)

    def stream_of(method: str, request: Any) -> Any:
        return call_of(channel, METHODS[method])(request, timeout=SECONDS)

    sessions = stream_of("SessionService/WatchSessions", WatchSessionsRequest(user_ids=[USER]))
    presences = stream_of("PresenceService/WatchPresence", WatchPresenceRequest(workspace_id=USER))
    entry = cache.CacheKey(user=USER)
    entries = stream_of("CacheService/WatchInvalidations", cache.WatchInvalidationsRequest(keys=[entry]))
    for stream in (sessions, presences, entries):
        await stream.read()
    deleted = await admin.DeleteUser(pb.DeleteUserRequest(user_id=USER))
    assert deleted == pb.DeleteUserResponse(sessions=1, connections=1, typing_channels=1, cached=True)
    assert (await sessions.read()).HasField("revoked")
    assert await presences.read()
    assert await entries.read()
    again = await admin.DeleteUser(pb.DeleteUserRequest(user_id=USER))
    assert again == pb.DeleteUserResponse()


async def test_a_deletion_is_audited_and_held_to_the_names_of_its_caller(
    start_app: StartApp, open_channel: OpenChannel, tmp_path: Path
) -> None:
    services = {"admin": {"access": ["admin"], "names": ["guest:"]}}
    auth = AuthFile(tmp_path / "auth.yaml").write(callers={"janitor": caller("j", services=services)})
    admin: Any = AdminServiceStub(open_channel(await start_app(auth=auth)))
    failed = await failure_of(admin.DeleteUser(pb.DeleteUserRequest(user_id=USER), metadata=bearer("j")))
    assert failed.code is grpc.StatusCode.PERMISSION_DENIED
    with structlog.testing.capture_logs() as lines:
        await admin.DeleteUser(pb.DeleteUserRequest(user_id="guest:1"), metadata=bearer("j"))
    (act,) = [line for line in lines if line["event"] == "audit.act"]
    assert (act["method"], act["caller"]) == ("quikstate.v1.AdminService/DeleteUser", "janitor")
    assert "guest:1" not in str(lines)


@pytest.mark.parametrize("user", ["", "a\n", "x" * 257])
async def test_an_invalid_user_is_refused_by_its_field(admin: Any, user: str) -> None:
    failed = await failure_of(admin.DeleteUser(pb.DeleteUserRequest(user_id=user)))
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert "user_id" in failed.fields
