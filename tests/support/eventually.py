"""Waiting for what must come true: the only place in the tests that sleeps."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable

from quikstate_server.errors import RedisUnavailable

Check = Callable[[], bool | Awaitable[bool | None] | None]
"""Holds when it returns True, or returns nothing, and raises neither AssertionError nor RedisUnavailable."""

_PAUSE_SECONDS = 0.01


async def eventually(check: Check, *, within: float = 5.0) -> None:
    """Return once `check` holds; fail as it last failed when it does not within so many seconds."""
    end = time.monotonic() + within
    while (failure := await _failure(check)) is not None:
        if time.monotonic() >= end:
            raise AssertionError(f"not true within {within} s: {failure}") from failure
        await asyncio.sleep(_PAUSE_SECONDS)


async def throughout(check: Check, *, seconds: float) -> None:
    """Fail when `check` ceases to hold within so many seconds: for what must not happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if failure := await _failure(check):
            raise AssertionError(f"did not stay true for {seconds} s: {failure}") from failure
        await asyncio.sleep(_PAUSE_SECONDS)


async def turns(count: int = 1) -> None:
    """Let the event loop turn so often."""
    for _ in range(count):
        await asyncio.sleep(0)


def wait_until(check: Callable[[], bool], *, within: float = 10.0) -> None:
    """The same outside of an event loop, for starting and ending processes."""
    end = time.monotonic() + within
    while not check():
        if time.monotonic() >= end:
            raise AssertionError(f"not true within {within} s: {inspect.getsource(check).strip()}")
        time.sleep(_PAUSE_SECONDS)


async def _failure(check: Check) -> Exception | None:
    try:
        outcome = check()
        if inspect.isawaitable(outcome):
            outcome = await outcome
    except (AssertionError, RedisUnavailable) as failure:  # a connection may be on its way
        return failure
    return None if outcome in (True, None) else AssertionError(inspect.getsource(check).strip())
