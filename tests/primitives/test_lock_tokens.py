"""Which fencing tokens are believed: none that cannot have been given, however it is asked for."""

from __future__ import annotations

import pytest
import redis

from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import Token
from support.lock.requests import KEY, RESOURCE, SPACE, held, release, wanted

FENCE = f"{{{KEY}}}:fence"
MOST = 2**63 - 1
_HOUR = 3_600 * 1_000_000


async def accepted(locks: Locks, token: Token) -> bool:
    return (await locks.check_fencing_token(SPACE, RESOURCE, token)).accepted


@pytest.mark.parametrize("known", [True, False], ids=["known", "lost"])
async def test_lock_token_that_cannot_have_been_given_is_refused_and_not_remembered(
    locks: Locks, raw: redis.Redis, known: bool
) -> None:
    lease = held(await locks.acquire(wanted()))
    token = lease.tokens[0]
    if not known:
        raw.delete(FENCE)
    before = raw.get(FENCE)
    for astray in (
        Token.of(MOST),
        Token(token.epoch, token.seq + _HOUR),
        Token(token.epoch + 1, 0),
        Token(token.epoch + 1, token.seq),
        Token(2**11 - 1, 0),
        Token(token.epoch, 2**52 - 1),
    ):
        judgement = await locks.check_fencing_token(SPACE, RESOURCE, astray)
        assert not judgement.accepted
        assert judgement.lowest == (token if known else Token(0, 0))
    assert raw.get(FENCE) == before
    assert await accepted(locks, token)
    await release(locks, lease)
    later = held(await locks.acquire(wanted())).tokens[0]
    assert token < later < Token(token.epoch, token.seq + _HOUR)
    assert not await accepted(locks, token)


async def test_lock_token_ahead_of_the_clock_is_accepted_if_it_is_known(
    locks: Locks, raw: redis.Redis
) -> None:
    """A clock that stepped back leaves tokens ahead of it: each is one above the last then."""
    first = held(await locks.acquire(wanted()))
    epoch, ahead = first.tokens[0].epoch, first.tokens[0].seq + _HOUR
    await release(locks, first)
    raw.set(FENCE, f"{epoch} {ahead} {epoch} {ahead}", px=60_000)
    token = held(await locks.acquire(wanted())).tokens[0]
    assert token == Token(epoch, ahead + 1)
    assert await accepted(locks, token)
    assert not await accepted(locks, first.tokens[0])
    assert not await accepted(locks, Token(epoch, ahead + 2))


async def test_lock_token_is_believed_that_may_have_been_lost(locks: Locks, raw: redis.Redis) -> None:
    """As a failover loses the last grant: who got it stays above who held it before."""
    before = held(await locks.acquire(wanted()))
    fence = raw.get(FENCE)
    await release(locks, before)
    lost = held(await locks.acquire(wanted()))
    await release(locks, lost)
    assert fence
    raw.set(FENCE, fence, px=60_000)
    assert await accepted(locks, before.tokens[0])
    assert await accepted(locks, lost.tokens[0])
    assert not await accepted(locks, before.tokens[0])
    assert held(await locks.acquire(wanted())).tokens > lost.tokens
