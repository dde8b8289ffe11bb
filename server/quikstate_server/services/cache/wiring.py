"""CacheService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import cache_pb2
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.services.cache import validation
from quikstate_server.services.cache.servicer import CacheServicer
from quikstate_server.services.common.wiring import BuiltService, ServiceContext, ServiceSpec


def _make(common: ServiceContext) -> BuiltService:
    settings = common.settings
    cache = Cache(common.cache_redis_client, settings.limits)
    servicer = CacheServicer(cache, common.streams, item_status, key_prefix=settings.key_prefix)
    return BuiltService(servicer, [cache], redis_client=common.cache_redis_client)


CACHE = ServiceSpec(
    cache_pb2.DESCRIPTOR.services_by_name["CacheService"],
    {
        cache_pb2.GetEntriesRequest: Rules(validation.get_entries, vouches_for_shape=True),
        cache_pb2.SetEntriesRequest: Rules(validation.set_entries),
        cache_pb2.DeleteEntriesRequest: Rules(validation.delete_entries),
        cache_pb2.WatchInvalidationsRequest: Rules(validation.watch_invalidations),
    },
    _make,
)
