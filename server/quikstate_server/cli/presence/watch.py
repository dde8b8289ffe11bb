"""`quikstate presence watch`: a line whenever a user's status is another."""

from __future__ import annotations

import json as json_text
from collections.abc import Iterator
from datetime import datetime

from quikstate.v1.presence_pb2 import (
    PRESENCE_STATUS_OFFLINE,
    Presence,
    PresenceStatus,
    WatchPresenceRequest,
    WatchPresenceResponse,
)
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub
from quikstate_server.cli.common.channel import connected
from quikstate_server.cli.common.output import say
from quikstate_server.cli.common.watch_stream import complain_of, every_event
from quikstate_server.cli.presence.view import status


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
    for event in every_event(lambda: stub.WatchPresence(request)):
        kind = event.WhichOneof("event")
        if kind == "gap":
            complain_of(event.gap)
        elif kind in {"snapshot", "changed", "counts"}:
            request.since.CopyFrom(getattr(event, kind).position)
            yield event


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
