"""Presence: heartbeats, expiry, leaves, statuses, lists and typing."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import redis

from quikstate_server.errors import KeyTypeConflict, Overloaded
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.presence.model import PresenceConnection, PresenceStatus
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from support.harness.eventually import PATIENCE_SECONDS, eventually
from support.presence.requests import KEY, SPACE, WORKSPACE, connection, online, send_heartbeats
from support.redis.command_counts import commands_of

AWAY, ONLINE, DND, OFFLINE = (
    PresenceStatus.AWAY,
    PresenceStatus.ONLINE,
    PresenceStatus.DO_NOT_DISTURB,
    PresenceStatus.OFFLINE,
)


async def test_presence_heartbeat_writes_the_legacy_key_layout(
    presences: Presences, raw: redis.Redis
) -> None:
    before = int(time.time())
    await send_heartbeats(presences, connection("ann"), connection("bob", "c", WORKSPACE, "ws-2"))
    assert await online(presences) == {"ann": ONLINE, "bob": ONLINE}
    assert await online(presences, "ws-2") == {"bob": ONLINE}
    since = int(time.time()) - 300
    assert raw.zrangebyscore(KEY, since, "+inf") == ["ann", "bob"]
    seen = raw.zscore(KEY, "ann")
    assert seen is not None
    assert before - 1 <= seen <= time.time() + 1
    assert seen == int(seen)
    assert raw.get("user:ann:status") == "online"


async def test_presence_heartbeat_keeps_similar_ids_apart(presences: Presences) -> None:
    await send_heartbeats(presences, connection("a:b{c}*%", "x:y", "w:{online}%"), connection("a", "", "w"))
    assert await online(presences, "w:{online}%") == {"a:b{c}*%": ONLINE}
    assert await online(presences, "w") == {"a": ONLINE}
    assert (await presences.get_status(SPACE, ["a:b{c}*%"]))[0].connections[0].connection_id == "x:y"


async def test_presence_namespaces_are_separate(presences: Presences, raw: redis.Redis) -> None:
    other = Keyspace(namespace="other")
    await presences.heartbeat(other, [connection("ann", ttl=1)])
    assert await online(presences) == {}
    assert (await presences.list_online(other, WORKSPACE, 10)).online == 1

    assert raw.zcard(f"ns.other:{KEY}") == 1
    await eventually(lambda: raw.zcard(f"ns.other:{KEY}") == 0)
    assert (await presences.get_status(other, ["ann"]))[0].status is OFFLINE


async def test_presence_status_is_the_strongest_of_several_connections(presences: Presences) -> None:
    await send_heartbeats(presences, connection("ann", "phone", status=AWAY))
    assert await online(presences) == {"ann": AWAY}
    await send_heartbeats(presences, connection("ann", "desk"))
    assert await online(presences) == {"ann": ONLINE}
    await send_heartbeats(presences, connection("ann", "tab", status=DND))
    assert await online(presences) == {"ann": DND}
    assert await presences.leave(SPACE, "ann", "tab") == 1
    assert await online(presences) == {"ann": ONLINE}
    assert await presences.leave(SPACE, "ann") == 2
    assert await online(presences) == {}


async def test_presence_expires_within_its_ttl_and_a_second(
    presences: Presences, other_presences: Presences, raw: redis.Redis
) -> None:
    await send_heartbeats(presences, connection("ann", ttl=1), connection("bob"))
    assert set(await online(other_presences)) == {"ann", "bob"}

    async def gone() -> None:
        assert raw.zrange(KEY, 0, -1) == ["bob"]
        assert raw.get("user:ann:status") == "offline"

    await eventually(gone, within=1 + 1)
    assert set(await online(presences)) == {"bob"}
    assert (await presences.get_status(SPACE, ["ann"]))[0].last_seen > 0
    assert raw.ttl("{user:ann:status}:presence") > 29 * 86_400


async def test_presence_expires_in_time_beside_connections_with_long_ttls(
    presences: Presences, raw: redis.Redis
) -> None:
    """The reap schedule moves forward when a connection expires sooner than all others."""
    for user in ("ann", "bob"):
        await send_heartbeats(presences, connection(user, ttl=0.3), connection("cy"))

        async def only_cy() -> None:
            assert raw.zrange(KEY, 0, -1) == ["cy"]

        await eventually(only_cy, within=0.3 + 1)


async def test_presence_status_follows_the_connections_that_have_not_expired(
    presences: Presences, raw: redis.Redis
) -> None:
    await send_heartbeats(presences, connection("ann", "tab", ttl=1, status=DND), connection("ann", "desk"))
    assert await online(presences) == {"ann": DND}

    async def only_desk() -> None:
        assert await online(presences) == {"ann": ONLINE}
        assert raw.get("user:ann:status") == "online"

    await eventually(only_desk)


async def test_presence_reap_removes_all_rows_of_a_workspace(presences: Presences, raw: redis.Redis) -> None:
    """The tombstones of users who left last ten seconds, so that a late heartbeat is known to be late."""
    await send_heartbeats(presences, *(connection(f"u{n}", ttl=0.3) for n in range(30)))
    left = {"{workspace:ws-1:online}:log", "{workspace:ws-1:online}:changes"}

    def nothing_else() -> bool:
        return set(raw.scan_iter("*workspace:*")) == left and not raw.exists(
            "quikstate:presence:reap-schedule"
        )

    await eventually(nothing_else)


async def test_presence_heartbeat_leaves_workspaces_that_it_no_longer_names(presences: Presences) -> None:
    await send_heartbeats(presences, connection("ann", "c", "one", "two"))
    await send_heartbeats(presences, connection("ann", "c", "two", "three"))
    assert await online(presences, "one") == {}
    assert await online(presences, "two") == {"ann": ONLINE}
    assert await online(presences, "three") == {"ann": ONLINE}


async def test_presence_leave_with_grace_is_undone_by_a_heartbeat(presences: Presences) -> None:
    await send_heartbeats(presences, connection("ann"), connection("bob"))
    assert await presences.leave(SPACE, "ann", "c", grace=1) == 1
    assert await presences.leave(SPACE, "bob", "c", grace=1) == 1
    assert set(await online(presences)) == {"ann", "bob"}
    await send_heartbeats(presences, connection("bob"))

    async def only_bob() -> bool:
        return set(await online(presences)) == {"bob"}

    await eventually(only_bob)
    assert (await presences.get_status(SPACE, ["bob"]))[0].connections[0].expires_in > 50


async def test_presence_leave_never_lengthens_the_ttl(presences: Presences) -> None:
    await send_heartbeats(presences, connection("ann", ttl=1))
    await presences.leave(SPACE, "ann", "c", grace=60)
    assert (await presences.get_status(SPACE, ["ann"]))[0].connections[0].expires_in <= 1
    assert await presences.leave(SPACE, "nobody") == 0


async def test_presence_heartbeat_fails_for_invalid_connections_alone(
    presences: Presences, raw: redis.Redis
) -> None:
    raw.set("workspace:bad:online", "a string")
    many = [connection("ann", f"c{n}") for n in range(5)]  # max_user_connections is 5
    await send_heartbeats(presences, *many)
    faults = await presences.heartbeat(
        SPACE,
        [connection("ann", "c9"), connection("bob", "c", "bad"), connection("cy"), connection("ann", "c4")],
    )
    assert isinstance(faults[0], Overloaded)
    assert isinstance(faults[1], KeyTypeConflict)
    assert faults[2:] == [None, None]
    assert set(await online(presences)) == {"ann", "cy"}


async def test_presence_set_status_overrides_the_connections(presences: Presences, raw: redis.Redis) -> None:
    assert await presences.set_status(SPACE, "ann", DND) is OFFLINE
    await send_heartbeats(presences, connection("ann"))
    assert await online(presences) == {"ann": DND}
    assert raw.get("user:ann:status") == "dnd"
    assert await presences.set_status(SPACE, "ann", AWAY) is AWAY
    assert await online(presences) == {"ann": AWAY}
    assert (await presences.get_status(SPACE, ["ann"]))[0].override is AWAY
    assert await presences.set_status(SPACE, "ann", None) is ONLINE
    assert await online(presences) == {"ann": ONLINE}


async def test_presence_set_status_offline_hides_the_user(presences: Presences, raw: redis.Redis) -> None:
    await send_heartbeats(presences, connection("ann"))
    await presences.set_status(SPACE, "ann", OFFLINE)
    await send_heartbeats(presences, connection("ann"))
    assert await online(presences) == {}
    assert raw.zcard(KEY) == 0
    assert (await presences.list_online(SPACE, WORKSPACE, 0)).online == 0
    await presences.set_status(SPACE, "ann", None)
    assert await online(presences) == {"ann": ONLINE}
    assert raw.zcard(KEY) == 1


async def test_presence_set_status_expires(presences: Presences) -> None:
    await send_heartbeats(presences, connection("ann"))
    await presences.set_status(SPACE, "ann", DND, ttl=1)
    assert await online(presences) == {"ann": DND}

    async def over() -> bool:
        return await online(presences) == {"ann": ONLINE}

    await eventually(over)


async def test_presence_get_status_returns_each_connection(presences: Presences) -> None:
    about = PresenceConnection(
        "ann", "c1", ("w1", "w2"), AWAY, device_id="phone", metadata={"version": "7"}, ttl=30, stream_id=""
    )
    await send_heartbeats(presences, about)
    ann, nobody = await presences.get_status(SPACE, ["ann", "nobody"])
    assert (ann.status, ann.override) == (AWAY, None)
    live = ann.connections[0]
    assert (live.connection_id, live.device_id, live.status) == ("c1", "phone", AWAY)
    assert (live.workspace_ids, live.metadata) == (("w1", "w2"), {"version": "7"})
    assert 20 < live.expires_in <= 30
    assert abs(live.connected_at / 1e6 - time.time()) < 5
    assert (nobody.status, nobody.last_seen, nobody.connections) == (OFFLINE, 0, ())


async def test_presence_list_online_pages_by_user_id(presences: Presences) -> None:
    users = [f"u{number:03}" for number in range(250)]
    for start in range(0, 250, 100):
        await send_heartbeats(presences, *(connection(user) for user in users[start : start + 100]))
    cursor, pages, found = "", 0, []
    while not pages or cursor:
        page = await presences.list_online(SPACE, WORKSPACE, 90, cursor)
        assert page.online == 250
        found += [user.user_id for user in page.members]
        cursor, pages = page.cursor, pages + 1
    assert found == users
    assert pages == 3


async def test_presence_list_online_counts_users_seen_lately(presences: Presences, raw: redis.Redis) -> None:
    await send_heartbeats(presences, connection("ann"), connection("bob"))
    raw.zadd(KEY, {"bob": int(time.time()) - 50})
    assert (await presences.list_online(SPACE, WORKSPACE, 0)).online == 2
    active = await presences.list_online(SPACE, WORKSPACE, 10, seen_within=30)
    assert [user.user_id for user in active.members] == ["ann"]
    assert active.online == 1


async def test_presence_rows_of_raw_clients_count_for_300_seconds(
    presences: Presences, raw: redis.Redis
) -> None:
    now = int(time.time())
    raw.zadd(KEY, {"raw": now - 290, "old": now - 310})
    await send_heartbeats(presences, connection("ann"))
    assert await online(presences) == {"ann": ONLINE, "raw": ONLINE}
    assert (await presences.list_online(SPACE, WORKSPACE, 0)).online == 2
    raw.zadd(KEY, {f"raw{number}": now for number in range(500)} | {"never": "+inf"})
    assert len(await online(presences)) == 503
    assert await presences.leave(SPACE, "ann") == 1
    assert "ann" not in await online(presences)


async def test_presence_get_status_reads_the_status_of_a_raw_client(
    presences: Presences, raw: redis.Redis
) -> None:
    raw.set("user:ann:status", "away")
    raw.set("user:bob:status", "gone fishing")
    ann, bob = await presences.get_status(SPACE, ["ann", "bob"])
    assert (ann.status, bob.status) == (AWAY, OFFLINE)


async def test_presence_changes_are_published_on_the_legacy_channel(
    presences: Presences, raw: redis.Redis
) -> None:
    listening: Any = raw.pubsub()  # type: ignore[no-untyped-call]
    listening.subscribe("pubsub:presence:ws-1")
    assert listening.get_message(timeout=PATIENCE_SECONDS)
    await send_heartbeats(presences, connection("ann"))
    message = listening.get_message(timeout=PATIENCE_SECONDS)
    assert json.loads(message["data"]) == {
        "type": "presence",
        "data": {"userId": "ann", "status": "online"},
    }
    await send_heartbeats(presences, connection("ann"))
    await presences.leave(SPACE, "ann")
    assert json.loads(listening.get_message(timeout=PATIENCE_SECONDS)["data"])["data"]["status"] == "offline"
    listening.close()


async def test_presence_typing_is_listed_and_expires(presences: Presences, raw: redis.Redis) -> None:
    await presences.set_typing(SPACE, "ann", "general", 5)
    await presences.set_typing(SPACE, "bob", "general", 1)
    assert raw.get("user:ann:typing:general") == "1"
    assert 1 <= raw.ttl("user:ann:typing:general") <= 5
    assert [typing.user_id for typing in await presences.list_typing(SPACE, "general")] == ["ann", "bob"]
    assert await presences.list_typing(SPACE, "other") == []

    async def only_ann() -> bool:
        return [typing.user_id for typing in await presences.list_typing(SPACE, "general")] == ["ann"]

    await eventually(only_ann)
    await presences.set_typing(SPACE, "ann", "general", 0)
    assert await presences.list_typing(SPACE, "general") == []
    assert list(raw.scan_iter("*typing*")) == []


HUNDRED = [connection(f"u{number}") for number in range(100)]
TYPING = ["user:u1:typing:general", "channel:general:typing", "{user:u1:status}:typing"]
CALLS: dict[str, tuple[int, Callable[[Presences], Awaitable[object]]]] = {
    "leave": (2, lambda presences: presences.leave(SPACE, "u0")),
    "set_status": (2, lambda presences: presences.set_status(SPACE, "u1", AWAY)),
    "set_typing": (0, lambda presences: presences.set_typing(SPACE, "u1", "general", 5)),
    "list": (1, lambda presences: presences.list_online(SPACE, WORKSPACE, 100)),
    "count": (1, lambda presences: presences.list_online(SPACE, WORKSPACE, 0)),
    "get_status": (1, lambda presences: presences.get_status(SPACE, ["u1"])),
    "list_typing": (1, lambda presences: presences.list_typing(SPACE, "general")),
}


async def test_presence_heartbeat_of_a_hundred_runs_one_script_per_slot(
    redis_client: RedisClient, raw: redis.Redis
) -> None:
    presences = Presences(redis_client, Limits())  # not started: nothing else asks Redis
    await send_heartbeats(presences, *HUNDRED)
    changes = raw.hget(f"{{{KEY}}}:log", "offset")
    with commands_of(raw) as commands:
        await send_heartbeats(presences, *HUNDRED)
    slots = len(redis_client.split_by_slot([f"user:u{number}:status" for number in range(100)]))
    assert commands["evalsha"] == slots + 1
    assert raw.hget(f"{{{KEY}}}:log", "offset") == changes
    assert commands["zadd"] == 200  # when each was seen, and when it expires


@pytest.mark.parametrize("call", CALLS)
async def test_presence_calls_run_one_script_per_slot(
    redis_client: RedisClient, raw: redis.Redis, call: str
) -> None:
    presences = Presences(redis_client, Limits())
    scripts, ask = CALLS[call]
    scripts = scripts or len(redis_client.split_by_slot(TYPING))
    await send_heartbeats(presences, *HUNDRED)
    await ask(presences)
    await send_heartbeats(presences, *HUNDRED)
    with commands_of(raw) as commands:
        await ask(presences)
    assert commands["evalsha"] == scripts
    assert not {"keys", "scan", "eval"} & commands.keys()
