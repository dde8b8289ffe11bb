"""The commands `quikstate queue …`; each imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from quikstate_server.cli import REFUSED, UNTRUE
from quikstate_server.cli.common.options import DEFAULT_ADDRESS, Address, Json, pairs, seconds
from quikstate_server.cli.common.output import complain

queue = typer.Typer(help="Send to queues and work through them; look at them.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="QUEUE", help="The queue.")]
Names = Annotated[list[str], typer.Argument(metavar="QUEUE", help="The queues.")]
Ids = Annotated[
    list[str] | None, typer.Argument(metavar="ID", help="Only these items. [default: all there are]")
]
Receipts = Annotated[list[str], typer.Argument(metavar="RECEIPT", help="As `queue receive` printed it.")]
_LEASE_HELP = "How long they are ours unless it is prolonged, 1s to 12h."


def _duration(help_: str) -> Any:
    return typer.Option(parser=seconds, metavar="DURATION", help=help_)


@queue.command()
def send(
    name: Name,
    payloads: Annotated[
        list[str] | None, typer.Argument(metavar="PAYLOAD", help="The items. [default: the lines of stdin]")
    ] = None,
    address: Address = DEFAULT_ADDRESS,
    delay: Annotated[float, _duration("Keep them back so long, at most 720h.")] = "0",  # type: ignore[assignment] # typer parses it
    ttl: Annotated[float, _duration("Drop what is not delivered by then; 0 for never.")] = "0",  # type: ignore[assignment] # typer parses it
    attempts: Annotated[int, typer.Option(min=1, metavar="N", help="Deliveries until one is dead.")] = 5,
    dedup_key: Annotated[str, typer.Option(help="Add it once in 5 minutes.")] = "",
    ordering_key: Annotated[str, typer.Option(help="Deliver those with the same key in order.")] = "",
    attribute: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="What goes with them; may be repeated.")
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
    if not send.send(address, template, payloads or [], json=json):
        raise typer.Exit(UNTRUE)


@queue.command()
def receive(
    names: Names,
    address: Address = DEFAULT_ADDRESS,
    most: Annotated[int, typer.Option("--max", min=1, max=100, metavar="N", help="At most so many.")] = 1,
    wait: Annotated[float, _duration("How long to wait for the first, at most 1h.")] = "0",  # type: ignore[assignment] # typer parses it
    lease: Annotated[float, _duration(_LEASE_HELP)] = "30s",  # type: ignore[assignment] # typer parses it
    ack: Annotated[bool, typer.Option("--ack", help="Acknowledge them once they are printed.")] = False,
    json: Json = False,
) -> None:
    """Lease items, and print them with their receipts.

    `queue ack` and `queue nack` settle them; if neither does, they are
    delivered again when the lease ends. Ends with 1 if there were none.
    """
    from quikstate_server.cli.queue import receive

    if not receive.receive(address, names, most, wait, lease, ack=ack, json=json):
        raise typer.Exit(UNTRUE)


@queue.command()
def ack(receipts: Receipts, address: Address = DEFAULT_ADDRESS) -> None:
    """Delete items that are done. Ends with 1 if one is not held any more."""
    from quikstate_server.cli.queue import receive

    if not receive.ack(address, receipts):
        raise typer.Exit(UNTRUE)


@queue.command()
def nack(
    receipts: Receipts,
    address: Address = DEFAULT_ADDRESS,
    delay: Annotated[float, _duration("Deliver them again after so long.")] = "0",  # type: ignore[assignment] # typer parses it
) -> None:
    """Give items back. Ends with 1 if one is not held any more."""
    from quikstate_server.cli.queue import receive

    if not receive.nack(address, receipts, delay):
        raise typer.Exit(UNTRUE)


@queue.command()
def consume(
    names: Annotated[str, typer.Argument(metavar="QUEUE[,QUEUE…]", help="The queues.")],
    command: Annotated[
        list[str] | None,
        typer.Argument(metavar="COMMAND", help="After --: run for each item. [default: print it]"),
    ] = None,
    address: Address = DEFAULT_ADDRESS,
    lease: Annotated[float, _duration(_LEASE_HELP)] = "30s",  # type: ignore[assignment] # typer parses it
    retry: Annotated[float, _duration("When one that failed is delivered again.")] = "1s",  # type: ignore[assignment] # typer parses it
) -> None:
    """Work through queues until Ctrl-C.

    The command finds the payload on stdin, and the item in QUIKSTATE_QUEUE,
    QUIKSTATE_ITEM_ID and QUIKSTATE_ATTEMPT. If it ends with 0 the item is
    acknowledged, else given back. The lease is prolonged while it runs. Another
    server is looked for where one goes away.
    """
    from quikstate_server.cli.queue import consume

    work = consume.Work(names.split(","), command or [], lease, retry)
    raise typer.Exit(consume.run(address, work))


@queue.command()
def stats(names: Names, address: Address = DEFAULT_ADDRESS, json: Json = False) -> None:
    """Count the items of queues."""
    from quikstate_server.cli.queue import view

    view.stats(address, names, json=json)


@queue.command()
def peek(
    name: Name,
    address: Address = DEFAULT_ADDRESS,
    most: Annotated[int, typer.Option("--max", min=1, metavar="N", help="At most so many.")] = 10,
    json: Json = False,
) -> None:
    """Show items without leasing them, the oldest first."""
    from quikstate_server.cli.queue import view

    view.peek(address, name, most, json=json)


@queue.command()
def dead(
    name: Name,
    address: Address = DEFAULT_ADDRESS,
    most: Annotated[int, typer.Option("--max", min=1, metavar="N", help="At most so many.")] = 10,
    json: Json = False,
) -> None:
    """Show dead letters, the longest dead first."""
    from quikstate_server.cli.queue import view

    view.peek(address, name, most, dead=True, json=json)


@queue.command()
def redrive(name: Name, ids: Ids = None, address: Address = DEFAULT_ADDRESS) -> None:
    """Enqueue dead letters anew. Ends with 1 if there were none."""
    from quikstate_server.cli.queue import view

    if not view.redrive(address, name, ids or []):
        raise typer.Exit(UNTRUE)


@queue.command()
def purge(
    name: Name,
    ids: Ids = None,
    address: Address = DEFAULT_ADDRESS,
    dead: Annotated[bool, typer.Option("--dead", help="The dead letters, instead of all others.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete items: those named, such as a delayed one, or all but dead letters."""
    import sys

    from quikstate_server.cli.queue import view

    if not (yes or ids or sys.stdin.isatty()):
        complain("queue purge: nobody can be asked here: say --yes")
        raise typer.Exit(REFUSED)
    if not view.purge(address, name, ids or [], dead=dead, ask=not (yes or ids)):
        raise typer.Exit(UNTRUE)
