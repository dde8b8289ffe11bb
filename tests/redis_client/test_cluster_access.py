"""The credentials for a cluster reach each of its nodes, also those that it names itself."""

from __future__ import annotations

import pytest

from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.acl import redis_user
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.cluster.router import fetch_cluster_view
from quikstate_server.redis_client.cluster.slots import slot_of
from quikstate_server.redis_client.connection.dial import Address, Credentials
from quikstate_server.redis_client.inspection import inspect_redis
from quikstate_server.settings import Mode, RedisSettings
from support.redis.clients import COUNT, count_on_own_connection
from support.redis.cluster_process import ClusterProcess, JoinCluster, StartCluster, moving
from support.redis.redis_process import StartRedis, free_port
from support.server.certificates import Certificates

_PASSWORD = "correct horse"  # noqa: S105 - of a cluster of this test
_LEAST = redis_user("quik", Mode.CLUSTER, ["incr"], key_prefix="P:")


async def _reaches_every_node(redis_client: RedisClient) -> None:
    nodes = redis_client.router.nodes()
    assert len(nodes) > 1
    names = [f"P:{n}" for n in range(20)]
    assert {redis_client.router.node_for(name) for name in names} == set(nodes)
    for name in names:
        assert await redis_client.run(COUNT, (name,)) == 1
    await count_on_own_connection(redis_client, names[0])
    assert await redis_client.run(COUNT, (names[0],)) == 3
    assert len(await redis_client.ask_each("INFO")) == len(nodes)


async def test_a_password_opens_every_node(start_cluster: StartCluster, join_cluster: JoinCluster) -> None:
    cluster = start_cluster(masters=2)
    for node in cluster.nodes:
        with node.client() as client:
            client.config_set("requirepass", _PASSWORD)
    await _reaches_every_node(await join_cluster(cluster.addresses[:1], Credentials(password=_PASSWORD)))
    with pytest.raises(RedisUnavailable) as refused:
        await fetch_cluster_view(cluster.addresses, Credentials(), RedisSettings())
    assert "AuthenticationError" in str(refused.value.__cause__)


async def test_a_user_needs_only_these_privileges(
    start_cluster: StartCluster, join_cluster: JoinCluster
) -> None:
    cluster = start_cluster(masters=2)
    for node in cluster.nodes:
        with node.client() as client:
            client.execute_command("ACL", "SETUSER", _LEAST.name, *_LEAST.rules, f">{_PASSWORD}")
    redis_client = await join_cluster(cluster.addresses[:1], Credentials("quik", _PASSWORD))
    await _reaches_every_node(redis_client)
    key = next(name for name in (f"P:new:{n}" for n in range(99)) if _on(redis_client, name, cluster, 0))
    with moving(slot_of(key), *cluster.masters):
        assert await redis_client.run(COUNT, (key,)) == 1, "ASK is followed"


def _on(redis_client: RedisClient, key: str, cluster: ClusterProcess, place: int) -> bool:
    return redis_client.router.node_for(key).name == str(cluster.addresses[place])


async def test_tls_is_spoken_with_every_node(
    start_cluster: StartCluster, join_cluster: JoinCluster, certificates: Certificates
) -> None:
    cluster = start_cluster(masters=2, tls=certificates)
    redis_client = await join_cluster(
        cluster.tls_addresses[:1],
        tls_ca_file=certificates.ca.cert,
        tls_cert_file=certificates.client.cert,
        tls_key_file=certificates.client.key,
    )
    assert [node.name for node in redis_client.router.nodes()] == sorted(map(str, cluster.tls_addresses))
    await _reaches_every_node(redis_client)


async def test_an_address_that_is_no_cluster_is_reported(start_redis: StartRedis) -> None:
    nobody = Address(host="127.0.0.1", port=free_port())
    single = start_redis(tcp=True).tcp_address
    for seeds, cause in (
        ([single, nobody], "cannot reach Redis"),
        ([nobody, single], "cluster support disabled"),
    ):
        with pytest.raises(RedisUnavailable, match="none of the named nodes answers") as told:
            await fetch_cluster_view(seeds, Credentials(), RedisSettings())
        assert cause in str(told.value.__cause__)


async def test_every_node_is_inspected(start_cluster: StartCluster, join_cluster: JoinCluster) -> None:
    cluster = start_cluster(masters=2, appendonly="yes")
    redis_client = await join_cluster(cluster.addresses)
    assert (await inspect_redis(redis_client)).findings == ()
    with cluster.masters[1].client() as client:
        client.config_set("appendonly", "no")
    (finding,) = (await inspect_redis(redis_client)).findings
    assert finding.name == "persistence"
    assert finding.what.startswith(f"{cluster.addresses[1]}: ")
