"""PresenceService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import presence_pb2
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.presence import validation
from quikstate_server.services.presence.servicer import PresenceServicer


def _make(common: ServiceContext) -> BuiltService:
    settings = common.settings
    presences = Presences(
        common.redis_client,
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
    return BuiltService(servicer, [presences])


PRESENCE = ServiceSpec(
    presence_pb2.DESCRIPTOR.services_by_name["PresenceService"],
    {
        presence_pb2.HeartbeatRequest: Rules(validation.heartbeat),
        presence_pb2.ConnectRequest: Rules(validation.connect),
        presence_pb2.LeaveRequest: Rules(validation.leave),
        presence_pb2.ListOnlineRequest: Rules(validation.list_online),
        presence_pb2.GetStatusRequest: Rules(validation.get_status),
        presence_pb2.SetStatusRequest: Rules(validation.set_status),
        presence_pb2.SetTypingRequest: Rules(validation.set_typing),
        presence_pb2.ListTypingRequest: Rules(validation.list_typing),
        presence_pb2.WatchPresenceRequest: Rules(validation.watch_presence),
    },
    _make,
    speak_first=("quikstate.v1.PresenceService/Connect",),
)
