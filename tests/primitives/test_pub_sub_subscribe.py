"""Subscribe: which messages each subscriber receives, and from which position."""

from __future__ import annotations

import asyncio

import pytest
import redis

from quikstate_server.errors import Overloaded
from quikstate_server.primitives.pub_sub.model import (
    NOT_DURABLE,
    START,
    ChannelGap,
    ChannelMessages,
    ChannelSubscription,
    Durability,
    HistoryPosition,
    Subscribed,
)
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.primitives.streams.mailbox import Bounds, GapReason, Mailbox, Overflow
from quikstate_server.redis_client.client import RedisClient
from support.harness.eventually import eventually
from support.pub_sub.subscribers import BOUNDS, Subscriber, connected_everywhere, make, publish


@pytest.fixture
async def pub_sub(redis_client: RedisClient) -> PubSub:
    return await connected_everywhere(make(redis_client))


@pytest.fixture
def other_server(redis_client: RedisClient) -> PubSub:
    return make(redis_client)


OTHER_CHANNELS = ("quikstate:probe:", "__sentinel__:")
"""Channels that are in use in every cell of the matrix."""


def numbers(first: int, last: int) -> list[bytes]:
    return [b"%d" % number for number in range(first, last + 1)]


@pytest.mark.parametrize("channel", ["d:1", "e:1"])
async def test_pub_sub_subscribe_receives_messages_from_any_server(
    pub_sub: PubSub, other_server: PubSub, channel: str
) -> None:
    async with Subscriber(pub_sub, channel) as one, Subscriber(other_server, channel) as two:
        for number in numbers(1, 20):
            await publish(pub_sub, channel, number)
        for subscriber in (one, two):
            await subscriber.receives(channel, numbers(1, 20))
            assert (subscriber.gaps, subscriber.undeclared_gaps) == (0, [])


async def test_pub_sub_subscribe_receives_messages_in_batches(pub_sub: PubSub) -> None:
    async with Subscriber(pub_sub, "d:1") as subscriber:
        await publish(pub_sub, "d:1", *numbers(1, 100))
        await eventually(lambda: len(subscriber.payloads("d:1")) == 100)
        assert len(subscriber.received(ChannelMessages)) < 20


