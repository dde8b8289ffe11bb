"""What is known of Redis's servers, and what they say of themselves: in each topology, and when they fail."""

from __future__ import annotations

import asyncio
import time

import redis

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.router import fetch_cluster_view
from quikstate_server.redis_client.cluster.slots import SLOTS, slot_ranges
from quikstate_server.redis_client.connection.dial import Credentials
from quikstate_server.redis_client.survey import survey_masters, survey_servers
from quikstate_server.redis_client.topology import RedisMode
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually
from support.harness.matrix import Cell
from support.redis.clients import COUNT, Connect, OpenRedisClient, OpenSentinel, patient
from support.redis.cluster_process import JoinCluster, StartCluster
from support.redis.deployments import ANYTHING, LEAST
from support.redis.redis_process import StartRedis
from support.redis.sentinel_group import StartGroup


async def test_survey_shows_each_server_as_the_least_user(
    open_redis_client: OpenRedisClient, cell: Cell, raw: redis.Redis
) -> None:
    redis_client = await open_redis_client(patient())
    raw.set("a", "b", px=60_000)
    known = redis_client.router.topology()
    # The client of a test joins the embedded Redis by its socket.
    expected = RedisMode.STANDALONE if cell.topology == "embedded" else RedisMode(cell.topology)
    assert known.mode is expected
    assert all(master.is_connected for master in known.masters)
    infos = [info for info in await survey_masters(known.masters) if info]
    assert [info.address for info in infos] == [master.address for master in known.masters]
    assert {info.replication.role for info in infos} == {"master"}
    assert all(info.version and info.uptime_seconds >= 0 and info.memory.used_bytes for info in infos)
    assert sum(row.keys for info in infos for row in info.keyspaces) == 1
    assert sum(row.expiring_keys for info in infos for row in info.keyspaces) == 1
    assert all(
        [row.microseconds for row in info.commands]
        == sorted((row.microseconds for row in info.commands), reverse=True)
        for info in infos
    )
    assert all(info.commands and info.commands[0].calls for info in infos)
    slots = [
        slot for master in known.masters for first, last in master.slots for slot in range(first, last + 1)
    ]
    assert sorted(slots) == ([*range(SLOTS)] if cell.topology == "cluster" else [])


async def test_survey_of_sentinel_shows_replicas_and_sentinels(
    start_group: StartGroup, open_sentinel: OpenSentinel
) -> None:
    group = start_group()
    await asyncio.to_thread(group.wait_complete)
    redis_client = await open_sentinel(group.target)
    known = redis_client.router.topology()
    (master,) = known.masters
    assert master.address == str(group.master.tcp_address)
    assert (known.sentinel_quorum, known.last_failover_at) == (2, None)
    assert [(each.is_connected, each.master) for each in known.sentinels] == [(True, master.address)] * 3
    infos = await survey_servers(redis_client)
    assert {info.address for info in infos} == {str(node.tcp_address) for node in group.nodes}
    replicas = [info.replication for info in infos if info.replication.role == "replica"]
    assert [(each.master, each.master_link_up) for each in replicas] == [(master.address, True)] * 2
    (info,) = await survey_masters(known.masters)
    assert info
    assert sorted(each.address for each in info.replicas) == sorted(
        str(node.tcp_address) for node in group.replicas
    )
    assert {each.state for each in info.replicas} == {"online"}


async def test_survey_tells_of_a_failover_and_of_what_does_not_reply(
    start_group: StartGroup, open_sentinel: OpenSentinel
) -> None:
    group = start_group()
    await asyncio.to_thread(group.wait_complete)
    redis_client = await open_sentinel(group.target)
    began = time.time_ns() // 1_000
    before = redis_client.router.topology().masters[0].address
    group.sentinels[0].kill()
    group.master.kill()
    await eventually(lambda: redis_client.router.topology().masters[0].address != before)
    known = redis_client.router.topology()
    assert known.last_failover_at
    assert known.last_failover_at >= began
    await eventually(
        lambda: (
            [each.is_connected for each in redis_client.router.topology().sentinels] == [False, True, True]
        )
    )
    await eventually(lambda: redis_client.is_available)
    assert before not in [info.address for info in await survey_servers(redis_client)]


async def test_survey_of_a_cluster_shows_replicas_and_a_failover(
    start_cluster: StartCluster, join_cluster: JoinCluster
) -> None:
    cluster = start_cluster(masters=3, replicas=1)
    redis_client = await join_cluster(cluster.addresses, connect_seconds=0.3, stall_seconds=0.3)

    async def in_step() -> None:
        infos = await survey_servers(redis_client)
        assert {info.address for info in infos} == set(map(str, cluster.addresses))
        replicas = [info.replication for info in infos if info.replication.role == "replica"]
        assert [(each.master, each.master_link_up) for each in replicas] == [(master, True)]

    master = str(cluster.masters[0].tcp_address)
    await eventually(in_step)
    await redis_client.run(COUNT, [_key_of(master, redis_client)])  # nodes list no replica that has nothing

    async def listed() -> None:
        view = await fetch_cluster_view(cluster.addresses[1:2], ANYTHING, RedisSettings())
        assert cluster.replicas[0].tcp_address in view.addresses

    await eventually(listed)
    assert redis_client.router.topology().last_failover_at is None
    cluster.masters[0].kill()
    await eventually(lambda: redis_client.router.topology().last_failover_at is not None)


async def test_survey_answers_while_redis_does_not(start_redis: StartRedis, connect: Connect) -> None:
    process = start_redis()
    redis_client = await connect(process.address)
    process.kill()
    await eventually(lambda: not redis_client.is_available)
    known = redis_client.router.topology()
    assert [(each.address, each.is_connected) for each in known.masters] == [(str(process.address), False)]
    assert await survey_masters(known.masters) == [None]
    assert await survey_servers(redis_client) == []


async def test_survey_leaves_out_a_server_that_refuses_info(
    start_redis: StartRedis, connect: Connect
) -> None:
    process = start_redis()
    with process.client() as client:
        client.execute_command("ACL", "SETUSER", LEAST.username, "on", ">least", "~*", "&*", "+@all", "-info")
    redis_client = await connect(process.address, Credentials(LEAST.username, LEAST.password))
    assert await survey_servers(redis_client) == []


def _key_of(master: str, redis_client: RedisClient) -> str:
    names = (f"key:{number}" for number in range(1_000))
    return next(name for name in names if redis_client.router.node_for(name).name == master)


def test_slot_ranges_are_those_of_each_owner() -> None:
    owners = ["a", "a", None, "b", "a", "b", "b"]
    assert slot_ranges(owners) == {"a": [(0, 1), (4, 4)], "b": [(3, 3), (5, 6)]}
