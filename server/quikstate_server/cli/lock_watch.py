"""`quikstate lock watch`: a line whenever a lock changes hands."""

from __future__ import annotations

import json as json_text
import time
from collections.abc import Iterator, Sequence
from datetime import datetime

import grpc

from quikstate.v1.lock_pb2 import Lock, WatchLocksRequest, WatchLocksResponse
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.watch_pb2 import WatchGapReason
from quikstate_server.cli.client import RETRY_SECONDS, as_json, connected, why
from quikstate_server.cli.lock_view import mode, owners
from quikstate_server.cli.output import complain, say

_GAP = "WATCH_GAP_REASON_"


def watch(address: str, names: Sequence[str], group: str, *, json: bool) -> None:
    """Until it is interrupted; a server that cannot be reached at the start ends it."""
    request = WatchLocksRequest(resources=names, group=group)
    with connected(address) as channel:
        shown: dict[str, list[str]] = {}
        for lock in _changes(LockServiceStub(channel), request):
            holders = _holders(lock)
            if shown.get(lock.resource) != holders:
                shown[lock.resource] = holders
                _say(lock, holders, json=json)


def _changes(stub: LockServiceStub, request: WatchLocksRequest) -> Iterator[Lock]:
    """Every state that is told, over all the streams that it takes."""
    answered = complained = False
    while True:
        reason = "the server ends"
        try:
            for event in stub.WatchLocks(request):
                if complained:
                    complain("watching again")
                answered, complained = True, False
                yield from _locks(event)
        except grpc.RpcError as error:
            if not answered:
                raise
            reason = why(error)
        if not complained:
            complain(f"{reason}; looking for a server")
            complained = True
        time.sleep(RETRY_SECONDS)


def _locks(event: WatchLocksResponse) -> Iterator[Lock]:
    match event.WhichOneof("event"):
        case "snapshot":
            yield from event.snapshot.locks
        case "changed":
            yield event.changed
        case "gap":
            reason = WatchGapReason.Name(event.gap.reason).removeprefix(_GAP)
            complain(f"changes may have been missed ({reason})")


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
