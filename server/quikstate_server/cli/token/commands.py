"""The commands `quikstate token …`; each imports what it needs when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quikstate_server.cli.common.options import Json

token = typer.Typer(help="Make and inspect bearer tokens.", no_args_is_help=True)


@token.command()
def mint(
    caller: Annotated[str, typer.Argument(metavar="CALLER", help="The caller of the policy file.")],
    expires: Annotated[
        str,
        typer.Option(metavar="WHEN", help="90d, 12h or 2027-06-30T00:00:00Z. Default: never."),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the token to a new file, which only you can read."),
    ] = None,
    json: Json = False,
) -> None:
    """Make a token, and print it once, with the lines for the policy file.

    The policy file (QUIKSTATE_AUTH) has only the digest: nobody can find the
    token out from it, and a token that is lost cannot be shown again.
    """
    from quikstate_server.cli.token import mint as mint_command

    mint_command.run(caller, expires, out, json=json)


@token.command()
def inspect(
    token: Annotated[
        str,
        typer.Argument(
            metavar="TOKEN", help="The token; - reads it from standard input, where `ps` does not show it."
        ),
    ],
    json: Json = False,
) -> None:
    """Print the digest of a token, or the header and the claims of a JWT.

    The signature of a JWT is not verified: its claims are what it says of
    itself.
    """
    from quikstate_server.cli.token import inspect as inspect_command

    inspect_command.run(token, json=json)
