"""Masters of a cluster that die, hang, or have not started yet."""

from __future__ import annotations

import socket
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from typing import cast

import pytest

from quikstate_server.errors import OutcomeUnknown, RedisUnavailable
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.dial import Address
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.settings import Limits
from support.harness.eventually import eventually, turns
from support.lock.requests import held, lock_request
from support.redis.clients import COUNT, ECHO, Connect, within
from support.redis.cluster_process import ClusterProcess, JoinCluster, StartCluster
from support.redis.listeners import RecordingListener
from support.redis.redis_process import RedisProcess, StartRedis, free_port

_RECOVERY_SECONDS = 10.0
"""Nodes are given up after one second here; half of them must have noticed, and elect."""


def _master_of(cluster: ClusterProcess, redis_client: RedisClient, key: str) -> RedisProcess:
    name = redis_client.router.node_for(key).name
    return next(node for node in cluster.nodes if str(node.tcp_address) == name)


def _key_of(cluster: ClusterProcess, redis_client: RedisClient, master: RedisProcess) -> str:
    names = (f"key:{n}" for n in range(1_000))
    return next(name for name in names if _master_of(cluster, redis_client, name) is master)


async def _works(redis_client: RedisClient, key: str) -> None:
    """Return once a call is answered; the calls before it fail with a known error."""
    end = time.monotonic() + _RECOVERY_SECONDS
    while True:
        with suppress(RedisUnavailable, OutcomeUnknown):
            await within(0.5, redis_client.run(COUNT, (key,)))
            return
        assert time.monotonic() < end, "it has not recovered"
        await turns()


@pytest.mark.parametrize("fault", ["kill", "pause"])
async def test_a_replica_takes_over_and_what_it_acknowledged_is_there(
    fault: str, start_cluster: StartCluster, join_cluster: JoinCluster
) -> None:
    cluster = start_cluster(masters=3, replicas=1)
    redis_client = await join_cluster(cluster.addresses, connect_seconds=0.3, stall_seconds=0.3)
    master, (replica,) = cluster.masters[0], cluster.replicas
    key = _key_of(cluster, redis_client, master)
    for count in range(1, 51):
        answer = await redis_client.run_acknowledged(COUNT, (key,), min_replicas=1)
        assert answer.reply == count
    getattr(master, fault)()
    await _works(redis_client, key)
    assert _master_of(cluster, redis_client, key) is replica
    assert cast("int", await redis_client.run(COUNT, (key,))) >= 52
    await eventually(lambda: redis_client.is_available, within=_RECOVERY_SECONDS)
    if fault == "pause":
        master.resume()
        before = cast("int", await redis_client.run(COUNT, (key,)))
        for step in range(1, 200):
            assert await redis_client.run(COUNT, (key,)) == before + step, (
                "the old master takes nothing any more"
            )


async def test_tokens_rise_over_a_failover(start_cluster: StartCluster, join_cluster: JoinCluster) -> None:
    cluster = start_cluster(masters=3, replicas=1)
    redis_client = await join_cluster(cluster.addresses)
    resource = next(
        f"r:{n}"
        for n in range(1_000)
        if _master_of(cluster, redis_client, f"lock:r:{n}") is cluster.masters[0]
    )
    locks = Locks(redis_client, Limits())
    await locks.start()
    before = held(await locks.acquire(replace(lock_request(resource), min_replicas=1)))
    cluster.masters[0].kill()
    await _works(redis_client, f"{{lock:{resource}}}")
    assert await locks.renew(before.target, before.lease_id, 30), "it is still held"
    assert await locks.release(before.target, before.lease_id)
    after = held(await locks.acquire(lock_request(resource)))
    assert after.tokens[0] > before.tokens[0]
    await locks.close()


async def test_pubsub_goes_on_when_the_subscribers_node_dies(
    start_cluster: StartCluster, join_cluster: JoinCluster
) -> None:
    cluster = start_cluster(masters=3, cluster_require_full_coverage="no")
    redis_client = await join_cluster(cluster.addresses, probe_seconds=0.3)
    connection = redis_client.subscriber._connection
    assert connection
    port = connection._transport.get_extra_info("peername")[1]
    dying = next(node for node in cluster.masters if node.port == port)
    staying = next(node for node in cluster.masters if node is not dying)
    channel = _key_of(cluster, redis_client, staying)
    await redis_client.subscriber.subscribe(ChannelFilter(channel), listener := RecordingListener())
    dying.kill()
    await eventually(lambda: listener.gaps == 1 and redis_client.subscriber.is_live, within=_RECOVERY_SECONDS)
    await redis_client.publish(channel, b"heard")
    await eventually(lambda: (channel, b"heard") in listener.messages)
    again = redis_client.subscriber._connection
    await eventually(lambda: redis_client.subscriber._received_at > time.monotonic() - 0.1)
    assert not redis_client.is_available, "a part of the keys is gone"
    assert redis_client.subscriber._connection is again, "and this costs no more gaps"
    assert listener.gaps == 1


@pytest.fixture
async def hanging() -> AsyncIterator[Address]:
    """Run a server that accepts connections and sends nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield Address(host="127.0.0.1", port=listening.getsockname()[1])


async def test_one_seed_that_answers_is_enough(
    start_cluster: StartCluster, join_cluster: JoinCluster, hanging: Address
) -> None:
    cluster = start_cluster(masters=2)
    gone = Address(host="127.0.0.1", port=free_port())
    redis_client = await join_cluster([gone, hanging, cluster.addresses[1]], connect_seconds=30)
    assert [node.name for node in redis_client.router.nodes()] == sorted(map(str, cluster.addresses))
    key = _key_of(cluster, redis_client, cluster.masters[0])
    assert await redis_client.run(COUNT, (key,)) == 1


async def test_a_cluster_that_is_down_is_waited_for(
    start_cluster: StartCluster, join_cluster: JoinCluster
) -> None:
    cluster = start_cluster(masters=2)
    for node in cluster.nodes:
        node.kill()
    redis_client = await join_cluster(cluster.addresses, down=True)
    with pytest.raises(RedisUnavailable):
        await redis_client.run(ECHO, ("k",), "out")
    for node in cluster.nodes:
        node.start()
    await eventually(
        lambda: redis_client.is_available and redis_client.subscriber.is_live, within=_RECOVERY_SECONDS
    )
    assert await redis_client.run(ECHO, ("k",), "in") == b"in"


async def test_a_standalone_redis_is_refused_as_a_cluster(
    start_redis: StartRedis, join_cluster: JoinCluster
) -> None:
    redis_client = await join_cluster([start_redis(tcp=True).tcp_address], down=True)
    with pytest.raises(RedisUnavailable, match="no node of the cluster is known"):
        await redis_client.run(ECHO, ("k",), "out")
    assert not redis_client.is_available


async def test_a_node_of_a_cluster_is_refused_as_standalone(
    start_cluster: StartCluster, join_cluster: JoinCluster, connect: Connect
) -> None:
    cluster = start_cluster(masters=2)
    key = _key_of(cluster, await join_cluster(cluster.addresses), cluster.masters[1])
    redis_client = await connect(cluster.addresses[0])
    with pytest.raises(RedisUnavailable, match=r"use a redis\+cluster:// URL"):
        await redis_client.run(ECHO, (key,), "out")
