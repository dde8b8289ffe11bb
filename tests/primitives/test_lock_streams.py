"""Of two streams that hold one lease, here or on two servers, the later one alone has it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import redis

from quikstate_server.drain import Drain
from quikstate_server.primitives.lock import held_lease
from quikstate_server.primitives.lock.held_lease import HeldLease
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import Lease, LeaseSuperseded, LockQueued
from support.harness.eventually import eventually, throughout
from support.lock.requests import KEY, held, lock_request, release, waiting

REQUEST = lock_request(request_id="r")


class Talk:
    """What a caller says on its stream."""

    def __init__(self) -> None:
        self._said: asyncio.Queue[str] = asyncio.Queue()

    async def say(self, what: str) -> None:
        """Return once it was heard."""
        await self._said.put(what)
        await self._said.join()

    async def __aiter__(self) -> AsyncIterator[str]:
        while True:
            yield await self._said.get()
            self._said.task_done()


@pytest.mark.parametrize(
    ("told", "spoke", "least", "most"),
    [(False, False, 1, 3_000), (True, False, 1, 3_000), (True, True, 20_000, 30_001)],
    ids=["while it is told", "just after", "once it has answered"],
)
async def test_lock_stream_that_breaks_leaves_as_much_as_its_caller_may_know_of(
    locks: Locks,
    raw: redis.Redis,
    monkeypatch: pytest.MonkeyPatch,
    told: bool,
    spoke: bool,
    least: int,
    most: int,
) -> None:
    monkeypatch.setattr(held_lease, "_UNKNOWN_GRANT_SECONDS", 60.0)  # for a busy machine
    talk = Talk()
    hold = HeldLease(locks, talk.__aiter__(), Drain())
    holding = hold.acquire(lock_request(), 60)
    lease = await anext(holding)
    assert isinstance(lease, Lease)
    if told:
        reading = asyncio.create_task(anext(holding))  # as the next event is waited for once one was sent
        await throughout(lambda: not reading.done(), seconds=0.01)
        if spoke:
            await talk.say("I live")
            await eventually(lambda: hold._client_knows)
        reading.cancel()
        await asyncio.wait((reading,))
    await holding.aclose()
    await locks._clean_ups.wait_spawned()
    assert least <= max(0, raw.pttl(KEY)) <= most


async def test_lock_stream_that_breaks_before_its_grant_is_sent_leaves_nothing(
    locks: Locks, raw: redis.Redis
) -> None:
    first = held(await locks.acquire(lock_request()))
    hold = HeldLease(locks, Talk().__aiter__(), Drain())
    holding = hold.acquire(lock_request(), 60)
    assert isinstance(await anext(holding), LockQueued)
    await release(locks, first)
    await eventually(lambda: bool(hold._events))  # it is there to be sent
    await holding.aclose()
    await locks._clean_ups.wait_spawned()
    assert not raw.exists(KEY)


@pytest.mark.parametrize("same", [True, False], ids=["here", "elsewhere"])
async def test_lock_stream_that_reattaches_takes_the_lease_from_the_one_before(
    locks: Locks, other_server: Locks, raw: redis.Redis, same: bool
) -> None:
    old, new = locks.lease_handle(), (locks if same else other_server).lease_handle()
    lost = asyncio.Event()
    with old.on_superseded(lost.set):
        lease = held(await locks.acquire(replace(lock_request(), stream=old.stream)))
        assert await old.renew(lease, 30.0)
        taken = await new.reattach(lease.target, lease.lease_id, 30.0)
        assert taken is not None
        assert taken.tokens == lease.tokens
        await asyncio.wait_for(lost.wait(), 30)
    assert isinstance(await old.renew(lease, 30.0), LeaseSuperseded)
    await old.release(lease)
    assert raw.get(KEY) == lease.lease_id
    assert not isinstance(await new.renew(lease, 30.0), LeaseSuperseded)
    await new.release(lease)
    assert not raw.exists(KEY)
    assert await old.renew(lease, 30.0) is None
    assert await new.reattach(lease.target, lease.lease_id, 30.0) is None


async def test_lock_stream_that_repeats_a_request_takes_the_lease_over(
    locks: Locks, other_server: Locks
) -> None:
    old, new = locks.lease_handle(), other_server.lease_handle()
    lease = held(await locks.acquire(replace(REQUEST, stream=old.stream)))
    again = held(await other_server.acquire(replace(REQUEST, stream=new.stream)))
    assert again.tokens == lease.tokens
    assert isinstance(await old.renew(lease, 30.0), LeaseSuperseded)
    held(await locks.acquire(REQUEST))  # a repeat that is no stream takes it from none
    assert not isinstance(await new.renew(lease, 30.0), LeaseSuperseded)


async def test_lock_stream_reattaches_to_a_lease_that_was_acquired_without_one(
    locks: Locks, raw: redis.Redis
) -> None:
    lease = held(await locks.acquire(lock_request()))
    stream = locks.lease_handle()
    assert await stream.reattach(lease.target, lease.lease_id, 30.0)
    assert await locks.renew(lease.target, lease.lease_id, 60.0)  # whoever knows its id may do so
    assert await stream.renew(lease, 30.0)
    assert await release(locks, lease)
    assert not raw.exists(KEY)


async def test_lock_stream_that_ends_while_it_waits_leaves_the_queue(locks: Locks) -> None:
    first = held(await locks.acquire(lock_request()))
    waits = asyncio.create_task(
        locks.acquire(replace(lock_request(), stream=locks.lease_handle().stream), 60)
    )
    await eventually(lambda: waiting(locks, 1))
    waits.cancel()
    await eventually(lambda: waiting(locks, 0))
    await release(locks, first)


async def test_lock_lease_that_its_caller_may_not_know_of_is_shortened_to_a_claim(
    locks: Locks, raw: redis.Redis
) -> None:
    stream = locks.lease_handle()
    asked = replace(lock_request(), stream=stream.stream)
    lease = held(await locks.acquire(asked))
    locks.shorten(asked, lease.lease_id)
    await eventually(lambda: 0 < raw.pttl(KEY) <= 3_000)
    renewed = await stream.renew(lease, 30.0)
    assert renewed is not None
    locks.abandon(asked, lease.lease_id)
    await eventually(lambda: not raw.exists(KEY))
