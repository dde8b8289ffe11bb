"""Mailboxes, streams to subscribers, and signals."""

from __future__ import annotations

import asyncio
import time

import pytest

from quikstate_server.drain import Drain
from quikstate_server.errors import Overloaded
from quikstate_server.primitives.streams.follow import Heartbeat, ServerDraining, Streams
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, GapReason, Mailbox, Overflow
from quikstate_server.signals import Signal
from support.harness.eventually import PATIENCE_SECONDS

SLOW, LOST = Gap(GapReason.SLOW_READER), Gap(GapReason.REDIS_LOST)


def mailbox(overflow: Overflow, items: int = 3, size: int = 100) -> Mailbox[str]:
    return Mailbox(Bounds(items, size), overflow)


@pytest.mark.parametrize("overflow", Overflow)
async def test_what_is_put_is_taken_in_order(overflow: Overflow) -> None:
    box = mailbox(overflow)
    for item in "abc":
        box.put(item, key=item)
    assert await box.take(5) == ["a", "b", "c"]


async def test_take_returns_nothing_after_its_time() -> None:
    assert await mailbox(Overflow.DISCONNECT).take(0.01) == []


async def test_a_waiting_take_is_woken_by_a_put() -> None:
    box = mailbox(Overflow.DISCONNECT)
    taking = asyncio.create_task(box.take(60))
    await asyncio.sleep(0)
    box.put("a")
    assert await asyncio.wait_for(taking, PATIENCE_SECONDS) == ["a"]


@pytest.mark.parametrize(("item", "size"), [("many", 1), ("large", 40)])
async def test_a_slow_reader_is_disconnected(item: str, size: int) -> None:
    box = mailbox(Overflow.DISCONNECT)
    for _ in range(3 if size > 1 else 4):
        box.put(item, size)
    with pytest.raises(Overloaded) as full:
        await box.take(5)
    passed = "limits.max_mailbox_bytes" if size > 1 else "limits.max_mailbox_items"
    assert full.value.metadata == {"limit": passed}


async def test_a_slow_reader_misses_the_oldest_and_is_told_of_it_first() -> None:
    box = mailbox(Overflow.DROP_OLDEST)
    for item in "abcde":
        box.put(item)
    assert await box.take(5) == [SLOW, "c", "d", "e"]
    box.put("f")
    assert await box.take(5) == ["f"]


async def test_an_item_over_all_bounds_is_a_gap() -> None:
    box = mailbox(Overflow.DROP_OLDEST)
    box.put("a", 10)
    box.put("huge", 101)
    assert await box.take(5) == [SLOW]


async def test_conflated_items_are_replaced_by_newer_ones_of_their_key() -> None:
    box = mailbox(Overflow.CONFLATE)
    for item in ("a1", "b1", "a2", "c1", "a3"):
        box.put(item, 30, key=item[0])
    assert await box.take(5) == ["b1", "c1", "a3"]
    for key in "abcd":
        box.put(key, key=key)
    assert await box.take(5) == [SLOW, "b", "c", "d"]


async def test_a_gap_stands_where_it_came_and_once() -> None:
    box = mailbox(Overflow.DISCONNECT)
    box.put("a")
    box.gap(GapReason.REDIS_LOST)
    box.gap(GapReason.REDIS_LOST)
    box.put("b")
    assert await box.take(5) == ["a", LOST, "b"]


async def test_follow_beats_in_silence_and_has_the_last_word() -> None:
    drain = Drain()
    streams = Streams(drain, 0.01, Bounds(10, 100))
    box: Mailbox[str] = streams.mailbox(Overflow.DISCONNECT)
    events = streams.follow(box)
    assert await anext(events) == Heartbeat()
    box.put("a")
    assert await anext(events) == ["a"]
    box.put("last")
    drain.begin()
    assert [event async for event in events] == [["last"], ServerDraining()]
    box.put("too late")
    assert await box.take(0.01) == []


async def test_follow_of_a_server_that_ends_already_ends() -> None:
    drain = Drain()
    drain.begin()
    streams = Streams(drain, 60, Bounds(10, 100))
    box: Mailbox[str] = streams.mailbox(Overflow.DISCONNECT)
    box.put("lost on a stream that begins too late")
    assert [event async for event in streams.follow(box)] == [
        ["lost on a stream that begins too late"],
        ServerDraining(),
    ]


async def test_a_signal_is_waited_for_until_it_is_set_or_the_time_is_over() -> None:
    signal = Signal()
    assert not await signal.wait(time.monotonic() + 0.01)
    waiting = asyncio.create_task(signal.wait(time.monotonic() + 60))
    await asyncio.sleep(0)
    signal.set()
    signal.set()
    assert await asyncio.wait_for(waiting, PATIENCE_SECONDS)
    assert await signal.wait(time.monotonic()), "it stays set until it is cleared"
    signal.clear()
    assert not await signal.wait(time.monotonic())


async def test_a_signal_that_is_no_longer_waited_for_can_be_set_and_waited_for_again() -> None:
    signal = Signal()
    waiting = asyncio.create_task(signal.wait())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait((waiting,))
    signal.set()
    assert await signal.wait()
