"""Who calls, and what each may do: tokens, rights, names, and policies that change while calls are open."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2, pub_sub_pb2, queue_pb2, session_pb2
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate.v1.pub_sub_pb2_grpc import PubSubServiceStub
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate.v1.rate_limit_pb2 import CheckRateLimitRequest, RateLimit, RateLimitHit, StreamRateLimitRequest
from quikstate.v1.rate_limit_pb2_grpc import RateLimitServiceStub
from quikstate.v1.session_pb2_grpc import SessionServiceStub
from quikstate_server.app import App
from services.conftest import OpenChannel, StartApp
from support.harness.eventually import eventually, timely
from support.server.call_errors import Failure, failure_of
from support.server.callers import EVERYTHING, AuthFile, bearer, caller, token_entry
from support.server.stub_service import END

UNAUTHENTICATED, DENIED = grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED


def check(channel: grpc.aio.Channel, key: str = "a", *headers: tuple[str, str]) -> Any:
    hit = RateLimitHit(key=key, limit=RateLimit(limit=10, window=Duration(seconds=60)))
    return RateLimitServiceStub(channel).CheckRateLimit(CheckRateLimitRequest(hits=[hit]), metadata=headers)


def subscribe(channel: grpc.aio.Channel, token: str, name: str = "news") -> Any:
    channels = [pub_sub_pb2.ChannelSubscription(channel=name)]
    return PubSubServiceStub(channel).Subscribe(
        pub_sub_pb2.SubscribeRequest(channels=channels), metadata=bearer(token)
    )


async def code_of(call: Any) -> grpc.StatusCode:
    try:
        await call
    except grpc.aio.AioRpcError as error:
        return error.code()
    return grpc.StatusCode.OK


async def end_of(stream: Any) -> Failure:
    """How a stream ends that says nothing more of its own."""

    async def read() -> None:
        while await stream.read() is not END:
            pass

    return await failure_of(read())


async def test_call_needs_a_credential_that_is_known(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    channel = open_channel(await start_app(auth=auth.write(callers={"web": caller("secret")})))
    assert (await check(channel, "a", *bearer("secret"))).allowed
    assert (await check(channel, "a", ("authorization", "bearer secret"))).allowed
    wrong: list[tuple[tuple[str, str], ...]] = [
        (),
        bearer("secre"),
        bearer("secret2"),
        bearer(""),
        (("authorization", "secret"),),
        (("authorization", "Basic c2VjcmV0"),),
        (("authorization", ""),),
        (*bearer("secret"), *bearer("secret")),
        (*bearer("secret"), ("authorization", "")),
        bearer("s" * 4_000),
    ]
    for headers in wrong:
        failed = await failure_of(check(channel, "a", *headers))
        assert (failed.code, failed.reason) == (UNAUTHENTICATED, "ERROR_REASON_UNAUTHENTICATED"), headers
        assert "secret" not in failed.everything


async def test_anonymous_calls_are_those_of_a_caller_but_a_wrong_token_is_none(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    callers = {"guest": {"services": {"rate_limit": {"access": ["write"]}}}}
    channel = open_channel(await start_app(auth=auth.write(anonymous="guest", callers=callers)))
    for headers in ((), bearer("wrong"), (("authorization", ""),), bearer("")):
        if headers:
            assert (await failure_of(check(channel, "a", *headers))).code is UNAUTHENTICATED
        assert (await check(channel)).allowed


async def test_token_is_good_until_it_expires(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    tokens = [token_entry("old", expires="2020-01-01T00:00:00Z"), token_entry("new")]
    web = {"tokens": tokens, "services": EVERYTHING}
    path = auth.write(callers={"web": web})
    path.write_text(path.read_text().replace("'2020-01-01T00:00:00Z'", "2020-01-01T00:00:00Z"))
    channel = open_channel(await start_app(auth=path))
    assert (await check(channel, "a", *bearer("new"))).allowed
    failed = await failure_of(check(channel, "a", *bearer("old")))
    assert (failed.code, failed.message) == (UNAUTHENTICATED, "the bearer token has expired")


async def test_caller_may_do_only_what_its_policy_grants(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    services = {
        "lock": {"access": ["read", "write"], "names": ["orders:"]},
        "rate_limit": {"access": ["write"], "names": ["web:"]},
        "pub_sub": {"access": ["read"], "names": ["news"]},
        "queue": {"access": ["read"], "names": ["shop-"]},
    }
    channel = open_channel(await start_app(auth=auth.write(callers={"web": caller("t", services=services)})))
    locks: Any = LockServiceStub(channel)
    queues: Any = QueueServiceStub(channel)
    ttl = Duration(seconds=5)

    async def denied(call: Any) -> str:
        failed = await failure_of(call)
        assert (failed.code, failed.reason) == (DENIED, "ERROR_REASON_PERMISSION_DENIED")
        assert failed.info.metadata["caller"] == "web"
        return failed.message

    headers = bearer("t")
    assert (await check(channel, "web:1", *headers)).allowed
    assert "its names must begin with 'web:'" in await denied(check(channel, "other", *headers))
    both = ["orders:1", "stock:1"]
    request = lock_pb2.AcquireLockRequest(resources=both, ttl=ttl)
    assert "'stock:1'" in await denied(locks.AcquireLock(request, metadata=headers))
    force = lock_pb2.ForceReleaseLockRequest(resource="orders:1")
    assert "needs admin access to lock" in await denied(locks.ForceReleaseLock(force, metadata=headers))
    await denied(locks.ListLocks(lock_pb2.ListLocksRequest(), metadata=headers))
    await locks.ListLocks(lock_pb2.ListLocksRequest(prefix="orders:"), metadata=headers)
    queued = queue_pb2.EnqueueRequest(items=[queue_pb2.EnqueueItem(queue="q")])
    assert "needs write access to queue" in await denied(queues.Enqueue(queued, metadata=headers))
    for prefix in ("", "shop", "zoo"):
        listing = queue_pb2.ListQueuesRequest(prefix=prefix)
        assert "its names must begin with 'shop-'" in await denied(
            queues.ListQueues(listing, metadata=headers)
        )
    await queues.ListQueues(queue_pb2.ListQueuesRequest(prefix="shop-a"), metadata=headers)
    sessions: Any = SessionServiceStub(channel)
    read = session_pb2.GetSessionRequest(session_id="s")
    assert "grants nothing" in await denied(sessions.GetSession(read, metadata=headers))
    assert (await end_of(subscribe(channel, "t", "secret"))).code is DENIED


async def test_names_in_a_clients_stream_are_checked_one_by_one(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    services = {
        "rate_limit": {"access": ["write"], "names": ["web:"]},
        "lock": {"access": ["write"], "names": ["web:"]},
    }
    channel = open_channel(await start_app(auth=auth.write(callers={"web": caller("t", services=services)})))
    limit = RateLimit(limit=10, window=Duration(seconds=60))
    rate_limits: Any = RateLimitServiceStub(channel)
    stream = rate_limits.StreamRateLimit(metadata=bearer("t"))
    for key in ("web:1", "other"):
        hits = [RateLimitHit(key=key, limit=limit)]
        await stream.write(StreamRateLimitRequest(check=CheckRateLimitRequest(hits=hits)))
    outcomes = {(await stream.read()).status.reason for _ in range(2)}
    assert outcomes == {0, 14}  # none, and ERROR_REASON_PERMISSION_DENIED
    await stream.done_writing()
    locks: Any = LockServiceStub(channel)
    holding = locks.HoldLock(metadata=bearer("t"))
    acquire = lock_pb2.AcquireLockRequest(resources=["other"], ttl=Duration(seconds=5))
    await holding.write(lock_pb2.HoldLockRequest(acquire=acquire))
    assert (await end_of(holding)).code is DENIED


async def test_streams_end_when_their_credential_or_right_is_taken_away(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    web, spare = caller("t"), caller("u")
    app = await start_app(auth=auth.write(callers={"web": web, "spare": spare}))
    channel = open_channel(app)

    async def opened(token: str) -> Any:
        stream = subscribe(channel, token)
        await stream.read()
        return stream

    kept, withdrawn = await opened("u"), await opened("t")
    auth.write(callers={"spare": spare})
    async with timely(1):
        failed = await end_of(withdrawn)
    assert (failed.code, failed.message) == (UNAUTHENTICATED, "the bearer token is not known")

    fewer = dict(EVERYTHING) | {"pub_sub": {"access": ["read"], "names": ["other"]}}
    auth.write(callers={"spare": caller("u", services=fewer)})
    async with timely(1):
        failed = await end_of(kept)
    assert failed.code is DENIED
    assert "the policy has changed" in failed.message


async def test_streams_go_on_when_rights_are_added(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    fewer = {"pub_sub": {"access": ["read", "write"], "names": ["news"]}}
    app = await start_app(auth=auth.write(callers={"web": caller("t", services=fewer)}))
    channel = open_channel(app)
    stream = subscribe(channel, "t")
    await stream.read()
    auth.write(callers={"web": caller("t")})

    async def more_is_granted() -> None:
        assert await code_of(check(channel, "a", *bearer("t"))) is grpc.StatusCode.OK

    await eventually(more_is_granted)
    publications = [pub_sub_pb2.Publication(channel="news", payload=b"hello")]
    await PubSubServiceStub(channel).Publish(
        pub_sub_pb2.PublishRequest(publications=publications), metadata=bearer("t")
    )
    heard = await stream.read()
    assert heard.events[0].messages.messages[0].payload == b"hello"


async def test_a_wait_ends_when_its_credential_is_taken_away(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(auth=auth.write(callers={"web": caller("t")}))
    queues: Any = QueueServiceStub(open_channel(app))
    request = queue_pb2.ReceiveRequest(queues=["q"], wait=Duration(seconds=300))
    waiting = asyncio.ensure_future(queues.Receive(request, metadata=bearer("t")))
    await eventually(lambda: app.concurrency.calls.taken == 1)
    auth.write(callers={})
    assert (await failure_of(waiting)).code is UNAUTHENTICATED


async def test_policy_file_that_becomes_invalid_leaves_the_old_one_in_force(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel
) -> None:
    app = await start_app(auth=auth.write(callers={"web": caller("t")}))
    channel = open_channel(app)
    auth.write(callers={"web": {"servises": {}}})
    await eventually(lambda: b"quikstate_auth_file_invalid 1.0" in app.metrics.exposition())
    assert (await check(channel, "a", *bearer("t"))).allowed
    auth.write(callers={"web": caller("u")})
    await eventually(lambda: b"quikstate_auth_file_invalid 0.0" in app.metrics.exposition())
    assert (await failure_of(check(channel, "a", *bearer("t")))).code is UNAUTHENTICATED
    assert (await check(channel, "a", *bearer("u"))).allowed


async def test_namespaces_have_their_own_keys(
    auth: AuthFile, start_app: StartApp, open_channel: OpenChannel, redis_process: Any
) -> None:
    callers = {"shop": caller("t", namespace="shop"), "plain": caller("u")}
    app: App = await start_app(auth=auth.write(callers=callers))
    locks: Any = LockServiceStub(open_channel(app))
    request = lock_pb2.AcquireLockRequest(resources=["r"], ttl=Duration(seconds=30))
    assert (await locks.AcquireLock(request, metadata=bearer("t"))).acquired
    assert (await locks.AcquireLock(request, metadata=bearer("u"))).acquired
    with redis_process.client() as client:
        assert client.exists("ns.shop:lock:r") == client.exists("lock:r") == 1
