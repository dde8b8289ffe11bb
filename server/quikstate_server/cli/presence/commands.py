"""The commands `quikstate presence …`; each imports what it needs when it runs."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from quikstate_server.cli.common.connection_flags import ClientCommand, ClientGroup
from quikstate_server.cli.common.options import Json, seconds

presence = typer.Typer(
    cls=ClientGroup,
    help="List and watch users who are present or type; set their status.",
    no_args_is_help=True,
)

WorkspaceId = Annotated[str, typer.Argument(metavar="WORKSPACE", help="The id of the workspace.")]
CountOnly = Annotated[bool, typer.Option("--count", help="Print only the number of users.")]


class Status(StrEnum):
    """What `set` sets; `none` removes it."""

    ONLINE = "online"
    AWAY = "away"
    DO_NOT_DISTURB = "do-not-disturb"
    OFFLINE = "offline"
    NONE = "none"


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


@presence.command("set", cls=ClientCommand)
def set_(
    ctx: typer.Context,
    user_id: Annotated[str, typer.Argument(metavar="USER", help="The id of the user.")],
    status: Annotated[
        Status, typer.Argument(help="What the user shows; offline hides the user, none removes the status.")
    ],
    ttl: Annotated[
        float,
        typer.Option(parser=seconds, metavar="DURATION", help="How long it lasts; 0 until it is set again."),
    ] = "0",  # type: ignore[assignment] # typer parses it
    json: Json = False,
) -> None:
    """Set the status of a user in all workspaces, over that of the user's connections.

    It does not make the user present: without connections the user stays offline.
    """
    from quikstate_server.cli.presence import set_status

    if status is Status.NONE and ttl:
        raise typer.BadParameter("--ttl is for a status, and none removes it")
    set_status.run(ctx.obj, user_id, status.value, ttl, json=json)


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
