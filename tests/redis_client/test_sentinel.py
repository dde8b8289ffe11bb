"""The master is the server that a majority of the sentinels names, and that says so itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from quikstate_server.errors import OutcomeUnknown, RedisUnavailable
from quikstate_server.redis_client.script import FAILOVER_EPOCH
from quikstate_server.redis_client.sentinel.client import sentinel_client
from quikstate_server.redis_client.subscriber import ChannelFilter
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually, throughout, timely
from support.redis.clients import COUNT, ECHO, OpenSentinel, closed, make_script
from support.redis.fake_sentinel import FakeSentinel, run_fake_sentinels, switch, target, where
from support.redis.listeners import RecordingListener
from support.redis.redis_process import RedisProcess
from support.redis.sentinel_group import StartGroup

WHICH = make_script("return redis.call('GET', 'which')", read_only=True)

# Discovery


async def test_sentinel_discovery_is_quick_beside_one_that_is_paused(start_group: StartGroup) -> None:
    group = start_group()
    group.sentinels[0].pause()
    redis_client = sentinel_client(group.target, RedisSettings())
    try:
        async with timely(0.5):
            await redis_client.start()
        assert redis_client.router.nodes()
    finally:
        await closed(redis_client)


async def test_sentinel_that_names_another_master_is_outvoted(
    start_group: StartGroup, open_sentinel: OpenSentinel
) -> None:
    group = start_group()
    liar = FakeSentinel(group.nodes[1], epoch=999, down_after=1e9)
    async with run_fake_sentinels(liar):
        ports = [liar.port, *(one.port for one in group.sentinels[:2])]
        redis_client = await open_sentinel(target(*ports))
        liar.announce_switch()
        await eventually(lambda: liar.asked > 5)
        await redis_client.command("SET", "k", "v", key="k")
        assert redis_client.failover_epoch == 0
    with group.master.client() as client:
        assert client.get("k") == "v"


async def test_sentinels_that_do_not_agree_give_no_master(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    three[0].master, three[1].epoch = servers[1], 7
    redis_client = await open_sentinel(where(three), down=True, connect_seconds=0.1)
    with pytest.raises(RedisUnavailable, match="fewer than 2 of 3 sentinels agree on the master 'mymaster'"):
        await redis_client.run(COUNT, ("n",))
    three[1].epoch = 0
    await eventually(lambda: redis_client.is_available)


async def test_sentinel_whose_reply_is_not_understood_has_no_vote(
    three: list[FakeSentinel], open_sentinel: OpenSentinel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked again."""
    monkeypatch.setattr(three[0], "epoch", "none")
    redis_client = await open_sentinel(where(three), max_in_flight_commands=1)
    first, *_ = redis_client.router._quorum._sentinels  # type: ignore[attr-defined] # of a SentinelRouter
    await eventually(lambda: "unexpected reply from the sentinel about 'mymaster'" in str(first))
    monkeypatch.undo()
    await eventually(lambda: not first.fault)


async def test_sentinel_named_twice_has_one_vote(
    three: list[FakeSentinel], open_sentinel: OpenSentinel
) -> None:
    one = three[0].port
    redis_client = await open_sentinel(target(one, one, 1), down=True, connect_seconds=0.1)
    with pytest.raises(RedisUnavailable, match=r"fewer than 2 of 2 .*127\.0\.0\.1:1: cannot reach"):
        redis_client.router.node_for("")


async def test_sentinel_may_announce_host_names(
    three: list[FakeSentinel], open_sentinel: OpenSentinel
) -> None:
    for one in three:
        one.host = "localhost"
    redis_client = await open_sentinel(where(three))
    assert await redis_client.run(WHICH, ("k",)) == b"a"


async def test_sentinel_that_does_not_know_the_master_is_reported(
    start_group: StartGroup, open_sentinel: OpenSentinel
) -> None:
    ports = [one.port for one in start_group().sentinels]
    other = replace(target(*ports), master="other")
    redis_client = await open_sentinel(other, down=True, connect_seconds=0.1)
    with pytest.raises(RedisUnavailable, match="No such master with that name"):
        redis_client.router.node_for("")


# The server itself


