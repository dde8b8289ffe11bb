"""The commands `quikstate lock …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from quikstate_server.cli import REFUSED, UNTRUE
from quikstate_server.cli.common.options import DEFAULT_ADDRESS, Address, Json, pairs, seconds
from quikstate_server.cli.common.output import complain

lock = typer.Typer(help="Run a command under a lock; look at locks, and break them.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The resource that is locked.")]
Group = Annotated[str, typer.Option(help="The group that the resource is in.")]


def _duration(help_: str) -> Any:
    return typer.Option(parser=seconds, metavar="DURATION", help=help_)


@lock.command(
    epilog="Exit status: the command's, or 128 and the signal's number if one ended it. 69: no server could"
    " give the lock; 75: it stayed busy; 76: it was lost, and the command ended; 127: no such command."
)
def run(
    name: Name,
    command: Annotated[list[str], typer.Argument(metavar="COMMAND", help="The command, after --.")],
    address: Address = DEFAULT_ADDRESS,
    ttl: Annotated[float, _duration("How long the lock outlives us if we die, 1s to 10m.")] = "30s",  # type: ignore[assignment] # typer parses it
    wait: Annotated[float, _duration("How long to wait for it, at most 1h; 0 to try once.")] = "1h",  # type: ignore[assignment] # typer parses it
    shared: Annotated[
        bool, typer.Option("--shared", help="Go together with other --shared holders.")
    ] = False,
    permits: Annotated[int, typer.Option(min=0, metavar="N", help="Let N hold it at once.")] = 0,
    group: Group = "",
    owner: Annotated[str, typer.Option(help="Who holds it, for people. [default: host:pid]")] = "",
    metadata: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="What watchers shall know; may be repeated."),
    ] = None,
    kill_after: Annotated[float, _duration("From SIGTERM to SIGKILL when the lock is lost.")] = "5s",  # type: ignore[assignment] # typer parses it
) -> None:
    """Run a command while a lock is held.

    The command finds the lock's name in QUIKSTATE_LOCK and its fencing token in
    QUIKSTATE_FENCING_TOKEN, and gets the signals sent to us. The lock is
    released when it ends. A server that goes away costs nothing if it, or
    another at the same address, is back before the TTL has run out.
    """
    from quikstate_server.cli.lock import run

    if shared and permits:
        raise typer.BadParameter("--shared and --permits do not go together")
    wanted = run.wanted(
        name, ttl, shared=shared, permits=permits, group=group, owner=owner, metadata=pairs(metadata or [])
    )
    raise typer.Exit(run.run(address, run.Run(wanted, wait, command, kill_after)))


@lock.command("ls")
def list_(
    prefix: Annotated[str, typer.Argument(metavar="PREFIX", help="How the names begin.")] = "",
    address: Address = DEFAULT_ADDRESS,
    group: Group = "",
    json: Json = False,
) -> None:
    """List what is held. It walks through all of Redis's keys."""
    from quikstate_server.cli.lock import view

    view.list_(address, prefix, group, json=json)


@lock.command()
def show(name: Name, address: Address = DEFAULT_ADDRESS, group: Group = "", json: Json = False) -> None:
    """Show who holds a lock, and how many wait for it."""
    from quikstate_server.cli.lock import view

    view.show(address, name, group, json=json)


@lock.command()
def watch(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="The resources.")],
    address: Address = DEFAULT_ADDRESS,
    group: Group = "",
    json: Json = False,
) -> None:
    """Write a line whenever a lock changes hands, until Ctrl-C.

    Another server is looked for where one goes away.
    """
    from quikstate_server.cli.lock import watch

    watch.watch(address, names, group, json=json)


@lock.command("break")
def break_(
    name: Name,
    address: Address = DEFAULT_ADDRESS,
    group: Group = "",
    token: Annotated[int, typer.Option(min=0, help="Only the holder with this token.")] = 0,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take a lock from whoever holds it.

    The holder still works until it hears of it: only its fencing token keeps it
    from doing harm.
    """
    import sys

    from quikstate_server.cli.lock import break_lock

    if not (yes or sys.stdin.isatty()):
        complain("lock break: nobody can be asked here: say --yes")
        raise typer.Exit(REFUSED)
    if not break_lock.run(address, name, group, token, ask=not yes):
        raise typer.Exit(UNTRUE)
