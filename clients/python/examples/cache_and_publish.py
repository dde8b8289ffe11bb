"""Store and read values as JSON, and publish to a channel: what the services did with redis-py."""

from __future__ import annotations

import json
import os
from typing import Any

import grpc
from google.protobuf.duration_pb2 import Duration

from quikstate.v1.cache_pb2 import (
    CACHE_OUTCOME_HIT,
    CacheItem,
    CacheKey,
    DeleteEntriesRequest,
    GetEntriesRequest,
    SetEntriesRequest,
)
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from quikstate.v1.pub_sub_pb2 import Publication, PublishRequest
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub

DEADLINE_SECONDS = 3


class Cache:
    def __init__(self, channel: grpc.Channel) -> None:
        self._cache = CacheServiceStub(channel)
        self._pubsub = PubSubServiceStub(channel)

    def get(self, key: str) -> Any:
        """The value, or None."""
        request = GetEntriesRequest(keys=[CacheKey(name=key)])
        entry = self._cache.GetEntries(request, timeout=DEADLINE_SECONDS).entries[0]
        return json.loads(entry.value) if entry.outcome == CACHE_OUTCOME_HIT else None

    def set(self, key: str, value: Any, ttl: int = 3600) -> None:
        """Store a value for ttl seconds, under the plain Redis key `cache:{key}`."""
        content = json.dumps(value).encode()
        item = CacheItem(key=CacheKey(name=key), value=content, ttl=Duration(seconds=ttl))
        self._cache.SetEntries(SetEntriesRequest(items=[item]), timeout=DEADLINE_SECONDS)

    def delete(self, key: str) -> None:
        self._cache.DeleteEntries(DeleteEntriesRequest(keys=[CacheKey(name=key)]), timeout=DEADLINE_SECONDS)

    def publish(self, channel: str, message: dict[str, Any]) -> None:
        """Send a message to whoever is subscribed to the channel, through quikstate or on raw Redis."""
        publication = Publication(channel=channel, payload=json.dumps(message).encode())
        self._pubsub.Publish(PublishRequest(publications=[publication]), timeout=DEADLINE_SECONDS)


def main() -> None:
    with grpc.insecure_channel(os.environ.get("QUIKSTATE_ADDR", "127.0.0.1:50051")) as channel:
        cache = Cache(channel)
        cache.set("search:9f86d0", ["message-1", "message-2"], ttl=300)
        print("stored:", cache.get("search:9f86d0"))
        cache.delete("search:9f86d0")
        print("deleted:", cache.get("search:9f86d0"))
        cache.publish("channel:general:messages", {"type": "new_message"})
        print("published")


if __name__ == "__main__":
    main()
