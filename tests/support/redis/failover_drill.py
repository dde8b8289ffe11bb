"""Drills: a fault of a master under load, and its effects on callers."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import count, pairwise
from pathlib import Path
from types import NoneType

from quikstate_server.redis_client.connection.dial import Credentials, dial
from quikstate_server.redis_client.connection.pubsub_connection import PubSubConnection
from quikstate_server.settings import RedisSettings
from support.harness.eventually import eventually, throughout
from support.redis.drill_callers import FAILURES, DrillCaller, drill_caller
from support.redis.sentinel_group import SentinelGroup

SHIPPED = {"min-replicas-to-write": "1", "min-replicas-max-lag": "2"}
"""As the configuration for a group of servers has it."""
_PAUSE_SECONDS = 0.005


class NodeFault(Enum):
    """A fault of a Redis node, named as in the table of faults."""

    F1 = "kill -9"
    F2 = "SIGSTOP"
    F5 = "SENTINEL FAILOVER"


@dataclass(frozen=True)
class Figures:
    """What a run shows. Times in seconds."""

    unavailable: float
    """The longest time in which no write succeeded."""
    after_switch: float
    """From the second sentinel's +switch-master, which makes a majority, to the next write that succeeded."""
    acknowledged: int
    """Writes that a replica had."""
    lost: int
    """Those of them that the master has not."""
    tokens: int
    misordered: int
    """Tokens that were not above one that was given before they were asked for."""


class History:
    """What was called, when, in monotonic seconds, and what came of it: what was given, or the error."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, float, float, object]] = []

    async def call(self, kind: str, work: Callable[[], Awaitable[object]]) -> None:
        invoked = time.monotonic()
        outcome: object
        try:
            outcome = await work()
        except FAILURES as error:
            outcome = error
        self.calls.append((kind, invoked, time.monotonic(), outcome))

    def succeeded(self, kind: str) -> list[tuple[float, float, object]]:
        return [
            (invoked, returned, outcome)
            for one, invoked, returned, outcome in self.calls
            if one == kind and not isinstance(outcome, (*FAILURES, NoneType))
        ]

    def write(self, file: Path) -> None:
        """As JSON lines."""
        rows = (
            {"kind": kind, "invoked": invoked, "returned": returned, "outcome": str(outcome)}
            for kind, invoked, returned, outcome in self.calls
        )
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))


class Load:
    """Writes, writes that a replica must have, and locks, all the time."""

    def __init__(self, caller: DrillCaller) -> None:
        self.history = History()
        self._caller = caller
        self._numbers = count(1)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        acts: list[Callable[[], Awaitable[None]]] = [self._write, self._lock, *[self._durable] * 4]
        tasks = [asyncio.create_task(_for_ever(one)) for one in acts]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _write(self) -> None:
        await self.history.call("write", self._caller.write)

    async def _durable(self) -> None:
        await self.history.call("durable", partial(self._caller.write_durably, next(self._numbers)))

    async def _lock(self) -> None:
        await self.history.call("lock", self._caller.lock)


async def _for_ever(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await work()
        await asyncio.sleep(_PAUSE_SECONDS)


async def drill(
    group: SentinelGroup,
    fault: NodeFault,
    seed: int,
    history: Path | None = None,
    transport: str | None = None,
) -> Figures:
    """Hurt the master of `group` once; the moment, and how long it is stopped, are the seed's.

    Callers are those of a server on `transport`; None: they call the primitives.
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible
    async with drill_caller(group, transport) as caller, switches_told(group) as told:
        load = Load(caller)
        try:
            async with load.running():
                await eventually(lambda: bool(load.history.succeeded("durable")))
                await throughout(lambda: True, seconds=chance.uniform(0.3, 1.0))
                since = time.monotonic()
                await hurt(group, fault, chance.choice((3.0, 6.0)))
                await eventually(lambda: len(told) > 1 and bool(_successes(load.history, told[1])))
                await throughout(lambda: True, seconds=1.0)
        finally:
            if history:
                load.history.write(history)
    return _figures(group, load.history, since, told[1])


async def hurt(group: SentinelGroup, fault: NodeFault, stopped: float) -> None:
    master = group.master
    if fault is NodeFault.F1:
        master.kill()
    elif fault is NodeFault.F5:
        group.failover()
    else:
        master.pause()
        await throughout(lambda: True, seconds=stopped)
        master.resume()


@asynccontextmanager
async def switches_told(group: SentinelGroup) -> AsyncIterator[list[float]]:
    """Filled with the moments, in monotonic seconds, at which sentinels tell of a switch."""
    told: list[float] = []
    heard = []
    for one in group.sentinels:
        raw = await dial(one.address, Credentials(), RedisSettings())
        connection = PubSubConnection(
            raw, lambda _: None, lambda *_: told.append(time.monotonic()), lambda: None
        )
        connection.subscribe((b"+switch-master", False))
        heard.append(connection)
    try:
        yield told
    finally:
        for connection in heard:
            await connection.close()


def _successes(history: History, since: float) -> list[float]:
    return [returned for _, returned, _ in history.succeeded("write") if returned >= since]


def _figures(group: SentinelGroup, history: History, since: float, told: float) -> Figures:
    moments = [since, *_successes(history, since)]
    acknowledged = [str(key) for _, _, key in history.succeeded("durable")]
    with group.master.client() as client:
        lost = len(acknowledged) - sum(client.exists(key) for key in acknowledged)
    tokens = history.succeeded("lock")
    return Figures(
        unavailable=max(after - before for before, after in pairwise(moments)),
        after_switch=_successes(history, told)[0] - told,
        acknowledged=len(acknowledged),
        lost=lost,
        tokens=len(tokens),
        misordered=_misordered([(invoked, returned, int(str(token))) for invoked, returned, token in tokens]),
    )


def _misordered(grants: list[tuple[float, float, int]]) -> int:
    """How many grants are not above all those that had returned when they were asked for."""
    wrong = 0
    for invoked, _, token in grants:
        before = [other for _, returned, other in grants if returned < invoked]
        wrong += bool(before) and token <= max(before)
    return wrong
