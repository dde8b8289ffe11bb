"""The commands `quikstate pub` and `quikstate sub`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.options import DEFAULT_ADDRESS, Address, Json


def pub(
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help="The channel.")],
    messages: Annotated[
        list[str] | None,
        typer.Argument(metavar="MESSAGE", help="The messages; none: each line of the input."),
    ] = None,
    address: Address = DEFAULT_ADDRESS,
    durable: Annotated[
        bool | None,
        typer.Option("--durable/--ephemeral", help="Whether they are kept. [default: as the channel is]"),
    ] = None,
    key: Annotated[str, typer.Option(help="Publish it once, however often we are run with this key.")] = "",
    min_replicas: Annotated[int, typer.Option(min=0, metavar="N", help="Replicas that must have them.")] = 0,
    json: Json = False,
) -> None:
    """Publish messages; write where each is kept."""
    from quikstate_server.cli.pub_sub import publish

    if key and (not messages or len(messages) != 1):
        raise typer.BadParameter("--key is for one message")
    how = publish.How(channel, durable, key, min_replicas)
    if not publish.run(address, how, messages or [], json=json):
        raise typer.Exit(UNTRUE)


def sub(
    channels: Annotated[
        list[str] | None, typer.Argument(metavar="CHANNEL", help="The channels to listen to.")
    ] = None,
    address: Address = DEFAULT_ADDRESS,
    prefix: Annotated[
        list[str] | None, typer.Option(help="Listen to all channels that begin so; may be repeated.")
    ] = None,
    since: Annotated[str, typer.Option(metavar="EPOCH-OFFSET", help="Begin after this message.")] = "",
    rewind: Annotated[int, typer.Option(min=0, metavar="N", help="Begin so many messages back.")] = 0,
    json: Json = False,
) -> None:
    """Write a line for each message, until Ctrl-C.

    Where a server goes away another is looked for, and durable channels go on
    after the last message. Messages that may be missing are said to be, on the
    error output.
    """
    from quikstate_server.cli.pub_sub import subscribe

    if not (channels or prefix):
        raise typer.BadParameter("there is no channel and no --prefix to listen to")
    if since and (rewind or len(channels or []) != 1):
        raise typer.BadParameter("--since is for one channel, without --rewind")
    subscribe.run(address, subscribe.Wanted(channels or [], prefix or [], since, rewind), json=json)
