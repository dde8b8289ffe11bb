"""The commands `quikstate presence …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli.common.connection_flags import ClientCommand, ClientGroup
from quikstate_server.cli.common.options import Json

presence = typer.Typer(
    cls=ClientGroup, help="List and watch users who are present, and users who type.", no_args_is_help=True
)

WorkspaceId = Annotated[str, typer.Argument(metavar="WORKSPACE", help="The id of the workspace.")]
CountOnly = Annotated[bool, typer.Option("--count", help="Print only the number of users.")]


@presence.command("ls", cls=ClientCommand)
def list_online(
    ctx: typer.Context,
    workspace_id: WorkspaceId,
    count: CountOnly = False,
    json: Json = False,
) -> None:
    """List the users who are present in a workspace."""
    from quikstate_server.cli.presence import view

    view.list_online(ctx.obj, workspace_id, count=count, json=json)


@presence.command(cls=ClientCommand)
def show(
    ctx: typer.Context,
    user_ids: Annotated[list[str], typer.Argument(metavar="USER", help="The ids of the users.")],
    json: Json = False,
) -> None:
    """Show users: their status, when they were last seen, and their connections."""
    from quikstate_server.cli.presence import view

    view.show(ctx.obj, user_ids, json=json)


@presence.command(cls=ClientCommand)
def typing(
    ctx: typer.Context,
    channel_id: Annotated[str, typer.Argument(metavar="CHANNEL", help="The id of the channel.")],
    json: Json = False,
) -> None:
    """List the users who type in a channel."""
    from quikstate_server.cli.presence import view

    view.list_typing(ctx.obj, channel_id, json=json)


@presence.command(cls=ClientCommand)
def watch(
    ctx: typer.Context,
    workspace_id: WorkspaceId,
    count: CountOnly = False,
    json: Json = False,
) -> None:
    """Print a line whenever the status of a user changes, until Ctrl-C.

    If the server goes away, the command connects to another one and prints what
    changed meanwhile.
    """
    from quikstate_server.cli.presence import watch

    watch.watch(ctx.obj, workspace_id, count=count, json=json)
