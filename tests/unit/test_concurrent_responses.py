"""Answering the items of a stream several at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from quikstate_server.drain import Drain
from quikstate_server.errors import ShuttingDown
from quikstate_server.services.common.concurrent_responses import ConcurrentResponses
from support.harness.eventually import eventually, turns


class Work:
    """Answers a number when the test says so, and tells which are begun."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.stopped: list[int] = []
        self._gates: dict[int, asyncio.Event] = {}

    def gate(self, number: int) -> asyncio.Event:
        return self._gates.setdefault(number, asyncio.Event())

    async def answer(self, number: int) -> int:
        self.begun.append(number)
        try:
            await self.gate(number).wait()
        except asyncio.CancelledError:
            self.stopped.append(number)
            raise
        if number < 0:
            raise ValueError(number)
        return number * 10


@pytest.fixture
def work() -> Work:
    return Work()


async def numbers(*items: int, stays_open: bool = False) -> AsyncIterator[int]:
    for item in items:
        yield item
    if stays_open:
        await asyncio.Event().wait()


def answering(
    work: Work, items: AsyncIterator[int], most: int = 64, drain: Drain | None = None
) -> AsyncIterator[int]:
    return ConcurrentResponses(items, work.answer, most, drain or Drain()).responses()


async def test_answers_come_as_they_are_ready(work: Work) -> None:
    answers = answering(work, numbers(1, 2, 3))
    got = []
    for number in (3, 1, 2):
        work.gate(number).set()
        got.append(await anext(answers))
    assert got == [30, 10, 20]
    with pytest.raises(StopAsyncIteration):
        await anext(answers)


async def test_no_more_items_are_read_than_answers_taken(work: Work) -> None:
    answers = answering(work, numbers(*range(100)), most=4)
    for number in range(100):
        work.gate(number).set()
    taken = 0
    async for _ in answers:
        taken += 1
        await turns(20)
        assert len(work.begun) <= taken + 4
    assert taken == 100


async def test_what_goes_wrong_ends_the_stream_and_all_its_work(work: Work) -> None:
    answers = answering(work, numbers(1, -2, 3, stays_open=True))
    work.gate(-2).set()
    with pytest.raises(ValueError, match="-2"):
        await anext(answers)
    assert sorted(work.stopped) == [1, 3]


async def test_what_goes_wrong_in_reading_ends_the_stream(work: Work) -> None:
    async def broken() -> AsyncIterator[int]:
        yield 1
        raise ValueError("no message")

    work.gate(1).set()
    answers = answering(work, broken())
    assert await anext(answers) == 10
    with pytest.raises(ValueError, match="no message"):
        await anext(answers)


async def test_a_stream_that_is_left_stops_its_work(work: Work) -> None:
    before = asyncio.all_tasks()
    async with aclosing(
        ConcurrentResponses(numbers(1, 2, stays_open=True), work.answer, 64, Drain()).responses()
    ) as answers:
        work.gate(1).set()
        assert await anext(answers) == 10
    assert work.stopped == [2]
    assert asyncio.all_tasks() == before


async def test_a_drain_answers_what_was_read_and_says_that_this_was_all(work: Work) -> None:
    drain = Drain()
    answers = answering(work, numbers(1, 2, stays_open=True), drain=drain)
    first = asyncio.ensure_future(anext(answers))
    await eventually(lambda: work.begun == [1, 2])
    drain.begin()
    for number in (1, 2):
        work.gate(number).set()
    assert await first == 10
    assert await anext(answers) == 20
    with pytest.raises(ShuttingDown):
        await anext(answers)


async def test_a_stream_that_ended_by_itself_ends_well_in_a_drain(work: Work) -> None:
    drain = Drain()
    work.gate(1).set()
    answers = answering(work, numbers(1), drain=drain)
    assert await anext(answers) == 10
    drain.begin()
    with pytest.raises(StopAsyncIteration):
        await anext(answers)


class Transport:
    """Takes responses that are offered while it has room."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.has_room = True

    def offer(self, response: int) -> bool:
        if self.has_room:
            self.sent.append(response)
        return self.has_room


async def test_answers_that_the_transport_takes_are_not_yielded(work: Work) -> None:
    transport = Transport()
    answers = ConcurrentResponses(numbers(1, 2, 3), work.answer, 64, Drain(), transport.offer).responses()
    reading = asyncio.create_task(anext(answers))
    await eventually(lambda: work.begun == [1, 2, 3])
    work.gate(2).set()
    await eventually(lambda: transport.sent == [20])
    transport.has_room = False
    work.gate(3).set()
    assert await reading == 30
    transport.has_room = True
    work.gate(1).set()  # while the handler sends the last one
    await turns(20)
    assert transport.sent == [20]
    assert await anext(answers) == 10
    with pytest.raises(StopAsyncIteration):
        await anext(answers)


async def test_stream_ends_after_its_last_answer_was_taken_by_the_transport(work: Work) -> None:
    transport = Transport()
    answers = ConcurrentResponses(numbers(1, 2), work.answer, 1, Drain(), transport.offer).responses()
    ending = asyncio.create_task(anext(answers, None))
    work.gate(1).set()
    await eventually(lambda: work.begun == [1, 2])
    work.gate(2).set()
    assert await ending is None
    assert transport.sent == [10, 20]
