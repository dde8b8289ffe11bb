"""CacheService and the parts it is built of."""

from __future__ import annotations

from quikstate.v1 import cache_pb2
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.services.cache import names, validation
from quikstate_server.services.cache.servicer import CacheServicer
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec


def _build(context: ServiceContext) -> BuiltService:
    cache = Cache(context.cache_redis_client, context.limits)
    return BuiltService(CacheServicer(cache, context), [cache], redis_client=context.cache_redis_client)


CACHE = ServiceSpec(
    cache_pb2.DESCRIPTOR.services_by_name["CacheService"],
    validation,
    names,
    _build,
)
