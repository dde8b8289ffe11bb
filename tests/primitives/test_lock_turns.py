"""A waiter keeps its place: when the clock steps back, when a notification is early, and for several."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

import pytest
import redis

from quikstate_server.errors import InvalidRequest
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock import store, waiters
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import LockBusy, LockMode, LockQueued, LockRequest, LockTarget
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import Script
from quikstate_server.settings import Limits
from quikstate_server.signals import Signal
from support.harness.eventually import eventually
from support.lock.requests import KEY, RESOURCE, SPACE, held, lock_request, release, waiting
from support.lock.servers import Wire

GROUP = Keyspace(group="test")
WAITERS = f"{{{KEY}}}:waiters"
LONG = 60.0


class GatedWire(Wire):
    """Its answers can be held back."""

    def __init__(self, inner: RedisClient) -> None:
        super().__init__(inner)
        self.gate = asyncio.Event()
        self.gate.set()

    async def run(
        self,
        script: Script,
        keys: Sequence[str],
        *arguments: Argument,
        safe_to_repeat: bool = False,
    ) -> object:
        reply = await super().run(script, keys, *arguments, safe_to_repeat=safe_to_repeat)
        await self.gate.wait()
        return reply


@pytest.fixture
def wire(redis_client: RedisClient) -> GatedWire:
    return GatedWire(redis_client)


@pytest.fixture
async def gated(wire: GatedWire) -> AsyncIterator[Locks]:
    started = Locks(wire, Limits())
    await started.start()
    yield started
    wire.gate.set()
    await started.close()


def places(raw: redis.Redis) -> dict[str, float]:
    """Of those who wait, the first first."""
    found: Any = raw.zrange(WAITERS, 0, -1, withscores=True)
    return dict(found)


async def grouped(locks: Locks, resource: str, waiters: int) -> None:
    assert (await locks.get(GROUP, resource)).waiters == waiters


def one(resource: str) -> LockRequest:
    """One resource in the group of those of several."""
    return LockRequest(LockTarget(GROUP, (resource,)))


async def test_lock_notification_that_comes_before_the_place_is_not_lost(
    locks: Locks, gated: Locks, wire: GatedWire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiters, "next_poll", lambda *_: time.monotonic() + 3_600)  # only notifications wake
    monkeypatch.setattr(store, "_REGISTRATION_SECONDS", 3_600.0)
    lease = held(await locks.acquire(lock_request()))
    first = asyncio.create_task(gated.acquire(lock_request(), LONG))
    await eventually(lambda: waiting(locks, 1))
    await release(locks, lease)
    lease = held(await first)
    wire.gate.clear()
    second = asyncio.create_task(gated.acquire(lock_request(), LONG))
    await eventually(lambda: waiting(locks, 1))
    await release(locks, lease)
    heard = Signal()
    with gated._notifications.to_waiter("another", heard):  # Redis tells one server everything in order
        name = gated._store.channel_prefix + gated._store.server
        await locks._store.redis_client.publish(name, b"another")
        assert await heard.wait(time.monotonic() + LONG)
    wire.gate.set()
    held(await asyncio.wait_for(second, LONG))


async def test_lock_waiters_keep_their_order_when_the_clock_steps_back(
    locks: Locks, other_server: Locks, raw: redis.Redis
) -> None:
    lease = held(await locks.acquire(lock_request()))
    first = asyncio.create_task(locks.acquire(lock_request(), LONG))
    await eventually(lambda: waiting(locks, 1))
    raw.zadd(WAITERS, {places(raw).popitem()[0]: 2**52})  # as if it had come by a clock far ahead
    second = asyncio.create_task(other_server.acquire(lock_request(), LONG))
    await eventually(lambda: waiting(locks, 2))
    assert [*places(raw).values()] == [2**52, 2**52 + 1]
    await release(locks, lease)
    lease = held(await asyncio.wait_for(first, LONG))
    assert not second.done()
    await release(locks, lease)
    held(await asyncio.wait_for(second, LONG))


async def test_lock_acquire_of_several_is_served_among_callers_that_take_turns(
    locks: Locks, other_server: Locks
) -> None:
    served, enough = 0, asyncio.Event()

    async def takes_turns(server: Locks) -> None:
        nonlocal served
        while not enough.is_set():
            lease = held(await server.acquire(one("a"), LONG))
            await asyncio.sleep(0.01)
            await release(server, lease)
            served += 1

    async with asyncio.TaskGroup() as turns:
        for server in (locks, other_server):
            turns.create_task(takes_turns(server))
        await eventually(lambda: served >= 2)
        places: list[LockQueued] = []
        lease = held(await asyncio.wait_for(locks.acquire(lock_request("a", "b"), LONG, places.append), LONG))
        enough.set()
        await release(locks, lease)
    assert len(places) <= 1


async def test_lock_waiters_for_several_are_served_in_order_and_never_block_each_other(
    locks: Locks, other_server: Locks
) -> None:
    goals = [("a", "b"), ("b", "c"), ("c", "a"), ("b",), ("a", "b", "c"), ("c",)] * 4
    lease = held(await locks.acquire(lock_request("a", "b", "c")))
    served: list[int] = []

    async def caller(number: int, goal: Sequence[str]) -> None:
        server = locks if number % 2 else other_server
        asked = lock_request(*goal) if len(goal) > 1 else one(*goal)
        got = held(await server.acquire(asked, LONG))
        served.append(number)
        await release(server, got)

    callers = []
    for number, goal in enumerate(goals):
        callers.append(asyncio.create_task(caller(number, goal)))
        for resource in goal:
            before = sum(resource in earlier for earlier in goals[:number])
            await eventually(partial(grouped, locks, resource, before + 1))
    await release(locks, lease)
    await asyncio.wait_for(asyncio.gather(*callers), LONG)
    for resource in "abc":
        here = [number for number in served if resource in goals[number]]
        assert here == sorted(here)


async def test_lock_waiter_for_several_that_leaves_lets_the_next_ones_pass(locks: Locks) -> None:
    taken = held(await locks.acquire(one("b")))
    several = asyncio.create_task(locks.acquire(lock_request("a", "b"), LONG))
    await eventually(lambda: grouped(locks, "a", 1))
    behind = asyncio.create_task(locks.acquire(one("a"), LONG))
    await eventually(lambda: grouped(locks, "a", 2))
    assert isinstance(await locks.acquire(one("a")), LockBusy)  # it stands idle, for its turn
    several.cancel()
    held(await asyncio.wait_for(behind, LONG))
    assert await release(locks, taken)
    await eventually(lambda: grouped(locks, "b", 0))


async def test_lock_waiter_for_several_of_a_dead_server_is_passed_over(
    locks: Locks, other_server: Locks
) -> None:
    held(await locks.acquire(one("b")))
    several = asyncio.create_task(other_server.acquire(lock_request("a", "b"), LONG))
    await eventually(lambda: grouped(locks, "a", 1))
    await other_server.close()  # it registers no more
    held(await asyncio.wait_for(locks.acquire(one("a"), LONG), LONG))
    several.cancel()
    await asyncio.gather(several, return_exceptions=True)


async def test_lock_waiter_for_several_that_lost_one_place_queues_anew_everywhere(
    locks: Locks, other_server: Locks, raw: redis.Redis
) -> None:
    """Else it would be the first at one resource, another at the other, and both would wait for ever."""
    lease = held(await locks.acquire(lock_request("a", "b")))
    first = asyncio.create_task(locks.acquire(lock_request("a", "b"), LONG))
    await eventually(lambda: grouped(locks, "a", 1))
    second = asyncio.create_task(other_server.acquire(lock_request("b", "a"), LONG))
    await eventually(lambda: grouped(locks, "a", 2))
    raw.zremrangebyrank("{test}:{lock:a}:waiters", 0, 0)
    await release(locks, lease)
    done, _ = await asyncio.wait((first, second), timeout=LONG, return_when=asyncio.FIRST_COMPLETED)
    await release(locks, held(done.pop().result()))
    for lease in map(held, await asyncio.wait_for(asyncio.gather(first, second), LONG)):
        await release(locks, lease)


async def test_lock_semaphore_of_another_number_is_refused_and_blocks_nobody(
    locks: Locks, other_server: Locks
) -> None:
    three = partial(lock_request, mode=LockMode.SEMAPHORE, permits=3)
    four = lock_request(mode=LockMode.SEMAPHORE, permits=4)
    writer = held(await locks.acquire(lock_request()))
    first = asyncio.create_task(locks.acquire(three(), LONG))
    await eventually(lambda: waiting(locks, 1))
    astray = asyncio.create_task(other_server.acquire(four, LONG))  # nobody holds it with a number yet
    await eventually(lambda: waiting(locks, 2))
    behind = asyncio.create_task(locks.acquire(three(), LONG))
    await eventually(lambda: waiting(locks, 3))
    await release(locks, writer)
    leases = [held(await asyncio.wait_for(task, LONG)) for task in (first, behind)]
    for refused in (astray, locks.acquire(four), locks.acquire(four, LONG)):
        with pytest.raises(InvalidRequest) as error:
            await asyncio.wait_for(refused, LONG)
        assert error.value.violations == {"permits": f"must be 3, which the holders of {RESOURCE!r} use"}
    await eventually(lambda: waiting(locks, 0))
    for lease in leases:
        assert await release(locks, lease)
    held(await locks.acquire(four))
    assert (await locks.get(SPACE, RESOURCE)).permits == 4
