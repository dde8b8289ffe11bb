"""The commands `quikstate cache …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.connection_flags import ClientCommand, ClientGroup
from quikstate_server.cli.common.options import Json, Yes, confirm, require_terminal, seconds

cache = typer.Typer(
    cls=ClientGroup, help="Read, store, delete and watch cache entries.", no_args_is_help=True
)

_KEY = "The Redis key, without a prefix: cache:…, user:ID, workspace:ID or channel:ID:members."
Key = Annotated[str, typer.Argument(metavar="KEY", help=_KEY)]
Keys = Annotated[list[str] | None, typer.Argument(metavar="KEY", help=_KEY)]
Tags = Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="A tag; may be repeated.")]


def _duration(help_: str) -> Any:
    return typer.Option(parser=seconds, metavar="DURATION", help=help_)


@cache.command(cls=ClientCommand)
def get(
    ctx: typer.Context,
    key: Key,
    stale: Annotated[bool, typer.Option("--stale", help="Accept a value past its soft TTL.")] = False,
    json: Json = False,
) -> None:
    """Write a value to standard output, as it is.

    The exit status is 1 if there is no value. --json writes the whole entry.
    """
    from quikstate_server.cli.cache import entries

    if not entries.get(ctx.obj, key, accept_stale=stale, json=json):
        raise typer.Exit(UNTRUE)


@cache.command("set", cls=ClientCommand)
def set_(
    ctx: typer.Context,
    key: Key,
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help="The value; - reads standard input.")
    ] = None,
    ttl: Annotated[float, _duration("Time until it expires, 1s to 720h.")] = "5m",  # type: ignore[assignment] # typer parses it
    soft_ttl: Annotated[float, _duration("Time until it is stale; 0 for never.")] = "0",  # type: ignore[assignment] # typer parses it
    tag: Tags = None,
    negative: Annotated[
        bool, typer.Option("--negative", help="Store a negative entry: there is no value.")
    ] = False,
    json: Json = False,
) -> None:
    """Store an entry, and replace the one that exists."""
    from quikstate_server.cli.cache import entries

    if negative == (value is not None):
        raise typer.BadParameter("give either VALUE or --negative")
    entries.set_(ctx.obj, key, value, ttl=ttl, soft_ttl=soft_ttl, tags=tag or [], json=json)


@cache.command(cls=ClientCommand)
def delete(
    ctx: typer.Context, keys: Keys = None, tag: Tags = None, yes: Yes = False, json: Json = False
) -> None:
    """Delete entries by key or by tag. For a tag it asks for confirmation.

    The exit status is 1 if one of the keys had no entry.
    """
    from quikstate_server.cli.cache import entries

    if not (keys or tag):
        raise typer.BadParameter("give at least one KEY or --tag")
    if tag and not yes:
        require_terminal("cache delete --tag")
        confirm(f"Delete every entry that has the tag {' or '.join(tag)}, however many there are?")
    if not entries.delete(ctx.obj, keys or [], tag or [], json=json):
        raise typer.Exit(UNTRUE)


@cache.command(cls=ClientCommand)
def watch(
    ctx: typer.Context,
    keys: Keys = None,
    prefix: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PREFIX", help="A prefix of keys, such as cache:search: or user:; may be repeated."
        ),
    ] = None,
    tag: Tags = None,
    json: Json = False,
) -> None:
    """Write a line whenever an entry is stored or deleted, until Ctrl-C.

    If the server goes away, the command looks for another one. It does not see what
    raw Redis clients write, nor what expires.
    """
    from quikstate_server.cli.cache import watch

    if not (keys or prefix or tag):
        raise typer.BadParameter("give at least one KEY, --prefix or --tag")
    watch.watch(ctx.obj, keys or [], prefix or [], tag or [], json=json)
