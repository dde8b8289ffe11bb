"""A caller reaches nothing of another namespace: all RPCs, with hostile names and stolen ids."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1.cache_pb2 import CacheItem, CacheKey, GetEntriesRequest, SetEntriesRequest
from quikstate.v1.pub_sub_pb2 import ChannelSubscription, StreamSubscribeRequest, SubscribeRequest
from quikstate.v1.queue_pb2 import ReceiveRequest
from quikstate_server.app import App
from services.conftest import OpenChannel, StartApp
from support.harness.api_methods import METHODS
from support.harness.eventually import eventually
from support.harness.valid_requests import Requests, World
from support.identity.answers import Caller
from support.identity.attempts import Table, attempts
from support.identity.changes import changes
from support.identity.estate import estate_of
from support.identity.listener import Listener, all_silent, listening
from support.identity.loot import NAME, PAYLOAD, TTL, acquire, fill
from support.identity.siege import Siege
from support.identity.spellings import regrouped, renamed
from support.redis.redis_process import RedisProcess
from support.server.callers import AuthFile, bearer, caller

CASES = [("a", "b"), ("a", ""), ("", "b")]
"""The namespaces of the victim and of the attacker."""
LIMITS = {"max_cache_lease_seconds": 300, "max_typing_seconds": 300}
"""What the victim has must last for the test."""
SERVICES = sorted({rpc.partition("/")[0] for rpc in METHODS})
ATTEMPTS: dict[str, Callable[[Table, str], Table]] = {
    "names and ids": lambda table, _: table,
    "hostile names": renamed,
    "hostile groups": regrouped,
}


@pytest.fixture(params=CASES, ids=lambda case: f"{case[1] or 'default'}-attacks-{case[0] or 'default'}")
async def siege(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    start_app: StartApp,
    open_channel: OpenChannel,
    redis_process: RedisProcess,
    own_redis: RedisProcess,
) -> Any:
    victim, attacker = request.param
    callers = {"victim": caller("v", namespace=victim), "attacker": caller("t", namespace=attacker)}
    auth = AuthFile(tmp_path / "auth.yaml").write(callers=callers)

    async def started(**more: object) -> grpc.aio.Channel:
        app: App = await start_app(auth=auth, heartbeat_seconds=0.05, limits=LIMITS, **more)
        return open_channel(app)

    channels = [await started(), await started()]
    elsewhere = await started(redis_url=f"unix://{own_redis.path}")
    loot = await fill(World(channels[0], bearer("v")))
    victims = [Caller(channel, bearer("v")) for channel in channels]
    subscribed = [StreamSubscribeRequest(add=SubscribeRequest(channels=[ChannelSubscription(channel=NAME)]))]
    with redis_process.client() as client, own_redis.client() as other_client:
        # So that there is a channel to list.
        async with listening(victims[1], METHODS["PubSubService/StreamSubscribe"], subscribed) as listener:
            await all_silent([listener])
            yield Siege(
                loot,
                estate_of(client),
                client,
                other_client,
                [Caller(channel, bearer("t")) for channel in channels],
                Caller(elsewhere, bearer("t")),
                victim,
                *victims,
            )


@pytest.mark.parametrize("service", SERVICES)
async def test_a_caller_reaches_nothing_of_another_namespace(
    siege: Siege, service: str, record_property: Callable[[str, object], None]
) -> None:
    before = await siege.seen_by_victim()
    table = attempts(siege.loot)
    assert table.keys() == METHODS.keys()  # every RPC has its rows
    leaks = []
    for rpc in METHODS:
        if rpc.startswith(f"{service}/"):
            for attempt, vary in ATTEMPTS.items():
                rows = vary({rpc: table[rpc]}, siege.namespace)[rpc]
                if not rows:
                    continue  # the request has no group
                found = await siege.attack(rpc, rows, len(table[rpc]))
                record_property("reached", [rpc, attempt, len(rows) * len(siege.besieged), len(found)])
                leaks += [f"{rpc}, {attempt}: {each}" for each in found]
    assert leaks == []
    assert await siege.seen_by_victim() == before


TOLD = ("Subscribe", "StreamSubscribe", "Consume")
STREAMS = [rpc for rpc in METHODS if rpc.rpartition("/")[2].startswith(("Watch", *TOLD))]
"""Those that tell of what others do."""


async def test_streams_hear_nothing_of_another_namespace(
    siege: Siege, record_property: Callable[[str, object], None]
) -> None:
    async with AsyncExitStack() as listened:

        async def listen(caller: Caller, rpc: str, requests: Requests) -> Listener:
            return await listened.enter_async_context(listening(caller, METHODS[rpc], requests))

        table = attempts(siege.loot)
        heard: dict[str, list[Listener]] = {rpc: [] for rpc in STREAMS}
        for rpc in STREAMS:
            others = renamed({rpc: table[rpc][:1]}, siege.namespace)[rpc]
            for requests in (*table[rpc], *others):
                heard[rpc] += [await listen(attacker, rpc, requests) for attacker in siege.besieged]
        everyone = [listener for listeners in heard.values() for listener in listeners]
        victims = [await listen(siege.witness, rpc, table[rpc][0]) for rpc in STREAMS]
        await all_silent([*everyone, *victims])
        for listener in (*everyone, *victims):
            listener.said.clear()
        for rpc, request in changes(siege.loot):
            await siege.victim.answer(METHODS[rpc], [request])
        await eventually(lambda: all(listener.said for listener in victims))
        await all_silent(everyone)
    for rpc, listeners in heard.items():
        leaks = sum(bool(listener.said) for listener in listeners)
        record_property("reached", [rpc, "changes heard", len(listeners), leaks])
    assert [said for listener in everyone for said in listener.said] == []


async def test_calls_that_wait_get_nothing_of_another_namespace(
    siege: Siege, record_property: Callable[[str, object], None]
) -> None:
    """They wait for what the attacker itself has in its namespace, under the same names."""
    wait = Duration(seconds=1)
    hole = CacheKey(name=f"{NAME}:hole")
    table = {
        "LockService/AcquireLock": acquire(wait=wait),
        "CacheService/GetEntries": GetEntriesRequest(keys=[hole], lease=True, wait=wait),
        "QueueService/Receive": ReceiveRequest(queues=[NAME], wait=wait),
    }
    given = SetEntriesRequest(
        items=[CacheItem(key=hole, value=PAYLOAD, ttl=TTL, lease=siege.loot.fill_lease)]
    )
    attackers = siege.besieged
    for rpc in ("LockService/AcquireLock", "CacheService/GetEntries"):
        await attackers[0].answer(METHODS[rpc], [table[rpc]])
    waits = [
        asyncio.ensure_future(attacker.answer(METHODS[rpc], [request]))
        for attacker in attackers
        for rpc, request in table.items()
    ]
    for rpc, request in (*changes(siege.loot), ("CacheService/SetEntries", given)):
        await siege.victim.answer(METHODS[rpc], [request])
    answers = await asyncio.gather(*waits)
    for number, rpc in enumerate(table):
        got = [answer for answer, _ in answers[number :: len(table)]]
        leaks = [one for one in got if one != NOTHING[rpc]]
        record_property("reached", [rpc, "changes heard", len(got), len(leaks)])
        assert leaks == []


NOTHING: Mapping[str, object] = {
    "LockService/AcquireLock": [{"busy_resource": NAME, "retry_after": "set"}],
    "CacheService/GetEntries": [
        {"entries": [{"key": {"name": f"{NAME}:hole"}, "outcome": 3, "filling": True}]}
    ],
    "QueueService/Receive": [{}],
}
