"""Publish, ListHistory, DeleteHistory and ListChannels: what is stored, where, and for how long."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import redis

from quikstate_server.errors import ChannelDurable, KeyTypeConflict
from quikstate_server.primitives.pub_sub.model import (
    START,
    Durability,
    HistoryPosition,
    Publication,
    PublishReceipt,
)
from quikstate_server.primitives.pub_sub.pub_sub import PubSub
from quikstate_server.redis_client.client import RedisClient
from support.harness.eventually import eventually
from support.pub_sub.subscribers import Subscriber, connected_everywhere, make, publish, receipt
from support.redis.command_counts import commands_of


@pytest.fixture
async def pub_sub(redis_client: RedisClient) -> PubSub:
    return await connected_everywhere(make(redis_client))


async def stored(pub_sub: PubSub, channel: str, **options: Any) -> list[bytes]:
    page = await pub_sub.list_history("", channel, max_messages=options.pop("max_messages", 1_000), **options)
    return [row.message.payload for row in page.messages]


async def test_pub_sub_publish_stores_a_durable_message_at_the_next_position(pub_sub: PubSub) -> None:
    positions = [one.position for one in await publish(pub_sub, "d:1", b"a", b"b", b"c")]
    assert all(isinstance(position, HistoryPosition) for position in positions)
    assert [position.offset for position in positions if position] == [1, 2, 3]
    assert len({position.epoch for position in positions if position}) == 1
    assert await stored(pub_sub, "d:1") == [b"a", b"b", b"c"]
    assert await stored(pub_sub, "d:1", newest_first=True, max_messages=2) == [b"c", b"b"]
    assert await stored(pub_sub, "d:1", after=positions[1]) == [b"c"]
    assert await stored(pub_sub, "d:1", before=positions[1]) == [b"a"]


async def test_pub_sub_publish_of_an_ephemeral_message_writes_no_key(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    assert await publish(pub_sub, "e:1", b"a") == [PublishReceipt()]
    assert raw.dbsize() == 0


async def test_pub_sub_publish_costs_one_script(pub_sub: PubSub, raw: redis.Redis) -> None:
    await publish(pub_sub, "d:1", b"a")
    await publish(pub_sub, "e:1", b"a")
    with commands_of(raw) as commands:
        await publish(pub_sub, "d:1", *[b"a"] * 100)
        await publish(pub_sub, "e:1", b"a")
    assert commands["evalsha"] == 2


async def test_pub_sub_publish_of_large_messages_uses_several_scripts_in_order(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    payloads = [b"%02d" % number * 32_768 for number in range(16)]
    await publish(pub_sub, "d:1", b"first")
    with commands_of(raw) as commands:
        await publish(pub_sub, "d:1", *payloads)
    assert commands["evalsha"] == 4
    found: list[bytes] = []
    after = START
    while len(found) < 17:
        page = await pub_sub.list_history("", "d:1", max_messages=1_000, after=after)
        found += [row.message.payload for row in page.messages]
        after = page.messages[-1].position
    assert found == [b"first", *payloads]


async def test_pub_sub_publish_makes_a_channel_durable_while_it_has_a_history(
    pub_sub: PubSub,
) -> None:
    (first,) = await publish(pub_sub, "c", b"a", durability=Durability.DURABLE)
    (second,) = await publish(pub_sub, "c", b"b")
    assert second.position == HistoryPosition(first.position.epoch, 2) if first.position else None
    (refused,) = await pub_sub.publish("", [Publication("c", b"x", Durability.EPHEMERAL)])
    assert isinstance(refused, ChannelDurable)
    assert await pub_sub.delete_history("", "c")
    assert not await pub_sub.delete_history("", "c")
    assert await publish(pub_sub, "c", b"c", durability=Durability.EPHEMERAL) == [PublishReceipt()]


async def test_pub_sub_publish_of_an_ephemeral_message_on_a_durable_channel_is_refused(
    pub_sub: PubSub,
) -> None:
    refused, fine = await pub_sub.publish(
        "", [Publication("d:1", b"x", Durability.EPHEMERAL), Publication("d:1", b"y")]
    )
    assert isinstance(refused, ChannelDurable)
    assert receipt(fine).position
    assert await stored(pub_sub, "d:1") == [b"y"]
    (alone,) = await pub_sub.publish("", [Publication("d:1", b"x", Durability.EPHEMERAL)])
    assert isinstance(alone, ChannelDurable)


async def test_pub_sub_delete_history_ends_the_epoch(pub_sub: PubSub) -> None:
    (before,) = await publish(pub_sub, "d:1", b"a")
    await pub_sub.delete_history("", "d:1")
    (after,) = await publish(pub_sub, "d:1", b"b")
    assert before.position
    assert after.position
    assert (after.position.epoch > before.position.epoch, after.position.offset) == (True, 1)


async def test_pub_sub_publish_with_a_known_idempotency_key_is_a_duplicate(pub_sub: PubSub) -> None:
    async with Subscriber(pub_sub, "d:1", "e:1") as subscriber:
        for channel in ("d:1", "e:1"):
            one = Publication(channel, b"a", idempotency_key="k")
            first, again = (receipt(one) for one in await pub_sub.publish("", [one, one]))
            (later,) = map(receipt, await pub_sub.publish("", [one]))
            assert (first.duplicate, again.duplicate, later.duplicate) == (False, True, True)
            assert first.position == again.position == later.position
            await publish(pub_sub, channel, b"end")
        await eventually(lambda: subscriber.payloads("e:1") == subscriber.payloads("d:1") == [b"a", b"end"])


async def test_pub_sub_history_is_bounded_by_history_messages(redis_client: RedisClient) -> None:
    pub_sub = make(redis_client, history_messages=10)
    await publish(pub_sub, "d:1", *[b"%d" % number for number in range(25)])
    assert await stored(pub_sub, "d:1") == [b"%d" % number for number in range(15, 25)]


async def test_pub_sub_history_is_bounded_by_history_seconds(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    pub_sub = make(redis_client, history_seconds=1)
    await publish(pub_sub, "d:1", *[b"old"] * 40)
    await eventually(lambda: raw.exists("{d:1}:history") == 0)
    await publish(pub_sub, "d:1", *[b"old"] * 32)

    async def all_are_old() -> None:
        assert await stored(pub_sub, "d:1") == []

    await eventually(all_are_old)
    await publish(pub_sub, "d:1", *[b"new"] * 32)
    assert await stored(pub_sub, "d:1") == [b"new"] * 32
    assert raw.xlen("{d:1}:history") < 64


async def test_pub_sub_list_history_reads_pages_of_bounded_size(pub_sub: PubSub) -> None:
    payloads = [b"%d" % number * 15_000 for number in range(10)]
    await publish(pub_sub, "d:1", *payloads)
    page = await pub_sub.list_history("", "d:1", max_messages=1_000)
    assert page.next_position == page.messages[-1].position
    assert sum(len(row.message.payload) for row in page.messages) <= 64 * 1024
    rest = await stored(pub_sub, "d:1", after=page.messages[-1].position)
    assert [row.message.payload for row in page.messages] + rest == payloads[: len(page.messages) + len(rest)]


async def test_pub_sub_publish_after_a_restart_of_redis_begins_a_new_epoch(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    """The end of the history may be lost: here a message that another run wrote."""
    (before,) = await publish(pub_sub, "d:1", b"a")
    assert before.position
    entry_id = HistoryPosition(before.position.epoch, 2)
    raw.xadd("{d:1}:history", {"run": "another", "time": 1, "payload": "b"}, id=str(entry_id))
    first, second = await publish(pub_sub, "d:1", b"c", b"d")
    assert first.position
    assert second.position
    assert first.position.epoch > before.position.epoch
    assert (first.position.offset, second.position.offset) == (1, 2)


async def test_pub_sub_publish_reaches_raw_clients(pub_sub: PubSub, raw: redis.Redis) -> None:
    with raw.pubsub(ignore_subscribe_messages=True) as pubsub:  # type: ignore[no-untyped-call] # redis-py's
        pubsub.subscribe("d:1", "e:1")
        await eventually(lambda: len(raw.pubsub_channels("[de]:1")) == 2)
        await publish(pub_sub, "d:1", b"kept")
        await publish(pub_sub, "e:1", b"passing")
        received: list[tuple[str, str]] = []

        def has_received_both() -> bool:
            if message := pubsub.get_message(timeout=0.01):
                received.append((message["channel"], message["data"]))
            return len(received) == 2

        await eventually(has_received_both)
    assert sorted(received) == [("d:1", "kept"), ("e:1", "passing")]


async def test_pub_sub_publish_on_a_history_key_of_another_type_is_refused(
    pub_sub: PubSub, raw: redis.Redis
) -> None:
    raw.set("{d:1}:history", "mine")
    (outcome,) = await pub_sub.publish("", [Publication("d:1", b"a")])
    assert isinstance(outcome, KeyTypeConflict)


async def test_pub_sub_list_channels_counts_connections_and_subscribers(pub_sub: PubSub) -> None:
    async with Subscriber(pub_sub, "d:1", "e:1", "e:2"), Subscriber(pub_sub, "e:1"):
        rows = await pub_sub.list_channels("", "", "", 100)
        found = {row.channel: (row.connections, row.subscribers) for row in rows}
        assert found == {"d:1": (1, 1), "e:1": (1, 2), "e:2": (1, 1)}
        assert [row.channel for row in await pub_sub.list_channels("", "e:", "e:1", 100)] == ["e:2"]

    async def none_is_left() -> None:
        assert await pub_sub.list_channels("", "", "", 100) == []

    await eventually(none_is_left)


async def test_pub_sub_publish_by_many_callers_makes_one_sequence(pub_sub: PubSub) -> None:
    await asyncio.gather(*(publish(pub_sub, "d:1", b"%d" % number) for number in range(200)))
    page = await pub_sub.list_history("", "d:1", max_messages=1_000)
    assert [row.position.offset for row in page.messages] == list(range(1, 201))
