"""The commands `quikstate queue …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from quikstate_server.cli import UNTRUE
from quikstate_server.cli.common.connection_flags import ClientCommand, ClientGroup
from quikstate_server.cli.common.options import (
    Json,
    Yes,
    pairs,
    require_terminal,
    seconds,
)

queue = typer.Typer(
    cls=ClientGroup, help="Send items to queues, consume them, and inspect queues.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(metavar="QUEUE", help="The queue.")]
Names = Annotated[list[str], typer.Argument(metavar="QUEUE", help="The queues.")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", help="Only these items. [default: all]")]
Receipts = Annotated[list[str], typer.Argument(metavar="RECEIPT", help="As `queue receive` printed it.")]
_LEASE_HELP = "How long the items are leased unless the lease is extended, 1s to 12h."


def _duration(help_: str) -> Any:
    return typer.Option(parser=seconds, metavar="DURATION", help=help_)


@queue.command(cls=ClientCommand)
def send(
    ctx: typer.Context,
    name: Name,
    payloads: Annotated[
        list[str] | None,
        typer.Argument(metavar="PAYLOAD", help="Payloads of the items. [default: the lines of stdin]"),
    ] = None,
    delay: Annotated[float, _duration("Deliver the items after this time, at most 720h.")] = "0",  # type: ignore[assignment] # typer parses it
    ttl: Annotated[
        float, _duration("Drop items that are not delivered within this time; 0 for never.")
    ] = "0",  # type: ignore[assignment] # typer parses it
    attempts: Annotated[
        int,
        typer.Option(min=1, metavar="N", help="Failed deliveries after which an item becomes a dead letter."),
    ] = 5,
    dedup_key: Annotated[str, typer.Option(help="Add no other item with this key for 5 minutes.")] = "",
    ordering_key: Annotated[
        str, typer.Option(help="Deliver items with the same key one after another, in order.")
    ] = "",
    attribute: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="An attribute of the items; may be repeated."),
    ] = None,
    json: Json = False,
) -> None:
    """Add items to a queue, and print their ids."""
    from quikstate_server.cli.queue import send

    template = send.template(
        name,
        delay,
        ttl,
        attempts,
        dedup_key=dedup_key,
        ordering_key=ordering_key,
        attributes=pairs(attribute or []),
    )
    if not send.send(ctx.obj, template, payloads or [], json=json):
        raise typer.Exit(UNTRUE)


@queue.command(cls=ClientCommand)
def receive(
    ctx: typer.Context,
    names: Names,
    max_items: Annotated[
        int, typer.Option("--max", min=1, max=100, metavar="N", help="The most items to lease.")
    ] = 1,
    wait: Annotated[float, _duration("How long to wait for the first item, at most 1h.")] = "0",  # type: ignore[assignment] # typer parses it
    lease: Annotated[float, _duration(_LEASE_HELP)] = "30s",  # type: ignore[assignment] # typer parses it
    ack: Annotated[bool, typer.Option("--ack", help="Acknowledge the items after they are printed.")] = False,
    json: Json = False,
) -> None:
    """Lease items, and print them with their receipts.

    Settle them with `queue ack` or `queue nack`: an item that is not settled
    is delivered again when its lease ends. Ends with 1 if there were no items.
    """
    from quikstate_server.cli.queue import receive

    if not receive.receive(ctx.obj, names, max_items, wait, lease, ack=ack, json=json):
        raise typer.Exit(UNTRUE)


@queue.command(cls=ClientCommand)
def ack(ctx: typer.Context, receipts: Receipts) -> None:
    """Acknowledge items, which deletes them. Ends with 1 if a receipt is no longer valid."""
    from quikstate_server.cli.queue import receive

    if not receive.ack(ctx.obj, receipts):
        raise typer.Exit(UNTRUE)


@queue.command(cls=ClientCommand)
def nack(
    ctx: typer.Context,
    receipts: Receipts,
    delay: Annotated[float, _duration("Deliver the items again after this time.")] = "0",  # type: ignore[assignment] # typer parses it
) -> None:
    """Give items back for another delivery. Ends with 1 if a receipt is no longer valid."""
    from quikstate_server.cli.queue import receive

    if not receive.nack(ctx.obj, receipts, delay):
        raise typer.Exit(UNTRUE)


@queue.command(cls=ClientCommand)
def consume(
    ctx: typer.Context,
    names: Annotated[str, typer.Argument(metavar="QUEUE[,QUEUE…]", help="The queues.")],
    command: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="COMMAND", help="After --: command to run for each item. [default: print the item]"
        ),
    ] = None,
    lease: Annotated[float, _duration(_LEASE_HELP)] = "30s",  # type: ignore[assignment] # typer parses it
    retry: Annotated[float, _duration("Deliver an item that failed again after this time.")] = "1s",  # type: ignore[assignment] # typer parses it
) -> None:
    """Consume items of queues until Ctrl-C.

    The command gets the payload on stdin, and QUIKSTATE_QUEUE,
    QUIKSTATE_ITEM_ID and QUIKSTATE_ATTEMPT in its environment. If it exits
    with 0 the item is acknowledged, otherwise it is delivered again. The lease
    is extended while the command runs. If the server goes away, the consumer
    reconnects, to another server if there is one.
    """
    from quikstate_server.cli.queue import consume

    options = consume.ConsumeOptions(names.split(","), command or [], lease, retry)
    raise typer.Exit(consume.run(ctx.obj, options))


@queue.command("ls", cls=ClientCommand)
def list_(
    ctx: typer.Context,
    prefix: Annotated[str, typer.Argument(metavar="PREFIX", help="The prefix of the names.")] = "",
    json: Json = False,
) -> None:
    """List the queues that have items, and count these."""
    from quikstate_server.cli.queue import view

    view.list_(ctx.obj, prefix, json=json)


@queue.command(cls=ClientCommand)
def stats(ctx: typer.Context, names: Names, json: Json = False) -> None:
    """Count the items of queues."""
    from quikstate_server.cli.queue import view

    view.stats(ctx.obj, names, json=json)


@queue.command(cls=ClientCommand)
def peek(
    ctx: typer.Context,
    name: Name,
    max_items: Annotated[int, typer.Option("--max", min=1, metavar="N", help="The most items to show.")] = 10,
    json: Json = False,
) -> None:
    """Show items without leasing them, the oldest first."""
    from quikstate_server.cli.queue import view

    view.peek(ctx.obj, name, max_items, json=json)


@queue.command(cls=ClientCommand)
def dead(
    ctx: typer.Context,
    name: Name,
    max_items: Annotated[int, typer.Option("--max", min=1, metavar="N", help="The most items to show.")] = 10,
    json: Json = False,
) -> None:
    """Show dead letters, the oldest first."""
    from quikstate_server.cli.queue import view

    view.peek(ctx.obj, name, max_items, dead=True, json=json)


@queue.command(cls=ClientCommand)
def redrive(ctx: typer.Context, name: Name, ids: Ids = None) -> None:
    """Enqueue dead letters again. Ends with 1 if there were none."""
    from quikstate_server.cli.queue import view

    if not view.redrive(ctx.obj, name, ids or []):
        raise typer.Exit(UNTRUE)


@queue.command(cls=ClientCommand)
def purge(
    ctx: typer.Context,
    name: Name,
    ids: Ids = None,
    dead: Annotated[
        bool, typer.Option("--dead", help="Delete the dead letters instead of all other items.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Delete items: those named, or all but the dead letters."""
    from quikstate_server.cli.queue import view

    if not (yes or ids):
        require_terminal("queue purge")
    if not view.purge(ctx.obj, name, ids or [], dead=dead, ask=not (yes or ids)):
        raise typer.Exit(UNTRUE)
