"""HoldLock through a whole server: a lease that lives as long as its holder's stream does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2 as pb
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.app import App
from quikstate_server.primitives.lock import held_lease
from services.conftest import OpenChannel, StartApp, end
from support.harness.eventually import eventually, throughout, timely
from support.http.client import connected
from support.http.frames import frame, frames_as_they_come
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of

RESOURCE = "leader"
TTL = Duration(seconds=3)
ACQUIRE = pb.HoldLockRequest(acquire=pb.AcquireLockRequest(resources=[RESOURCE], ttl=TTL))
KEEPALIVE = pb.HoldLockRequest(keepalive=pb.LockKeepalive())


@pytest.fixture
async def locks(channel: grpc.aio.Channel) -> Any:
    stub: Any = LockServiceStub(channel)
    await stub.ForceReleaseLock(pb.ForceReleaseLockRequest(resource=RESOURCE))
    return stub


async def hold(locks: Any, first: pb.HoldLockRequest = ACQUIRE) -> Any:
    stream = locks.HoldLock()
    await stream.write(first)
    return stream


async def granted(stream: Any) -> pb.LockGranted:
    event = await stream.read()
    assert event.WhichOneof("event") == "granted", event
    return event.granted  # type: ignore[no-any-return] # the stub is untyped here


async def has_ended(stream: Any) -> bool:
    return not isinstance(await stream.read(), pb.HoldLockResponse)


async def is_held(locks: Any) -> bool:
    return bool((await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock.held)


async def test_a_lease_is_renewed_while_its_holder_sends_keepalives(locks: Any) -> None:
    stream = await hold(locks)
    first = await granted(stream)
    began = time.monotonic()
    while time.monotonic() - began < 4:  # longer than the TTL
        await stream.write(KEEPALIVE)
        event = await stream.read()
        assert event.WhichOneof("event") == "renewed"
    lock = (await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock
    assert lock.last_fencing_token == first.fencing_tokens[0].token


async def test_half_close_releases_and_grants_the_next_waiter_at_once(locks: Any) -> None:
    stream = await hold(locks)
    token = (await granted(stream)).fencing_tokens[0].token
    waiting = await hold(locks)
    queued = await waiting.read()
    assert (queued.WhichOneof("event"), queued.queued.position) == ("queued", 0)
    async with timely(1):
        await stream.done_writing()
        assert await has_ended(stream)
        assert (await granted(waiting)).fencing_tokens[0].token > token


async def test_half_close_just_before_a_reset_releases_nothing(app: App, locks: Any) -> None:
    """Node sends both when a call is cancelled."""
    cancelled, ended = asyncio.Event(), asyncio.Event()

    async def body() -> AsyncIterator[bytes]:
        yield frame(ACQUIRE.SerializeToString())
        await cancelled.wait()
        ended.set()

    path, headers = (
        "/quikstate.v1.LockService/HoldLock",
        {"content-type": "application/grpc", "te": "trailers"},
    )
    async with connected(app.address, "http/2") as client:
        async with client.streamed("POST", path, headers, body()) as (_, parts):
            _, message = await anext(frames_as_they_come(parts))
            assert pb.HoldLockResponse.FromString(message).HasField("granted")
            cancelled.set()
            await ended.wait()
        await throughout(lambda: is_held(locks), seconds=1)


async def test_half_close_while_waiting_leaves_the_queue(locks: Any) -> None:
    stream = await hold(locks)
    await granted(stream)
    waiting = await hold(locks)
    await waiting.read()
    await waiting.done_writing()
    assert await has_ended(waiting)

    async def queue_is_empty() -> None:
        assert (await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock.waiters == 0

    await eventually(queue_is_empty)


async def test_a_broken_stream_leaves_the_ttl_and_a_new_one_reattaches(
    locks: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    stream = await hold(locks)
    first = await granted(stream)
    stream.cancel()
    await throughout(lambda: is_held(locks), seconds=0.5)
    other: Any = LockServiceStub(open_channel(await start_app()))
    again = pb.HoldLockRequest(reattach=pb.LockReattach(lease=first.lease, ttl=TTL))
    second = await granted(await hold(other, again))
    assert second.fencing_tokens == first.fencing_tokens


async def test_a_broken_stream_costs_a_waiter_the_ttl_and_a_second_at_most(locks: Any) -> None:
    stream = await hold(locks)
    await granted(stream)
    waiting = await hold(locks)
    await waiting.read()
    stream.cancel()
    async with timely(TTL.seconds + 1):
        await granted(waiting)


async def test_a_holder_that_falls_silent_loses_the_lease(locks: Any) -> None:
    stream = await hold(locks)
    await granted(stream)
    while (event := await stream.read()).WhichOneof("event") == "renewed":
        pass
    assert event.WhichOneof("event") == "lost"

    async def has_lapsed() -> None:  # 1 % of the TTL later, which is kept for clocks that drift
        assert not await is_held(locks)

    await eventually(has_lapsed)


async def test_a_holder_learns_of_a_forced_release(locks: Any) -> None:
    stream = await hold(locks)
    await granted(stream)
    await locks.ForceReleaseLock(pb.ForceReleaseLockRequest(resource=RESOURCE))
    event = await stream.read()
    assert event.WhichOneof("event") == "lost"
    assert await has_ended(stream)


async def test_half_close_while_a_stream_reattaches_releases_the_lease(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess
) -> None:
    locks: Any = LockServiceStub(open_channel(await start_app(redis_url=f"unix://{own_redis.path}")))
    long = Duration(seconds=60)  # a busy machine may need some of it before the lease is taken up
    lease = (await locks.AcquireLock(pb.AcquireLockRequest(resources=[RESOURCE], ttl=long))).lease
    own_redis.pause()
    stream = await hold(locks, pb.HoldLockRequest(reattach=pb.LockReattach(lease=lease, ttl=long)))
    await stream.done_writing()
    await throughout(lambda: not stream.done(), seconds=0.3)  # longer than a broken stream is waited for
    own_redis.resume()
    await granted(stream)
    assert await has_ended(stream)
    assert not await is_held(locks)


async def test_a_stream_cannot_reattach_to_a_lease_that_has_ended(locks: Any) -> None:
    lease = pb.LockLease(lease_id="gone", resources=[RESOURCE])
    stream = await hold(locks, pb.HoldLockRequest(reattach=pb.LockReattach(lease=lease)))
    event = await stream.read()
    assert event.WhichOneof("event") == "lost"


async def test_a_server_that_drains_renews_the_lease_and_detaches_it(
    locks: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    ending = await start_app()
    leaving: Any = LockServiceStub(open_channel(ending))
    stream, waiting = await hold(leaving), await hold(leaving)
    lease = (await granted(stream)).lease
    await waiting.read()
    stopping = asyncio.ensure_future(end(ending))
    event = await stream.read()
    assert event.WhichOneof("event") == "detached"
    assert event.detached.lease == lease
    assert 2 < event.detached.valid_for.seconds + event.detached.valid_for.nanos / 1e9 < 3
    event = await waiting.read()
    assert (event.WhichOneof("event"), event.detached.HasField("lease")) == ("detached", False)
    await stopping
    again = pb.HoldLockRequest(reattach=pb.LockReattach(lease=lease, ttl=TTL))
    assert (await granted(await hold(locks, again))).lease == lease


async def ending(stream: Any) -> pb.LockDetached:
    """Its last message, which must say that it is detached."""
    while (event := await stream.read()).WhichOneof("event") == "renewed":
        pass
    assert event.WhichOneof("event") == "detached", event
    assert await has_ended(stream)
    return event.detached  # type: ignore[no-any-return] # the stub is untyped here


@pytest.mark.parametrize("same", [True, False], ids=["here", "elsewhere"])
async def test_a_superseded_stream_ends_and_has_no_power_over_the_lease(
    locks: Any, start_app: StartApp, open_channel: OpenChannel, same: bool
) -> None:
    other: Any = locks if same else LockServiceStub(open_channel(await start_app()))
    acquire = pb.AcquireLockRequest(resources=[RESOURCE], ttl=Duration(seconds=60))
    old = await hold(locks, pb.HoldLockRequest(acquire=acquire))
    first = await granted(old)
    reattach = pb.LockReattach(lease=first.lease, ttl=Duration(seconds=60))
    new = await hold(other, pb.HoldLockRequest(reattach=reattach))
    assert (await granted(new)).fencing_tokens == first.fencing_tokens
    detached = await asyncio.wait_for(ending(old), 15)  # and not only when it would renew, after 20 s
    assert (detached.superseded, detached.HasField("lease")) == (True, False)
    await throughout(lambda: is_held(locks), seconds=0.5)
    await new.done_writing()
    assert await has_ended(new)
    assert not await is_held(locks)


@pytest.mark.parametrize("half_closes", [True, False], ids=["half-closes", "renews"])
async def test_a_superseded_stream_that_is_not_notified_releases_nothing_and_finds_out(
    start_app: StartApp, open_channel: OpenChannel, own_redis: RedisProcess, half_closes: bool
) -> None:
    address = f"unix://{own_redis.path}"
    app = await start_app(redis_url=address)
    here: Any = LockServiceStub(open_channel(app))
    there: Any = LockServiceStub(open_channel(await start_app(redis_url=address)))
    old = await hold(here)
    lease = (await granted(old)).lease
    await app.redis_client.subscriber.close()  # it is deaf now
    new = await hold(there, pb.HoldLockRequest(reattach=pb.LockReattach(lease=lease, ttl=TTL)))
    await granted(new)
    if half_closes:
        await old.done_writing()
        assert await has_ended(old)
    else:
        await old.write(KEEPALIVE)
        assert (await ending(old)).superseded
    assert await is_held(there)


async def test_callers_that_leave_at_once_leave_no_lease_for_longer_than_a_claim(
    locks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_lease, "_UNKNOWN_GRANT_SECONDS", 60.0)  # for a busy machine
    for number in range(24):
        acquire = pb.AcquireLockRequest(resources=[f"{RESOURCE}{number}"], ttl=Duration(seconds=60))
        stream = await hold(locks, pb.HoldLockRequest(acquire=acquire))
        reading = asyncio.ensure_future(stream.read())
        await asyncio.wait((reading,), timeout=number % 12 * 0.0005)
        stream.cancel()
        await asyncio.wait((reading,))

    async def nothing_stays() -> None:
        listed = await locks.ListLocks(pb.ListLocksRequest(prefix=RESOURCE, page_size=1_000))
        assert all(lock.expires_in.seconds <= 3 for lock in listed.locks)

    await eventually(nothing_stays)


LEASE = pb.LockLease(lease_id="x", resources=["r"])


@pytest.mark.parametrize(
    ("first", "field"),
    [
        (pb.HoldLockRequest(), "message"),
        (KEEPALIVE, "message"),
        (pb.HoldLockRequest(acquire=pb.AcquireLockRequest()), "acquire.resources"),
        (pb.HoldLockRequest(reattach=pb.LockReattach()), "reattach.lease"),
        (pb.HoldLockRequest(reattach=pb.LockReattach(lease=LEASE, ttl=Duration())), "reattach.ttl"),
    ],
)
async def test_a_bad_first_message_ends_the_stream(locks: Any, first: pb.HoldLockRequest, field: str) -> None:
    stream = await hold(locks, first)
    failed = await failure_of(stream.read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in failed.fields


@pytest.mark.parametrize(
    "later", [pb.HoldLockRequest(), ACQUIRE, pb.HoldLockRequest(reattach=pb.LockReattach(lease=LEASE))]
)
async def test_a_bad_later_message_ends_the_stream_and_leaves_the_ttl(
    locks: Any, later: pb.HoldLockRequest
) -> None:
    stream = await hold(locks, ACQUIRE)
    assert (await stream.read()).HasField("granted")
    await stream.write(later)
    failed = await failure_of(stream.read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert "message" in failed.fields
    assert (await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock.held
