"""Background tasks: only cancellation ends one in silence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from quikstate_server import background, call_context
from quikstate_server.background import BackgroundTasks, FaultMonitor
from quikstate_server.backoff import Backoff
from support.harness.eventually import eventually, throughout, turns


@pytest.fixture
def monitor() -> FaultMonitor:
    return FaultMonitor()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_BACKOFF", Backoff(0.001, 0.002))


class Flaky:
    """Work that fails so many times, and then goes on for ever."""

    def __init__(self, failures: int, make_error: Callable[[], BaseException] = lambda: ValueError("x")):
        self.runs = 0
        self.failures = failures
        self._make_error = make_error

    async def run(self) -> None:
        self.runs += 1
        if self.runs <= self.failures:
            raise self._make_error()
        await asyncio.Event().wait()


@pytest.mark.faults
@pytest.mark.usefixtures("quick")
async def test_background_task_that_fails_is_run_again_and_counted(monitor: FaultMonitor) -> None:
    counted: list[str] = []
    monitor.on_fault = counted.append
    told: list[Exception] = []
    tasks, work = BackgroundTasks(monitor), Flaky(3)
    tasks.keep_running("work", work.run, on_fault=told.append)
    await eventually(lambda: work.runs == 4)
    assert counted == ["work"] * 3
    assert [str(error) for error in told] == ["x"] * 3
    await tasks.close()


@pytest.mark.faults
@pytest.mark.usefixtures("quick")
async def test_background_fault_is_logged_once_with_its_cause(
    monitor: FaultMonitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged: list[object] = []
    monkeypatch.setattr(background._log, "error", lambda _, **facts: logged.append(facts["exc_info"]))
    tasks, work = BackgroundTasks(monitor), Flaky(3)
    tasks.keep_running("work", work.run)
    await eventually(lambda: work.runs == 4)
    assert [str(error) for error in logged] == ["x"]
    await tasks.close()


@pytest.mark.faults
@pytest.mark.usefixtures("quick")
async def test_background_task_outlives_the_cancellation_of_what_it_awaits(monitor: FaultMonitor) -> None:
    """It looks as if the task had been cancelled, and it was not."""
    tasks, work = BackgroundTasks(monitor), Flaky(1, asyncio.CancelledError)
    tasks.keep_running("work", work.run)
    await eventually(lambda: work.runs == 2)
    await tasks.close()


@pytest.mark.faults
@pytest.mark.usefixtures("quick")
async def test_background_task_goes_on_though_telling_of_its_fault_fails_too(monitor: FaultMonitor) -> None:
    def fail(_: Exception) -> None:
        raise KeyError

    tasks, work = BackgroundTasks(monitor), Flaky(1)
    tasks.keep_running("work", work.run, on_fault=fail)
    await eventually(lambda: work.runs == 2)
    await tasks.close()


@pytest.mark.faults
@pytest.mark.usefixtures("quick")
async def test_background_vital_task_that_fails_on_and_on_is_told_until_it_recovers(
    monitor: FaultMonitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_STEADY_SECONDS", 0.02)
    changes: list[bool] = []
    monitor.on_change = lambda: changes.append(monitor.is_alive)
    tasks, work = BackgroundTasks(monitor), Flaky(10)
    tasks.keep_running("work", work.run, vital=True)
    await eventually(lambda: changes == [False, True])
    assert monitor.is_alive
    await tasks.close()


@pytest.mark.faults
@pytest.mark.usefixtures("quick")
async def test_background_task_that_is_not_vital_does_not_end_the_process(monitor: FaultMonitor) -> None:
    tasks, work = BackgroundTasks(monitor), Flaky(20)
    tasks.keep_running("work", work.run)
    await throughout(lambda: monitor.is_alive, seconds=0.05)
    await eventually(lambda: work.runs == 21)
    await tasks.close()


async def test_background_close_cancels_what_is_kept_and_finishes_what_was_spawned(
    monitor: FaultMonitor,
) -> None:
    tasks, done = BackgroundTasks(monitor), asyncio.Event()

    async def spawned() -> None:
        await asyncio.sleep(0.02)
        done.set()

    kept = tasks.keep_running("kept", asyncio.Event().wait)  # type: ignore[arg-type] # it never returns
    tasks.spawn("spawned", spawned())
    await tasks.close()
    assert kept.cancelled()
    assert done.is_set()


async def test_background_close_ends_a_task_that_lost_its_cancellation(
    monitor: FaultMonitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the wait_for of Python 3.11 loses one now and then."""
    monkeypatch.setattr(background, "_CANCEL_AGAIN_SECONDS", 0.01)
    lost = 0

    async def deaf() -> None:
        nonlocal lost
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                lost += 1
                if lost == 3:
                    raise

    tasks = BackgroundTasks(monitor)
    tasks.keep_running("deaf", deaf)
    await turns()
    await tasks.close()
    assert lost == 3


@pytest.mark.faults
async def test_background_spawned_work_that_fails_is_reported(monitor: FaultMonitor) -> None:
    counted: list[str] = []
    monitor.on_fault = counted.append

    async def fail() -> None:
        raise ValueError

    tasks = BackgroundTasks(monitor)
    tasks.spawn("spawned", fail())
    await tasks.wait_spawned()
    assert counted == ["spawned"]


async def test_background_task_has_no_deadline_of_the_call_that_began_it(monitor: FaultMonitor) -> None:
    call_context.enter(call_context.CallContext(deadline=1.0))
    seen: list[float | None] = []

    async def look() -> None:
        seen.append(call_context.current().deadline)

    tasks = BackgroundTasks(monitor)
    tasks.keep_running("kept", look)
    tasks.spawn("spawned", look())
    await tasks.wait_spawned()
    await eventually(lambda: seen == [None, None])
    await tasks.close()


@pytest.mark.faults
async def test_background_monitor_reports_what_callbacks_of_the_event_loop_raise(
    monitor: FaultMonitor,
) -> None:
    counted: list[str] = []
    monitor.on_fault = counted.append
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(monitor.handle_loop_error)
    loop.call_soon([].pop)
    await eventually(lambda: counted == ["event_loop"])
