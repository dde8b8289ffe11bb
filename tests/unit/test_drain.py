"""A call that waits when its caller leaves or its server drains."""

from __future__ import annotations

import asyncio

import pytest

from quikstate_server.drain import Drain
from quikstate_server.errors import Overloaded, ShuttingDown


async def test_drain_run_answers_what_the_work_does() -> None:
    undone: list[str] = []

    async def work() -> str:
        return "done"

    assert await Drain().run(work(), undone.append) == "done"
    assert not undone


@pytest.mark.parametrize("ends", ["caller", "server"])
async def test_drain_run_ends_work_that_goes_on(ends: str) -> None:
    drain, undone, begun = Drain(), list[str](), asyncio.Event()

    async def work() -> str:
        begun.set()
        await asyncio.Event().wait()
        return "never"

    call = asyncio.create_task(drain.run(work(), undone.append))
    await begun.wait()
    if ends == "caller":
        call.cancel()
    else:
        drain.begin()
    with pytest.raises(asyncio.CancelledError if ends == "caller" else ShuttingDown):
        await call
    assert not undone


async def test_drain_run_undoes_what_was_done_just_as_the_caller_went() -> None:
    undone: list[str] = []
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    worked = asyncio.Event()

    async def work() -> str:
        told = await answer
        worked.set()
        return told

    call = asyncio.create_task(Drain().run(work(), undone.append))
    watch = asyncio.create_task(worked.wait())
    await asyncio.sleep(0)
    answer.set_result("done")
    await watch  # the work is done, and the call does not know yet
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert undone == ["done"]


async def test_drain_run_lets_errors_through() -> None:
    undone: list[str] = []

    async def work() -> str:
        raise Overloaded("a limit")

    with pytest.raises(Overloaded):
        await Drain().run(work(), undone.append)
    assert not undone
