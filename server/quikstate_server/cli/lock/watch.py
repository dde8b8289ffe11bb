"""`quikstate lock watch`: prints a line whenever a lock changes hands."""

from __future__ import annotations

import json as json_text
from collections.abc import Iterator, Sequence
from datetime import datetime

from quikstate.v1.lock_pb2 import Lock, WatchLocksRequest, WatchLocksResponse
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.cli.common.channel import as_json, connected
from quikstate_server.cli.common.output import say
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.common.watch_stream import complain_of, watch_events
from quikstate_server.cli.lock.view import format_mode, format_owners


def watch(server: ServerTarget, names: Sequence[str], group: str, *, json: bool) -> None:
    """Print changes until interrupted. A server that cannot be reached at the start ends the command."""
    request = WatchLocksRequest(resources=names, group=group)
    with connected(server) as channel:
        printed: dict[str, list[str]] = {}
        stub = LockServiceStub(channel)
        for event in watch_events(lambda: stub.WatchLocks(request)):
            for lock in locks_of(event):
                columns = _columns(lock)
                if printed.get(lock.resource) != columns:
                    printed[lock.resource] = columns
                    _print(lock, columns, json=json)


def locks_of(event: WatchLocksResponse) -> Iterator[Lock]:
    """Yield the locks of an event; report a gap."""
    match event.WhichOneof("event"):
        case "snapshot":
            yield from event.snapshot.locks
        case "changed":
            yield event.changed
        case "gap":
            complain_of(event.gap)


def _columns(lock: Lock) -> list[str]:
    """Return what a line says of the lock; a state that reads the same as the last is not printed."""
    if not lock.held:
        return ["free"]
    tokens = ", ".join(str(holder.fencing_token) for holder in lock.holders)
    return [format_mode(lock), format_owners(lock), tokens or "-"]


def _print(lock: Lock, columns: list[str], *, json: bool) -> None:
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    if json:
        say(json_text.dumps({"time": now, **as_json(lock)}, ensure_ascii=False))
    else:
        say("  ".join([now, lock.resource, *columns]))
