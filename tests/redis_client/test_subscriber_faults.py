"""Pub/sub when connections end or fall silent: listeners get a gap, then messages again."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
import redis
from redis.asyncio.connection import AbstractConnection

from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.dial import Credentials, dial
from quikstate_server.redis_client.subscriber import ChannelFilter, Subscriber
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually, throughout, timely
from support.redis.clients import Connect, OpenRedisClient, patient
from support.redis.listeners import RecordingListener
from support.redis.proxy import proxy
from support.redis.redis_process import StartRedis


def _subscribers(raw: redis.Redis, channel: str) -> int:
    counted = cast("list[tuple[str, int]]", raw.pubsub_numsub(channel))
    return counted[0][1]


async def test_a_killed_connection_is_a_gap_after_which_messages_arrive_again(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    channel, prefix = RecordingListener(), RecordingListener()
    await redis_client.subscriber.subscribe(ChannelFilter("c:1"), channel)
    await redis_client.subscriber.subscribe(ChannelFilter("c:", is_prefix=True), prefix)
    raw.client_kill_filter(_type="pubsub")
    await eventually(lambda: (channel.gaps, prefix.gaps) == (1, 1))
    await redis_client.publish("c:1", b"after")
    await eventually(lambda: channel.messages == prefix.messages == [("c:1", b"after")])


@pytest.mark.faults
async def test_a_listener_that_fails_gets_a_gap_and_the_others_get_their_messages(
    redis_client: RedisClient,
) -> None:
    reported: list[str] = []
    redis_client.monitor.on_fault = reported.append

    class Broken(RecordingListener):
        def on_message(self, channel: str, payload: bytes) -> None:
            super().on_message(channel, payload)
            if payload == b"poison":
                raise ValueError(payload)

    await redis_client.subscriber.subscribe(ChannelFilter("c"), broken := Broken())
    await redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
    await redis_client.publish("c", b"poison")
    await eventually(lambda: broken.gaps == 1)
    await redis_client.publish("c", b"after")
    await eventually(lambda: listener.messages == [("c", b"poison"), ("c", b"after")] == broken.messages)
    assert listener.gaps == 0
    assert reported == ["redis.listener"]


async def test_thousands_of_subscriptions_survive_a_reconnect(
    open_redis_client: OpenRedisClient, raw: redis.Redis
) -> None:
    redis_client = await open_redis_client(patient(command_seconds=60))
    listener = RecordingListener()
    topics = [ChannelFilter(f"c:{n}", is_prefix=n % 2 == 0) for n in range(3_000)]
    await asyncio.gather(*(redis_client.subscriber.subscribe(topic, listener) for topic in topics))
    raw.client_kill_filter(_type="pubsub")
    await eventually(lambda: listener.gaps == 3_000)
    assert redis_client.subscriber.is_live
    await redis_client.publish("c:2999", b"x")
    await eventually(lambda: ("c:2999", b"x") in listener.messages)


async def test_subscribing_without_redis_fails_in_time_and_leaves_nothing(
    start_redis: StartRedis, connect: Connect
) -> None:
    server = start_redis()
    redis_client = await connect(server.address, command_seconds=0.2)
    server.kill()
    await eventually(lambda: not redis_client.subscriber.is_live)
    async with timely(1):
        with pytest.raises(RedisUnavailable):
            await redis_client.subscriber.subscribe(ChannelFilter("c"), RecordingListener())
    server.start()
    await eventually(lambda: redis_client.subscriber.is_live)
    with server.client() as raw:
        assert _subscribers(raw, "c") == 0


async def test_a_connection_that_went_silent_is_noticed_within_three_seconds(
    start_redis: StartRedis, connect: Connect
) -> None:
    """Nothing arrives over it, while Redis answers everyone else, as on a demoted master."""
    server = start_redis()
    redis_client = await connect(server.address)
    settings = RedisSettings()
    async with proxy(server.path) as silent:

        async def through_proxy() -> AbstractConnection:
            return await dial(silent.address, Credentials(), settings)

        subscriber = Subscriber(through_proxy, redis_client.publish, settings, redis_client.monitor)
        await subscriber.start()
        try:
            await subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
            silent.pause()
            await eventually(lambda: not subscriber.is_live, within=3)
            silent.resume()
            await eventually(lambda: listener.gaps == 1)
            await redis_client.publish("c", b"heard")
            await eventually(lambda: listener.messages == [("c", b"heard")])
        finally:
            await subscriber.close()


async def test_a_paused_redis_is_noticed_within_three_seconds(
    start_redis: StartRedis, connect: Connect
) -> None:
    server = start_redis()
    redis_client = await connect(server.address, probe_seconds=1)
    await redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
    server.pause()
    await eventually(lambda: not redis_client.subscriber.is_live, within=3)
    server.resume()
    await eventually(lambda: listener.gaps == 1)


async def test_a_connection_without_messages_is_kept_while_probes_arrive(
    open_redis_client: OpenRedisClient, raw: redis.Redis
) -> None:
    redis_client = await open_redis_client(RedisSettings(probe_seconds=0.5))
    await redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
    connection = redis_client.subscriber._connection
    await throughout(lambda: redis_client.subscriber.is_live, seconds=1.7)  # three probes
    assert redis_client.subscriber._connection is connection
    assert listener.gaps == 0
    raw.publish("c", "heard")
    await eventually(lambda: listener.messages == [("c", b"heard")])
