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
from support.harness.eventually import PATIENCE_SECONDS, eventually, turns

SLOW, LOST = Gap(GapReason.SLOW_READER), Gap(GapReason.REDIS_LOST)


def mailbox(overflow: Overflow, items: int = 3, size: int = 100) -> Mailbox[str]:
    return Mailbox(Bounds(items, size), overflow)


@pytest.mark.parametrize("overflow", Overflow)
async def test_what_is_put_is_taken_in_order(overflow: Overflow) -> None:
    box = mailbox(overflow)
    for item in "abc":
        box.put(item, key=item)
    assert box.take() == ["a", "b", "c"]


async def test_who_waits_is_woken_by_a_put() -> None:
    box = mailbox(Overflow.DISCONNECT)
    waiting = box.wait()
    assert not waiting.done()
    assert box.take() == []
    box.put("a")
    assert waiting.done()
    assert box.take() == ["a"]
    box.put("b")
    assert box.wait().done(), "it is here already"


async def test_an_item_is_offered_first_while_somebody_waits_for_it() -> None:
    offered, taken = [], {"a", "c"}

    def offer(item: str) -> bool:
        offered.append(item)
        return item in taken

    box: Mailbox[str] = Mailbox(Bounds(3, 100), offer=offer)
    waiting = box.wait()
    for item in "abc":
        box.put(item)
    assert offered == ["a", "b"], "b was refused, and c must not overtake it"
    assert waiting.done()
    assert box.take() == ["b", "c"]
    box.put("d")
    assert offered == ["a", "b"], "nobody waits: what was taken is being sent"


async def test_an_item_is_not_offered_once_the_mailbox_has_ended_or_its_call_was_cancelled() -> None:
    offered: list[str] = []

    def offer(item: str) -> bool:
        offered.append(item)
        return True

    boxes: list[Mailbox[str]] = [Mailbox(Bounds(3, 100), offer=offer) for _ in range(3)]
    ended, failed, cancelled = boxes
    waiting = [box.wait() for box in boxes]
    ended.end()
    failed.fail(Overloaded("a limit"))
    waiting[2].cancel()
    for box in boxes:
        box.put("too late")
    assert not offered
    assert ended.take() == []
    assert cancelled.take() == ["too late"]


@pytest.mark.parametrize(("item", "size"), [("many", 1), ("large", 40)])
async def test_a_slow_reader_is_disconnected(item: str, size: int) -> None:
    box = mailbox(Overflow.DISCONNECT)
    for _ in range(3 if size > 1 else 4):
        box.put(item, size)
    with pytest.raises(Overloaded) as full:
        box.take()
    passed = "limits.max_mailbox_bytes" if size > 1 else "limits.max_mailbox_items"
    assert full.value.metadata == {"limit": passed}


async def test_a_slow_reader_misses_the_oldest_and_is_told_of_it_first() -> None:
    box = mailbox(Overflow.DROP_OLDEST)
    for item in "abcde":
        box.put(item)
    assert box.take() == [SLOW, "c", "d", "e"]
    box.put("f")
    assert box.take() == ["f"]


async def test_an_item_over_all_bounds_is_a_gap() -> None:
    box = mailbox(Overflow.DROP_OLDEST)
    box.put("a", 10)
    box.put("huge", 101)
    assert box.take() == [SLOW]


async def test_conflated_items_are_replaced_by_newer_ones_of_their_key() -> None:
    box = mailbox(Overflow.CONFLATE)
    for item in ("a1", "b1", "a2", "c1", "a3"):
        box.put(item, 30, key=item[0])
    assert box.take() == ["b1", "c1", "a3"]
    for key in "abcd":
        box.put(key, key=key)
    assert box.take() == [SLOW, "b", "c", "d"]


async def test_a_gap_stands_where_it_came_and_once() -> None:
    box = mailbox(Overflow.DISCONNECT)
    box.put("a")
    box.gap(GapReason.REDIS_LOST)
    box.gap(GapReason.REDIS_LOST)
    box.put("b")
    assert box.take() == ["a", LOST, "b"]


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
    assert box.take() == []


async def test_follow_beats_for_those_alone_who_are_silent() -> None:
    streams = Streams(Drain(), 0.05, Bounds(10, 100))
    silent: Mailbox[str] = streams.mailbox(Overflow.DISCONNECT)
    busy: Mailbox[str] = streams.mailbox(Overflow.DISCONNECT, offer=lambda _: True)
    beats, items = streams.follow(silent), streams.follow(busy)
    waiting = asyncio.ensure_future(anext(items))
    beating = asyncio.ensure_future(anext(beats))
    await turns(2)  # by now both wait

    def beaten() -> bool:
        busy.put("passes it by")
        return beating.done()

    await eventually(beaten)
    assert beating.result() == Heartbeat()
    assert not waiting.done()
    waiting.cancel()
    await asyncio.wait((waiting,))


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
