"""Masters of a cluster that die, hang, or are not there yet."""

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
from quikstate_server.settings import Limits
from quikstate_server.topology.dial import Address
from quikstate_server.topology.subscriber import Topic
from quikstate_server.topology.topology import Topology
from support.cluster_process import ClusterProcess, JoinCluster, StartCluster
from support.eventually import eventually, turns
from support.listeners import Ears
from support.locks import held, wanted
from support.redis_process import RedisProcess, StartRedis, free_port
from support.topologies import COUNT, ECHO, Connect, within

_RECOVERY_SECONDS = 10.0
"""Nodes are given up after one second here; half of them must have noticed, and elect."""


def _master_of(cluster: ClusterProcess, topology: Topology, key: str) -> RedisProcess:
    name = topology._router.node_for(key).name
    return next(node for node in cluster.nodes if str(node.tcp_address) == name)


def _key_of(cluster: ClusterProcess, topology: Topology, master: RedisProcess) -> str:
    names = (f"key:{n}" for n in range(1_000))
    return next(name for name in names if _master_of(cluster, topology, name) is master)


async def _works(topology: Topology, key: str) -> None:
    """Return once a call has an answer; the calls before it say that they have none."""
    end = time.monotonic() + _RECOVERY_SECONDS
    while True:
        with suppress(RedisUnavailable, OutcomeUnknown):
            await within(0.5, topology.run(COUNT, (key,)))
            return
        assert time.monotonic() < end, "it has not recovered"
        await turns()


@pytest.mark.parametrize("fault", ["kill", "pause"])
async def test_a_replica_takes_over_and_what_it_acknowledged_is_there(
    fault: str, start_cluster: StartCluster, join_cluster: JoinCluster
) -> None:
    cluster = start_cluster(masters=3, replicas=1)
    topology = await join_cluster(cluster.addresses, connect_seconds=0.3, stall_seconds=0.3)
    master, (replica,) = cluster.masters[0], cluster.replicas
    key = _key_of(cluster, topology, master)
    for count in range(1, 51):
        answer = await topology.run_acknowledged(COUNT, (key,), min_replicas=1)
        assert answer.reply == count
    getattr(master, fault)()
    await _works(topology, key)
    assert _master_of(cluster, topology, key) is replica
    assert cast("int", await topology.run(COUNT, (key,))) >= 52
    await eventually(lambda: topology.answers, within=_RECOVERY_SECONDS)
    if fault == "pause":
        master.resume()
        before = cast("int", await topology.run(COUNT, (key,)))
        for step in range(1, 200):
            assert await topology.run(COUNT, (key,)) == before + step, "the old master takes nothing any more"


async def test_tokens_rise_over_a_failover(start_cluster: StartCluster, join_cluster: JoinCluster) -> None:
    cluster = start_cluster(masters=3, replicas=1)
    topology = await join_cluster(cluster.addresses)
    resource = next(
        f"r:{n}" for n in range(1_000) if _master_of(cluster, topology, f"lock:r:{n}") is cluster.masters[0]
    )
    locks = Locks(topology, Limits())
    await locks.start()
    before = held(await locks.acquire(replace(wanted(resource), min_replicas=1)))
    cluster.masters[0].kill()
    await _works(topology, f"{{lock:{resource}}}")
    assert await locks.renew(before.target, before.lease_id, 30), "it is still held"
    assert await locks.release(before.target, before.lease_id)
    after = held(await locks.acquire(wanted(resource)))
    assert after.tokens[0] > before.tokens[0]
    await locks.close()


async def test_pubsub_goes_on_when_the_subscribers_node_dies(
    start_cluster: StartCluster, join_cluster: JoinCluster
) -> None:
    cluster = start_cluster(masters=3, cluster_require_full_coverage="no")
    topology = await join_cluster(cluster.addresses, probe_seconds=0.3)
    connection = topology.subscriber._connection
    assert connection
    port = connection._transport.get_extra_info("peername")[1]
    dying = next(node for node in cluster.masters if node.port == port)
    staying = next(node for node in cluster.masters if node is not dying)
    channel = _key_of(cluster, topology, staying)
    await topology.subscriber.subscribe(Topic(channel), ears := Ears())
    dying.kill()
    await eventually(lambda: ears.gaps == 1 and topology.subscriber.live, within=_RECOVERY_SECONDS)
    await topology.publish(channel, b"heard")
    await eventually(lambda: (channel, b"heard") in ears.heard)
    again = topology.subscriber._connection
    await eventually(lambda: topology.subscriber._heard > time.monotonic() - 0.1)
    assert not topology.answers, "a part of the keys is gone"
    assert topology.subscriber._connection is again, "and this costs no more gaps"
    assert ears.gaps == 1


@pytest.fixture
async def hanging() -> AsyncIterator[Address]:
    """A server that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield Address(host="127.0.0.1", port=listening.getsockname()[1])


async def test_one_seed_that_answers_is_enough(
    start_cluster: StartCluster, join_cluster: JoinCluster, hanging: Address
) -> None:
    cluster = start_cluster(masters=2)
    gone = Address(host="127.0.0.1", port=free_port())
    topology = await join_cluster([gone, hanging, cluster.addresses[1]], connect_seconds=30)
    assert [node.name for node in topology._router.nodes()] == sorted(map(str, cluster.addresses))
    key = _key_of(cluster, topology, cluster.masters[0])
    assert await topology.run(COUNT, (key,)) == 1


async def test_a_cluster_that_is_down_is_waited_for(
    start_cluster: StartCluster, join_cluster: JoinCluster
) -> None:
    cluster = start_cluster(masters=2)
    for node in cluster.nodes:
        node.kill()
    topology = await join_cluster(cluster.addresses, down=True)
    with pytest.raises(RedisUnavailable):
        await topology.run(ECHO, ("k",), "out")
    for node in cluster.nodes:
        node.start()
    await eventually(lambda: topology.answers and topology.subscriber.live, within=_RECOVERY_SECONDS)
    assert await topology.run(ECHO, ("k",), "in") == b"in"


async def test_a_single_redis_is_no_cluster(start_redis: StartRedis, join_cluster: JoinCluster) -> None:
    topology = await join_cluster([start_redis(tcp=True).tcp_address], down=True)
    with pytest.raises(RedisUnavailable, match="no node of the cluster is known"):
        await topology.run(ECHO, ("k",), "out")
    assert not topology.answers


async def test_a_node_of_a_cluster_is_no_single_redis(
    start_cluster: StartCluster, join_cluster: JoinCluster, connect: Connect
) -> None:
    cluster = start_cluster(masters=2)
    key = _key_of(cluster, await join_cluster(cluster.addresses), cluster.masters[1])
    topology = await connect(cluster.addresses[0])
    with pytest.raises(RedisUnavailable, match=r"its URL is redis\+cluster://"):
        await topology.run(ECHO, (key,), "out")
