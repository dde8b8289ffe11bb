"""Locks as services use them, and as raw Redis clients of the legacy key layout see them."""

from __future__ import annotations

import asyncio
import itertools

import pytest
import redis

from quikstate_server.errors import KeyTypeConflict
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import (
    FencingToken,
    Lease,
    LeaseEnded,
    LockBusy,
    LockMode,
    LockRequest,
    LockTarget,
)
from support.harness.eventually import eventually
from support.lock.requests import KEY, RELEASE, RESOURCE, SPACE, held, lock_request, release
from support.redis.clients import assert_too_few_replicas
from support.redis.command_counts import commands_of


async def test_lock_acquire_writes_the_legacy_key_and_excludes(locks: Locks, raw: redis.Redis) -> None:
    lease = held(await locks.acquire(lock_request(owner="me")))
    assert raw.get(KEY) == lease.lease_id
    assert 20_000 < raw.pttl(KEY) <= 30_001  # rounded up
    assert 29.0 < lease.valid_for < 29.8  # 1 % is kept for clocks that drift
    busy = await locks.acquire(lock_request())
    assert isinstance(busy, LockBusy)
    assert busy.resource == RESOURCE
    assert busy.expires_in is not None
    assert raw.set(KEY, "raw", nx=True, px=1_000) is None


@pytest.mark.parametrize("mode", LockMode, ids=lambda mode: mode.value)
async def test_lock_acquire_is_excluded_by_a_raw_client(
    locks: Locks, raw: redis.Redis, mode: LockMode
) -> None:
    raw.set(KEY, "owner-uuid", nx=True, ex=30)
    assert isinstance(await locks.acquire(lock_request(mode=mode, permits=3)), LockBusy)
    state = await locks.get(SPACE, RESOURCE)
    assert (state.is_held, state.has_raw_holder, state.holders) == (True, True, ())
    assert raw.eval(RELEASE, 1, KEY, "owner-uuid") == 1
    held(await locks.acquire(lock_request(mode=mode, permits=3)))
    assert raw.set(KEY, "owner-uuid", nx=True, ex=30) is None


async def test_lock_release_leaves_a_raw_clients_key_alone(locks: Locks, raw: redis.Redis) -> None:
    lease = held(await locks.acquire(lock_request()))
    raw.set(KEY, "raw", px=30_000)  # it broke in
    assert not await release(locks, lease)
    assert raw.get(KEY) == "raw"
    assert await locks.renew(lease.target, lease.lease_id, 30.0) is None


async def test_lock_release_by_another_lease_is_refused(locks: Locks, raw: redis.Redis) -> None:
    lease = held(await locks.acquire(lock_request()))
    assert not await locks.release(lease.target, "another")
    assert raw.exists(KEY)
    assert await release(locks, lease)
    assert not await release(locks, lease)
    assert not raw.exists(KEY)


async def test_lock_acquire_and_release_are_one_command_each(locks: Locks, raw: redis.Redis) -> None:
    await release(locks, held(await locks.acquire(lock_request())))  # both scripts are loaded now
    with commands_of(raw) as commands:
        await release(locks, held(await locks.acquire(lock_request())))
    assert commands["evalsha"] == 2


async def test_lock_renew_gives_the_ttl_again(locks: Locks, raw: redis.Redis) -> None:
    lease = held(await locks.acquire(lock_request(ttl=2)))
    renewed = await locks.renew(lease.target, lease.lease_id, 60.0)
    assert renewed is not None
    assert renewed.tokens == lease.tokens
    assert raw.pttl(KEY) > 50_000


async def test_lock_shared_holders_expire_one_by_one(locks: Locks, raw: redis.Redis) -> None:
    held(await locks.acquire(lock_request(mode=LockMode.SHARED, ttl=1)))
    longer = held(await locks.acquire(lock_request(mode=LockMode.SHARED, ttl=30)))

    async def lapsed() -> None:
        state = await locks.get(SPACE, RESOURCE)
        assert [holder.token for holder in state.holders] == [*longer.tokens]

    await eventually(lapsed)
    assert raw.pttl(KEY) > 20_000


async def test_lock_semaphore_admits_as_many_as_it_has_permits(locks: Locks) -> None:
    outcomes = await asyncio.gather(
        *(locks.acquire(lock_request(mode=LockMode.SEMAPHORE, permits=3)) for _ in range(20))
    )
    assert sum(isinstance(outcome, Lease) for outcome in outcomes) == 3
    assert isinstance(await locks.acquire(lock_request(mode=LockMode.SEMAPHORE, permits=3)), LockBusy)
    assert isinstance(await locks.acquire(lock_request(mode=LockMode.SHARED)), LockBusy)


async def test_lock_acquire_of_several_takes_all_or_none(locks: Locks) -> None:
    one = held(await locks.acquire(lock_request("a", "b")))
    assert isinstance(await locks.acquire(lock_request("c", "b")), LockBusy)
    held(await locks.acquire(lock_request("c", "d")))
    assert len(one.tokens) == 2


