"""Calls that last end when their credential does, whatever the policy says of it meanwhile."""

from __future__ import annotations

import asyncio
import time

import pytest

from quikstate_server.errors import Unauthenticated
from quikstate_server.interceptors.open_calls import OpenCalls
from support.harness.eventually import throughout


class Policy:
    """Says until when the token is good."""

    def __init__(self, seconds: float) -> None:
        self.expires_at = time.time() + seconds
        self.calls = OpenCalls()

    def authorize(self) -> float:
        if self.expires_at <= time.time():
            raise Unauthenticated("the bearer token has expired")
        return self.expires_at

    def begin(self) -> asyncio.Task[object]:
        work = asyncio.Event().wait()
        return asyncio.ensure_future(self.calls.run(self.authorize, self.expires_at, work))

    def reload(self, seconds: float) -> None:
        self.expires_at = time.time() + seconds
        self.calls.check_all()


async def test_call_ends_when_its_token_expires() -> None:
    call = Policy(0.05).begin()
    with pytest.raises(Unauthenticated, match="expired"):
        await call


async def test_call_ends_earlier_if_a_new_policy_says_so() -> None:
    policy = Policy(3_600)
    call = policy.begin()
    await asyncio.sleep(0)
    policy.reload(0.05)
    with pytest.raises(Unauthenticated, match="expired"):
        await call


async def test_call_goes_on_if_a_new_policy_says_so_and_ends_then() -> None:
    policy = Policy(0.1)
    call = policy.begin()
    await asyncio.sleep(0)
    policy.reload(0.6)
    await throughout(lambda: not call.done(), seconds=0.2)
    with pytest.raises(Unauthenticated, match="expired"):
        await call


async def test_call_that_lives_for_ever_may_be_given_an_end() -> None:
    policy = Policy(float("inf"))
    call = policy.begin()
    await asyncio.sleep(0)
    policy.reload(0.05)
    with pytest.raises(Unauthenticated, match="expired"):
        await call
