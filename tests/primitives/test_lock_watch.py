"""Watches and lists of locks: they show each change, whoever makes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import redis

from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import LockMode, LockState
from quikstate_server.primitives.lock.watch import LockStateMailbox
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, GapReason, Mailbox, Overflow
from support.harness.eventually import eventually
from support.lock.requests import KEY, RESOURCE, SPACE, held, lock_request, release


class Watch:
    """One who watches, and what it knows by now."""

    def __init__(self, locks: Locks, *resources: str) -> None:
        self.states: dict[str, LockState] = {}
        self.gaps = 0
        self._mailbox: LockStateMailbox = Mailbox(Bounds(1_000, 1_000_000), Overflow.CONFLATE)
        self._locks = locks
        self._resources = resources or (RESOURCE,)

    async def begin(self, stack: AsyncExitStack) -> Watch:
        watching = self._locks.watching(SPACE, self._resources, self._mailbox)
        self.states = {state.resource: state for state in await stack.enter_async_context(watching)}
        return self

    def sees(self, owner: str | None, resource: str = RESOURCE) -> bool:
        """It has read by now that `owner` holds the resource; None for nobody."""
        for item in self._mailbox.take():
            if isinstance(item, Gap):
                assert item.reason is GapReason.REDIS_LOST
                self.gaps += 1
            else:
                self.states[item.resource] = item
        state = self.states[resource]
        owners = [holder.owner for holder in state.holders]
        return not state.is_held if owner is None else owners == [owner]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as entered:
        yield entered


async def test_lock_watch_begins_with_the_state_and_sees_each_change(
    locks: Locks, other_server: Locks, stack: AsyncExitStack
) -> None:
    first = held(await other_server.acquire(lock_request(owner="a")))
    watch = await Watch(locks, RESOURCE, "free").begin(stack)
    assert watch.sees("a")
    assert watch.sees(None, "free")
    await release(other_server, first)
    await eventually(lambda: watch.sees(None), within=1)
    held(await other_server.acquire(lock_request(owner="b")))
    await eventually(lambda: watch.sees("b"), within=1)
    await locks.force_release(SPACE, RESOURCE, None)
    await eventually(lambda: watch.sees(None), within=1)


async def test_lock_watch_sees_an_expiry_within_a_second(locks: Locks, stack: AsyncExitStack) -> None:
    held(await locks.acquire(lock_request(owner="a", ttl=1)))
    watch = await Watch(locks).begin(stack)
    assert watch.sees("a")
    await eventually(lambda: watch.sees(None), within=2)


async def test_lock_watch_sees_one_of_several_holders_expire(locks: Locks, stack: AsyncExitStack) -> None:
    held(await locks.acquire(lock_request(owner="long", mode=LockMode.SHARED)))
    held(await locks.acquire(lock_request(owner="short", mode=LockMode.SHARED, ttl=1)))
    watch = await Watch(locks).begin(stack)
    await eventually(lambda: watch.sees("long"), within=2)


async def test_lock_watch_sees_what_a_raw_client_does(
    locks: Locks, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    watch = await Watch(locks).begin(stack)
    raw.set(KEY, "raw", px=60_000)

    async def has_raw_holder() -> None:
        watch.sees("")
        assert watch.states[RESOURCE].has_raw_holder

    await eventually(has_raw_holder, within=6)
    raw.delete(KEY)
    await eventually(lambda: watch.sees(None), within=6)


async def test_lock_watch_reports_a_gap_and_then_the_state(
    locks: Locks, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    watch = await Watch(locks, RESOURCE, "other").begin(stack)
    raw.client_kill_filter(_type="pubsub")
    held(await locks.acquire(lock_request(owner="a")))

    async def told() -> None:
        assert watch.sees("a")
        assert watch.gaps >= 1

    await eventually(told)


async def test_lock_watchers_share_one_subscription_and_leave_none(
    locks: Locks, stack: AsyncExitStack, raw: redis.Redis
) -> None:
    def subscriptions() -> int:
        return len(raw.pubsub_channels("*:events"))

    async with AsyncExitStack() as inner:
        for _ in range(50):
            await Watch(locks).begin(inner)
        one = await Watch(locks).begin(stack)
        assert subscriptions() == 1
    held(await locks.acquire(lock_request(owner="a")))
    await eventually(lambda: one.sees("a"), within=1)
    await stack.aclose()
    await eventually(lambda: subscriptions() == 0)


async def test_lock_list_finds_held_locks_by_prefix(locks: Locks, raw: redis.Redis) -> None:
    for name in ("message:1", "message:2", "job:1", "message:{odd}*"):
        held(await locks.acquire(lock_request(name, owner=f"of {name}")))
    raw.set("lock:message:raw", "someone", px=60_000)
    raw.set("lock:message:50%", "no name of ours")
    raw.hset("lock:message:hash", "no", "lock")
    await release(locks, held(await locks.acquire(lock_request("message:released"))))
    states, cursor = await _all(locks, SPACE, "message:")
    assert cursor > 0
    assert set(states) == {"message:1", "message:2", "message:{odd}*", "message:raw"}
    assert states["message:1"].holders[0].owner == "of message:1"
    assert states["message:raw"].has_raw_holder


async def test_lock_list_keeps_groups_and_namespaces_apart(locks: Locks, raw: redis.Redis) -> None:
    held(await locks.acquire(lock_request("a", "b")))  # in the group "test"
    held(await locks.acquire(lock_request("c")))
    raw.set("ns.other:lock:d", "of another namespace")
    assert set((await _all(locks, SPACE, ""))[0]) == {"c"}
    assert set((await _all(locks, Keyspace(group="test"), ""))[0]) == {"a", "b"}
    assert set((await _all(locks, Keyspace(namespace="other"), ""))[0]) == {"d"}


async def test_lock_list_is_bounded_a_page(locks: Locks, raw: redis.Redis) -> None:
    raw.mset({f"lock:{number}": "raw" for number in range(500)} | {f"other:{n}": 1 for n in range(500)})
    states, pages = await _all(locks, SPACE, "", size=50)
    assert set(states) == {str(number) for number in range(500)}
    assert pages >= 5


async def _all(
    locks: Locks, keyspace: Keyspace, prefix: str, size: int = 100
) -> tuple[dict[str, LockState], int]:
    found: dict[str, LockState] = {}
    cursor, pages = "", 0
    while pages == 0 or cursor:
        states, cursor = await locks.list(keyspace, prefix, cursor, size)
        found |= {state.resource: state for state in states}
        pages += 1
    return found, pages
