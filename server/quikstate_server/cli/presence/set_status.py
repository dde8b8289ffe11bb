"""`quikstate presence set`: overrides the status of a user."""

from __future__ import annotations

from quikstate.v1.presence_pb2 import (
    PRESENCE_STATUS_AWAY,
    PRESENCE_STATUS_DO_NOT_DISTURB,
    PRESENCE_STATUS_OFFLINE,
    PRESENCE_STATUS_ONLINE,
    PRESENCE_STATUS_UNSPECIFIED,
    SetStatusRequest,
)
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub
from quikstate_server.cli.common.channel import CALL_SECONDS, as_json, connected
from quikstate_server.cli.common.output import say, say_json
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.presence.view import status_text
from quikstate_server.services.common.protobuf_time import seconds_to_duration

_STATUSES = {
    "online": PRESENCE_STATUS_ONLINE,
    "away": PRESENCE_STATUS_AWAY,
    "do-not-disturb": PRESENCE_STATUS_DO_NOT_DISTURB,
    "offline": PRESENCE_STATUS_OFFLINE,
    "none": PRESENCE_STATUS_UNSPECIFIED,
}


def run(server: ServerTarget, user_id: str, status: str, ttl: float, *, json: bool) -> None:
    """Set the status, for `ttl` seconds or without end; print what the user shows now."""
    request = SetStatusRequest(
        user_id=user_id, status=_STATUSES[status], ttl=seconds_to_duration(ttl) if ttl else None
    )
    with connected(server) as channel:
        response = PresenceServiceStub(channel).SetStatus(request, timeout=CALL_SECONDS)
    if json:
        say_json(as_json(response))
        return
    override = f", set to {status_text(request.status)}" if request.status else ""
    say(f"{user_id}: {status_text(response.status)}{override}")
