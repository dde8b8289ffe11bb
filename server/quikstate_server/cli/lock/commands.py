"""The commands `quikstate lock …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.connection_flags import ClientCommand, ClientGroup
from quikstate_server.cli.common.options import (
    Json,
    Yes,
    pairs,
    require_terminal,
    seconds,
)

lock = typer.Typer(
    cls=ClientGroup, help="Run a command under a lock; inspect locks and break them.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the resource.")]
Group = Annotated[str, typer.Option(help="The group of the resource.")]


def _duration(help_: str) -> Any:
    return typer.Option(parser=seconds, metavar="DURATION", help=help_)


@lock.command(
    cls=ClientCommand,
    epilog="Exit status: the command's, or 128 plus the signal's number if a signal ended it. 69: no server"
    " could grant the lock; 75: the lock stayed busy; 76: the lock was lost, and the command ended; 127: no"
    " such command.",
)
def run(
    ctx: typer.Context,
    name: Name,
    command: Annotated[list[str], typer.Argument(metavar="COMMAND", help="The command, after --.")],
    ttl: Annotated[float, _duration("TTL of the lock if this command dies, 1s to 10m.")] = "30s",  # type: ignore[assignment] # typer parses it
    wait: Annotated[float, _duration("How long to wait for the lock, at most 1h; 0 to try once.")] = "1h",  # type: ignore[assignment] # typer parses it
    shared: Annotated[
        bool, typer.Option("--shared", help="Share the lock with other --shared holders.")
    ] = False,
    permits: Annotated[int, typer.Option(min=0, metavar="N", help="Let N holders share the lock.")] = 0,
    group: Group = "",
    owner: Annotated[str, typer.Option(help="The owner that people see. [default: host:pid]")] = "",
    metadata: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Metadata that watchers see; may be repeated."),
    ] = None,
    kill_after: Annotated[float, _duration("Time between SIGTERM and SIGKILL when the lock is lost.")] = "5s",  # type: ignore[assignment] # typer parses it
) -> None:
    """Run a command while holding a lock.

    The command finds the lock's name in QUIKSTATE_LOCK and its fencing token in
    QUIKSTATE_FENCING_TOKEN. Signals are passed on to it. The lock is released
    when the command ends. If the server goes away, the lock is kept as long as
    it, or another server at the same address, is back before the TTL expires.
    """
    from quikstate_server.cli.lock import run

    if shared and permits:
        raise typer.BadParameter("--shared and --permits cannot be combined")
    request = run.lock_request(
        name, ttl, shared=shared, permits=permits, group=group, owner=owner, metadata=pairs(metadata or [])
    )
    raise typer.Exit(run.run_under_lock(ctx.obj, run.LockedCommand(request, wait, command, kill_after)))


@lock.command("ls", cls=ClientCommand)
def list_(
    ctx: typer.Context,
    prefix: Annotated[str, typer.Argument(metavar="PREFIX", help="The prefix of the names.")] = "",
    group: Group = "",
    json: Json = False,
) -> None:
    """List the locks that are held. This scans all of Redis's keys."""
    from quikstate_server.cli.lock import view

    view.list_(ctx.obj, prefix, group, json=json)


@lock.command(cls=ClientCommand)
def show(ctx: typer.Context, name: Name, group: Group = "", json: Json = False) -> None:
    """Show the holders of a lock and how many callers wait for it."""
    from quikstate_server.cli.lock import view

    view.show(ctx.obj, name, group, json=json)


@lock.command(cls=ClientCommand)
def watch(
    ctx: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="The names of the resources.")],
    group: Group = "",
    json: Json = False,
) -> None:
    """Print a line whenever a lock changes hands, until Ctrl-C.

    If the server goes away, the command reconnects.
    """
    from quikstate_server.cli.lock import watch

    watch.watch(ctx.obj, names, group, json=json)


@lock.command("break", cls=ClientCommand)
def break_(
    ctx: typer.Context,
    name: Name,
    group: Group = "",
    fencing_token: Annotated[
        int, typer.Option(min=0, metavar="N", help="Break only the holder with this token.")
    ] = 0,
    yes: Yes = False,
) -> None:
    """Take a lock from its holders.

    A holder goes on working until it learns of this: only its fencing token
    keeps it from doing harm.
    """
    from quikstate_server.cli.lock import break_lock

    if not yes:
        require_terminal("lock break")
    if not break_lock.break_lock(ctx.obj, name, group, fencing_token, confirm=not yes):
        raise typer.Exit(UNTRUE)
