"""Raw Redis clients: how they name a channel, what they publish on it, what they write to its keys."""

from __future__ import annotations

import pytest
import redis

from quikstate_server.errors import InvalidRequest, KeyTypeConflict
from quikstate_server.primitives.pub_sub.model import (
    ChannelGap,
    ChannelMessages,
    ChannelSubscription,
    Durability,
    HistoryPosition,
    Publication,
    Subscribed,
)
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.primitives.streams.mailbox import GapReason
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import eventually
from support.pub_sub.subscribers import BOUNDS, Subscriber, connected_everywhere, make, publish

NAMES = ["orders[eu]", "orders*", "orders?", "a\\b", "a{b}c", "{a}", "{a}:b", "100%", "orders%5Beu%5D"]
NAMES += ["*?[]{}\\%", "é"]
LAST = 2**64 - 1
HISTORY = "{d:1}:history"


@pytest.fixture
async def pub_sub(redis_client: RedisClient) -> PubSub:
    return await connected_everywhere(make(redis_client))


@pytest.mark.parametrize("channel", NAMES)
async def test_pub_sub_raw_channel_has_exactly_the_channels_name(
    pub_sub: PubSub, raw: redis.Redis, channel: str
) -> None:
    with raw.pubsub(ignore_subscribe_messages=True) as pubsub:  # type: ignore[no-untyped-call] # redis-py's
        pubsub.subscribe(channel)
        async with Subscriber(pub_sub, channel) as subscriber:
            await eventually(lambda: [row for row in raw.pubsub_channels() if row == channel] != [])
            raw.publish(channel, "raw")
            await subscriber.receives(channel, [b"raw"])  # it may have gone to another node of a cluster
            await publish(pub_sub, channel, b"ours")
            await publish(pub_sub, channel, b"kept", durability=Durability.DURABLE)
            await subscriber.receives(channel, [b"raw", b"ours", b"kept"])
            (row,) = await pub_sub.list_channels("", channel, "", 1)
            assert (row.channel, row.subscribers) == (channel, 1)
            received: list[str] = []

            def has_received_all() -> bool:
                if message := pubsub.get_message(timeout=0.01):
                    received.append(message["data"])
                return sorted(received) == ["kept", "ours", "raw"]

            await eventually(has_received_all)


@pytest.mark.parametrize("prefix", NAMES)
async def test_pub_sub_prefix_is_no_pattern(pub_sub: PubSub, raw: redis.Redis, prefix: str) -> None:
    async with Subscriber(pub_sub, prefixes=[prefix]) as subscriber:
        for name in NAMES:
            raw.publish(f"{name}!", "x")
        raw.publish(f"{prefix}!", "end")
        await subscriber.receives_last(f"{prefix}!", b"end")
        channels = {
            event.channel
            for event in subscriber.received(ChannelMessages)
            if isinstance(event, ChannelMessages)
        }
        assert channels == {f"{name}!" for name in NAMES if name.startswith(prefix)}


async def test_pub_sub_prefix_matches_no_channel_between_servers(pub_sub: PubSub, raw: redis.Redis) -> None:
    async with Subscriber(pub_sub, prefixes=["{"]) as subscriber:
        await publish(pub_sub, "d:1", b"no")
        for name in ("{lock:a}:events", "{quikstate:locks}:a", "{a}:wakeups"):
            raw.publish(name, "no")
        raw.publish("{a}:b", "yes")
        await subscriber.receives("{a}:b", [b"yes"])
        assert len(subscriber.received(ChannelMessages)) == 1


