"""The command `quikstate elect`; it imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from quikstate_server.cli.common.options import Json, pairs, seconds


def _duration(help_: str) -> Any:
    return typer.Option(parser=seconds, metavar="DURATION", help=help_)


def elect(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The election: the lock of this name is the leadership.")
    ],
    command: Annotated[
        list[str] | None, typer.Argument(metavar="COMMAND", help="After --: command to run while leading.")
    ] = None,
    listen: Annotated[
        bool, typer.Option("--listen", help="Do not campaign: print each leader, until Ctrl-C.")
    ] = False,
    ttl: Annotated[float, _duration("How soon another leads if this command dies, 1s to 10m.")] = "10s",  # type: ignore[assignment] # typer parses it
    owner: Annotated[str, typer.Option(help="The leader that people see. [default: host:pid]")] = "",
    metadata: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="What observers see, such as address=10.0.0.1:80; may be repeated."
        ),
    ] = None,
    kill_after: Annotated[float, _duration("Time between SIGTERM and SIGKILL when the lead is lost.")] = "5s",  # type: ignore[assignment] # typer parses it
    json: Json = False,
) -> None:
    """Campaign to be the leader, and lead until Ctrl-C.

    Once elected, the command prints a line with the leader, the fencing token and
    the metadata. When it is told to end, it resigns at once. If the server goes
    away, it leads on as long as it, or another server at the same address, is back
    before the TTL expires. A COMMAND is run as `lock run` runs it.
    """
    if listen:
        return _listen(ctx, name, command, owner, metadata, json=json)
    if command and json:
        raise typer.BadParameter("--json is for a campaign without COMMAND, whose output it would be in")
    from quikstate_server.cli.election import campaign
    from quikstate_server.cli.lock import run

    request = run.lock_request(
        name, ttl, shared=False, permits=0, group="", owner=owner, metadata=pairs(metadata or [])
    )
    if command:
        raise typer.Exit(run.run_under_lock(ctx.obj, run.LockedCommand(request, None, command, kill_after)))
    raise typer.Exit(campaign.campaign(ctx.obj, request, json=json))


def _listen(
    ctx: typer.Context,
    name: str,
    command: list[str] | None,
    owner: str,
    metadata: list[str] | None,
    *,
    json: bool,
) -> None:
    from quikstate_server.cli.election import observe

    if command or owner or metadata:
        raise typer.BadParameter("--listen does not campaign: give no COMMAND, --owner and --metadata")
    observe.observe(ctx.obj, name, json=json)
