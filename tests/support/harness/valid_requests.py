"""A valid request of every method, on what was made for it before: for tests that change one thing in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import grpc.aio
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from quikstate.v1 import admin_pb2 as admin
from quikstate.v1 import cache_pb2 as cache
from quikstate.v1 import lock_pb2 as lock
from quikstate.v1 import presence_pb2 as presence
from quikstate.v1 import pub_sub_pb2 as pub_sub
from quikstate.v1 import queue_pb2 as queue
from quikstate.v1 import rate_limit_pb2 as rate_limit
from quikstate.v1 import session_pb2 as session
from support.harness.api_methods import METHODS, call_of

Requests = Sequence[Message]
"""What a call sends: one message, or those of a stream."""
_LONG = 60.0


class World:
    """What requests speak of, made through the API: a `name` for each, so that none meets another."""

    def __init__(self, channel: grpc.aio.Channel, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self._channel = channel
        self._headers = headers

    async def __call__(self, method: str, request: Message) -> Any:
        call: Any = call_of(self._channel, METHODS[method])
        return await call(request, timeout=_LONG, metadata=self._headers)

    async def first(self, method: str, request: Message) -> Any:
        """The first response of a stream."""
        call: Any = call_of(self._channel, METHODS[method])
        stream = call(request, timeout=_LONG, metadata=self._headers)
        response = await stream.read()
        stream.cancel()
        return response

    async def lease(self, name: str) -> lock.LockLease:
        request = lock.AcquireLockRequest(resources=[name], ttl=Duration(seconds=30))
        lease: lock.LockLease = (await self("LockService/AcquireLock", request)).lease
        return lease

    async def session(self, name: str) -> str:
        built = await self("SessionService/CreateSession", session.CreateSessionRequest(user_id=name))
        return str(built.session_id)

    async def user(self, name: str) -> None:
        """Make all that DeleteUser deletes."""
        await self.session(name)
        await self("PresenceService/Heartbeat", presence.HeartbeatRequest(connections=[connection(name)]))
        await self("PresenceService/SetTyping", presence.SetTypingRequest(user_id=name, channel_id=name))
        entry = cache.CacheItem(key=cache.CacheKey(user=name), value=b"v", ttl=Duration(seconds=9))
        await self("CacheService/SetEntries", cache.SetEntriesRequest(items=[entry]))

    async def receipt(self, name: str) -> str:
        await self("QueueService/Enqueue", queue.EnqueueRequest(items=[queue.EnqueueItem(queue=name)]))
        received = await self("QueueService/Receive", queue.ReceiveRequest(queues=[name]))
        return str(received.items[0].receipt)

    async def history(self, name: str) -> str:
        one = pub_sub.Publication(channel=name, durability=pub_sub.DURABILITY_DURABLE)
        await self("PubSubService/Publish", pub_sub.PublishRequest(publications=[one]))
        return name


def acquire(name: str) -> lock.AcquireLockRequest:
    seconds = Duration(seconds=30)
    return lock.AcquireLockRequest(resources=[name], ttl=seconds, wait=Duration(seconds=1))


def limit() -> rate_limit.RateLimit:
    return rate_limit.RateLimit(limit=10, window=Duration(seconds=60))


def check(name: str) -> rate_limit.CheckRateLimitRequest:
    return rate_limit.CheckRateLimitRequest(hits=[rate_limit.RateLimitHit(key=name, limit=limit())])


def connection(name: str) -> presence.PresenceConnection:
    return presence.PresenceConnection(user_id=name, connection_id="c", workspace_ids=[name])


def settle(receipt: str, action: queue.QueueNack | queue.QueueExtend) -> queue.SettleRequest:
    if isinstance(action, queue.QueueNack):
        return queue.SettleRequest(settlements=[queue.Settlement(receipt=receipt, nack=action)])
    return queue.SettleRequest(settlements=[queue.Settlement(receipt=receipt, extend=action)])


def channels(name: str) -> pub_sub.SubscribeRequest:
    return pub_sub.SubscribeRequest(channels=[pub_sub.ChannelSubscription(channel=name)])


async def locks(world: World, method: str, name: str) -> AsyncIterator[Requests]:
    match method:
        case "AcquireLock":
            yield [acquire(name)]
        case "HoldLock":
            yield [lock.HoldLockRequest(acquire=acquire(name))]
            reattach = lock.LockReattach(lease=await world.lease(f"{name}:2"))
            yield [lock.HoldLockRequest(reattach=reattach)]
        case "GetLock":
            yield [lock.GetLockRequest(resource=name)]
        case "WatchLocks":
            yield [lock.WatchLocksRequest(resources=[name])]
        case _:
            for request in _of_held_lock(method, name, await world.lease(name)):
                yield [request]


def _of_held_lock(method: str, name: str, lease: lock.LockLease) -> Iterator[Message]:
    match method:
        case "RenewLock":
            yield lock.RenewLockRequest(lease=lease)
        case "ReleaseLock":
            yield lock.ReleaseLockRequest(lease=lease)
        case "ListLocks":
            yield lock.ListLocksRequest(prefix=name)
        case "ForceReleaseLock":
            yield lock.ForceReleaseLockRequest(resource=name)
        case "CheckFencingToken":
            yield lock.CheckFencingTokenRequest(resource=name, token=1)


async def rate_limits(_: World, method: str, name: str) -> AsyncIterator[Requests]:
    match method:
        case "CheckRateLimit":
            yield [check(name)]
        case "StreamRateLimit":
            yield [rate_limit.StreamRateLimitRequest(check=check(name))]
        case "ResetRateLimit":
            yield [rate_limit.ResetRateLimitRequest(key=name, limit=limit())]
        case "ListRateLimitPolicies":
            yield [rate_limit.ListRateLimitPoliciesRequest()]


async def caches(_: World, method: str, name: str) -> AsyncIterator[Requests]:
    key = cache.CacheKey(name=name)
    match method:
        case "GetEntries":
            yield [cache.GetEntriesRequest(keys=[key])]
            yield [cache.GetEntriesRequest(keys=[key], lease=True)]
        case "SetEntries":
            yield [
                cache.SetEntriesRequest(items=[cache.CacheItem(key=key, value=b"v", ttl=Duration(seconds=9))])
            ]
        case "DeleteEntries":
            yield [cache.DeleteEntriesRequest(keys=[key])]
        case "WatchInvalidations":
            yield [cache.WatchInvalidationsRequest(keys=[key])]


async def presences(world: World, method: str, name: str) -> AsyncIterator[Requests]:
    beat = presence.HeartbeatRequest(connections=[connection(name)])
    await world("PresenceService/Heartbeat", beat)
    match method:
        case "Heartbeat":
            yield [beat]
        case "Connect":
            opened = presence.ConnectRequest(open=presence.PresenceOpen(connection=connection(name)))
            yield [opened, presence.ConnectRequest(update=presence.PresenceUpdate(workspace_ids=[name]))]
        case "Leave":
            yield [presence.LeaveRequest(user_id=name)]
        case "ListOnline":
            yield [presence.ListOnlineRequest(workspace_id=name)]
        case "GetStatus":
            yield [presence.GetStatusRequest(user_ids=[name])]
        case "SetStatus":
            yield [presence.SetStatusRequest(user_id=name, status=presence.PRESENCE_STATUS_AWAY)]
        case "SetTyping":
            yield [presence.SetTypingRequest(user_id=name, channel_id=name)]
        case "ListTyping":
            yield [presence.ListTypingRequest(channel_id=name)]
        case "WatchPresence":
            yield [presence.WatchPresenceRequest(workspace_id=name)]


async def pub_subs(world: World, method: str, name: str) -> AsyncIterator[Requests]:
    match method:
        case "Publish":
            yield [pub_sub.PublishRequest(publications=[pub_sub.Publication(channel=name)])]
        case "Subscribe":
            yield [channels(await world.history(name))]
            yield [channels(f"{name}:ephemeral")]
            yield [channels(f"d:{name}")]
        case "StreamSubscribe":
            added = pub_sub.StreamSubscribeRequest(add=channels(await world.history(name)))
            removed = pub_sub.StreamSubscribeRequest(remove=pub_sub.SubscriptionRemoval(channels=[name]))
            yield [added, removed]
        case "ListHistory":
            yield [pub_sub.ListHistoryRequest(channel=await world.history(name))]
            yield [pub_sub.ListHistoryRequest(channel=name, newest_first=True)]
            yield [pub_sub.ListHistoryRequest(channel=f"{name}:ephemeral")]
        case "DeleteHistory":
            yield [pub_sub.DeleteHistoryRequest(channel=name)]
        case "ListChannels":
            yield [pub_sub.ListChannelsRequest()]


async def queues(world: World, method: str, name: str) -> AsyncIterator[Requests]:
    nack, extend = queue.QueueNack(), queue.QueueExtend(lease=Duration(seconds=9))
    match method:
        case "Enqueue":
            yield [queue.EnqueueRequest(items=[queue.EnqueueItem(queue=name)])]
            yield [queue.EnqueueRequest(items=[queue.EnqueueItem(queue=name, dedup_key="k")])]
        case "Receive":
            await world("QueueService/Enqueue", queue.EnqueueRequest(items=[queue.EnqueueItem(queue=name)]))
            yield [queue.ReceiveRequest(queues=[name])]
        case "Consume":
            receipt = await world.receipt(name)
            credit = queue.ConsumeCredit(max_items=1, max_bytes=1_000)
            start = queue.ConsumeStart(queues=[name], lease=Duration(seconds=9), credit=credit)
            yield [queue.ConsumeRequest(start=start), queue.ConsumeRequest(credit=credit)]
            for action in (settle(receipt, extend), settle(receipt, nack)):
                yield [queue.ConsumeRequest(start=start), queue.ConsumeRequest(settle=action)]
        case "Settle":
            receipt = await world.receipt(name)
            yield [settle(receipt, extend)]
            yield [settle(receipt, nack)]
        case "InspectQueue":
            await world.receipt(name)
            yield [queue.InspectQueueRequest(queue=name)]
        case "ListQueues":
            await world.receipt(name)
            yield [queue.ListQueuesRequest(prefix=name)]
        case "RedriveQueue":
            yield [queue.RedriveQueueRequest(queue=name, max_items=1)]
        case "PurgeQueue":
            yield [queue.PurgeQueueRequest(queue=name, scope=queue.PURGE_SCOPE_DEAD_LETTERS)]


async def sessions(world: World, method: str, name: str) -> AsyncIterator[Requests]:
    expires = Timestamp()
    expires.GetCurrentTime()
    expires.seconds += 60
    match method:
        case "CreateSession":
            yield [session.CreateSessionRequest(user_id=name)]
        case "GetSession":
            yield [session.GetSessionRequest(session_id=await world.session(name))]
        case "UpdateSession":
            yield [session.UpdateSessionRequest(session_id=await world.session(name), set={"a": "b"})]
        case "RotateSession":
            yield [session.RotateSessionRequest(session_id=await world.session(name))]
        case "RevokeSessions":
            yield [session.RevokeSessionsRequest(user_id=name)]
        case "ListSessions":
            await world.session(name)
            yield [session.ListSessionsRequest(user_id=name)]
        case "WatchSessions":
            yield [session.WatchSessionsRequest(user_ids=[name])]
        case "RevokeTokens":
            token = session.TokenId(jti=name, expire_time=expires)
            yield [session.RevokeTokensRequest(tokens=session.TokenIds(tokens=[token]))]
            yield [session.RevokeTokensRequest(user=session.UserTokens(user_id=name))]
        case "CheckTokens":
            claims = session.TokenClaims(jti=name, user_id=name, issued_at=expires)
            yield [session.CheckTokensRequest(tokens=[claims])]


async def admins(world: World, method: str, name: str) -> AsyncIterator[Requests]:
    match method:
        case "GetTopology":
            yield [admin.GetTopologyRequest()]
        case "GetRedisInfo":
            yield [admin.GetRedisInfoRequest()]
        case "GetServerInfo":
            yield [admin.GetServerInfoRequest()]
        case "DeleteUser":
            await world.user(name)
            yield [admin.DeleteUserRequest(user_id=name)]


VALID = {
    "AdminService": admins,
    "LockService": locks,
    "RateLimitService": rate_limits,
    "CacheService": caches,
    "PresenceService": presences,
    "PubSubService": pub_subs,
    "QueueService": queues,
    "SessionService": sessions,
}
