"""Fencing tokens that are accepted: none that cannot have been granted."""

from __future__ import annotations

import pytest
import redis

from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import FencingToken
from support.lock.requests import KEY, RESOURCE, SPACE, held, lock_request, release

FENCE = f"{{{KEY}}}:fence"
MOST = 2**63 - 1
_HOUR = 3_600 * 1_000_000


async def accepted(locks: Locks, token: FencingToken) -> bool:
    return (await locks.check_fencing_token(SPACE, RESOURCE, token)).is_accepted


@pytest.mark.parametrize("known", [True, False], ids=["known", "lost"])
async def test_lock_token_that_cannot_have_been_granted_is_refused_and_not_remembered(
    locks: Locks, raw: redis.Redis, known: bool
) -> None:
    lease = held(await locks.acquire(lock_request()))
    token = lease.tokens[0]
    if not known:
        raw.delete(FENCE)
    before = raw.get(FENCE)
    for astray in (
        FencingToken.from_int(MOST),
        FencingToken(token.epoch, token.seq + _HOUR),
        FencingToken(token.epoch + 1, 0),
        FencingToken(token.epoch + 1, token.seq),
        FencingToken(2**11 - 1, 0),
        FencingToken(token.epoch, 2**52 - 1),
    ):
        judgement = await locks.check_fencing_token(SPACE, RESOURCE, astray)
        assert not judgement.is_accepted
        assert judgement.lowest == (token if known else FencingToken(0, 0))
    assert raw.get(FENCE) == before
    assert await accepted(locks, token)
    await release(locks, lease)
    later = held(await locks.acquire(lock_request())).tokens[0]
    assert token < later < FencingToken(token.epoch, token.seq + _HOUR)
    assert not await accepted(locks, token)


async def test_lock_token_ahead_of_the_clock_is_accepted_if_it_is_known(
    locks: Locks, raw: redis.Redis
) -> None:
    """A clock that stepped back leaves tokens ahead of it: each is one above the last then."""
    first = held(await locks.acquire(lock_request()))
    epoch, ahead = first.tokens[0].epoch, first.tokens[0].seq + _HOUR
    await release(locks, first)
    raw.set(FENCE, f"{epoch} {ahead} {epoch} {ahead}", px=60_000)
    token = held(await locks.acquire(lock_request())).tokens[0]
    assert token == FencingToken(epoch, ahead + 1)
    assert await accepted(locks, token)
    assert not await accepted(locks, first.tokens[0])
    assert not await accepted(locks, FencingToken(epoch, ahead + 2))


async def test_lock_token_that_may_have_been_lost_is_accepted(locks: Locks, raw: redis.Redis) -> None:
    """As a failover loses the last grant: who got it stays above who held it before."""
    before = held(await locks.acquire(lock_request()))
    fence = raw.get(FENCE)
    await release(locks, before)
    lost = held(await locks.acquire(lock_request()))
    await release(locks, lost)
    assert fence
    raw.set(FENCE, fence, px=60_000)
    assert await accepted(locks, before.tokens[0])
    assert await accepted(locks, lost.tokens[0])
    assert not await accepted(locks, before.tokens[0])
    assert held(await locks.acquire(lock_request())).tokens > lost.tokens
