"""The commands `quikstate session …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.options import DEFAULT_ADDRESS, Address, Json

session = typer.Typer(help="Look at sessions, and revoke them.", no_args_is_help=True)

User = Annotated[str, typer.Argument(metavar="USER", help="Whose sessions.")]
_LAST = 253_402_300_799
"""The last second that a timestamp can say: that of the year 9999."""


@session.command("ls")
def list_(user: User, address: Address = DEFAULT_ADDRESS, json: Json = False) -> None:
    """List a user's sessions by their handles."""
    from quikstate_server.cli.session import view

    view.list_(address, user, json=json)


@session.command()
def show(
    session_id: Annotated[
        str, typer.Argument(metavar="ID", help="The secret; - reads it from standard input.")
    ],
    address: Address = DEFAULT_ADDRESS,
    json: Json = False,
) -> None:
    """Show the session of an id, without touching it. Exit status 1 if there is none."""
    from quikstate_server.cli.session import view

    if not view.show(address, session_id, json=json):
        raise typer.Exit(UNTRUE)


@session.command()
def revoke(
    user: User,
    handles: Annotated[
        list[str] | None, typer.Argument(metavar="HANDLE", help="Which; all, if none is named.")
    ] = None,
    address: Address = DEFAULT_ADDRESS,
    keep: Annotated[str, typer.Option(metavar="HANDLE", help="All but this one.")] = "",
    device: Annotated[str, typer.Option(help="All on this device.")] = "",
    json: Json = False,
) -> None:
    """Revoke sessions of a user; with all, but one or of a device, its tokens too."""
    from quikstate_server.cli.session import view

    if sum(map(bool, (handles, keep, device))) > 1:
        raise typer.BadParameter("handles, --keep and --device do not go together")
    view.revoke(address, user, handles or [], keep, device, json=json)


@session.command()
def watch(
    users: Annotated[list[str], typer.Argument(metavar="USER", help="Whose sessions.")],
    address: Address = DEFAULT_ADDRESS,
) -> None:
    """Write each event of users' sessions as a line of JSON, until Ctrl-C."""
    from quikstate_server.cli.session import view

    view.watch(address, users)


@session.command("check-token")
def check_token(
    jti: Annotated[str, typer.Option(help="The token's jti.")] = "",
    user: Annotated[str, typer.Option(help="The token's user; needs --iat.")] = "",
    device: Annotated[str, typer.Option(help="The device it was issued to.")] = "",
    iat: Annotated[int, typer.Option(min=0, max=_LAST, help="When it was issued, in Unix seconds.")] = 0,
    address: Address = DEFAULT_ADDRESS,
    json: Json = False,
) -> None:
    """Say whether a token is revoked. Exit status 1 if it is."""
    from quikstate_server.cli.session import view

    if not view.check_token(address, jti, user, device, iat, json=json):
        raise typer.Exit(UNTRUE)
