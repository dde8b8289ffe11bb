"""The commands `quikstate presence …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli.common.options import DEFAULT_ADDRESS, Address, Json

presence = typer.Typer(help="List and watch users who are present, and users who type.", no_args_is_help=True)

WorkspaceId = Annotated[str, typer.Argument(metavar="WORKSPACE", help="The id of the workspace.")]
CountOnly = Annotated[bool, typer.Option("--count", help="Print only the number of users.")]


@presence.command("ls")
def list_online(
    workspace_id: WorkspaceId,
    address: Address = DEFAULT_ADDRESS,
    count: CountOnly = False,
    json: Json = False,
) -> None:
    """List the users who are present in a workspace."""
    from quikstate_server.cli.presence import view

    view.list_online(address, workspace_id, count=count, json=json)


@presence.command()
def show(
    user_ids: Annotated[list[str], typer.Argument(metavar="USER", help="The ids of the users.")],
    address: Address = DEFAULT_ADDRESS,
    json: Json = False,
) -> None:
    """Show users: their status, when they were last seen, and their connections."""
    from quikstate_server.cli.presence import view

    view.show(address, user_ids, json=json)


@presence.command()
def typing(
    channel_id: Annotated[str, typer.Argument(metavar="CHANNEL", help="The id of the channel.")],
    address: Address = DEFAULT_ADDRESS,
    json: Json = False,
) -> None:
    """List the users who type in a channel."""
    from quikstate_server.cli.presence import view

    view.list_typing(address, channel_id, json=json)


@presence.command()
def watch(
    workspace_id: WorkspaceId,
    address: Address = DEFAULT_ADDRESS,
    count: CountOnly = False,
    json: Json = False,
) -> None:
    """Print a line whenever the status of a user changes, until Ctrl-C.

    If the server goes away, the command connects to another one and prints what
    changed meanwhile.
    """
    from quikstate_server.cli.presence import watch

    watch.watch(address, workspace_id, count=count, json=json)
