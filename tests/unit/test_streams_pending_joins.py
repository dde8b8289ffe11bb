"""Callers that wait to be admitted to what they share."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

from quikstate_server.errors import RedisUnavailable
from quikstate_server.primitives.streams.pending_joins import PendingJoins
from support.harness.eventually import turns


async def joining(joins: PendingJoins[str, int], *keys: str) -> list[asyncio.Task[int]]:
    tasks = [asyncio.create_task(joins.join(key)) for key in keys]
    await turns()
    return tasks


async def test_a_waiting_caller_is_admitted_with_a_value() -> None:
    joins: PendingJoins[str, int] = PendingJoins()
    (task,) = await joining(joins, "a")
    assert list(joins) == ["a"]
    assert joins.admit("a", 7)
    assert await task == 7
    assert not joins


async def test_a_cancelled_caller_is_not_admitted_though_it_has_not_left_yet() -> None:
    joins: PendingJoins[str, int] = PendingJoins()
    (task,) = await joining(joins, "a")
    task.cancel()  # its own code runs in the next turn
    assert not joins.admit("a", 7)
    assert not joins.admit("a", 7)
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_all_waiting_callers_are_refused_and_a_cancelled_one_is_no_error(
    event_loop_errors: list[dict[str, Any]],
) -> None:
    joins: PendingJoins[str, int] = PendingJoins()
    gone, waiting, gone_after = await joining(joins, "a", "b", "c")
    gone.cancel()
    joins.refuse(RedisUnavailable("gone"))
    gone_after.cancel()
    with pytest.raises(RedisUnavailable):
        await waiting
    for task in (gone, gone_after):
        with pytest.raises(asyncio.CancelledError):
            await task
    assert not joins
    del gone, waiting, gone_after, task
    gc.collect()
    assert not event_loop_errors


async def test_a_caller_that_leaves_waits_no_more() -> None:
    joins: PendingJoins[str, int] = PendingJoins()
    (task,) = await joining(joins, "a")
    joins.leave("a")
    joins.leave("a")
    assert not joins.admit("a", 7)
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.fixture
async def event_loop_errors() -> list[dict[str, Any]]:
    """What the loop's exception handler is told, such as of exceptions that nobody saw."""
    errors: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: errors.append(context))
    return errors
