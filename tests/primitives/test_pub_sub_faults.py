"""Faults: subscribers of a durable channel receive every message, in order and once, or a gap."""

from __future__ import annotations

import asyncio
import random

import pytest
import redis

from quikstate_server.primitives.pub_sub.model import START, ChannelSubscription
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.primitives.streams.mailbox import Bounds, Mailbox, Overflow
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually, throughout
from support.pub_sub.drill import CHANNEL, Load, drill, undeclared
from support.pub_sub.subscribers import Subscriber, connected_everywhere, make
from support.redis.clients import Connect
from support.redis.failover_drill import SHIPPED, NodeFault
from support.redis.redis_process import StartRedis
from support.redis.sentinel_group import StartGroup


@pytest.fixture
def redis_settings() -> RedisSettings:
    return RedisSettings()


@pytest.fixture
async def pub_sub(redis_client: RedisClient) -> PubSub:
    return await connected_everywhere(make(redis_client))


def assert_complete(subscribers: list[Subscriber], load: Load) -> None:
    for subscriber in subscribers:
        assert subscriber.undeclared_gaps == []
        assert undeclared(subscriber, load.acknowledged) == []


async def test_pub_sub_lost_connections_cost_a_durable_channel_nothing_and_an_ephemeral_one_a_gap(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    load, passing = Load([pub_sub]), Load([pub_sub], "e:drill")
    async with Subscriber(pub_sub, CHANNEL) as durable, Subscriber(pub_sub, "e:drill") as ephemeral:
        async with load.running(), passing.running():
            await eventually(lambda: bool(durable.payloads(CHANNEL)))  # nobody knows of one before the first
            for _ in range(5):
                await throughout(lambda: True, seconds=0.1)
                raw.client_kill_filter(_type="pubsub")
        await load.received_by([durable])
        await passing.received_by([ephemeral])
        assert_complete([durable], load)
        assert durable.gaps == 0
        assert undeclared(ephemeral, passing.acknowledged, "e:drill") == []
        assert ephemeral.gaps


async def test_pub_sub_subscribers_that_reconnect_and_read_slowly_miss_nothing_undeclared(
    pub_sub: PubSub,
) -> None:
    """Each one resumes from its last position, again and again."""
    chance = random.Random(1)  # noqa: S311 - reproducible
    load = Load([pub_sub])

    async def come_and_go(overflow: Overflow) -> None:
        position, events = START, []
        for _ in range(6):
            mailbox: Mailbox[bytes] = Mailbox(Bounds(20, 10_000), overflow)
            async with Subscriber(
                pub_sub, ChannelSubscription(CHANNEL, since=position), mailbox=mailbox
            ) as subscriber:
                await throughout(lambda: True, seconds=chance.uniform(0.0, 0.1))
                await subscriber.pause()
                await throughout(lambda: True, seconds=chance.uniform(0.0, 0.1))
                subscriber.resume()
                await throughout(lambda: True, seconds=0.02)
                await subscriber.pause()
                assert subscriber.undeclared_gaps == []
                position = subscriber.positions[CHANNEL]
                events += subscriber.events
        async with Subscriber(pub_sub, ChannelSubscription(CHANNEL, since=position)) as last:
            await eventually(lambda: bool(last.payloads(CHANNEL)))
            await last.pause()
            last.events[:0] = events
            assert_complete([last], load)

    async with load.running():
        ways = [Overflow.DISCONNECT, Overflow.DROP_OLDEST] * 4
        await asyncio.gather(*map(come_and_go, ways))


@pytest.mark.parametrize("keeps", [True, False])
async def test_pub_sub_killed_redis_is_a_declared_gap(
    start_redis: StartRedis, connect: Connect, keeps: bool
) -> None:
    server = start_redis(appendonly="yes" if keeps else "no", appendfsync="always")
    servers = [make(await connect(server.address, probe_seconds=1)) for _ in range(2)]
    async with Subscriber(servers[0], CHANNEL) as subscriber, Subscriber(servers[1], CHANNEL) as other:
        load = Load(servers)
        await load.received_by([subscriber, other])
        for _ in range(2):
            async with load.running():
                await throughout(lambda: True, seconds=0.2)
                await asyncio.to_thread(server.restart)
                await throughout(lambda: True, seconds=0.2)
            await load.received_by([subscriber, other])
        assert_complete([subscriber, other], load)
        assert subscriber.gaps >= 2


async def test_pub_sub_paused_redis_is_noticed_within_three_seconds_and_nothing_is_lost(
    start_redis: StartRedis, connect: Connect
) -> None:
    server = start_redis()
    redis_client = await connect(server.address, probe_seconds=1)
    pub_sub = make(redis_client)
    async with Subscriber(pub_sub, CHANNEL) as subscriber:
        load = Load([pub_sub])
        async with load.running():
            await throughout(lambda: True, seconds=0.1)
            server.pause()
            await eventually(lambda: not redis_client.subscriber.is_live, within=3)
            server.resume()
            await eventually(lambda: redis_client.subscriber.is_live)
        await load.received_by([subscriber])
        assert_complete([subscriber], load)
        assert subscriber.gaps == 0


@pytest.mark.parametrize("fault", [NodeFault.F1])
async def test_pub_sub_failover_under_load_is_a_declared_gap(
    start_group: StartGroup, fault: NodeFault
) -> None:
    group = start_group(node_config=SHIPPED)
    await asyncio.to_thread(group.wait_complete)
    figures = await drill(group, fault, seed=1)
    assert figures.undeclared == 0
    assert figures.gaps >= 10
    assert figures.published
