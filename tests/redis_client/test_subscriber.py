"""Pub/sub: which listeners receive what, over one Redis subscription a channel in each process."""

from __future__ import annotations

import asyncio
from typing import cast
from uuid import uuid4

import pytest
import redis
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio.connection import AbstractConnection

from quikstate_server.background import FaultMonitor
from quikstate_server.errors import RedisUnavailable
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.connection.pubsub_connection import ChannelOrPattern, PubSubConnection
from quikstate_server.redis_client.subscriber import ChannelFilter, Subscriber
from quikstate_server.settings import RedisSettings
from support.harness.eventually import PATIENCE_SECONDS, eventually, turns
from support.redis.listeners import RecordingListener


def _subscribers(raw: redis.Redis, channel: str) -> int:
    counted = cast("list[tuple[str, int]]", raw.pubsub_numsub(channel))
    return counted[0][1]


async def _all_before(redis_client: RedisClient) -> None:
    """Return once everything published so far has arrived: each node keeps the order of its messages."""
    last, nodes, call = RecordingListener(), redis_client.router.nodes(), uuid4()
    names = {f"{call} {node.name}".encode() for node in nodes}
    await redis_client.subscriber.subscribe(ChannelFilter("last"), last)

    async def every_node_is_heard() -> bool:
        """What is published while two nodes of a cluster are just connecting to each other is lost."""
        for node in nodes:
            words = "PUBLISH", "last", f"{call} {node.name}"
            await redis_client._run_command(words, lambda node=node: node, (), read_only=False)  # type: ignore[misc]
        return {payload for _, payload in last.messages} >= names  # others are of a call before

    await eventually(every_node_is_heard)
    redis_client.subscriber.unsubscribe(ChannelFilter("last"), last)


@pytest.fixture
async def redis_client(redis_client: RedisClient) -> RedisClient:
    """Messages of the test before may still be on their way from another node."""
    await _all_before(redis_client)
    return redis_client


async def test_a_subscriber_receives_what_is_published_from_then_on(redis_client: RedisClient) -> None:
    await redis_client.publish("c", b"before")
    await _all_before(redis_client)
    await redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
    told = {await redis_client.publish("c", b"%d" % n) for n in range(1_000)}
    assert told == {1} or len(redis_client.router.nodes()) > 1, "each node counts its own subscribers"
    await _all_before(redis_client)
    assert listener.messages == [("c", b"%d" % n) for n in range(1_000)]
    assert listener.gaps == 0


