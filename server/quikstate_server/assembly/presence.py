"""PresenceService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import presence_pb2
from quikstate_server.assembly.assembly import Assembly, Common, Made
from quikstate_server.interceptors import rules_presence
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.services.presence import PresenceServicer


def _make(common: Common) -> Made:
    settings = common.settings
    presences = Presences(
        common.topology,
        settings.limits,
        key_prefix=settings.key_prefix,
        channel_prefix=settings.channel_prefix,
    )
    servicer = PresenceServicer(
        presences,
        settings.limits,
        common.streams,
        common.validate,
        item_status,
        key_prefix=settings.key_prefix,
    )
    return Made(servicer, [presences])


PRESENCE = Assembly(
    presence_pb2.DESCRIPTOR.services_by_name["PresenceService"],
    {
        presence_pb2.HeartbeatRequest: Rules(rules_presence.heartbeat),
        presence_pb2.ConnectRequest: Rules(rules_presence.connect),
        presence_pb2.LeaveRequest: Rules(rules_presence.leave),
        presence_pb2.ListOnlineRequest: Rules(rules_presence.list_online),
        presence_pb2.GetStatusRequest: Rules(rules_presence.get_status),
        presence_pb2.SetStatusRequest: Rules(rules_presence.set_status),
        presence_pb2.SetTypingRequest: Rules(rules_presence.set_typing),
        presence_pb2.ListTypingRequest: Rules(rules_presence.list_typing),
        presence_pb2.WatchPresenceRequest: Rules(rules_presence.watch_presence),
    },
    _make,
    speak_first=("quikstate.v1.PresenceService/Connect",),
)
