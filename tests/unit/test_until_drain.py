"""What becomes of a call that waits when its caller or its server ends."""

from __future__ import annotations

import asyncio

import pytest

from quikstate_server.drain import Drain
from quikstate_server.errors import Overloaded, ShuttingDown
from quikstate_server.services.common.until_drain import until_drain


async def test_until_drain_answers_what_the_work_does() -> None:
    undone: list[str] = []

    async def work() -> str:
        return "done"

    assert await until_drain(Drain(), work(), undone.append) == "done"
    assert not undone


@pytest.mark.parametrize("ends", ["caller", "server"])
async def test_until_drain_ends_work_that_goes_on(ends: str) -> None:
    drain, undone, begun = Drain(), list[str](), asyncio.Event()

    async def work() -> str:
        begun.set()
        await asyncio.Event().wait()
        return "never"

    call = asyncio.create_task(until_drain(drain, work(), undone.append))
    await begun.wait()
    if ends == "caller":
        call.cancel()
    else:
        drain.begin()
    with pytest.raises(asyncio.CancelledError if ends == "caller" else ShuttingDown):
        await call
    assert not undone


async def test_until_drain_undoes_what_was_done_just_as_the_caller_went() -> None:
    undone: list[str] = []
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    worked = asyncio.Event()

    async def work() -> str:
        told = await answer
        worked.set()
        return told

    call = asyncio.create_task(until_drain(Drain(), work(), undone.append))
    watch = asyncio.create_task(worked.wait())
    await asyncio.sleep(0)
    answer.set_result("done")
    await watch  # the work is done, and the call does not know yet
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert undone == ["done"]


async def test_until_drain_lets_errors_through() -> None:
    undone: list[str] = []

    async def work() -> str:
        raise Overloaded("a limit")

    with pytest.raises(Overloaded):
        await until_drain(Drain(), work(), undone.append)
    assert not undone