async def test_pub_sub_subscribe_receives_raw_messages_on_an_ephemeral_channel_only(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    async with Subscriber(pub_sub, "d:1", "e:1") as subscriber:
        raw.publish("d:1", "forged")
        raw.publish("e:1", "raw")
        await publish(pub_sub, "d:1", b"real")
        await eventually(
            lambda: subscriber.payloads("d:1") == [b"real"] and subscriber.payloads("e:1") == [b"raw"]
        )
        assert subscriber.positions["d:1"].offset == 1


async def test_pub_sub_subscribe_resumes_with_every_later_message(
    pub_sub: PubSub, other_server: PubSub
) -> None:
    async with Subscriber(pub_sub, "d:1") as before:
        await publish(pub_sub, "d:1", *numbers(1, 10))
        await eventually(lambda: len(before.payloads("d:1")) == 10)
    await publish(pub_sub, "d:1", *numbers(11, 90))
    async with Subscriber(other_server, ChannelSubscription("d:1", since=before.positions["d:1"])) as after:
        await publish(pub_sub, "d:1", *numbers(91, 100))
        await eventually(lambda: after.payloads("d:1") == numbers(11, 100))
        assert (after.gaps, after.undeclared_gaps) == (0, [])
        (begun,) = after.received(Subscribed)
        assert begun == Subscribed("d:1", position=before.positions["d:1"], recovered=True)


@pytest.mark.parametrize("channel", ["d:1", "c"])
async def test_pub_sub_subscribe_resumes_before_the_first_message(
    pub_sub: PubSub, other_server: PubSub, channel: str
) -> None:
    """On a channel that was not durable nobody knows what came before the first stored message."""
    async with Subscriber(pub_sub, channel) as before:
        await before.has_begun()
    await publish(pub_sub, channel, *numbers(1, 3), durability=Durability.DURABLE)
    for server in (pub_sub, other_server):
        async with Subscriber(server, ChannelSubscription(channel, since=before.positions[channel])) as after:
            await after.receives(channel, numbers(1, 3))
            assert after.gaps == (0 if channel == "d:1" else 1)
            (begun,) = after.received(Subscribed)
            assert isinstance(begun, Subscribed)
            assert begun.recovered == (channel == "d:1")


async def test_pub_sub_subscribe_resumed_on_a_channel_that_is_not_durable_is_a_gap(pub_sub: PubSub) -> None:
    async with Subscriber(pub_sub, "c") as before:
        await before.has_begun()
    async with Subscriber(pub_sub, ChannelSubscription("c", since=before.positions["c"])) as after:
        await after.has_gaps(1)
        assert after.positions["c"] == before.positions["c"] == NOT_DURABLE
        await publish(pub_sub, "c", b"1", durability=Durability.DURABLE)
        await after.receives("c", [b"1"])
        assert (after.positions["c"].offset, after.gaps, after.undeclared_gaps) == (1, 1, [])


@pytest.mark.parametrize("channel", ["d:1", "c", "e"])
@pytest.mark.parametrize(
    "since",
    [HistoryPosition(2**64 - 1, 2**64 - 1), HistoryPosition(2**64 - 1, 0), HistoryPosition(2, 2**64 - 1)],
)
async def test_pub_sub_subscribe_after_a_position_that_never_existed_is_a_gap(
    pub_sub: PubSub, channel: str, since: HistoryPosition
) -> None:
    if channel != "e":
        await publish(pub_sub, channel, b"1", durability=Durability.DURABLE)
    page = await pub_sub.list_history("", channel, after=since, max_messages=10)
    assert [row.message.payload for row in page.messages] == (
        [b"1"] if since.epoch == 2 and channel != "e" else []
    )
    async with Subscriber(pub_sub, ChannelSubscription(channel, since=since)) as subscriber:
        await subscriber.has_gaps(1)
        await publish(pub_sub, channel, b"2")
        await subscriber.receives_last(channel, b"2")
        assert subscriber.gaps == 1


async def test_pub_sub_subscribe_resumes_without_a_gap_where_nothing_was_missed(pub_sub: PubSub) -> None:
    (last,) = await publish(pub_sub, "d:1", b"a")
    async with Subscriber(pub_sub, ChannelSubscription("d:1", since=last.position)) as subscriber:
        await eventually(
            lambda: subscriber.received(Subscribed) == [Subscribed("d:1", False, last.position, True)]
        )
        await publish(pub_sub, "d:1", b"b")
        await eventually(lambda: subscriber.payloads("d:1") == [b"b"])


async def test_pub_sub_subscribe_after_a_position_that_a_lagging_server_does_not_have_yet_is_no_gap(
    pub_sub: PubSub, other_server: PubSub
) -> None:
    """A message that one server has delivered may be on its way to another."""
    async with Subscriber(other_server, "d:1"), Subscriber(pub_sub, "d:1"):
        for number in numbers(1, 50):
            (last,) = await publish(pub_sub, "d:1", number)
            async with Subscriber(
                other_server, ChannelSubscription("d:1", since=last.position)
            ) as subscriber:
                await subscriber.has_begun()
                assert subscriber.gaps == 0


async def test_pub_sub_subscribe_after_an_expired_position_is_a_gap_and_then_the_stored_messages(
    redis_client: RedisClient,
) -> None:
    pub_sub = make(redis_client, history_messages=10)
    (first, *_) = await publish(pub_sub, "d:1", *numbers(1, 30))
    async with Subscriber(pub_sub, ChannelSubscription("d:1", since=first.position)) as subscriber:
        await eventually(lambda: subscriber.payloads("d:1") == numbers(21, 30))
        assert first.position
        begin = HistoryPosition(first.position.epoch, 20)
        assert subscriber.events[:2] == [
            Subscribed("d:1", position=begin),
            ChannelGap("d:1", GapReason.POSITION_LOST),
        ]
        await publish(pub_sub, "d:1", b"31")
        await eventually(lambda: subscriber.payloads("d:1")[-1] == b"31")
        assert (subscriber.gaps, subscriber.undeclared_gaps) == (1, [])


async def test_pub_sub_subscribe_after_a_position_of_an_earlier_epoch_is_a_gap(pub_sub: PubSub) -> None:
    (old,) = await publish(pub_sub, "d:1", b"old")
    await pub_sub.delete_history("", "d:1")
    await publish(pub_sub, "d:1", b"new")
    async with Subscriber(pub_sub, ChannelSubscription("d:1", since=old.position)) as subscriber:
        await eventually(lambda: subscriber.payloads("d:1") == [b"new"])
        assert subscriber.gaps == 1


async def test_pub_sub_subscribe_after_a_position_without_a_history_is_a_gap(pub_sub: PubSub) -> None:
    for channel in ("d:1", "e:1"):
        async with Subscriber(
            pub_sub, ChannelSubscription(channel, since=HistoryPosition(5, 5))
        ) as subscriber:
            await subscriber.has_gaps(1)


async def test_pub_sub_subscribe_rewinds_as_far_as_messages_are_stored(pub_sub: PubSub) -> None:
    await publish(pub_sub, "d:1", *numbers(1, 30))
    for rewind, expected in ((5, numbers(26, 30)), (1_000, numbers(1, 30))):
        async with Subscriber(pub_sub, ChannelSubscription("d:1", rewind=rewind)) as subscriber:
            await subscriber.receives("d:1", expected)
            assert subscriber.gaps == 0


async def test_pub_sub_subscribe_replays_a_long_history_through_a_small_mailbox(pub_sub: PubSub) -> None:
    payloads = [b"%03d" % number * 3_000 for number in range(100)]
    for start in range(0, 100, 20):
        await publish(pub_sub, "d:1", *payloads[start : start + 20])
    mailbox: Mailbox[bytes] = Mailbox(Bounds(3, 20_000), Overflow.DISCONNECT)
    async with Subscriber(pub_sub, ChannelSubscription("d:1", since=START), mailbox=mailbox) as subscriber:
        await eventually(lambda: subscriber.payloads("d:1") == payloads)


async def test_pub_sub_subscribe_during_publishing_misses_and_repeats_nothing(
    pub_sub: PubSub, other_server: PubSub
) -> None:
    async def load() -> None:
        for number in numbers(1, 400):
            await publish(pub_sub, "d:1", number)

    loading = asyncio.create_task(load())
    joined = []
    while not loading.done():
        one = await Subscriber(other_server, ChannelSubscription("d:1", since=START)).__aenter__()
        joined.append(one)
        await asyncio.sleep(0.02)
    for one in joined:
        await one.receives("d:1", numbers(1, 400))
        assert (one.gaps, one.undeclared_gaps) == (0, [])
        await one.close()


async def test_pub_sub_subscribe_receives_a_channel_that_becomes_durable_and_ceases_to_be(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    async with Subscriber(pub_sub, "c") as subscriber:
        await publish(pub_sub, "c", b"1")
        await publish(pub_sub, "c", b"2", b"3", durability=Durability.DURABLE)
        await publish(pub_sub, "c", b"4")
        await eventually(lambda: subscriber.payloads("c") == numbers(1, 4))
        assert subscriber.positions["c"].offset == 3
        await pub_sub.delete_history("", "c")
        await publish(pub_sub, "c", b"5")
        raw.publish("c", "6")
        await eventually(lambda: subscriber.payloads("c") == numbers(1, 6))
        await publish(pub_sub, "c", b"7", durability=Durability.DURABLE)
        await eventually(lambda: subscriber.payloads("c") == numbers(1, 7))


async def test_pub_sub_subscribe_by_prefix_receives_every_matching_channel(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    async with Subscriber(pub_sub, prefixes=["w:*:"]) as subscriber:
        await publish(pub_sub, "w:*:1", b"a")
        await publish(pub_sub, "w:x:1", b"no")
        raw.publish("w:*:2", "b")
        await eventually(lambda: subscriber.payloads("w:*:2") == [b"b"])
        await subscriber.receives("w:*:1", [b"a"])
        assert len(subscriber.received(ChannelMessages)) == 2


async def test_pub_sub_subscribe_reports_a_gap_before_a_first_message_published_while_disconnected(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    """An earlier one may have been lost with its history, in a failover while the server was disconnected."""
    async with Subscriber(pub_sub, "d:1") as subscriber:
        await subscriber.has_begun()
        raw.client_kill_filter(_type="pubsub")
        await publish(pub_sub, "d:1", b"1")
        await subscriber.receives("d:1", [b"1"])
        await subscriber.has_gaps(1)


async def test_pub_sub_subscribe_receives_a_message_that_matches_several_times_once(pub_sub: PubSub) -> None:
    async with Subscriber(pub_sub, "w:1:a", "d:1:a", prefixes=["w:", "w:1:", "d:"]) as subscriber:
        for channel in ("w:1:a", "w:1:b", "w:2", "d:1:a", "d:2"):
            await publish(pub_sub, channel, b"x")
        channels = ("w:1:a", "w:1:b", "w:2", "d:1:a", "d:2")
        await eventually(lambda: all(subscriber.payloads(channel) for channel in channels))
        assert [subscriber.payloads(channel) for channel in channels] == [[b"x"]] * 5
        assert subscriber.positions["d:1:a"].offset == 1


async def test_pub_sub_subscribe_by_prefix_receives_nothing_of_servers_or_other_namespaces(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    async with Subscriber(pub_sub, prefixes=["q", "n", "_"]) as subscriber:
        for name in ("quikstate:probe:1", "ns.other:secret", "__sentinel__:hello"):
            raw.publish(name, "no")
        raw.publish("news", "yes")
        await eventually(lambda: subscriber.payloads("news") == [b"yes"])
        assert len(subscriber.received(ChannelMessages)) == 1


async def test_pub_sub_subscribe_adds_and_removes_channels(pub_sub: PubSub) -> None:
    async with Subscriber(pub_sub, "e:1") as subscriber:
        await subscriber.subscription.add([ChannelSubscription("e:2"), ChannelSubscription("d:1")], ["p:"])
        subscriber.subscription.remove(["e:1", "never"], ["never"])
        for channel in ("e:1", "e:2", "d:1", "p:1"):
            await publish(pub_sub, channel, b"x")
        await eventually(lambda: all(subscriber.payloads(one) for one in ("e:2", "d:1", "p:1")))
        assert subscriber.payloads("e:1") == []
        subscriber.subscription.remove([], ["p:"])
        await publish(pub_sub, "p:1", b"y")
        await publish(pub_sub, "e:2", b"end")
        await eventually(lambda: subscriber.payloads("e:2")[-1] == b"end")
        assert subscriber.payloads("p:1") == [b"x"]


async def test_pub_sub_subscribe_beyond_the_limits_is_refused_and_changes_nothing(
    redis_client: RedisClient,
) -> None:
    pub_sub = make(redis_client, max_subscriptions=2, max_prefixes_per_stream=1, max_prefixes_per_server=1)
    async with Subscriber(pub_sub, "e:1", prefixes=["p:"]) as subscriber:
        with pytest.raises(Overloaded):
            await subscriber.subscription.add([ChannelSubscription("e:2"), ChannelSubscription("e:3")], [])
        with pytest.raises(Overloaded):
            await subscriber.subscription.add([ChannelSubscription("e:2")], ["q:"])
        assert pub_sub.source_count == 2
        with pytest.raises(Overloaded, match="max_prefixes_per_server"):
            await Subscriber(pub_sub, "e:2", prefixes=["q:"]).__aenter__()
        assert pub_sub.source_count == 2


async def test_pub_sub_subscribe_shares_one_subscription_in_redis(pub_sub: PubSub, raw: redis.Redis) -> None:
    def subscribed() -> list[str]:
        return [str(name) for name in raw.pubsub_channels() if not str(name).startswith(OTHER_CHANNELS)]

    crowd = [Subscriber(pub_sub, "d:1", "e:1", prefixes=["p:"]) for _ in range(100)]
    await asyncio.gather(*(one.__aenter__() for one in crowd))
    assert sorted(subscribed()) == ["e:1", "{d:1}:live", "{e:1}:live"]
    assert raw.pubsub_numpat() <= 1
    tasks = len(asyncio.all_tasks())
    for one in crowd:
        await one.close()
    assert pub_sub.source_count == 0
    await eventually(lambda: subscribed() == [] and len(asyncio.all_tasks()) < tasks - 90)


async def test_pub_sub_subscribe_by_a_thousand_receives_every_message(pub_sub: PubSub) -> None:
    crowd = [Subscriber(pub_sub, "d:1") for _ in range(1_000)]
    await asyncio.gather(*(one.__aenter__() for one in crowd))
    for number in numbers(1, 20):
        await publish(pub_sub, "d:1", number)
    for one in crowd:
        await one.receives("d:1", numbers(1, 20))
        assert (one.gaps, one.undeclared_gaps) == (0, [])
        await one.close()


async def test_pub_sub_subscribe_disconnects_a_slow_reader_which_resumes(pub_sub: PubSub) -> None:
    mailbox: Mailbox[bytes] = Mailbox(Bounds(5, 10_000), Overflow.DISCONNECT)
    async with Subscriber(pub_sub, "d:1", mailbox=mailbox) as slow, Subscriber(pub_sub, "d:1") as quick:
        await publish(pub_sub, "d:1", b"1")
        await eventually(lambda: slow.payloads("d:1") == [b"1"])
        await slow.pause()
        for number in numbers(2, 20):
            await publish(pub_sub, "d:1", number)
            await quick.receives_last("d:1", number)
        with pytest.raises(Overloaded):
            mailbox.take()
    async with Subscriber(pub_sub, ChannelSubscription("d:1", since=slow.positions["d:1"])) as again:
        await eventually(lambda: again.payloads("d:1") == numbers(2, 20))


@pytest.mark.parametrize("overflow", [Overflow.DROP_OLDEST, Overflow.CONFLATE])
async def test_pub_sub_subscribe_sends_a_slow_reader_the_newest(pub_sub: PubSub, overflow: Overflow) -> None:
    mailbox: Mailbox[bytes] = Mailbox(Bounds(5, 10_000), overflow)
    async with (
        Subscriber(pub_sub, "d:1", "e:1", mailbox=mailbox) as slow,
        Subscriber(pub_sub, "d:1", "e:1") as quick,
    ):
        await slow.pause()
        for number in numbers(1, 20):
            await publish(pub_sub, "d:1", number)
            await publish(pub_sub, "e:1", number)
            for channel in ("d:1", "e:1"):
                await quick.receives_last(channel, number)
        slow.resume()
        await eventually(lambda: slow.payloads("d:1")[-1:] == slow.payloads("e:1")[-1:] == [b"20"])
        event = len(slow.payloads("d:1")) + len(slow.payloads("e:1"))
        assert (slow.gaps, event) == ((1, 5) if overflow is Overflow.DROP_OLDEST else (0, 2))


async def test_pub_sub_subscribe_keeps_the_positions_when_the_server_ends(pub_sub: PubSub) -> None:
    async with Subscriber(pub_sub, "d:1", "e:1") as subscriber:
        await publish(pub_sub, "d:1", *numbers(1, 5))
        await eventually(lambda: len(subscriber.payloads("d:1")) == 5)
        await subscriber.pause()
        await publish(pub_sub, "d:1", b"6")
        subscriber.subscription.end()
        await publish(pub_sub, "d:1", b"7")
        subscriber.resume()
        await eventually(lambda: subscriber.mailbox.has_ended)
        assert subscriber.subscription.end_positions == {
            "d:1": subscriber.positions["d:1"],
            "e:1": NOT_DURABLE,
        }
    async with Subscriber(pub_sub, ChannelSubscription("d:1", since=subscriber.positions["d:1"])) as again:
        await eventually(lambda: subscriber.payloads("d:1") + again.payloads("d:1") == numbers(1, 7))


async def test_pub_sub_subscribe_reports_a_gap_for_a_message_too_large(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    async with Subscriber(pub_sub, "e:1", prefixes=["p:"]) as subscriber:
        for channel in ("e:1", "p:1"):
            raw.publish(channel, "x" * (BOUNDS.size // 2 + 1))
            raw.publish(channel, "small")
        await eventually(lambda: subscriber.payloads("e:1") == subscriber.payloads("p:1") == [b"small"])
        reasons = [gap.reason for gap in subscriber.events if isinstance(gap, ChannelGap)]
        assert reasons == [GapReason.TOO_LARGE] * 2
