"""Everything that one caller has in its namespace, with the ids that another could have got hold of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import cache_pb2 as cache
from quikstate.v1 import lock_pb2 as lock
from quikstate.v1 import presence_pb2 as presence
from quikstate.v1 import pub_sub_pb2 as pub_sub
from quikstate.v1 import queue_pb2 as queue
from quikstate.v1 import rate_limit_pb2 as rate_limit
from quikstate.v1 import session_pb2 as session
from quikstate.v1.position_pb2 import Position
from support.harness.valid_requests import World

NAME = "orders"
"""The name of everything."""
GROUP = "orders-group"
CANARY = "canary"
"""Stands in every text and payload of the victim: no answer to another caller may have it."""
PAYLOAD = CANARY.encode()
TTL = Duration(seconds=300)


@dataclass(frozen=True)
class Loot:
    lease: lock.LockLease
    grouped_lease: lock.LockLease
    session_id: str
    handle: str
    receipt: str
    item_id: str
    fill_lease: str
    etag: str
    position: Position
    presence_position: Position
    lock_page: str
    history_page: str
    queue_page: str
    queue_list_page: str
    session_page: str
    online_page: str
    channel_page: str

    def secrets(self) -> list[str]:
        """Ids of which no answer to another caller may have any that was not in its request."""
        leases = [self.lease.lease_id, self.grouped_lease.lease_id]
        return [*leases, self.session_id, self.handle, self.receipt, self.item_id, self.fill_lease, self.etag]


def check(name: str = NAME, **more: Any) -> rate_limit.CheckRateLimitRequest:
    hits = [rate_limit.RateLimitHit(key=name, limit=limit(), cost=more.pop("cost", 1))]
    return rate_limit.CheckRateLimitRequest(hits=hits, **more)


def limit() -> rate_limit.RateLimit:
    return rate_limit.RateLimit(limit=1_000, window=Duration(seconds=86_400))  # a cost lasts


def acquire(**more: Any) -> lock.AcquireLockRequest:
    return lock.AcquireLockRequest(resources=[NAME], ttl=TTL, **more)


def connection(**more: Any) -> presence.PresenceConnection:
    known: dict[str, Any] = {"user_id": NAME, "connection_id": "c", "workspace_ids": [NAME], "ttl": TTL}
    return presence.PresenceConnection(**known | more)


def create(**more: Any) -> session.CreateSessionRequest:
    return session.CreateSessionRequest(user_id=NAME, device_id="d", lifetime=TTL, **more)


def enqueue(**more: Any) -> queue.EnqueueRequest:
    item = {"queue": NAME, "payload": PAYLOAD, "ordering_key": more.pop("ordering_key", "")}
    dedup = {"dedup_key": more.pop("dedup_key", "")}
    return queue.EnqueueRequest(items=[queue.EnqueueItem(**item, **dedup)], **more)


def publication(**more: Any) -> pub_sub.PublishRequest:
    known: dict[str, Any] = {"channel": NAME, "payload": PAYLOAD, "durability": pub_sub.DURABILITY_DURABLE}
    return pub_sub.PublishRequest(publications=[pub_sub.Publication(**known | more)])


def item(name: str = NAME, **more: Any) -> cache.SetEntriesRequest:
    known: dict[str, Any] = {"key": cache.CacheKey(name=name), "ttl": TTL}
    content = {} if "abandon" in more or "negative" in more else {"value": PAYLOAD}
    return cache.SetEntriesRequest(items=[cache.CacheItem(**known | content | more)])


KEYS = [
    cache.CacheKey(name=NAME),
    cache.CacheKey(user=NAME),
    cache.CacheKey(workspace=NAME),
    cache.CacheKey(channel_members=NAME),
]
"""One of each kind."""


async def fill(world: World) -> Loot:
    """Write what there can be of each service."""
    locks = await _locks(world)
    queues = await _queues(world)
    sessions = await _sessions(world)
    caches = await _caches(world)
    presences = await _presences(world)
    pub_subs = await _pub_subs(world)
    for group in ("", GROUP):
        await world("RateLimitService/CheckRateLimit", check(cost=900, group=group, request_id="r"))
    return Loot(**locks, **queues, **sessions, **caches, **presences, **pub_subs)


async def _locks(world: World) -> dict[str, Any]:
    more: dict[str, Any] = {"owner": CANARY, "metadata": {CANARY: CANARY}}
    held = await world("LockService/AcquireLock", acquire(request_id="r", **more))
    grouped = await world("LockService/AcquireLock", acquire(group=GROUP, request_id="g", **more))
    for number in range(30):
        other = lock.AcquireLockRequest(resources=[f"{NAME}:{number}"], ttl=TTL, **more)
        await world("LockService/AcquireLock", other)
    page = await world("LockService/ListLocks", lock.ListLocksRequest(page_size=1))
    return {"lease": held.lease, "grouped_lease": grouped.lease, "lock_page": page.next_page_token}


async def _queues(world: World) -> dict[str, Any]:
    for number in range(3):
        request = enqueue(dedup_key=f"k{number}", request_id=f"r{number}")
        await world("QueueService/Enqueue", request)
    received = await world(
        "QueueService/Receive", queue.ReceiveRequest(queues=[NAME], lease=TTL, max_items=1)
    )
    view = queue.InspectQueueRequest(queue=NAME, view=queue.QUEUE_VIEW_ITEMS, page_size=1)
    page = await world("QueueService/InspectQueue", view)
    first = received.items[0]
    other = queue.EnqueueItem(queue=f"{NAME}:other", payload=PAYLOAD)
    await world("QueueService/Enqueue", queue.EnqueueRequest(items=[other]))
    listed = await world("QueueService/ListQueues", queue.ListQueuesRequest(page_size=1))
    pages = {"queue_page": page.next_page_token, "queue_list_page": listed.next_page_token}
    return {"receipt": first.receipt, "item_id": first.item_id, **pages}


async def _sessions(world: World) -> dict[str, Any]:
    more: dict[str, Any] = {"email": CANARY, "user_agent": CANARY, "attributes": {CANARY: CANARY}}
    created = await world("SessionService/CreateSession", create(request_id="r", **more))
    await world("SessionService/CreateSession", create(**more))
    page = await world("SessionService/ListSessions", session.ListSessionsRequest(user_id=NAME, page_size=1))
    expires = created.session.expire_time
    tokens = session.TokenIds(tokens=[session.TokenId(jti=NAME, expire_time=expires)])
    await world("SessionService/RevokeTokens", session.RevokeTokensRequest(tokens=tokens))
    await world(
        "SessionService/RevokeTokens", session.RevokeTokensRequest(user=session.UserTokens(user_id=NAME))
    )
    ids = {"session_id": created.session_id, "handle": created.session.handle}
    return ids | {"session_page": page.next_page_token}


async def _caches(world: World) -> dict[str, Any]:
    for key in KEYS:
        await world("CacheService/SetEntries", item(key=key, tags=[NAME]))
    stored = await world("CacheService/GetEntries", cache.GetEntriesRequest(keys=KEYS))
    wanted = cache.GetEntriesRequest(keys=[cache.CacheKey(name=f"{NAME}:hole")], lease=True, lease_ttl=TTL)
    missed = await world("CacheService/GetEntries", wanted)
    return {"etag": stored.entries[0].etag, "fill_lease": missed.entries[0].lease}


async def _presences(world: World) -> dict[str, Any]:
    users = [NAME, f"{NAME}:2"]
    for user in users:
        connections = [connection(user_id=user, device_id=CANARY, metadata={CANARY: CANARY})]
        await world("PresenceService/Heartbeat", presence.HeartbeatRequest(connections=connections))
    status = presence.SetStatusRequest(user_id=NAME, status=presence.PRESENCE_STATUS_DO_NOT_DISTURB, ttl=TTL)
    await world("PresenceService/SetStatus", status)
    typing = presence.SetTypingRequest(user_id=NAME, channel_id=NAME, ttl=TTL)
    await world("PresenceService/SetTyping", typing)
    online = presence.ListOnlineRequest(workspace_id=NAME, page_size=1)
    page = await world("PresenceService/ListOnline", online)
    watched = await world.first(
        "PresenceService/WatchPresence", presence.WatchPresenceRequest(workspace_id=NAME)
    )
    return {"online_page": page.next_page_token, "presence_position": watched.snapshot.position}


async def _pub_subs(world: World) -> dict[str, Any]:
    for number in range(3):
        sent = await world("PubSubService/Publish", publication(idempotency_key=f"k{number}"))
    page = await world("PubSubService/ListHistory", pub_sub.ListHistoryRequest(channel=NAME, page_size=1))
    return {
        "position": sent.results[0].position,
        "history_page": page.next_page_token,
        "channel_page": "b3JkZXJzLWE=",  # after `orders-a`: what there is to list are subscriptions
    }
