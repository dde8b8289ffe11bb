"""The commands `quikstate pub` and `quikstate sub`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.options import Json


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
