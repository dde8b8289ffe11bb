"""The commands `quikstate context …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli.common.connection_flags import ContextCommand
from quikstate_server.cli.common.options import Json

context = typer.Typer(
    help="Name servers with their credentials, and choose one.",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of the context.")]


@context.command(cls=ContextCommand)
def add(
    ctx: typer.Context,
    name: Name,
    use: Annotated[bool, typer.Option("--use", help="Use it from now on.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the context of this name.")] = False,
) -> None:
    """Add a context: a server and how it is called.

    It is kept in $XDG_CONFIG_HOME/quikstate/contexts.yaml or in
    ~/.config/quikstate/contexts.yaml, which only you can read. A token that is
    given with --token is kept there too; `--token -` reads it from standard
    input. Variables do not count here.
    """
    from quikstate_server.cli.context import manage

    manage.add(name, ctx.obj, use=use, replace=replace)


@context.command("ls")
def list_(json: Json = False) -> None:
    """List the contexts, without their tokens."""
    from quikstate_server.cli.context import manage

    manage.list_(json=json)


@context.command("use")
def use_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name; - for none.")],
) -> None:
    """Use a context in the commands that follow, unless they name a server or another context."""
    from quikstate_server.cli.context import manage

    manage.use(name)


@context.command()
def rm(name: Name) -> None:
    """Remove a context."""
    from quikstate_server.cli.context import manage

    manage.remove(name)
