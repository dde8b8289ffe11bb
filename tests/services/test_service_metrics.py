"""What Prometheus reads of each service: a call of each kind, and what is counted of it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import cache_pb2, lock_pb2, pub_sub_pb2, queue_pb2, rate_limit_pb2, session_pb2
from quikstate.v1.cache_pb2_grpc import CacheServiceStub
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from quikstate_server.app import App
from services.conftest import StartApp
from services.test_metrics import scrape
from support.harness.eventually import eventually
from support.server.call_errors import failure_of

SECONDS = Duration(seconds=30)


@pytest.fixture
async def app(start_app: StartApp, tmp_path: Path) -> App:
    policies = tmp_path / "policies.yaml"
    policies.write_text("policies: {login: {limit: 1, window: 60s}}")
    return await start_app(metrics_listen="127.0.0.1:0", policies=policies, limits={"max_queue_length": 2})


async def test_decisions_on_rate_limits_are_counted_by_policy(app: App, channel: grpc.aio.Channel) -> None:
    check: Any = RateLimitServiceStub(channel).CheckRateLimit
    inline = rate_limit_pb2.RateLimitHit(key="a", limit=rate_limit_pb2.RateLimit(limit=1, window=SECONDS))
    login = rate_limit_pb2.RateLimitHit(key="a", policy="login")
    for hit in (inline, inline, login):
        await check(rate_limit_pb2.CheckRateLimitRequest(hits=[hit]))
    await check(rate_limit_pb2.CheckRateLimitRequest(hits=[login], dry_run=True))
    name = "quikstate_rate_limit_decisions_total"
    samples = await scrape(app)
    assert samples[name, "allowed", "(inline)"] == samples[name, "denied", "(inline)"] == 1
    assert samples[name, "allowed", "login"] == 1
    assert (name, "denied", "login") not in samples


async def test_locks_are_counted_with_their_waits(app: App, channel: grpc.aio.Channel) -> None:
    locks: Any = LockServiceStub(channel)
    request = lock_pb2.AcquireLockRequest(resources=["r"], ttl=SECONDS)
    lease = (await locks.AcquireLock(request)).lease
    assert not (await locks.AcquireLock(request)).acquired
    request.wait.FromSeconds(30)
    waiting = asyncio.ensure_future(locks.AcquireLock(request))

    async def waits() -> None:
        assert (await scrape(app))[("quikstate_lock_waiters",)] == 1

    await eventually(waits)
    await locks.ReleaseLock(lock_pb2.ReleaseLockRequest(lease=lease))
    assert (await waiting).acquired
    holding = locks.HoldLock()
    other = lock_pb2.AcquireLockRequest(resources=["s"], ttl=Duration(seconds=1))
    await holding.write(lock_pb2.HoldLockRequest(acquire=other))
    await holding.read()
    await locks.ForceReleaseLock(lock_pb2.ForceReleaseLockRequest(resource="s"))
    while not (await holding.read()).HasField("lost"):
        pass
    samples = await scrape(app)
    assert samples["quikstate_lock_acquisitions_total", "acquired"] == 3
    assert samples["quikstate_lock_acquisitions_total", "busy"] == 1
    assert samples[("quikstate_lock_wait_seconds_count",)] == 3
    assert samples[("quikstate_lock_leases_lost_total",)] == 1
    assert samples[("quikstate_lock_waiters",)] == 0


async def test_sessions_are_counted_by_what_became_of_them(app: App, channel: grpc.aio.Channel) -> None:
    sessions: Any = SessionServiceStub(channel)
    create = session_pb2.CreateSessionRequest(user_id="u", max_sessions=1)
    await sessions.CreateSession(create)
    session_id = (await sessions.CreateSession(create)).session_id
    await sessions.GetSession(session_pb2.GetSessionRequest(session_id=session_id))
    await sessions.RotateSession(session_pb2.RotateSessionRequest(session_id=session_id))
    await sessions.RevokeSessions(session_pb2.RevokeSessionsRequest(user_id="u"))
    samples = await scrape(app)
    name = "quikstate_session_operations_total"
    counted = {key[1:]: value for key, value in samples.items() if key[0] == name}
    assert counted[("create", "created")] == 2
    assert counted[("get", "found")] == 1
    assert sum(value for key, value in counted.items() if key[0] == "rotate") == 1
    assert samples[("quikstate_sessions_evicted_total",)] == 1
    assert samples[("quikstate_sessions_revoked_total",)] == 1
    audited = [key for key in samples if key[0] == "quikstate_audit_events_total"]
    assert audited == [("quikstate_audit_events_total", "OK", "quikstate.v1.SessionService/RevokeSessions")]


async def test_cache_reads_and_writes_are_counted(app: App, channel: grpc.aio.Channel) -> None:
    cache: Any = CacheServiceStub(channel)
    key = cache_pb2.CacheKey(name="k")
    missed = await cache.GetEntries(cache_pb2.GetEntriesRequest(keys=[key], lease=True))
    item = cache_pb2.CacheItem(key=key, value=b"v", ttl=SECONDS, lease=missed.entries[0].lease)
    await cache.SetEntries(cache_pb2.SetEntriesRequest(items=[item]))
    late = await cache.SetEntries(cache_pb2.SetEntriesRequest(items=[item]))
    assert late.results
    await cache.SetEntries(
        cache_pb2.SetEntriesRequest(items=[cache_pb2.CacheItem(key=key, value=b"w", ttl=SECONDS)])
    )
    await cache.GetEntries(cache_pb2.GetEntriesRequest(keys=[key]))
    samples = await scrape(app)
    assert samples["quikstate_cache_reads_total", "miss"] == 1
    assert samples["quikstate_cache_reads_total", "hit"] == 1
    writes = {key[1:]: value for key, value in samples.items() if key[0] == "quikstate_cache_writes_total"}
    assert writes == {("fill", "stored"): 1, ("fill", "lost"): 1, ("set", "stored"): 1}


async def test_queues_count_what_comes_and_goes(app: App, channel: grpc.aio.Channel) -> None:
    queues: Any = QueueServiceStub(channel)
    items = [
        queue_pb2.EnqueueItem(queue="q", dedup_key="d"),
        queue_pb2.EnqueueItem(queue="q", dedup_key="d"),
        queue_pb2.EnqueueItem(queue="q"),
        queue_pb2.EnqueueItem(queue="q"),
    ]
    await queues.Enqueue(queue_pb2.EnqueueRequest(items=items))
    receive = queue_pb2.ReceiveRequest(queues=["q"])
    first = (await queues.Receive(receive)).items[0].receipt
    nack = queue_pb2.Settlement(receipt=first, nack=queue_pb2.QueueNack(delay=Duration()))
    await queues.Settle(queue_pb2.SettleRequest(settlements=[nack]))
    await queues.Settle(queue_pb2.SettleRequest(settlements=[nack]))
    for _ in range(2):
        await queues.Receive(receive)
    samples = await scrape(app)
    assert samples["quikstate_queue_enqueued_total", "added"] == 2
    assert samples["quikstate_queue_enqueued_total", "duplicate"] == 1
    assert samples["quikstate_queue_enqueued_total", "full"] == 1
    assert samples["quikstate_queue_settlements_total", "settled"] == 1
    assert samples["quikstate_queue_settlements_total", "not_held"] == 1
    assert samples[("quikstate_queue_deliveries_total",)] == 3
    assert samples[("quikstate_queue_redeliveries_total",)] == 1


async def test_messages_are_counted_by_subscriber(app: App, channel: grpc.aio.Channel) -> None:
    pub_sub: Any = PubSubServiceStub(channel)
    request = pub_sub_pb2.SubscribeRequest(channels=[pub_sub_pb2.ChannelSubscription(channel="c")])
    streams = [pub_sub.Subscribe(request) for _ in range(3)]
    for stream in streams:
        await stream.read()
    publications = [pub_sub_pb2.Publication(channel="c", payload=b"%d" % each) for each in range(4)]
    await pub_sub.Publish(pub_sub_pb2.PublishRequest(publications=publications))

    async def delivered() -> None:
        assert (await scrape(app))[("quikstate_pub_sub_deliveries_total",)] == 12

    await eventually(delivered)
    samples = await scrape(app)
    assert samples[("quikstate_subscribed_channels",)] == 1
    assert samples[("quikstate_stream_followers",)] == 3
    assert samples[("quikstate_stream_mailbox_bytes",)] == 0
    assert samples["quikstate_stream_gaps_total", "slow_reader"] == 0


async def test_redis_and_the_event_loop_are_measured(app: App, channel: grpc.aio.Channel) -> None:
    before = (await scrape(app))[("quikstate_redis_round_trip_seconds_count",)]
    locks: Any = LockServiceStub(channel)
    await locks.GetLock(lock_pb2.GetLockRequest(resource="r"))

    async def measured() -> None:
        samples = await scrape(app)
        assert samples[("quikstate_redis_round_trip_seconds_count",)] > before
        assert samples[("quikstate_event_loop_lag_seconds_count",)] > 1
        assert samples[("quikstate_redis_outcomes_unknown_total",)] == 0
        assert samples[("quikstate_redis_commands_in_flight",)] == 0
        assert any(key[0] == "quikstate_build_info" for key in samples)

    await eventually(measured)


async def test_calls_that_a_limit_refuses_are_counted_by_its_name(start_app: StartApp) -> None:
    app = await start_app(metrics_listen="127.0.0.1:0", limits={"max_streams": 1})
    async with grpc.aio.insecure_channel(app.address) as channel:
        pub_sub: Any = PubSubServiceStub(channel)
        request = pub_sub_pb2.SubscribeRequest(channels=[pub_sub_pb2.ChannelSubscription(channel="c")])
        stream = pub_sub.Subscribe(request)
        await stream.read()
        await failure_of(pub_sub.Subscribe(request).read())
        assert (await scrape(app))["quikstate_refused_calls_total", "", "limits.max_streams"] == 1