async def test_lock_tokens_rise_over_release_expiry_force_and_lost_data(
    locks: Locks, raw: redis.Redis
) -> None:
    tokens: list[int] = []
    for turn in range(20):
        lease = held(await locks.acquire(lock_request(ttl=1)))
        tokens.append(int(lease.tokens[0]))
        if turn % 4 == 0:
            raw.pexpire(KEY, 1)  # it lapses
            await eventually(lambda: not raw.exists(KEY))
        elif turn % 4 == 1:
            raw.flushall()
        elif turn % 4 == 2:
            assert await locks.force_release(SPACE, RESOURCE, None)
        else:
            await release(locks, lease)
    assert all(earlier < later for earlier, later in itertools.pairwise(tokens))


async def test_lock_token_check_refuses_a_holder_that_was_followed(locks: Locks, raw: redis.Redis) -> None:
    stale = held(await locks.acquire(lock_request())).tokens[0]
    assert (await locks.check_fencing_token(SPACE, RESOURCE, stale)).is_accepted
    assert await locks.force_release(SPACE, RESOURCE, stale)
    fresh = held(await locks.acquire(lock_request())).tokens[0]
    assert not (await locks.check_fencing_token(SPACE, RESOURCE, stale)).is_accepted
    assert (await locks.check_fencing_token(SPACE, RESOURCE, fresh)).is_accepted
    raw.flushall()  # what was known is lost, and relearned from what is accepted
    assert (await locks.check_fencing_token(SPACE, RESOURCE, fresh)).is_accepted
    judgement = await locks.check_fencing_token(SPACE, RESOURCE, stale)
    assert (judgement.is_accepted, judgement.lowest) == (False, fresh)


async def test_lock_token_check_accepts_all_that_share(locks: Locks) -> None:
    leases = [held(await locks.acquire(lock_request(mode=LockMode.SHARED))) for _ in range(3)]
    for lease in reversed(leases):
        assert (await locks.check_fencing_token(SPACE, RESOURCE, lease.tokens[0])).is_accepted
    for lease in leases:
        await release(locks, lease)
    held(await locks.acquire(lock_request()))
    for lease in leases:
        assert not (await locks.check_fencing_token(SPACE, RESOURCE, lease.tokens[0])).is_accepted


async def test_lock_force_release_spares_another_token(locks: Locks) -> None:
    lease = held(await locks.acquire(lock_request()))
    other = FencingToken(lease.tokens[0].epoch, lease.tokens[0].seq - 1)
    assert not await locks.force_release(SPACE, RESOURCE, other)
    assert await locks.force_release(SPACE, RESOURCE, lease.tokens[0])
    assert await locks.renew(lease.target, lease.lease_id, 30) is None


async def test_lock_force_release_breaks_a_raw_holder(locks: Locks, raw: redis.Redis) -> None:
    raw.set(KEY, "raw")
    assert await locks.force_release(SPACE, RESOURCE, None)
    assert not raw.exists(KEY)


async def test_lock_request_id_gets_the_same_lease(locks: Locks, other_server: Locks) -> None:
    lease = held(await locks.acquire(lock_request(request_id="r1")))
    again = held(await other_server.acquire(lock_request(request_id="r1")))
    assert (again.lease_id, again.tokens) == (lease.lease_id, lease.tokens)
    await release(locks, lease)
    assert isinstance(await locks.acquire(lock_request(request_id="r1")), LeaseEnded)


async def test_lock_release_by_request_id_comes_before_the_request(locks: Locks, raw: redis.Redis) -> None:
    target = LockTarget(SPACE, (RESOURCE,))
    assert not await locks.release_request(target, "r2")
    assert isinstance(await locks.acquire(lock_request(request_id="r2")), LeaseEnded)
    held(await locks.acquire(lock_request(request_id="r3")))
    assert await locks.release_request(target, "r3")
    assert not raw.exists(KEY)


async def test_lock_acquire_with_too_few_replicas_grants_no_lease(locks: Locks, raw: redis.Redis) -> None:
    target = LockTarget(SPACE, (RESOURCE,))
    await assert_too_few_replicas(lambda: locks.acquire(LockRequest(target, min_replicas=9)))
    await eventually(lambda: not raw.exists(KEY))


async def test_lock_key_of_another_type_is_refused(locks: Locks, raw: redis.Redis) -> None:
    raw.hset(KEY, "a", "1")
    with pytest.raises(KeyTypeConflict):
        await locks.acquire(lock_request())
    assert raw.hgetall(KEY) == {"a": "1"}


async def test_lock_get_shows_the_holder_and_not_the_secret(locks: Locks) -> None:
    target = LockTarget(SPACE, (RESOURCE,))
    lease = held(await locks.acquire(LockRequest(target, owner="worker-1", metadata={"address": "10.0.0.1"})))
    state = await locks.get(SPACE, RESOURCE)
    (holder,) = state.holders
    assert (holder.owner, holder.metadata, holder.token) == (
        "worker-1",
        {"address": "10.0.0.1"},
        lease.tokens[0],
    )
    assert state.last_token == lease.tokens[0]
    assert lease.lease_id not in repr(state)


async def test_lock_group_and_namespace_are_part_of_the_name(locks: Locks) -> None:
    for keyspace in (SPACE, Keyspace(group="g"), Keyspace(namespace="n"), Keyspace(namespace="n", group="g")):
        held(await locks.acquire(LockRequest(LockTarget(keyspace, (RESOURCE,)))))
