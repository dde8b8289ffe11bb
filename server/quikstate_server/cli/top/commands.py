"""The command `quikstate top`; it imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli.common.options import Json, seconds


def top(
    ctx: typer.Context,
    interval: Annotated[
        float,
        typer.Option(parser=seconds, metavar="DURATION", help="Time between two looks, 100ms to 1h."),
    ] = "1s",  # type: ignore[assignment] # typer parses it
    once: Annotated[bool, typer.Option("--once", help="Show one interval, and end.")] = False,
    json: Json = False,
) -> None:
    """Show what a server is doing, until q or Ctrl-C.

    Calls and failures a second, their durations, streams, the processes of the
    server, Redis and the fullest queues. Counts are of all processes of the
    server that answers. If it goes away, `top` waits for it. Without a terminal,
    each look is printed below the last one; with --json as a JSON object a line.
    It needs read access to `admin`, and for queues to `queue`.
    """
    from quikstate_server.cli.top import run

    if not 0.1 <= interval <= 3_600:
        raise typer.BadParameter("must be 100ms to 1h", param_hint="--interval")
    run.run(ctx.obj, interval, once=once, json=json)
