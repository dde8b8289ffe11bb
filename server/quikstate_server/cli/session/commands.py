"""The commands `quikstate session …`. Each imports its view when it runs, so that the others start fast."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.connection_flags import ClientCommand, ClientGroup
from quikstate_server.cli.common.options import Json, Yes, pairs, require_terminal, seconds

session = typer.Typer(cls=ClientGroup, help="Create, inspect and revoke sessions.", no_args_is_help=True)

User = Annotated[str, typer.Argument(metavar="USER", help="The user's id.")]
_MAX_IAT = 253_402_300_799
"""The end of the year 9999: the last second of a google.protobuf.Timestamp."""


class OnLimit(StrEnum):
    """What happens to a login of a user who has --max-sessions sessions already."""

    EVICT_OLDEST = "evict-oldest"
    REJECT = "reject"


def _duration(help_: str) -> Any:
    return typer.Option(parser=seconds, metavar="DURATION", help=help_)


@session.command(cls=ClientCommand)
def create(
    ctx: typer.Context,
    user: User,
    device: Annotated[str, typer.Option(help="The id of the user's device.")] = "",
    email: Annotated[str, typer.Option(help="The user's email address.")] = "",
    ip_address: Annotated[str, typer.Option(metavar="IP", help="The IP address of the login.")] = "",
    user_agent: Annotated[str, typer.Option(help="The user agent of the login.")] = "",
    attribute: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="An attribute; may be repeated.")
    ] = None,
    lifetime: Annotated[float, _duration("How long it lives at most, 1s to 9600h.")] = "24h",  # type: ignore[assignment] # typer parses it
    idle_timeout: Annotated[float, _duration("How long it may be idle; 0 for no such limit.")] = "0",  # type: ignore[assignment] # typer parses it
    max_sessions: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="The most sessions of the user with this one; 0 for any number."
        ),
    ] = 0,
    on_limit: Annotated[
        OnLimit, typer.Option(help="What happens if the user has --max-sessions already.")
    ] = OnLimit.EVICT_OLDEST,
    min_replicas: Annotated[
        int, typer.Option(min=0, metavar="N", help="The number of replicas that must have the session.")
    ] = 0,
    request_id: Annotated[
        str, typer.Option(metavar="ID", help="With the same id, a repeat gets the same session.")
    ] = "",
    json: Json = False,
) -> None:
    """Create a session, and print its secret id and its expiry. Exit status 1 if none was created."""
    from quikstate_server.cli.session import create

    new = create.SessionFlags(
        user_id=user,
        device_id=device,
        email=email,
        ip_address=ip_address,
        user_agent=user_agent,
        attributes=pairs(attribute or []),
        lifetime=lifetime,
        idle_timeout=idle_timeout,
        max_sessions=max_sessions,
        reject=on_limit is OnLimit.REJECT,
        min_replicas=min_replicas,
        request_id=request_id,
    )
    if not create.run(ctx.obj, new, json=json):
        raise typer.Exit(UNTRUE)


@session.command("ls", cls=ClientCommand)
def list_(ctx: typer.Context, user: User, json: Json = False) -> None:
    """List a user's sessions by their handles."""
    from quikstate_server.cli.session import view

    view.list_(ctx.obj, user, json=json)


@session.command(cls=ClientCommand)
def show(
    ctx: typer.Context,
    session_id: Annotated[
        str, typer.Argument(metavar="ID", help="The session id; - reads it from standard input.")
    ],
    json: Json = False,
) -> None:
    """Show a session by its id, without touching it. Exit status 1 if there is none."""
    from quikstate_server.cli.session import view

    if not view.show(ctx.obj, session_id, json=json):
        raise typer.Exit(UNTRUE)


@session.command(cls=ClientCommand)
def revoke(
    ctx: typer.Context,
    user: User,
    handles: Annotated[
        list[str] | None, typer.Argument(metavar="HANDLE", help="Sessions to revoke. Default: all.")
    ] = None,
    keep: Annotated[str, typer.Option(metavar="HANDLE", help="Revoke all sessions but this one.")] = "",
    device: Annotated[str, typer.Option(help="Revoke all sessions on this device.")] = "",
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Revoke sessions of a user. Without handles this also revokes the tokens issued so far.

    Then it says how many sessions there are, and asks for confirmation.
    """
    from quikstate_server.cli.session import view

    if sum(map(bool, (handles, keep, device))) > 1:
        raise typer.BadParameter("give only one of HANDLE, --keep and --device")
    if not (yes or handles):
        require_terminal("session revoke")
    view.revoke(ctx.obj, user, handles or [], keep, device, ask=not (yes or handles), json=json)


@session.command(cls=ClientCommand)
def watch(
    ctx: typer.Context,
    users: Annotated[list[str], typer.Argument(metavar="USER", help="The users' ids.")],
) -> None:
    """Print each event of the users' sessions as a line of JSON, until Ctrl-C."""
    from quikstate_server.cli.session import view

    view.watch(ctx.obj, users)


@session.command("check-token", cls=ClientCommand)
def check_token(
    ctx: typer.Context,
    jti: Annotated[str, typer.Option(help="The token's jti.")] = "",
    user: Annotated[str, typer.Option(help="The token's user; requires --iat.")] = "",
    device: Annotated[str, typer.Option(help="The device that the token was issued to.")] = "",
    iat: Annotated[int, typer.Option(min=0, max=_MAX_IAT, help="The token's iat, in Unix seconds.")] = 0,
    json: Json = False,
) -> None:
    """Check whether a token is revoked. Exit status 1 if it is not valid."""
    from quikstate_server.cli.session import view

    if not view.check_token(ctx.obj, jti, user, device, iat, json=json):
        raise typer.Exit(UNTRUE)