async def test_sentinel_master_that_says_it_is_a_replica_is_not_used(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    named, other = servers
    with named.client() as client:
        client.replicaof("127.0.0.1", str(other.port))
        redis_client = await open_sentinel(where(three), down=True, connect_seconds=0.1)
        with pytest.raises(RedisUnavailable):
            await redis_client.run(ECHO, ("k",), 1)
        assert not redis_client.is_available
        client.replicaof("NO", "ONE")
    await eventually(lambda: redis_client.is_available)


async def test_sentinel_master_that_becomes_a_replica_is_left_at_once(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    """Its refusals make it suspect: the sentinels are asked, and it is dialled until it is a master again."""
    redis_client = await open_sentinel(where(three), sentinel_poll_seconds=60, sentinel_fence_seconds=60)
    node, asked = redis_client.router.node_for(""), three[0].asked
    before = node.shared[0]
    with servers[0].client() as client:
        client.replicaof("127.0.0.1", str(servers[1].port))
        with pytest.raises((RedisUnavailable, OutcomeUnknown)):
            await redis_client.run(COUNT, ("n",))
        await eventually(lambda: before is not None and before.is_lost and not redis_client.is_available)
    assert three[0].asked > asked
    switch(three, servers[1])
    redis_client.router.report_suspect(node)
    await eventually(lambda: redis_client.is_available)
    assert await redis_client.run(WHICH, ("k",)) == b"b"


# A switch


async def test_sentinel_switch_is_received_as_an_event(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    redis_client = await open_sentinel(where(three), sentinel_poll_seconds=60, sentinel_fence_seconds=60)
    await eventually(lambda: all(one.listeners for one in three))
    await throughout(
        lambda: redis_client.failover_epoch == 0, seconds=0.2
    )  # they are asked once more when they are heard
    switch(three, servers[1])
    three[2].announce_switch()
    await eventually(lambda: redis_client.failover_epoch == 1, within=1)
    assert await redis_client.run(WHICH, ("k",)) == b"b"


async def test_sentinel_switch_without_an_event_is_found_by_polling(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    redis_client = await open_sentinel(where(three), sentinel_poll_seconds=0.2)
    switch(three, servers[1])
    await eventually(lambda: redis_client.failover_epoch == 1)
    assert await redis_client.run(WHICH, ("k",)) == b"b"


async def test_sentinel_switch_ends_every_connection(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    """Shared, dedicated and subscribed ones; listeners get a gap."""
    redis_client = await open_sentinel(where(three), shared_connections=2)
    await redis_client.subscriber.subscribe(ChannelFilter("c"), listener := RecordingListener())
    waiting = asyncio.create_task(redis_client.run_acknowledged(COUNT, ("n",), min_replicas=1))
    node = redis_client.router.node_for("")
    await eventually(lambda: bool(node.dedicated._held))
    switch(three, servers[1])
    three[0].announce_switch()
    await eventually(lambda: listener.gaps == 1)
    with pytest.raises(Exception, match="lost"):
        await waiting
    with servers[0].client() as client:
        await eventually(lambda: not [one for one in client.client_list() if one["name"] == "quikstate"])
    await redis_client.publish("c", b"after")
    await eventually(lambda: listener.messages == [("c", b"after")])


async def test_sentinel_switch_is_waited_for_by_calls(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    """The arguments carry the epoch of the server that runs the script."""
    switch(three, servers[0], epoch=4)
    redis_client = await open_sentinel(where(three), command_seconds=5, connect_seconds=5)
    assert redis_client.failover_epoch == 4
    servers[0].kill()
    await eventually(lambda: not redis_client.is_available)
    epoch = make_script("return ARGV[1]")
    call = asyncio.create_task(redis_client.run(epoch, ("k",), FAILOVER_EPOCH, safe_to_repeat=True))
    await throughout(lambda: not call.done(), seconds=0.1)
    switch(three, servers[1], epoch=5)
    assert await call == b"5"


async def test_sentinel_epoch_never_goes_back(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    """Where all sentinels have lost their state, their votes count, but not their epoch."""
    switch(three, servers[0], epoch=4)
    redis_client = await open_sentinel(where(three))
    switch(three, servers[1], epoch=0)
    await eventually(lambda: redis_client.router.node_for("").name.endswith(str(servers[1].port)))
    assert redis_client.failover_epoch == 4
    assert await redis_client.run(make_script("return ARGV[1]"), ("k",), FAILOVER_EPOCH) == b"4"


async def test_sentinel_scan_begins_anew_on_a_new_master(
    three: list[FakeSentinel], servers: tuple[RedisProcess, RedisProcess], open_sentinel: OpenSentinel
) -> None:
    redis_client = await open_sentinel(where(three))
    names = {f"key:{n}" for n in range(300)}
    for server in servers:
        with server.client() as client:
            client.mset(dict.fromkeys(names, 1))
    _, cursor = await redis_client.scan("key:*", "", 50)
    switch(three, servers[1])
    await eventually(lambda: redis_client.failover_epoch == 1)
    found: set[str] = set()
    while cursor:
        some, cursor = await redis_client.scan("key:*", cursor, 50)
        found.update(some)
    assert found == names
