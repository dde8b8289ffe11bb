"""Calls of every service, some of which fail, so that there is something to see."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import grpc
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import (
    cache_pb2,
    lock_pb2,
    presence_pb2,
    pub_sub_pb2,
    queue_pb2,
    rate_limit_pb2,
    session_pb2,
)
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.presence_pb2_grpc import PresenceServiceStub
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate.v1.session_pb2_grpc import SessionServiceStub

_TTL = Duration(seconds=30)
_SUBSCRIPTION = pub_sub_pb2.SubscribeRequest(channels=[pub_sub_pb2.ChannelSubscription(channel="load")])


def load(address: str, seconds: float) -> None:
    """Call every service, again and again, for some seconds."""
    with grpc.insecure_channel(address) as channel:
        subscription: Any = PubSubServiceStub(channel).Subscribe(_SUBSCRIPTION)
        next(subscription)
        until, number = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            number += 1
            _call_each(channel, str(number))
            time.sleep(0.02)  # a steady, light load: graphs want points, not speed
        subscription.cancel()


def _call_each(channel: grpc.Channel, name: str) -> None:
    limit = rate_limit_pb2.RateLimit(limit=3, window=Duration(seconds=60))
    hits = [rate_limit_pb2.RateLimitHit(key="load", limit=limit)]
    RateLimitServiceStub(channel).CheckRateLimit(rate_limit_pb2.CheckRateLimitRequest(hits=hits))
    locks = LockServiceStub(channel)
    acquired = locks.AcquireLock(lock_pb2.AcquireLockRequest(resources=[name], ttl=_TTL))
    locks.AcquireLock(lock_pb2.AcquireLockRequest(resources=[name], ttl=_TTL))
    locks.ReleaseLock(lock_pb2.ReleaseLockRequest(lease=acquired.lease))
    sessions = SessionServiceStub(channel)
    created = sessions.CreateSession(session_pb2.CreateSessionRequest(user_id=name))
    sessions.GetSession(session_pb2.GetSessionRequest(session_id=created.session_id))
    sessions.RevokeSessions(session_pb2.RevokeSessionsRequest(user_id=name))
    beat = presence_pb2.PresenceConnection(user_id=name, connection_id="c", workspace_ids=["w"])
    PresenceServiceStub(channel).Heartbeat(presence_pb2.HeartbeatRequest(connections=[beat]))
    messages = [pub_sub_pb2.Publication(channel="load", payload=b"m")]
    PubSubServiceStub(channel).Publish(pub_sub_pb2.PublishRequest(publications=messages))
    cache, key = CacheServiceStub(channel), cache_pb2.CacheKey(name=name)
    cache.GetEntries(cache_pb2.GetEntriesRequest(keys=[key]))
    cache.SetEntries(cache_pb2.SetEntriesRequest(items=[cache_pb2.CacheItem(key=key, value=b"v", ttl=_TTL)]))
    queues = QueueServiceStub(channel)
    queues.Enqueue(queue_pb2.EnqueueRequest(items=[queue_pb2.EnqueueItem(queue="load")]))
    kept = queue_pb2.EnqueueItem(queue="kept", dedup_key="one")
    queues.Enqueue(queue_pb2.EnqueueRequest(items=[kept]))
    received = queues.Receive(queue_pb2.ReceiveRequest(queues=["load"]))
    settled = [
        queue_pb2.Settlement(receipt=item.receipt, ack=queue_pb2.QueueAck()) for item in received.items
    ]
    queues.Settle(queue_pb2.SettleRequest(settlements=settled))
    with suppress(grpc.RpcError):
        locks.GetLock(lock_pb2.GetLockRequest())  # names no resource: a call that fails
    with suppress(grpc.RpcError):
        next(PubSubServiceStub(channel).Subscribe(_SUBSCRIPTION))  # one stream more than the server may have
