"""A program that runs failovers under a publishing load, and checks what subscribers received.

It exits with 1 if an acknowledged message is missing or repeated and no gap was declared.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence

import uvloop

from quikstate_server import logs
from support.pub_sub.drill import DrillFigures, drill
from support.redis.binaries import Server, servers
from support.redis.failover_drill import SHIPPED, NodeFault
from support.redis.sentinel_group import SentinelGroup
from support.server.transports import TRANSPORTS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", choices=[fault.name for fault in NodeFault], action="append")
    parser.add_argument(
        "--transport", choices=TRANSPORTS, help="clients of servers on it, instead of the primitives"
    )
    options = parser.parse_args()
    logs.silence()
    undeclared = 0
    for fault in NodeFault:
        if not options.fault or fault.name in options.fault:
            seeds = range(options.seed, options.seed + options.runs)
            figures = [one_run(fault, seed, options.transport) for seed in seeds]
            report(fault, figures)
            undeclared += sum(run.undeclared for run in figures)
    return int(undeclared > 0)


def one_run(fault: NodeFault, seed: int, transport: str | None) -> DrillFigures:
    present = [server for server in servers() if server.binary]
    server = present[seed % len(present)]
    figures = uvloop.run(on_a_group(server, fault, seed, transport))
    if figures.undeclared:
        say(f"{fault.name} on {server.name}, seed {seed}: {figures}")
    return figures


async def on_a_group(server: Server, fault: NodeFault, seed: int, transport: str | None) -> DrillFigures:
    group = SentinelGroup(server, node_config=SHIPPED)
    try:
        await asyncio.to_thread(group.wait_complete)
        return await drill(group, fault, seed, transport=transport)
    finally:
        group.close()


def report(fault: NodeFault, figures: Sequence[DrillFigures]) -> None:
    say(f"\n{fault.name} {fault.value}: {len(figures)} runs with 10 subscribers each")
    for name in ("published", "gaps", "lost", "undeclared"):
        say(f"  {name:12} {sum(getattr(run, name) for run in figures):8}")
    say(f"  {'silent, s':12} {max(run.silent for run in figures):8.3f} at most")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
