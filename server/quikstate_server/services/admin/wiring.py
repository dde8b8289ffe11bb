"""AdminService and the parts it is built of."""

from __future__ import annotations

from quikstate.v1 import admin_pb2
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.primitives.presence.presences import Presences
from quikstate_server.primitives.session.sessions import Sessions
from quikstate_server.primitives.user_deletion import UserDeletion
from quikstate_server.services.admin import names, validation
from quikstate_server.services.admin.servicer import AdminServicer
from quikstate_server.services.admin.worker_info import WorkerInfos
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec


def _build(context: ServiceContext) -> BuiltService:
    settings, redis_client = context.settings, context.redis_client
    prefixes = {"key_prefix": settings.key_prefix, "channel_prefix": settings.channel_prefix}
    deletion = UserDeletion(
        Sessions(redis_client, context.limits),
        Presences(redis_client, context.limits, **prefixes),  # not started: PresenceService's own reaps
        Cache(context.cache_redis_client, context.limits),
    )
    return BuiltService(AdminServicer(deletion, WorkerInfos(context), context))


ADMIN = ServiceSpec(
    admin_pb2.DESCRIPTOR.services_by_name["AdminService"],
    validation,
    names,
    _build,
)
