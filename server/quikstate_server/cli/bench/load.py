"""The load of one client: its callers, each of which makes one call after the other."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from math import ceil

import grpc.aio

from quikstate_server.cli.bench.latency_histogram import LatencyHistogram
from quikstate_server.cli.bench.workloads import WORKLOADS, BenchCallFailed, Workload
from quikstate_server.cli.common.channel import open_async_channel
from quikstate_server.cli.common.output import complain
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_to_duration

_TIMER_SECONDS = 0.001
"""The delay of a timer of asyncio: a call begins up to that much before it is due, rather than after."""
_STOP_SECONDS = 0.1
"""The longest time until a caller that waits notices that it shall stop."""
_SPARE_SECONDS = 60.0
_LONGEST_SECONDS = 86_400.0
_ROUNDING = 1e-6
_PAUSE_SECONDS = 0.05
"""Pause of a caller after a call that failed: it does not spin while no server is there."""


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """The work of one client, until `seconds` are over or `calls` are made; `rate` is in calls per second."""

    workload: str
    concurrency: int
    seconds: float | None = None
    calls: int | None = None
    rate: float | None = None

    @property
    def lifetime(self) -> float:
        """Return how many seconds what is stored lives if the command cannot delete it."""
        return _LONGEST_SECONDS if self.seconds is None else self.seconds + _SPARE_SECONDS


@dataclass(slots=True)
class LoadResult:
    """The figures of a load; `skipped` calls were due before the end, and not made."""

    latencies: LatencyHistogram = field(default_factory=LatencyHistogram)
    errors: Counter[str] = field(default_factory=Counter)
    skipped: int = 0
    seconds: float = 0.0
    is_stopped: bool = False
    """True if the load ended before its plan did."""

    @property
    def calls(self) -> int:
        """Return how many calls were made."""
        return self.latencies.count + self.errors.total()

    def merge(self, other: LoadResult) -> None:
        """Add what another client measured at the same time."""
        self.latencies.merge(other.latencies)
        self.errors.update(other.errors)
        self.skipped += other.skipped
        self.seconds = max(self.seconds, other.seconds)
        self.is_stopped |= other.is_stopped


async def run_load(
    server: ServerTarget, plan: LoadPlan, name: str, begin: Callable[[], None], is_stopped: Callable[[], bool]
) -> LoadResult:
    """Make each kind of call once, wait in `begin`, and measure; delete what was stored in the end.

    Raise AioRpcError if the server cannot be reached or refuses the calls.
    """
    async with open_async_channel(server) as channel:
        create, lifetime = WORKLOADS[plan.workload], seconds_to_duration(plan.lifetime)
        callers = [create(channel, f"{name}:{index}", lifetime) for index in range(plan.concurrency)]
        try:
            for caller in callers:
                await caller.prepare()
                with suppress(BenchCallFailed):  # it is counted when it is measured
                    await caller.call()
            begin()
            return await Load(plan, is_stopped).run(callers)
        finally:
            await _clean(callers)


async def _clean(callers: list[Workload]) -> None:
    """Delete what the callers have stored; say so where that fails."""
    results = await asyncio.gather(*(caller.clean() for caller in callers), return_exceptions=True)
    codes = {
        _code_of(error) for error in results if isinstance(error, grpc.aio.AioRpcError | BenchCallFailed)
    }
    if codes:
        complain(f"not all that was stored is deleted ({', '.join(sorted(codes))}); it expires by itself")


class Load:
    """Callers that share a schedule: the next call is made by the first that is free.

    With a rate, the latency of a call counts from when it was due. A server that stalls so delays all calls
    that are due meanwhile, rather than the few that the callers had begun (coordinated omission).
    """

    def __init__(self, plan: LoadPlan, is_stopped: Callable[[], bool]) -> None:
        self._plan = plan
        self._is_stopped = is_stopped
        self._numbers = count()
        self._result = LoadResult()

    async def run(self, callers: list[Workload]) -> LoadResult:
        """Return what was measured, once all calls have ended."""
        self._begun = time.monotonic()
        self._until = None if self._plan.seconds is None else self._begun + self._plan.seconds
        await asyncio.gather(*map(self._call_repeatedly, callers))
        self._result.seconds = time.monotonic() - self._begun
        self._result.is_stopped = self._is_stopped()
        self._result.skipped = self._count_skipped()
        return self._result

    async def _call_repeatedly(self, caller: Workload) -> None:
        while (due := await self._next_due()) is not None:
            began = min(due, time.monotonic())
            try:
                await caller.call()
            except (grpc.aio.AioRpcError, BenchCallFailed) as error:
                self._result.errors[_code_of(error)] += 1
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                self._result.latencies.record(time.monotonic() - began)

    async def _next_due(self) -> float | None:
        """Wait until the next call is due, and return when that is; None if there is none."""
        if self._is_over(time.monotonic()):
            return None
        number = next(self._numbers)
        if self._plan.calls is not None and number >= self._plan.calls:
            return None
        due = time.monotonic() if self._plan.rate is None else self._begun + number / self._plan.rate
        if self._until is not None and due >= self._until:
            return None
        while (pause := due - time.monotonic() - _TIMER_SECONDS) > 0:
            if self._is_stopped():
                return None
            await asyncio.sleep(min(pause, _STOP_SECONDS))
        return due

    def _is_over(self, now: float) -> bool:
        return self._is_stopped() or (self._until is not None and now >= self._until)

    def _count_skipped(self) -> int:
        """Return how many calls were due and found no caller; a load that is stopped owes none."""
        if self._plan.rate is None or self._plan.seconds is None or self._result.is_stopped:
            return 0
        due = ceil(self._plan.seconds * self._plan.rate - _ROUNDING)
        return max(0, due - self._result.calls)


def _code_of(error: grpc.aio.AioRpcError | BenchCallFailed) -> str:
    return error.code if isinstance(error, BenchCallFailed) else str(error.code().name)
