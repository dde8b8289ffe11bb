"""Run as a program: failovers under load, again and again, and what callers saw of them.

Every run has a seed, which is printed where something was lost; `--seed` begins with another.
It ends with 1 where a figure misses what is demanded of it, for down-after of one second.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import uvloop

from quikstate_server import logs
from support.redis.binaries import Server, servers
from support.redis.failover_drill import SHIPPED, Figures, NodeFault, drill
from support.redis.sentinel_group import SentinelGroup
from support.server.transports import TRANSPORTS


class Demand(NamedTuple):
    """What a figure must be at most: 95 of 100 of them, and all."""

    name: str
    of: Callable[[Figures], float]
    p95: float
    most: float


DEMANDS = (
    Demand("unavailable, s", lambda figures: figures.unavailable, 3.5, 6.0),
    Demand("after +switch-master, s", lambda figures: figures.after_switch, 0.3, 0.3),
    Demand("acknowledged, lost", lambda figures: figures.lost, 0, 0),
    Demand("tokens not above the last", lambda figures: figures.misordered, 0, 0),
)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=30)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--fault", choices=[fault.name for fault in NodeFault], action="append")
    asked.add_argument(
        "--transport", choices=TRANSPORTS, help="callers of a server on it, instead of the primitives"
    )
    asked.add_argument("--histories", type=Path, help="a directory for what each run called, as JSON lines")
    words = asked.parse_args()
    logs.silence()
    missed = False
    for fault in NodeFault:
        if words.fault and fault.name not in words.fault:
            continue
        seeds = range(words.seed, words.seed + words.runs)
        figures = [one_run(fault, seed, words.histories, words.transport) for seed in seeds]
        missed |= report(fault, figures)
    return int(missed)


def one_run(fault: NodeFault, seed: int, histories: Path | None, transport: str | None) -> Figures:
    present = [server for server in servers() if server.binary]
    server = present[seed % len(present)]
    history = histories / f"{fault.name}-{seed}.jsonl" if histories else None
    figures = uvloop.run(on_a_group(server, fault, seed, history, transport))
    if figures.lost or figures.misordered:
        say(f"{fault.name} on {server.name}, seed {seed}: {figures}")
    return figures


async def on_a_group(
    server: Server, fault: NodeFault, seed: int, history: Path | None, transport: str | None
) -> Figures:
    group = SentinelGroup(server, node_config=SHIPPED)
    try:
        await asyncio.to_thread(group.wait_complete)
        return await drill(group, fault, seed, history, transport)
    finally:
        group.close()


def report(fault: NodeFault, figures: Sequence[Figures]) -> bool:
    """Print a row a figure; True if one is not as demanded."""
    writes, tokens = sum(one.acknowledged for one in figures), sum(one.tokens for one in figures)
    say(f"\n{fault.name} {fault.value}: {len(figures)} runs, {writes} writes acknowledged, {tokens} tokens")
    missed = False
    for demand in DEMANDS:
        values = sorted(demand.of(one) for one in figures)
        p50, p95, most = statistics.median(values), values[int(0.95 * (len(values) - 1) + 0.5)], values[-1]
        met = p95 <= demand.p95 and most <= demand.most
        missed |= not met
        verdict = "" if met else f"  MISSED: p95 {demand.p95:g}, max {demand.most:g}"
        say(f"  {demand.name:26} p50 {p50:6.3f}  p95 {p95:6.3f}  max {most:6.3f}{verdict}")
    return missed


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
