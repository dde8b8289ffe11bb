"""The commands `quikstate limit …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.connection_flags import ClientCommand, ClientGroup
from quikstate_server.cli.common.options import Json

limit = typer.Typer(
    cls=ClientGroup, help="Check, peek at and reset rate limits, and list policies.", no_args_is_help=True
)

Key = Annotated[str, typer.Argument(metavar="KEY", help="Whose limit it is, such as login:ada.")]
Rule = Annotated[
    str, typer.Option("--limit", metavar="N/TIME", help="A limit such as 5/15m or 100/1s; or else --policy.")
]
Policy = Annotated[str, typer.Option("--policy", metavar="NAME", help="A policy of the server.")]
Algorithm = Annotated[
    str,
    typer.Option(
        "--algorithm",
        help="token_bucket, fixed_window, sliding_window_log or sliding_window_counter, for --limit.",
    ),
]
_TOKEN_BUCKET = "token_bucket"  # noqa: S105 - the bucket's tokens are no secrets


@limit.command(cls=ClientCommand)
def check(
    ctx: typer.Context,
    key: Key,
    rule: Rule = "",
    policy: Policy = "",
    algorithm: Algorithm = _TOKEN_BUCKET,
    cost: Annotated[int, typer.Option(help="Units to charge.")] = 1,
    json: Json = False,
) -> None:
    """Charge a limit, if it allows that.

    The exit status is 1 if it is denied.
    """
    from quikstate_server.cli.limit import decisions

    if not decisions.check(ctx.obj, key, decisions.Rule(rule, policy, algorithm), cost, json=json):
        raise typer.Exit(UNTRUE)


@limit.command(cls=ClientCommand)
def peek(
    ctx: typer.Context,
    key: Key,
    rule: Rule = "",
    policy: Policy = "",
    algorithm: Algorithm = _TOKEN_BUCKET,
    json: Json = False,
) -> None:
    """Show what a limit would still admit, and charge nothing."""
    from quikstate_server.cli.limit import decisions

    decisions.check(ctx.obj, key, decisions.Rule(rule, policy, algorithm), 0, json=json)


@limit.command(cls=ClientCommand)
def reset(
    ctx: typer.Context,
    key: Key,
    rule: Rule = "",
    policy: Policy = "",
    algorithm: Algorithm = _TOKEN_BUCKET,
    json: Json = False,
) -> None:
    """Forget what was charged to a key under a limit.

    The exit status is 1 if there was nothing.
    """
    from quikstate_server.cli.limit import decisions

    if not decisions.reset(ctx.obj, key, decisions.Rule(rule, policy, algorithm), json=json):
        raise typer.Exit(UNTRUE)


@limit.command(cls=ClientCommand)
def policies(ctx: typer.Context, json: Json = False) -> None:
    """List the policies in force."""
    from quikstate_server.cli.limit import policies as listing

    listing.list_all(ctx.obj, json=json)
