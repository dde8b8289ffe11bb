"""`quikstate presence watch`: a line whenever a user's status is another."""

from __future__ import annotations

import json as json_text
import time
from collections.abc import Iterator
from datetime import datetime

import grpc

from quikstate.v1.presence_pb2 import (
    PRESENCE_STATUS_OFFLINE,
    Presence,
    PresenceStatus,
    WatchPresenceRequest,
    WatchPresenceResponse,
)
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub
from quikstate.v1.watch_pb2 import WatchGapReason
from quikstate_server.cli.client import RETRY_SECONDS, connected, why
from quikstate_server.cli.output import complain, say
from quikstate_server.cli.presence_view import status

_GAP = "WATCH_GAP_REASON_"


def watch(address: str, workspace: str, *, count: bool, json: bool) -> None:
    """Until it is interrupted; a server that cannot be reached at the start ends it."""
    request = WatchPresenceRequest(workspace_id=workspace, counts_only=count)
    with connected(address) as channel:
        shown: dict[str, PresenceStatus.ValueType] = {}
        for event in _events(PresenceServiceStub(channel), request):
            if event.HasField("counts"):
                shown.clear()
                _say(json=json, online=str(event.counts.online))
                continue
            for user, now in _differences(event, shown):
                shown[user] = now
                _say(json=json, user=user, status=status(now))


def _events(stub: PresenceServiceStub, request: WatchPresenceRequest) -> Iterator[WatchPresenceResponse]:
    """What is told, over all the streams that it takes: each goes on where the one before ended."""
    answered = complained = False
    while True:
        reason = "the server ends"
        try:
            for event in stub.WatchPresence(request):
                if complained:
                    complain("watching again")
                answered, complained = True, False
                kind = event.WhichOneof("event")
                if kind == "gap":
                    what = WatchGapReason.Name(event.gap.reason).removeprefix(_GAP)
                    complain(f"changes may have been missed ({what})")
                elif kind in {"snapshot", "changed", "counts"}:
                    request.since.CopyFrom(getattr(event, kind).position)
                    yield event
        except grpc.RpcError as error:
            if not answered:
                raise
            reason = why(error)
        if not complained:
            complain(f"{reason}; looking for a server")
            complained = True
        time.sleep(RETRY_SECONDS)


def _differences(
    event: WatchPresenceResponse, shown: dict[str, PresenceStatus.ValueType]
) -> Iterator[tuple[str, PresenceStatus.ValueType]]:
    """A snapshot after a gap is told as far as it is news."""
    users: list[Presence] = [*event.snapshot.users, *event.changed.users]
    if event.HasField("snapshot"):
        there = {user.user_id for user in users}
        gone = [user for user in shown if user not in there]
        users += [Presence(user_id=user, status=PRESENCE_STATUS_OFFLINE) for user in gone]
    for user in users:
        if shown.get(user.user_id, PRESENCE_STATUS_OFFLINE) != user.status:
            yield user.user_id, user.status


def _say(*, json: bool, **what: str) -> None:
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    if json:
        say(json_text.dumps({"time": now, **what}, ensure_ascii=False))
    else:
        say("  ".join([now, *what.values()]))
