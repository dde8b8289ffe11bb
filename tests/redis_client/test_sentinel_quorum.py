"""Without a quorum of sentinels on the master, nothing is written that could be lost."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import pytest

from quikstate_server.errors import OutcomeUnknown, RedisUnavailable
from quikstate_server.redis_client.sentinel import quorum
from quikstate_server.redis_client.subscriber import ChannelFilter
from support.harness.eventually import eventually, throughout, timely
from support.redis.clients import COUNT, ECHO, OpenSentinel, within
from support.redis.fake_sentinel import FakeSentinel, switch, where
from support.redis.listeners import RecordingListener
from support.redis.redis_process import RedisProcess
from support.redis.sentinel_group import StartGroup


async def test_sentinel_that_leads_a_failover_stops_writes(
    three: list[FakeSentinel],
    servers: tuple[RedisProcess, RedisProcess],
    open_sentinel: OpenSentinel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Later writes to the old master are lost, though replicas that do not know yet acknowledge them."""
    monkeypatch.setattr(quorum, "_PROMOTION_SECONDS", 1.0)
    redis_client = await open_sentinel(where(three), sentinel_poll_seconds=0.05)
    three[1].state = "wait_promotion"
    await eventually(lambda: not redis_client.is_available)
    with pytest.raises(RedisUnavailable, match="sentinels are replacing the master"):
        await within(0.1, redis_client.run(COUNT, ("n",)))
    await eventually(lambda: redis_client.is_available)  # one alone does not stop them for ever
    three[1].state = ""
    await throughout(lambda: redis_client.is_available, seconds=0.3)
    three[1].state, three[1].master, three[1].epoch = "reconf_slaves", servers[1], 1
    await eventually(lambda: not redis_client.is_available)
    switch(three, servers[1])
    await eventually(lambda: redis_client.is_available)


async def test_sentinel_quorum_lost_for_a_short_time_is_waited_for(
    three: list[FakeSentinel], open_sentinel: OpenSentinel
) -> None:
    """By any number of calls: a command that was not sent spends nothing of the retry budget."""
    redis_client = await open_sentinel(where(three), sentinel_poll_seconds=0.05, connect_seconds=60)
    three[1].state = "select_slave"
    await eventually(lambda: not redis_client.is_available)
    calls = [asyncio.create_task(redis_client.run(COUNT, ("n",))) for _ in range(300)]
    await throughout(lambda: not any(call.done() for call in calls), seconds=0.1)
    three[1].state = ""
    assert sorted(await asyncio.gather(*calls)) == list(range(1, 301))  # type: ignore[type-var] # numbers


async def test_sentinel_quorum_lost_by_a_suspended_process_does_not_refuse_calls(
    three: list[FakeSentinel], open_sentinel: OpenSentinel
) -> None:
    """Its length counts from when it is noticed."""
    settings = {"sentinel_fence_seconds": 0.5, "connect_seconds": 0.5}
    redis_client = await open_sentinel(where(three), **settings)
    assert await redis_client.run(COUNT, ("n",)) == 1
    time.sleep(1.2)  # noqa: ASYNC251 - nothing of this process runs meanwhile
    assert await redis_client.run(COUNT, ("n",)) == 2


async def test_sentinel_quorum_lost_for_long_refuses_calls_at_once(
    three: list[FakeSentinel], open_sentinel: OpenSentinel
) -> None:
    settings = {"sentinel_poll_seconds": 0.05, "sentinel_fence_seconds": 0.3, "connect_seconds": 0.2}
    redis_client = await open_sentinel(where(three), **settings)
    three[0].epoch, three[1].epoch = 7, 8
    await eventually(lambda: not redis_client.is_available and not redis_client.router.may_wait)
    async with timely(1):
        for _ in range(300):
            with pytest.raises(RedisUnavailable):
                await redis_client.run(COUNT, ("n",))


async def test_sentinel_failover_makes_a_late_acknowledgement_none(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    """The replica that has the write may not be the one that becomes the master."""
    redis_client = await open_sentinel(where(three), sentinel_poll_seconds=0.05, command_seconds=10)
    write = asyncio.create_task(redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1))
    await eventually(lambda: bool(redis_client.router.nodes()[0].dedicated._held))
    three[1].state = "select_slave"
    await eventually(lambda: not redis_client.is_available)
    with servers[1].client() as replica:
        replica.replicaof("127.0.0.1", str(servers[0].port))
        with pytest.raises(OutcomeUnknown):
            await write


async def test_sentinels_without_majority_stop_writes(
    start_group: StartGroup, open_sentinel: OpenSentinel
) -> None:
    """Within the sentinels' down-after of one second, and until there is a majority again."""
    group, changes = start_group(), list[bool]()
    redis_client = await open_sentinel(group.target, changes=changes)
    await redis_client.run(COUNT, ("n",))
    for one in group.sentinels[:2]:
        one.kill()
    await eventually(lambda: not redis_client.is_available, within=2.5)
    for refused in (
        redis_client.run(COUNT, ("n",)),
        redis_client.run(ECHO, ("k",), 1),
        redis_client.publish("c", b""),
    ):
        with pytest.raises(RedisUnavailable, match="fewer than 2 of 3 sentinels agree"):
            await refused
    with group.nodes[0].client() as client:
        assert client.get("n") == "1"
    group.sentinels[0].start()
    await eventually(lambda: redis_client.is_available)
    assert await redis_client.run(COUNT, ("n",)) == 2
    assert changes == [True, False, True]


async def test_sentinel_client_starts_before_its_sentinels(
    start_group: StartGroup, open_sentinel: OpenSentinel
) -> None:
    group = start_group()
    for one in group.sentinels:
        one.kill()
    redis_client = await open_sentinel(group.target, down=True, connect_seconds=0.1)
    with suppress(RedisUnavailable):
        await redis_client.subscriber.subscribe(ChannelFilter("c"), RecordingListener())
    for one in group.sentinels:
        one.start()
    await eventually(lambda: redis_client.is_available and redis_client.subscriber.is_live)
