"""The commands `quikstate auth …`; each imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.options import Json

auth = typer.Typer(help="Check the policy file of callers, and ask what it grants.", no_args_is_help=True)


@auth.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The policy file.")], json: Json = False
) -> None:
    """Check a policy file and the key files that it names, and print its callers.

    Exit status 1 if a server would refuse it.
    """
    from quikstate_server.cli.auth import check as check_command

    if not check_command.run(file, json=json):
        raise typer.Exit(UNTRUE)


@auth.command()
def can(
    caller: Annotated[str, typer.Argument(metavar="CALLER", help="The caller of the policy file.")],
    rpc: Annotated[
        str, typer.Argument(metavar="RPC", help="AcquireLock, LockService/AcquireLock, or with the package.")
    ],
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="A name in the request: of a key, resource, channel, queue or user."
        ),
    ] = None,
    file: Annotated[
        Path, typer.Option("--auth", envvar="QUIKSTATE_AUTH", metavar="FILE", help="The policy file.")
    ] = ...,  # type: ignore[assignment] # typer requires it
    json: Json = False,
) -> None:
    """Say whether a caller may call an RPC, and why. Exit status 1 if not."""
    from quikstate_server.cli.auth import can as can_command

    if not can_command.run(file, caller, rpc, name, json=json):
        raise typer.Exit(UNTRUE)