async def test_pub_sub_raw_channel_that_is_not_utf8_reaches_prefix_subscribers(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    """A subscriber of the channel with the replacement character receives the other one by the prefix."""
    async with Subscriber(pub_sub, "w\ufffd", prefixes=["w"]) as subscriber:
        raw.publish(b"w\xff", "x")
        await subscriber.receives("w\ufffd", [b"x"])


@pytest.mark.parametrize("channel", ["d:1", "w"])
async def test_pub_sub_raw_message_on_a_durable_channel_reaches_prefix_subscribers(
    pub_sub: PubSub, raw: redis.Redis, channel: str
) -> None:
    async with Subscriber(pub_sub, prefixes=[channel]) as subscriber:
        await publish(pub_sub, channel, b"first", durability=Durability.DURABLE)
        await subscriber.receives(channel, [b"first"])  # or a later subscriber might receive it, in a cluster
    async with (
        Subscriber(pub_sub, channel) as alone,
        Subscriber(pub_sub, prefixes=[channel]) as by_prefix,
        Subscriber(pub_sub, channel, prefixes=[channel[0], channel]) as both,
        Subscriber(pub_sub, channel) as later,
    ):
        await later.subscription.add([], [channel])
        for number in range(5):
            raw.publish(channel, "raw")
            raw.publish(channel, f"same {number}")
            await publish(pub_sub, channel, b"same %d" % number)
        await publish(pub_sub, channel, b"end")
        kept = [*[b"same %d" % number for number in range(5)], b"end"]
        everything = sorted([*kept, *kept[:-1], *[b"raw"] * 5])
        for one in (both, later, by_prefix):
            await one.receives_in_any_order(channel, everything)
            assert (one.gaps, one.undeclared_gaps) == (0, [])
        await alone.receives(channel, kept)
        later.subscription.remove([], [channel])
        raw.publish(channel, "not for later")
        await publish(pub_sub, channel, b"last")
        await both.receives_in_any_order(channel, [*everything, b"not for later", b"last"])
        await later.receives_last(channel, b"last")
        assert b"not for later" not in later.payloads(channel)


async def test_pub_sub_raw_message_too_large_on_a_durable_channel_is_a_gap_for_prefix_subscribers(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    async with Subscriber(pub_sub, "d:1") as alone, Subscriber(pub_sub, "d:1", prefixes=["d:"]) as both:
        raw.publish("d:1", "x" * (BOUNDS.size // 2 + 1))
        await eventually(lambda: ChannelGap("d:1", GapReason.TOO_LARGE) in both.events)
        await publish(pub_sub, "d:1", b"end")
        await alone.receives("d:1", [b"end"])
        assert alone.gaps == 0


async def test_pub_sub_forged_position_is_ignored(pub_sub: PubSub, raw: redis.Redis) -> None:
    async with Subscriber(pub_sub, "d:1", "e:1") as subscriber:
        await publish(pub_sub, "d:1", b"1")
        await subscriber.receives("d:1", [b"1"])
        for channel in ("d:1", "e:1"):
            for position in (f"{LAST}-{LAST}", "9" * 20 + "-1", "9" * 5_000 + "-1", "0-0", "0-1 " + "9" * 30):
                raw.publish(f"{{{channel}}}:live", f"{position} 1 forged")
        await publish(pub_sub, "d:1", b"2")
        await subscriber.receives("d:1", [b"1", b"2"])
        assert ChannelGap("d:1", GapReason.POSITION_LOST) not in subscriber.events
        raw.publish("e:1", "raw")
        await subscriber.receives_last("e:1", b"raw")


@pytest.mark.parametrize("time", ["nan", "1e999", "0x10", "9" * 400, "-1", "", "é"])
async def test_pub_sub_raw_entry_in_a_history_is_skipped_and_stays(
    pub_sub: PubSub, raw: redis.Redis, time: str
) -> None:
    (first,) = await publish(pub_sub, "d:1", b"1")
    assert first.position
    raw.xadd(HISTORY, {"run": "x", "time": time, "payload": "raw"})
    raw.xadd(HISTORY, {"only": "one field"})
    async with Subscriber(pub_sub, ChannelSubscription("d:1", since=first.position)) as subscriber:
        await publish(pub_sub, "d:1", *[b"2"] * 40)
        await eventually(lambda: subscriber.payloads("d:1") == [b"2"] * 40)
        assert subscriber.gaps
        page = await pub_sub.list_history("", "d:1", max_messages=1_000)
        assert [row.message.payload for row in page.messages] == [b"1", *[b"2"] * 40]
    assert raw.xlen(HISTORY) == 43


async def test_pub_sub_raw_entry_too_large_is_a_gap(pub_sub: PubSub, raw: redis.Redis) -> None:
    (first,) = await publish(pub_sub, "d:1", b"1")
    assert first.position
    size = Limits().max_message_bytes
    raw.xadd(HISTORY, {"run": "x", "time": str(10**16), "payload": "x" * size})
    await publish(pub_sub, "d:1", b"2")
    async with Subscriber(pub_sub, ChannelSubscription("d:1", since=first.position)) as subscriber:
        await subscriber.receives("d:1", [b"2"])
        assert subscriber.gaps == 1
    page = await pub_sub.list_history("", "d:1", max_messages=10)
    assert [row.message.payload for row in page.messages] == [b"1", b"2"]


@pytest.mark.parametrize("last", [f"{LAST}-{LAST}", f"{LAST}-1", f"{2**53}-1"])
async def test_pub_sub_publish_after_the_last_possible_position_is_refused(
    pub_sub: PubSub, raw: redis.Redis, last: str
) -> None:
    raw.xadd(HISTORY, {"run": "x", "time": "1", "payload": "raw"}, id=last)
    refused, fine = await pub_sub.publish("", [Publication("d:1", b"a"), Publication("e:1", b"b")])
    assert isinstance(refused, KeyTypeConflict)
    assert not isinstance(fine, Exception)
    async with Subscriber(pub_sub, ChannelSubscription("d:1", rewind=3)) as subscriber:
        assert subscriber.positions["d:1"] == HistoryPosition.of_entry(last)


async def test_pub_sub_publish_after_an_offset_beyond_a_double_begins_a_new_epoch(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    (first,) = await publish(pub_sub, "d:1", b"a")
    assert first.position
    ((_, ours),) = raw.xrange(HISTORY) or []
    raw.xadd(
        HISTORY,
        {str(name): value for name, value in (ours or {}).items()},
        id=f"{first.position.epoch}-{2**53 + 1}",
    )
    (after,) = await publish(pub_sub, "d:1", b"b")
    assert after.position == HistoryPosition(after.position.epoch if after.position else 0, 1)
    assert after.position > first.position


async def test_pub_sub_publish_on_a_key_of_another_type_leaves_the_rest_of_a_batch_alone(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    raw.set("{e:1}:history", "mine")
    raw.set("{d:1}:published:odd", "mine")
    raw.rpush("{d:1}:published:list", "mine")
    outcomes = await pub_sub.publish(
        "",
        [
            Publication("d:1", b"1"),
            Publication("e:1", b"no"),
            Publication("d:1", b"no", idempotency_key="odd"),
            Publication("d:1", b"no", idempotency_key="list"),
            Publication("d:1", b"2"),
        ],
    )
    refused = [one.metadata["key"] for one in outcomes if isinstance(one, KeyTypeConflict)]
    assert refused == ["{e:1}:history", "{d:1}:published:odd", "{d:1}:published:list"]
    page = await pub_sub.list_history("", "d:1", max_messages=10)
    assert [row.message.payload for row in page.messages] == [b"1", b"2"]


@pytest.mark.parametrize(
    "other",
    [
        Publication("d:1", b"b", idempotency_key="k"),
        Publication("e:1", b"a", Durability.DURABLE, idempotency_key="k"),
    ],
)
async def test_pub_sub_publish_of_another_message_with_the_same_idempotency_key_is_refused(
    pub_sub: PubSub, other: Publication
) -> None:
    for channel in ("d:1", "e:1"):
        await pub_sub.publish("", [Publication(channel, b"a", idempotency_key="k")])
    _, refused = await pub_sub.publish("", [Publication("x", b"x"), other])
    assert isinstance(refused, InvalidRequest)
    assert set(refused.violations) == {"publications[1].idempotency_key"}
    again, _ = await pub_sub.publish("", [Publication("d:1", b"a", idempotency_key="k"), other])
    assert not isinstance(again, Exception)
    assert again.duplicate


async def test_pub_sub_list_history_examines_a_bounded_number_of_entries(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    (first,) = await publish(pub_sub, "d:1", b"1")
    assert first.position
    with raw.pipeline(transaction=False) as pipe:
        for _ in range(3_000):
            pipe.xadd(HISTORY, {"raw": "x"})
        pipe.execute()
    page = await pub_sub.list_history("", "d:1", max_messages=10, after=first.position)
    assert page.messages == []
    assert page.next_position
    async with Subscriber(pub_sub, ChannelSubscription("d:1", since=first.position)) as subscriber:
        assert subscriber.events[0] == Subscribed("d:1", position=page.last_position)
        assert subscriber.gaps == 1
        await publish(pub_sub, "d:1", b"2")
        await subscriber.receives("d:1", [b"2"])
