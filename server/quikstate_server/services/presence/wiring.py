"""PresenceService and the parts it is built of."""

from __future__ import annotations

from quikstate.v1 import presence_pb2
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec
from quikstate_server.services.presence import names, validation
from quikstate_server.services.presence.servicer import PresenceServicer


def _build(context: ServiceContext) -> BuiltService:
    presences = Presences(
        context.redis_client,
        context.limits,
        key_prefix=context.settings.key_prefix,
        channel_prefix=context.settings.channel_prefix,
    )
    return BuiltService(PresenceServicer(presences, context), [presences])


PRESENCE = ServiceSpec(
    presence_pb2.DESCRIPTOR.services_by_name["PresenceService"],
    validation,
    names,
    _build,
    requires_first_message=["Connect"],
)