async def test_raw_clients_publish_and_subscribe_to_the_same_channels(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    await redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
    with raw.pubsub(ignore_subscribe_messages=True) as plain:  # type: ignore[no-untyped-call] # redis-py's
        plain.subscribe("c")
        plain.get_message(timeout=PATIENCE_SECONDS)
        raw.publish("c", "raw")
        await redis_client.publish("c", b"ours")
        await eventually(lambda: listener.messages == [("c", b"raw"), ("c", b"ours")])
        assert [plain.get_message(timeout=PATIENCE_SECONDS)["data"] for _ in range(2)] == ["raw", "ours"]


async def test_any_number_of_listeners_is_one_redis_subscription(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    everyone = [RecordingListener() for _ in range(100)]
    await asyncio.gather(
        *(redis_client.subscriber.subscribe(ChannelFilter("c"), listener) for listener in everyone)
    )
    assert _subscribers(raw, "c") == 1
    await redis_client.publish("c", b"to all")
    await _all_before(redis_client)
    assert all(listener.messages == [("c", b"to all")] for listener in everyone)
    for listener in everyone[1:]:
        redis_client.subscriber.unsubscribe(ChannelFilter("c"), listener)
    assert _subscribers(raw, "c") == 1
    redis_client.subscriber.unsubscribe(ChannelFilter("c"), everyone[0])
    await eventually(lambda: _subscribers(raw, "c") == 0)


_HOSTILE = st.text("ab*?[]^-\\:{}%\u00e9", max_size=6)


@given(prefix=_HOSTILE, channels=st.lists(_HOSTILE, max_size=8))
async def test_a_prefix_is_literal_whatever_it_holds(
    redis_client: RedisClient, prefix: str, channels: list[str]
) -> None:
    topic = ChannelFilter(f"p:{prefix}", is_prefix=True)
    await redis_client.subscriber.subscribe(topic, listener := RecordingListener())
    published = [f"p:{channel}" for channel in channels] + [f"p:{prefix}{channel}" for channel in channels]
    for channel in published:
        await redis_client.publish(channel, b"")
    await _all_before(redis_client)
    redis_client.subscriber.unsubscribe(topic, listener)
    in_order = list if len(redis_client.router.nodes()) == 1 else sorted  # each node keeps its own
    assert in_order(channel for channel, _ in listener.messages) == in_order(
        channel for channel in published if channel.startswith(topic.name)
    )


@given(name=_HOSTILE)
async def test_a_channel_is_literal_whatever_it_holds(redis_client: RedisClient, name: str) -> None:
    await redis_client.subscriber.subscribe(ChannelFilter(f"c:{name}"), listener := RecordingListener())
    await redis_client.publish(f"c:{name}", b"hit")
    await redis_client.publish("c:aa", b"miss")
    await _all_before(redis_client)
    redis_client.subscriber.unsubscribe(ChannelFilter(f"c:{name}"), listener)
    assert listener.messages[0] == (f"c:{name}", b"hit")
    assert all(channel == f"c:{name}" for channel, _ in listener.messages)


async def test_a_channel_that_is_no_text_can_be_told_from_others(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    await redis_client.subscriber.subscribe(
        ChannelFilter("b:", is_prefix=True), listener := RecordingListener()
    )
    raw.publish(b"b:\xff", "1")
    raw.publish(b"b:\xfe", "2")
    await eventually(lambda: listener.messages == [("b:\udcff", b"1"), ("b:\udcfe", b"2")])


_MOVES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=30)


@given(moves=_MOVES)
async def test_subscribers_and_only_they_receive_messages(
    redis_client: RedisClient, moves: list[tuple[int, int, bool]]
) -> None:
    """Subscribe, cancel and subscribe again, in any order, by three listeners to three channels."""
    topics = [ChannelFilter("r:1"), ChannelFilter("r:2"), ChannelFilter("r:", is_prefix=True)]
    everyone = [RecordingListener() for _ in range(3)]
    expected: list[list[tuple[str, bytes]]] = [[] for _ in everyone]
    joined: set[tuple[int, int]] = set()
    for step, (who, what, join) in enumerate(moves):
        if join:
            await redis_client.subscriber.subscribe(topics[what], everyone[who])
            joined.add((who, what))
        else:
            redis_client.subscriber.unsubscribe(topics[what], everyone[who])
            joined.discard((who, what))
        await redis_client.publish("r:1", b"%d" % step)
        await _all_before(redis_client)
        for who_hears, what_is_heard in joined:
            if what_is_heard != 1:
                expected[who_hears].append(("r:1", b"%d" % step))
    for who, what in joined:
        redis_client.subscriber.unsubscribe(topics[what], everyone[who])
    assert [listener.messages for listener in everyone] == expected


async def test_a_subscribe_cancelled_while_it_is_confirmed_leaves_nothing(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    for count in range(6):
        subscribing = asyncio.create_task(
            redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
        )
        await turns(count)
        subscribing.cancel()
        await asyncio.wait([subscribing])
        redis_client.subscriber.unsubscribe(ChannelFilter("c"), listener)
    await eventually(lambda: _subscribers(raw, "c") == 0)
    await redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
    assert _subscribers(raw, "c") == 1
    await redis_client.publish("c", b"heard")
    await eventually(lambda: listener.messages == [("c", b"heard")])


class _Asked:
    """A connection whose confirmations the test makes."""

    is_lost = False

    def subscribe(self, target: ChannelOrPattern) -> None:
        """Redis will confirm it later."""

    def unsubscribe(self, target: ChannelOrPattern) -> None:
        """Redis will confirm it later."""

    async def close(self) -> None:
        self.is_lost = True


@pytest.fixture
def unanswered() -> Subscriber:
    """Return a subscriber without Redis; the test makes the replies."""

    async def never() -> AbstractConnection:
        raise RedisUnavailable("not in this test")

    async def publish(channel: str, payload: bytes) -> int:
        return len(channel) + len(payload)

    subscriber = Subscriber(never, publish, RedisSettings(), FaultMonitor())
    subscriber._connection = cast("PubSubConnection", _Asked())
    return subscriber


async def test_a_confirmation_of_a_cancelled_subscribe_confirms_nothing(unanswered: Subscriber) -> None:
    """Between UNSUBSCRIBE and the second SUBSCRIBE a message may be missed."""
    first = asyncio.create_task(unanswered.subscribe(ChannelFilter("c"), RecordingListener()))
    await turns()
    first.cancel()
    await asyncio.wait([first])
    second = asyncio.create_task(unanswered.subscribe(ChannelFilter("c"), RecordingListener()))
    await turns()
    unanswered._on_confirmed((b"c", False))
    await turns(3)
    assert not second.done(), "this was the answer to the first"
    unanswered._on_confirmed((b"c", False))
    await second


async def test_a_cancelled_second_subscribe_does_not_end_the_first_of_the_same_listener(
    unanswered: Subscriber,
) -> None:
    """As when another caller begins to watch the same in an outage, and is cancelled."""
    listener = RecordingListener()
    hearing = asyncio.create_task(unanswered.subscribe(ChannelFilter("c"), listener))
    await turns()
    unanswered._on_confirmed((b"c", False))
    await hearing
    unanswered._on_lost()
    joining = asyncio.create_task(unanswered.subscribe(ChannelFilter("c"), listener))
    await turns()
    joining.cancel()
    await asyncio.wait([joining])
    unanswered._on_confirmed((b"c", False))
    unanswered._on_message((b"c", False), b"c", b"heard")
    assert (listener.gaps, listener.messages) == (1, [("c", b"heard")])


async def test_of_two_subscribes_of_one_listener_one_may_be_cancelled(unanswered: Subscriber) -> None:
    listener = RecordingListener()
    one, other = (asyncio.create_task(unanswered.subscribe(ChannelFilter("c"), listener)) for _ in range(2))
    await turns()
    one.cancel()
    await asyncio.wait([one])
    unanswered._on_confirmed((b"c", False))
    await asyncio.wait_for(other, PATIENCE_SECONDS)
    unanswered._on_message((b"c", False), b"c", b"heard")
    assert listener.messages == [("c", b"heard")]


async def test_no_message_arrives_after_unsubscribe_even_in_the_same_dispatch(
    redis_client: RedisClient,
) -> None:
    class Envious(RecordingListener):
        def on_message(self, channel: str, payload: bytes) -> None:
            super().on_message(channel, payload)
            for other in envious:
                if other is not self:
                    redis_client.subscriber.unsubscribe(ChannelFilter("c"), other)

    envious = [Envious() for _ in range(10)]
    for listener in envious:
        await redis_client.subscriber.subscribe(ChannelFilter("c"), listener)
    await redis_client.publish("c", b"1")
    await redis_client.publish("c", b"2")
    await _all_before(redis_client)
    assert sorted(len(listener.messages) for listener in envious) == [0] * 9 + [2]
