"""The command `quikstate bench`; it imports what it needs when it runs."""

from __future__ import annotations

import signal
from enum import StrEnum
from typing import Annotated

import typer

from quikstate_server.cli import SIGNALLED, UNTRUE
from quikstate_server.cli.common.options import Json, seconds

_SECONDS = 10.0


class BenchWorkload(StrEnum):
    """The services that can be measured, and the health check."""

    LIMIT = "limit"
    LOCK = "lock"
    SESSION = "session"
    CACHE = "cache"
    QUEUE = "queue"
    PUB_SUB = "pub_sub"
    PING = "ping"


def bench(
    ctx: typer.Context,
    workload: Annotated[
        BenchWorkload, typer.Argument(help="The service to call; ping needs no Redis.")
    ] = BenchWorkload.LIMIT,
    clients: Annotated[
        int, typer.Option(min=1, max=64, metavar="N", help="Client processes, each with a connection.")
    ] = 1,
    concurrency: Annotated[
        int,
        typer.Option(
            min=1, max=1_000, metavar="N", help="Callers of each client, each with one call at a time."
        ),
    ] = 1,
    duration: Annotated[
        float | None,
        typer.Option(parser=seconds, metavar="DURATION", help="How long to call. [default: 10s]"),
    ] = None,
    count: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Make so many calls in all, in place of --duration."),
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option(
            min=0.001, metavar="N", help="Calls per second in all. [default: each when the last one ended]"
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Measure latency and throughput as a caller of a server sees them.

    With --rate, a latency counts from when the call was due, so that a server
    that stalls is seen as its callers see it. The figures include the cost of
    this client, which is Python: one client makes a few thousand calls per second
    at most. All names begin with bench: and what is stored is deleted; the server
    alone remembers the fencing tokens of locks, for a day, the names of queues, for
    minutes, and that sessions were revoked, as long as they would have lived.
    Ctrl-C ends the load early, with exit status 130. The exit status is 1 if a
    call failed.
    """
    if duration is not None and count is not None:
        raise typer.BadParameter("give either --duration or --count")
    if duration == 0:
        raise typer.BadParameter("--duration must be more than 0")
    from quikstate_server.cli.bench import clients as processes
    from quikstate_server.cli.bench import load, report

    limit = None if count else duration or _SECONDS
    plan = load.LoadPlan(workload.value, concurrency, limit, count, rate)
    result = processes.run_clients(ctx.obj, plan, clients)
    say = report.say_result_json if json else report.say_result
    say(plan, clients, result)
    if result.is_stopped:
        raise typer.Exit(SIGNALLED + signal.SIGINT)
    if result.errors:
        raise typer.Exit(UNTRUE)
