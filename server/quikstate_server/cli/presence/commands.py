"""The commands `quikstate presence …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli.common.options import DEFAULT_ADDRESS, Address, Json

presence = typer.Typer(help="Look at who is there, and at who types.", no_args_is_help=True)

Workspace = Annotated[str, typer.Argument(metavar="WORKSPACE", help="The workspace's id.")]


@presence.command("ls")
def list_(
    workspace: Workspace,
    address: Address = DEFAULT_ADDRESS,
    count: Annotated[bool, typer.Option("--count", help="Only how many.")] = False,
    json: Json = False,
) -> None:
    """List who is present in a workspace."""
    from quikstate_server.cli.presence import view

    view.list_(address, workspace, count=count, json=json)


@presence.command()
def show(
    users: Annotated[list[str], typer.Argument(metavar="USER", help="The users' ids.")],
    address: Address = DEFAULT_ADDRESS,
    json: Json = False,
) -> None:
    """Show how users are, and through which connections they are there."""
    from quikstate_server.cli.presence import view

    view.show(address, users, json=json)


@presence.command()
def typing(
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="The channel's id.")],
    address: Address = DEFAULT_ADDRESS,
    json: Json = False,
) -> None:
    """List who types in a channel."""
    from quikstate_server.cli.presence import view

    view.typing(address, channel, json=json)


@presence.command()
def watch(
    workspace: Workspace,
    address: Address = DEFAULT_ADDRESS,
    count: Annotated[bool, typer.Option("--count", help="Only how many.")] = False,
    json: Json = False,
) -> None:
    """Write a line whenever a user's status is another, until Ctrl-C.

    Another server is looked for where one goes away, and what changed meanwhile
    is written too.
    """
    from quikstate_server.cli.presence import watch

    watch.watch(address, workspace, count=count, json=json)
