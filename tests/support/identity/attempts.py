"""Requests that try to reach what the victim has: of every RPC, with its names and ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from quikstate.v1 import admin_pb2 as admin
from quikstate.v1 import cache_pb2 as cache
from quikstate.v1 import lock_pb2 as lock
from quikstate.v1 import presence_pb2 as presence
from quikstate.v1 import pub_sub_pb2 as pub_sub
from quikstate.v1 import queue_pb2 as queue
from quikstate.v1 import rate_limit_pb2 as rate_limit
from quikstate.v1 import session_pb2 as session
from quikstate.v1.position_pb2 import Position
from support.harness.valid_requests import Requests
from support.identity import loot as made
from support.identity.loot import GROUP, KEYS, NAME, TTL, Loot

SOON = Duration(nanos=20_000_000)
"""As long as an attempt waits for what the victim has."""
Table = Mapping[str, Sequence[Requests]]
"""By RPC: what each call sends."""


def attempts(loot: Loot) -> Table:
    """Return those of every RPC."""
    parts = (_locks, _rate_limits, _caches, _presences, _pub_subs, _queues, _sessions, _admins)
    return {
        f"{service}/{method}": [each if isinstance(each, list) else [each] for each in requests]
        for service, rows in (part(loot) for part in parts)
        for method, requests in rows.items()
    }


def _locks(loot: Loot) -> tuple[str, Mapping[str, Sequence[Any]]]:
    leases = (loot.lease, loot.grouped_lease)
    hold = [lock.HoldLockRequest(reattach=lock.LockReattach(lease=lease, ttl=TTL)) for lease in leases]
    requests = {"": "r", GROUP: "g"}
    ids = [lock.LockRequestId(request_id=i, resources=[NAME], group=g) for g, i in requests.items()]
    return "LockService", {
        "AcquireLock": [
            made.acquire(),
            made.acquire(wait=SOON),
            made.acquire(mode=lock.LOCK_MODE_SHARED, group=GROUP),
            made.acquire(request_id="r"),
            made.acquire(request_id="g", group=GROUP),
            made.acquire(request_id="r", mode=lock.LOCK_MODE_SEMAPHORE, permits=2),
        ],
        "HoldLock": [*hold, lock.HoldLockRequest(acquire=made.acquire(request_id="r", wait=SOON))],
        "RenewLock": [lock.RenewLockRequest(lease=lease, ttl=TTL) for lease in leases],
        "ReleaseLock": [
            *(lock.ReleaseLockRequest(lease=lease) for lease in leases),
            *(lock.ReleaseLockRequest(request=request) for request in ids),
        ],
        "GetLock": [lock.GetLockRequest(resource=NAME, group=group) for group in requests],
        "ListLocks": [
            lock.ListLocksRequest(),
            lock.ListLocksRequest(prefix=NAME),
            lock.ListLocksRequest(prefix=NAME, group=GROUP),
            lock.ListLocksRequest(page_token=loot.lock_page),
        ],
        "WatchLocks": [lock.WatchLocksRequest(resources=[NAME], group=group) for group in requests],
        "ForceReleaseLock": [
            *(lock.ForceReleaseLockRequest(resource=NAME, group=group) for group in requests),
            lock.ForceReleaseLockRequest(resource=NAME, fencing_token=1),
        ],
        "CheckFencingToken": [
            lock.CheckFencingTokenRequest(resource=NAME, token=number, group=group)
            for number in (1, 2**53)
            for group in requests
        ],
    }


def _rate_limits(_: Loot) -> tuple[str, Mapping[str, Sequence[Any]]]:
    checks = [
        made.check(dry_run=True),
        made.check(cost=1_000),
        made.check(cost=900, request_id="r"),
        made.check(group=GROUP),
        made.check(cost=900, group=GROUP, request_id="r"),
    ]
    streamed = [rate_limit.StreamRateLimitRequest(check=each) for each in checks]
    parts = rate_limit.RateLimitKeyParts(parts=[NAME])
    return "RateLimitService", {
        "CheckRateLimit": checks,
        "StreamRateLimit": [streamed],
        "ResetRateLimit": [
            rate_limit.ResetRateLimitRequest(key=NAME, limit=made.limit()),
            rate_limit.ResetRateLimitRequest(key=NAME, limit=made.limit(), group=GROUP),
            rate_limit.ResetRateLimitRequest(parts=parts, limit=made.limit()),
        ],
        "ListRateLimitPolicies": [rate_limit.ListRateLimitPoliciesRequest()],
    }


def _caches(loot: Loot) -> tuple[str, Mapping[str, Sequence[Any]]]:
    hole = cache.CacheKey(name=f"{NAME}:hole")
    return "CacheService", {
        "GetEntries": [
            cache.GetEntriesRequest(keys=KEYS),
            cache.GetEntriesRequest(keys=KEYS, accept_stale=True),
            cache.GetEntriesRequest(keys=[hole], lease=True, wait=SOON),
        ],
        "SetEntries": [
            made.item(value=b"v"),
            made.item(value=b"v", if_absent=True),
            made.item(value=b"v", if_etag=loot.etag),
            made.item(value=b"v", key=hole, lease=loot.fill_lease),
            made.item(key=hole, lease=loot.fill_lease, abandon=True),
            made.item(negative=True, tags=[NAME]),
        ],
        "DeleteEntries": [cache.DeleteEntriesRequest(keys=KEYS), cache.DeleteEntriesRequest(tags=[NAME])],
        "WatchInvalidations": [
            cache.WatchInvalidationsRequest(keys=KEYS),
            cache.WatchInvalidationsRequest(prefixes=[cache.CacheKey(name=NAME)]),
            cache.WatchInvalidationsRequest(tags=[NAME]),
        ],
    }


def _presences(loot: Loot) -> tuple[str, Mapping[str, Sequence[Any]]]:
    opened = presence.ConnectRequest(open=presence.PresenceOpen(connection=made.connection()))
    updated = presence.ConnectRequest(update=presence.PresenceUpdate(workspace_ids=[NAME, f"{NAME}:2"]))
    since = loot.presence_position
    watch = presence.WatchPresenceRequest
    return "PresenceService", {
        "Heartbeat": [presence.HeartbeatRequest(connections=[made.connection()])],
        "Connect": [opened, [opened, updated]],
        "Leave": [
            presence.LeaveRequest(user_id=NAME),
            presence.LeaveRequest(user_id=NAME, connection_id="c"),
        ],
        "ListOnline": [
            presence.ListOnlineRequest(workspace_id=NAME),
            presence.ListOnlineRequest(workspace_id=NAME, counts_only=True),
            presence.ListOnlineRequest(workspace_id=NAME, page_token=loot.online_page),
        ],
        "GetStatus": [presence.GetStatusRequest(user_ids=[NAME])],
        "SetStatus": [
            presence.SetStatusRequest(user_id=NAME, status=status)
            for status in (presence.PRESENCE_STATUS_OFFLINE, presence.PRESENCE_STATUS_UNSPECIFIED)
        ],
        "SetTyping": [
            presence.SetTypingRequest(user_id=NAME, channel_id=NAME, stopped=stopped)
            for stopped in (False, True)
        ],
        "ListTyping": [presence.ListTypingRequest(channel_id=NAME)],
        "WatchPresence": [
            watch(workspace_id=NAME),
            watch(workspace_id=NAME, counts_only=True),
            watch(workspace_id=NAME, since=since),
            watch(workspace_id=NAME, since=Position(epoch=since.epoch)),
        ],
    }


def _pub_subs(loot: Loot) -> tuple[str, Mapping[str, Sequence[Any]]]:
    starts: list[dict[str, Any]] = [
        {},
        {"rewind": 10},
        {"since": loot.position},
        {"since": Position(epoch=loot.position.epoch)},
    ]
    subscribed = [
        *(
            pub_sub.SubscribeRequest(channels=[pub_sub.ChannelSubscription(channel=NAME, **s)])
            for s in starts
        ),
        pub_sub.SubscribeRequest(prefixes=[NAME]),
    ]
    listed = pub_sub.ListHistoryRequest
    return "PubSubService", {
        "Publish": [
            made.publication(),
            made.publication(idempotency_key="k0"),
            made.publication(payload=b"other", idempotency_key="k0"),
            made.publication(durability=pub_sub.DURABILITY_EPHEMERAL),
        ],
        "Subscribe": subscribed,
        "StreamSubscribe": [pub_sub.StreamSubscribeRequest(add=each) for each in subscribed],
        "ListHistory": [
            listed(channel=NAME),
            listed(channel=NAME, newest_first=True),
            listed(channel=NAME, since=Position(epoch=loot.position.epoch)),
            listed(channel=NAME, page_token=loot.history_page),
        ],
        "DeleteHistory": [pub_sub.DeleteHistoryRequest(channel=NAME)],
        "ListChannels": [
            pub_sub.ListChannelsRequest(),
            pub_sub.ListChannelsRequest(prefix=NAME),
            pub_sub.ListChannelsRequest(page_token=loot.channel_page),
        ],
    }


def _queues(loot: Loot) -> tuple[str, Mapping[str, Sequence[Any]]]:
    actions: list[dict[str, Any]] = [
        {"ack": queue.QueueAck()},
        {"nack": queue.QueueNack()},
        {"extend": queue.QueueExtend(lease=TTL)},
    ]
    settles = [
        queue.SettleRequest(settlements=[queue.Settlement(receipt=loot.receipt, **action)])
        for action in actions
    ]
    credit = queue.ConsumeCredit(max_items=5, max_bytes=10_000)
    start = queue.ConsumeRequest(start=queue.ConsumeStart(queues=[NAME], lease=TTL, credit=credit))
    views = (queue.QUEUE_VIEW_ITEMS, queue.QUEUE_VIEW_DEAD_LETTERS)
    scopes = (queue.PURGE_SCOPE_ITEMS, queue.PURGE_SCOPE_DEAD_LETTERS)
    return "QueueService", {
        "Enqueue": [
            made.enqueue(),
            made.enqueue(dedup_key="k0"),
            made.enqueue(dedup_key="k0", request_id="r0"),
            made.enqueue(ordering_key=NAME),
        ],
        "Receive": [queue.ReceiveRequest(queues=[NAME], max_items=5, wait=SOON)],
        "Consume": [start, *([start, queue.ConsumeRequest(settle=settle)] for settle in settles)],
        "Settle": settles,
        "InspectQueue": [
            queue.InspectQueueRequest(queue=NAME),
            *(queue.InspectQueueRequest(queue=NAME, view=view) for view in views),
            queue.InspectQueueRequest(queue=NAME, view=views[0], page_token=loot.queue_page),
        ],
        "ListQueues": [
            queue.ListQueuesRequest(),
            queue.ListQueuesRequest(prefix=NAME),
            queue.ListQueuesRequest(page_token=loot.queue_list_page),
        ],
        "RedriveQueue": [
            queue.RedriveQueueRequest(queue=NAME, item_ids=[loot.item_id]),
            queue.RedriveQueueRequest(queue=NAME, max_items=5),
        ],
        "PurgeQueue": [
            *(queue.PurgeQueueRequest(queue=NAME, scope=scope) for scope in scopes),
            queue.PurgeQueueRequest(queue=NAME, item_ids=[loot.item_id]),
        ],
    }


def _sessions(loot: Loot) -> tuple[str, Mapping[str, Sequence[Any]]]:
    id_, handle = loot.session_id, loot.handle
    kept: list[dict[str, str]] = [{"keep_session_id": id_}, {"keep_handle": handle}]
    expires = Timestamp()
    expires.GetCurrentTime()
    issued = Timestamp(seconds=expires.seconds - 9_000)
    expires.seconds += 9_000
    revoke = session.RevokeSessionsRequest
    tokens = session.TokenIds(tokens=[session.TokenId(jti=NAME, expire_time=expires)])
    return "SessionService", {
        "CreateSession": [made.create(), made.create(request_id="r"), made.create(max_sessions=1)],
        "GetSession": [
            session.GetSessionRequest(session_id=id_, touch=True, revoke_on_replay=True),
            session.GetSessionRequest(session_id=handle),
        ],
        "UpdateSession": [
            session.UpdateSessionRequest(session_id=id_, set={"a": "b"}),
            session.UpdateSessionRequest(session_id=id_, set={"a": "b"}, expected_version=1),
        ],
        "RotateSession": [session.RotateSessionRequest(session_id=id_, revoke_on_replay=True)],
        "RevokeSessions": [
            revoke(sessions=session.SessionIds(session_ids=[id_])),
            revoke(handles=session.SessionHandles(user_id=NAME, handles=[handle])),
            revoke(user_id=NAME),
            *(revoke(all_but_one=session.SessionsButOne(user_id=NAME, **keep)) for keep in kept),
            revoke(device=session.SessionDevice(user_id=NAME, device_id="d")),
        ],
        "ListSessions": [
            session.ListSessionsRequest(user_id=NAME),
            session.ListSessionsRequest(user_id=NAME, page_token=loot.session_page),
        ],
        "WatchSessions": [session.WatchSessionsRequest(user_ids=[NAME])],
        "RevokeTokens": [
            session.RevokeTokensRequest(tokens=tokens),
            session.RevokeTokensRequest(user=session.UserTokens(user_id=NAME)),
        ],
        "CheckTokens": [
            session.CheckTokensRequest(
                tokens=[session.TokenClaims(jti=NAME, user_id=NAME, device_id="d", issued_at=issued)]
            )
        ],
    }


def _admins(_: Loot) -> tuple[str, Mapping[str, Sequence[Any]]]:
    return "AdminService", {
        "GetTopology": [admin.GetTopologyRequest()],
        "GetRedisInfo": [admin.GetRedisInfoRequest()],
        "GetServerInfo": [admin.GetServerInfoRequest()],
        "DeleteUser": [admin.DeleteUserRequest(user_id=NAME)],
    }
