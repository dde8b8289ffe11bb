"""CacheService and what it is made of."""

from __future__ import annotations

from quikstate.v1 import cache_pb2
from quikstate_server.assembly.assembly import Assembly, Common, Made
from quikstate_server.interceptors import rules_cache
from quikstate_server.interceptors.errors import item_status
from quikstate_server.interceptors.validation import Rules
from quikstate_server.primitives.cache.cache import Cache
from quikstate_server.services.cache import CacheServicer


def _make(common: Common) -> Made:
    settings = common.settings
    cache = Cache(common.cache_topology, settings.limits)
    servicer = CacheServicer(cache, common.streams, item_status, key_prefix=settings.key_prefix)
    return Made(servicer, [cache], topology=common.cache_topology)


CACHE = Assembly(
    cache_pb2.DESCRIPTOR.services_by_name["CacheService"],
    {
        cache_pb2.GetEntriesRequest: Rules(rules_cache.get_entries, vouches_for_shape=True),
        cache_pb2.SetEntriesRequest: Rules(rules_cache.set_entries),
        cache_pb2.DeleteEntriesRequest: Rules(rules_cache.delete_entries),
        cache_pb2.WatchInvalidationsRequest: Rules(rules_cache.watch_invalidations),
    },
    _make,
)
