"""The commands `quikstate pub_sub …`, `pub` and `sub`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.connection_flags import ClientCommand, ClientGroup
from quikstate_server.cli.common.options import Json

pub_sub = typer.Typer(
    cls=ClientGroup, help="List channels and stored messages, publish and subscribe.", no_args_is_help=True
)


def pub(
    ctx: typer.Context,
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="The channel.")],
    messages: Annotated[
        list[str] | None,
        typer.Argument(metavar="MESSAGE", help="The messages. Default: each line of the standard input."),
    ] = None,
    durable: Annotated[
        bool | None,
        typer.Option(
            "--durable/--ephemeral", help="Store the messages, or do not. [default: as the channel is]"
        ),
    ] = None,
    key: Annotated[
        str, typer.Option(help="Idempotency key: with the same key the message is published once.")
    ] = "",
    min_replicas: Annotated[
        int, typer.Option(min=0, metavar="N", help="The number of replicas that must have the messages.")
    ] = 0,
    json: Json = False,
) -> None:
    """Publish messages, and write the position of each."""
    from quikstate_server.cli.pub_sub import publish

    if key and (not messages or len(messages) != 1):
        raise typer.BadParameter("--key requires exactly one message")
    options = publish.PublishOptions(channel, durable, key, min_replicas)
    if not publish.run(ctx.obj, options, messages or [], json=json):
        raise typer.Exit(UNTRUE)


def sub(
    ctx: typer.Context,
    channels: Annotated[
        list[str] | None, typer.Argument(metavar="CHANNEL", help="The channels to subscribe to.")
    ] = None,
    prefix: Annotated[
        list[str] | None,
        typer.Option(help="Subscribe to all channels whose names begin with this prefix; may be repeated."),
    ] = None,
    since: Annotated[
        str, typer.Option(metavar="EPOCH-OFFSET", help="Begin after the message at this position.")
    ] = "",
    rewind: Annotated[
        int, typer.Option(min=0, metavar="N", help="Begin with the last N stored messages.")
    ] = 0,
    json: Json = False,
) -> None:
    """Write a line for each message, until Ctrl-C.

    When the server shuts down, the command connects to another one, and resumes
    durable channels after the last message. It reports messages that may be
    missing on standard error.
    """
    from quikstate_server.cli.pub_sub import subscribe

    if not (channels or prefix):
        raise typer.BadParameter("give at least one CHANNEL or --prefix")
    if since and (rewind or len(channels or []) != 1):
        raise typer.BadParameter("--since requires exactly one CHANNEL, and no --rewind")
    options = subscribe.SubscribeOptions(channels or [], prefix or [], since, rewind)
    subscribe.run(ctx.obj, options, json=json)


pub_sub.command("publish", cls=ClientCommand)(pub)
pub_sub.command("subscribe", cls=ClientCommand)(sub)


@pub_sub.command(cls=ClientCommand)
def channels(
    ctx: typer.Context,
    prefix: Annotated[str, typer.Argument(metavar="PREFIX", help="The prefix of the names.")] = "",
    json: Json = False,
) -> None:
    """List the channels that have subscribers. Redis examines all of its channels."""
    from quikstate_server.cli.pub_sub import view

    view.list_channels(ctx.obj, prefix, json=json)


@pub_sub.command(cls=ClientCommand)
def history(
    ctx: typer.Context,
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="The channel.")],
    since: Annotated[
        str, typer.Option(metavar="EPOCH-OFFSET", help="Only messages after this position.")
    ] = "",
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help="The most messages to write; 0 for all.")
    ] = 0,
    newest_first: Annotated[
        bool, typer.Option("--newest-first", help="Begin with the newest message.")
    ] = False,
    json: Json = False,
) -> None:
    """Write a line for each stored message, as `sub` does. Exit status 1 if it has no history."""
    from quikstate_server.cli.pub_sub import view

    options = view.HistoryOptions(channel, since, limit, newest_first)
    if not view.write_history(ctx.obj, options, json=json):
        raise typer.Exit(UNTRUE)
