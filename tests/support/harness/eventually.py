"""Waiting for what must come true: the only place in the tests that sleeps.

A machine may be busy. What is promised within a time is waited for that long, not counting what the machine
kept this process from running, which is neither asleep nor at work then; whatever else must come true is
waited for as long as it takes.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from quikstate_server.errors import RedisUnavailable

Check = Callable[[], bool | Awaitable[bool | None] | None]
"""Holds when it returns True, or returns nothing, and raises neither AssertionError nor RedisUnavailable."""

_PAUSE_SECONDS = 0.01
PATIENCE_SECONDS = 60.0
"""So long takes nothing that comes true at all."""


async def eventually(check: Check, *, within: float = PATIENCE_SECONDS) -> None:
    """Return once `check` holds; fail as it last failed when it does not within so many seconds."""
    left, began = within, time.monotonic()
    while (failure := await _failure(check)) is not None:
        left -= time.monotonic() - began
        if left <= 0:
            raise AssertionError(f"not true within {within} s: {failure}") from failure
        left -= await _pause()
        began = time.monotonic()


@asynccontextmanager
async def timely(seconds: float) -> AsyncIterator[None]:
    """Fail with TimeoutError when the block takes longer than is promised of it."""

    async def count() -> None:
        left = seconds
        while left > 0:
            left -= await _pause()
        limit.reschedule(asyncio.get_running_loop().time())

    async with asyncio.timeout(None) as limit:
        counting = asyncio.create_task(count())
        try:
            yield
        finally:
            counting.cancel()


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


def wait_until(check: Callable[[], bool], *, within: float = PATIENCE_SECONDS) -> None:
    """The same as eventually outside of an event loop, for starting and ending processes."""
    left, began = within, time.monotonic()
    while not check():
        left -= time.monotonic() - began
        if left <= 0:
            raise AssertionError(f"not true within {within} s: {inspect.getsource(check).strip()}")
        slept = _Moment()
        time.sleep(_PAUSE_SECONDS)
        left -= slept.counted()
        began = time.monotonic()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """The same as timely outside of an event loop, where the block is not ended: it fails when it has."""
    over, took = threading.Event(), 0.0

    def count() -> None:
        nonlocal took
        began = _Moment()
        while not over.wait(_PAUSE_SECONDS):
            took += began.counted()
            began = _Moment()

    counting = threading.Thread(target=count)
    counting.start()
    try:
        yield
    finally:
        over.set()
        counting.join()
    assert took <= seconds, f"it took {took:.2f} s, which may be {seconds} s"


async def _pause() -> float:
    """Sleep a little; the seconds of it that count."""
    began = _Moment()
    await asyncio.sleep(_PAUSE_SECONDS)
    return began.counted()


class _Moment:
    """When something began, by the clock and by the CPU time of this process."""

    def __init__(self) -> None:
        self._clock, self._cpu = time.monotonic(), time.process_time()

    def counted(self) -> float:
        """Seconds since then, less those in which this process was ready and the machine did not run it.

        So what this process did itself counts, as it does where an event loop is blocked by a server in it.
        """
        worked = time.process_time() - self._cpu
        return min(time.monotonic() - self._clock, 2 * _PAUSE_SECONDS + worked)


async def _failure(check: Check) -> Exception | None:
    try:
        outcome = check()
        if inspect.isawaitable(outcome):
            outcome = await outcome
    except (AssertionError, RedisUnavailable) as failure:  # a connection may be on its way
        return failure
    return None if outcome in (True, None) else AssertionError(inspect.getsource(check).strip())
