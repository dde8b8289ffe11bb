"""`quikstate lock watch`: a line whenever a lock changes hands."""

from __future__ import annotations

import json as json_text
from collections.abc import Iterator, Sequence
from datetime import datetime

from quikstate.v1.lock_pb2 import Lock, WatchLocksRequest, WatchLocksResponse
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.cli.common.channel import as_json, connected
from quikstate_server.cli.common.output import say
from quikstate_server.cli.common.watch_stream import complain_of, watch_events
from quikstate_server.cli.lock.view import mode, owners


def watch(address: str, names: Sequence[str], group: str, *, json: bool) -> None:
    """Until it is interrupted; a server that cannot be reached at the start ends it."""
    request = WatchLocksRequest(resources=names, group=group)
    with connected(address) as channel:
        shown: dict[str, list[str]] = {}
        stub = LockServiceStub(channel)
        for event in watch_events(lambda: stub.WatchLocks(request)):
            for lock in _locks(event):
                holders = _holders(lock)
                if shown.get(lock.resource) != holders:
                    shown[lock.resource] = holders
                    _say(lock, holders, json=json)


def _locks(event: WatchLocksResponse) -> Iterator[Lock]:
    match event.WhichOneof("event"):
        case "snapshot":
            yield from event.snapshot.locks
        case "changed":
            yield event.changed
        case "gap":
            complain_of(event.gap)


def _holders(lock: Lock) -> list[str]:
    """What a line says of the lock; two states that read the same are one."""
    if not lock.held:
        return ["free"]
    tokens = ", ".join(str(holder.fencing_token) for holder in lock.holders)
    return [mode(lock), owners(lock), tokens or "-"]


def _say(lock: Lock, holders: list[str], *, json: bool) -> None:
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    if json:
        say(json_text.dumps({"time": now, **as_json(lock)}, ensure_ascii=False))
    else:
        say("  ".join([now, lock.resource, *holders]))
