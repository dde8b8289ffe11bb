"""What the victim changes while others listen."""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.message import Message

from quikstate.v1 import cache_pb2 as cache
from quikstate.v1 import lock_pb2 as lock
from quikstate.v1 import presence_pb2 as presence
from quikstate.v1 import pub_sub_pb2 as pub_sub
from quikstate.v1 import session_pb2 as session
from support.identity import loot as made
from support.identity.loot import GROUP, KEYS, NAME, Loot


def changes(loot: Loot) -> Iterator[tuple[str, Message]]:
    """Yield RPCs and requests that every stream of the victim tells of."""
    yield "PubSubService/Publish", made.publication()
    yield "PubSubService/Publish", made.publication(durability=pub_sub.DURABILITY_EPHEMERAL)
    yield "CacheService/SetEntries", made.item(tags=[NAME])
    yield "CacheService/DeleteEntries", cache.DeleteEntriesRequest(keys=KEYS)
    yield "CacheService/DeleteEntries", cache.DeleteEntriesRequest(tags=[NAME])
    arrival = made.connection(user_id=f"{NAME}:new", workspace_ids=[NAME])
    yield "PresenceService/Heartbeat", presence.HeartbeatRequest(connections=[arrival])
    yield "PresenceService/Leave", presence.LeaveRequest(user_id=NAME)
    yield "QueueService/Enqueue", made.enqueue()
    yield "SessionService/CreateSession", made.create()
    yield "SessionService/RevokeSessions", session.RevokeSessionsRequest(user_id=NAME)
    yield "LockService/ReleaseLock", lock.ReleaseLockRequest(lease=loot.lease)
    yield "LockService/ForceReleaseLock", lock.ForceReleaseLockRequest(resource=NAME, group=GROUP)
    yield "PubSubService/DeleteHistory", pub_sub.DeleteHistoryRequest(channel=NAME)
