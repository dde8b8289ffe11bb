"""`quikstate presence watch`: prints a line whenever the status of a user changes."""

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
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.common.watch_stream import complain_of, watch_events
from quikstate_server.cli.presence.view import status_text


def watch(server: ServerTarget, workspace_id: str, *, count: bool, json: bool) -> None:
    """Print changes until interrupted; end with an error if the first call reaches no server."""
    request = WatchPresenceRequest(workspace_id=workspace_id, counts_only=count)
    with connected(server) as channel:
        shown: dict[str, PresenceStatus.ValueType] = {}
        for event in _events(PresenceServiceStub(channel), request):
            if event.HasField("counts"):
                shown.clear()
                _say_line(json=json, online=str(event.counts.online))
                continue
            for user, now in _differences(event, shown):
                shown[user] = now
                _say_line(json=json, user=user, status=status_text(now))


def _events(stub: PresenceServiceStub, request: WatchPresenceRequest) -> Iterator[WatchPresenceResponse]:
    """Yield the events of one stream after the other: each resumes where the last one ended."""
    for event in watch_events(lambda: stub.WatchPresence(request)):
        kind = event.WhichOneof("event")
        if kind == "gap":
            complain_of(event.gap)
        elif kind in {"snapshot", "changed", "counts"}:
            request.since.CopyFrom(getattr(event, kind).position)
            yield event


def _differences(
    event: WatchPresenceResponse, shown: dict[str, PresenceStatus.ValueType]
) -> Iterator[tuple[str, PresenceStatus.ValueType]]:
    """Yield users whose status differs from the one shown; a snapshot also tells who has left."""
    users: list[Presence] = [*event.snapshot.users, *event.changed.users]
    if event.HasField("snapshot"):
        present = {user.user_id for user in users}
        gone = [user_id for user_id in shown if user_id not in present]
        users += [Presence(user_id=user_id, status=PRESENCE_STATUS_OFFLINE) for user_id in gone]
    for user in users:
        if shown.get(user.user_id, PRESENCE_STATUS_OFFLINE) != user.status:
            yield user.user_id, user.status


def _say_line(*, json: bool, **fields: str) -> None:
    now = datetime.now().astimezone().isoformat(timespec="milliseconds")
    if json:
        say(json_text.dumps({"time": now, **fields}, ensure_ascii=False))
    else:
        say("  ".join([now, *fields.values()]))
