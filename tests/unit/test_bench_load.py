"""How `quikstate bench` schedules calls, and what counts as their latency."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from quikstate_server.cli.bench.clients import shares
from quikstate_server.cli.bench.load import Load, LoadPlan, LoadResult
from quikstate_server.cli.bench.workloads import BenchCallFailed

STALL_SECONDS = 0.3
EARLY_SECONDS = 0.005
"""More than a timer of asyncio is early by."""


class Caller:
    """A workload whose server answers at once, but for the calls that `behave` delays or fails."""

    calls = "Call"

    def __init__(self, behave: Callable[[int], float | str] = lambda _: 0.0) -> None:
        self._behave = behave
        self.made = 0

    async def prepare(self) -> None: ...

    async def call(self) -> None:
        behaviour = self._behave(self.made)
        self.made += 1
        if isinstance(behaviour, str):
            raise BenchCallFailed(behaviour)
        await asyncio.sleep(behaviour)  # the server takes so long

    async def clean(self) -> None: ...


async def run(caller: Caller, plan: LoadPlan, *, is_stopped: bool = False) -> LoadResult:
    return await Load(plan, lambda: is_stopped).run([caller])


def stall_once(number: int) -> float:
    return 0.0 if number else STALL_SECONDS + EARLY_SECONDS


async def test_bench_with_a_rate_counts_a_stall_for_each_call_that_was_due() -> None:
    """Of 50 calls, 10 ms apart, 30 are due in the stall of the first: the 20th of them waits 0.1 s."""
    result = await run(Caller(stall_once), LoadPlan("ping", 1, calls=50, rate=100.0))
    assert result.latencies.count == 50
    assert result.latencies.quantile(1 - 20 / 50 + 0.01) >= 0.1


async def test_bench_without_a_rate_counts_a_stall_once() -> None:
    caller = Caller(stall_once)
    result = await run(caller, LoadPlan("ping", 1, calls=50))
    assert (caller.made, result.latencies.count) == (50, 50)
    assert result.latencies.max >= STALL_SECONDS
    assert result.latencies.quantile(0.9) < STALL_SECONDS


async def test_bench_says_how_many_calls_it_did_not_make() -> None:
    caller = Caller(stall_once)
    result = await run(caller, LoadPlan("ping", 1, seconds=STALL_SECONDS / 2, rate=1_000.0))
    assert (caller.made, result.skipped) == (1, 149)


async def test_bench_makes_calls_no_sooner_than_they_are_due() -> None:
    result = await run(Caller(), LoadPlan("ping", 1, calls=11, rate=50.0))
    assert result.seconds >= 10 / 50 - 0.001
    assert result.skipped == 0


async def test_bench_counts_errors_by_their_code_and_not_as_latencies() -> None:
    caller = Caller(lambda number: "NOT_FOUND" if number == 1 else 0.0)
    result = await run(caller, LoadPlan("ping", 1, calls=3))
    assert (result.calls, result.latencies.count, result.errors) == (3, 2, {"NOT_FOUND": 1})


async def test_bench_that_is_stopped_makes_no_more_calls() -> None:
    caller = Caller()
    result = await run(caller, LoadPlan("ping", 1, seconds=60.0, rate=1_000.0), is_stopped=True)
    assert (caller.made, result.calls, result.skipped, result.is_stopped) == (0, 0, 0, True)


def test_bench_results_add_up() -> None:
    one, other = LoadResult(seconds=1.0), LoadResult(seconds=2.0, skipped=3, is_stopped=True)
    one.latencies.record(0.1)
    one.errors["UNAVAILABLE"] += 1
    other.errors["UNAVAILABLE"] += 1
    one.merge(other)
    assert (one.calls, one.errors, one.seconds) == (3, {"UNAVAILABLE": 2}, 2.0)
    assert (one.skipped, one.is_stopped) == (3, True)


@pytest.mark.parametrize(("calls", "expected"), [(7, [3, 2, 2]), (2, [1, 1, 0]), (None, [None] * 3)])
def test_bench_clients_share_calls_and_rate(calls: int | None, expected: list[int | None]) -> None:
    plans = shares(LoadPlan("ping", 5, calls=calls, rate=30.0), 3)
    assert [plan.calls for plan in plans] == expected
    assert [(plan.rate, plan.concurrency) for plan in plans] == [(10.0, 5)] * 3
