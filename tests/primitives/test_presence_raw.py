"""Presence beside raw Redis clients that misuse its keys: no call breaks, and their values are kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
import redis

from quikstate_server.errors import KeyTypeConflict
from quikstate_server.primitives.presence.model import PresencePosition, PresenceStatus, Workspace
from quikstate_server.primitives.presence.presences import Presences
from support.harness.eventually import eventually
from support.presence.requests import KEY, SPACE, WORKSPACE, Watcher, connection, online, send_heartbeats

SEEDS = [KEY, "user:ann:status", "user:ann:typing:general"]
OURS = [
    *(f"{{{KEY}}}:{suffix}" for suffix in ("members", "names", "expirations", "log", "changes")),
    "{user:ann:status}:presence",
    "{user:ann:status}:typing",
    "channel:general:typing",
]
WORKSPACE_KEY = Workspace(SPACE, WORKSPACE)
REAP_SCHEDULE = "quikstate:presence:reap-schedule"
ODD: dict[str, Callable[[redis.Redis, str], object]] = {
    "string": lambda raw, key: raw.set(key, "x"),
    "number": lambda raw, key: raw.set(key, str(2**64)),
    "empty": lambda raw, key: raw.set(key, ""),
    "list": lambda raw, key: raw.rpush(key, "x"),
    "hash": lambda raw, key: raw.hset(key, mapping=dict.fromkeys(("ann", "epoch", "offset", "floor"), "x")),
    "huge": lambda raw, key: raw.hset(key, mapping=dict.fromkeys(("epoch", "offset", "floor"), "9" * 400)),
    "nan": lambda raw, key: raw.hset(
        key, mapping=dict.fromkeys(("epoch", "offset", "failover_epoch"), "nan")
    ),
    "zset": lambda raw, key: raw.zadd(key, {"ann": float("inf"), "x": float("-inf"), "y": 1e300}),
}
CALLS: dict[str, Callable[[Presences], Awaitable[object]]] = {
    "heartbeat": lambda it: it.heartbeat(SPACE, [connection("ann"), connection("bob")]),
    "list": lambda it: it.list_online(SPACE, WORKSPACE, 10),
    "list raw rows": lambda it: it.list_online(SPACE, WORKSPACE, 10, "r0"),
    "get": lambda it: it.get_status(SPACE, ["ann", "bob"]),
    "set": lambda it: it.set_status(SPACE, "ann", PresenceStatus.AWAY),
    "type": lambda it: it.set_typing(SPACE, "ann", "general", 5),
    "typing": lambda it: it.list_typing(SPACE, "general"),
    "read": lambda it: it._workspaces.watch(WORKSPACE_KEY, None, 10),
    "resume": lambda it: it._workspaces.watch(WORKSPACE_KEY, PresencePosition(7, 7), 10),
    "reap": lambda it: it._reaper.reap(WORKSPACE_KEY),
    "leave": lambda it: it.leave(SPACE, "ann"),
    "stop typing": lambda it: it.set_typing(SPACE, "ann", "general", 0),
}


@pytest.mark.parametrize("odd", ODD)
async def test_presence_reports_a_key_type_conflict_and_keeps_the_value(
    presences: Presences, raw: redis.Redis, odd: str
) -> None:
    for key in [*SEEDS, *OURS]:
        for call in CALLS:
            raw.flushall()
            await send_heartbeats(presences, connection("ann"))
            raw.delete(key)
            ODD[odd](raw, key)
            kind, kept = raw.type(key), raw.dump(key)
            try:
                outcome = await CALLS[call](presences)
            except KeyTypeConflict as error:
                outcome = [error]
            faults = (
                [each for each in outcome if isinstance(each, Exception)] if isinstance(outcome, list) else []
            )
            assert all(isinstance(fault, KeyTypeConflict) for fault in faults), (key, call, faults)
            if key in SEEDS and kind != ("zset" if key == KEY else "string"):
                assert raw.dump(key) == kept, (key, call)


@pytest.mark.parametrize("key", [*SEEDS, *OURS, REAP_SCHEDULE])
@pytest.mark.parametrize("how", ["delete", "expire", "persist"])
async def test_presence_recovers_when_a_raw_client_removes_a_key(
    presences: Presences, raw: redis.Redis, key: str, how: str
) -> None:
    await send_heartbeats(presences, connection("ann"), connection("bob"))
    await presences.set_typing(SPACE, "ann", "general", 5)
    match how:
        case "delete":
            raw.delete(key)
        case "expire":
            raw.pexpire(key, 1)
            await eventually(lambda: not raw.exists(key))
        case "persist":
            raw.persist(key)
    await send_heartbeats(presences, connection("ann"), connection("bob"))
    assert await online(presences) == {"ann": PresenceStatus.ONLINE, "bob": PresenceStatus.ONLINE}
    await presences.leave(SPACE, "ann")
    assert await online(presences) == {"bob": PresenceStatus.ONLINE}
    assert (await presences.list_online(SPACE, WORKSPACE, 0)).online == 1


async def test_presence_shows_a_raw_row_of_a_user_who_just_left(
    presences: Presences, raw: redis.Redis
) -> None:
    await send_heartbeats(presences, connection("ann"))
    (ann,) = raw.zrange(KEY, 0, -1, withscores=True)
    await presences.leave(SPACE, "ann")
    raw.zadd(KEY, {"ann": ann[1]})
    assert await online(presences) == {"ann": PresenceStatus.ONLINE}
    async with AsyncExitStack() as stack:
        watcher = await Watcher(presences).begin(stack)
        assert watcher.sees(["ann"])
