"""What raw Redis clients write into a lock's keys is reported or passed over, and never deleted."""

from __future__ import annotations

import asyncio

import pytest
import redis

from quikstate_server.errors import KeyTypeConflict
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import FencingToken, LockBusy, LockMode
from support.harness.eventually import eventually
from support.lock.requests import KEY, RESOURCE, SPACE, held, lock_request, release, waiting

SIDECARS = ("fence", "holders", "leases", "waiters", "waiting", "servers", "request:r")
REQUEST = lock_request(request_id="r")


def sidecar(name: str) -> str:
    return f"{{{KEY}}}:{name}"


async def take_and_wait(locks: Locks) -> None:
    """It is free, as far as can be known, so that somebody may wait for it then."""
    await locks.acquire(lock_request())
    await locks.acquire(lock_request(), 0.1)


@pytest.mark.parametrize(
    "value", ["shared:readers", "shared:permits:3", "shared:permits:x", "shared:", "\xff"]
)
@pytest.mark.parametrize("mode", LockMode, ids=lambda mode: mode.value)
async def test_lock_value_that_looks_like_ours_excludes_and_stays(
    locks: Locks, raw: redis.Redis, value: str, mode: LockMode
) -> None:
    raw.set(KEY, value, px=60_000)
    assert isinstance(await locks.acquire(lock_request(mode=mode, permits=3)), LockBusy)
    state = await locks.get(SPACE, RESOURCE)
    assert (state.is_held, state.has_raw_holder, state.holders) == (True, True, ())
    waiter = asyncio.create_task(locks.acquire(lock_request(mode=mode, permits=3), 60))
    await eventually(lambda: waiting(locks, 1))
    assert raw.get(KEY) == value
    raw.delete(KEY)
    held(await asyncio.wait_for(waiter, 60))


@pytest.mark.parametrize("name", ["lock", *SIDECARS])
async def test_lock_key_of_a_wrong_type_is_reported_and_left(
    locks: Locks, raw: redis.Redis, name: str
) -> None:
    key = KEY if name == "lock" else sidecar(name)
    if name == "holders":
        held(await locks.acquire(lock_request(mode=LockMode.SHARED)))
    raw.delete(key)
    raw.xadd(key, {"a": "1"})
    with pytest.raises(KeyTypeConflict):
        await (locks.acquire(REQUEST) if name == "request:r" else take_and_wait(locks))
    assert raw.xlen(key) == 1


@pytest.mark.parametrize(
    "fence",
    [
        "",
        "x",
        "1 2",
        "nan inf 0 0",
        "0 9007199254740993 0 1",
        "9999 1 0 1",
        "0 -1 0 0",
        "0 1e3 0 0",
        f"{10**400} 0 0 0",
    ],
)
async def test_lock_tokens_that_nobody_can_read_are_reported_and_left(
    locks: Locks, raw: redis.Redis, fence: str
) -> None:
    raw.set(sidecar("fence"), fence)
    for act in (
        locks.acquire(lock_request()),
        locks.get(SPACE, RESOURCE),
        locks.check_fencing_token(SPACE, RESOURCE, FencingToken(0, 1)),
    ):
        with pytest.raises(KeyTypeConflict):
            await act
    assert raw.get(sidecar("fence")) == fence


@pytest.mark.parametrize("told", ["", "x", "1 2 3", "1 2 3 - {}", '1 2 3 - ["o", 1]', f"1 {10**30} 3 - []"])
async def test_lock_holder_that_nobody_can_read_is_passed_over(
    locks: Locks, raw: redis.Redis, told: str
) -> None:
    lease = held(await locks.acquire(lock_request(mode=LockMode.SHARED)))
    raw.zadd(sidecar("holders"), {"stranger": 2**52})
    raw.hset(sidecar("leases"), "stranger", told)
    state = await locks.get(SPACE, RESOURCE)
    assert [holder.token for holder in state.holders] == [*lease.tokens]
    assert isinstance(await locks.acquire(lock_request()), LockBusy)
    assert await release(locks, lease)


@pytest.mark.parametrize("entry", ["", "x", "\xc1", "\x95\x01\x02\x03\x04\x05", "\x90"])
async def test_lock_waiter_that_nobody_can_read_is_passed_over(
    locks: Locks, raw: redis.Redis, entry: str
) -> None:
    lease = held(await locks.acquire(lock_request()))
    raw.zadd(sidecar("waiters"), {"stranger": 1})
    raw.hset(sidecar("waiting"), "stranger", entry)
    waiter = asyncio.create_task(locks.acquire(lock_request(), 60))
    await eventually(lambda: waiting(locks, 1))
    await release(locks, lease)
    held(await asyncio.wait_for(waiter, 60))


async def test_lock_request_that_nobody_can_read_is_reported_and_left(locks: Locks, raw: redis.Redis) -> None:
    raw.set(sidecar("request:r"), "x")
    with pytest.raises(KeyTypeConflict):
        await locks.acquire(REQUEST)
    with pytest.raises(KeyTypeConflict):
        await locks.release_request(REQUEST.target, "r")
    assert raw.get(sidecar("request:r")) == "x"


async def test_lock_of_a_raw_client_is_seen_whatever_its_value(locks: Locks, raw: redis.Redis) -> None:
    for value in ("", " ", "0"):
        raw.set(KEY, value, px=60_000)
        state = await locks.get(SPACE, RESOURCE)
        assert (state.is_held, state.holders) == (True, ())
        assert isinstance(await locks.acquire(lock_request()), LockBusy)
