"""LockService through a whole server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration

from quikstate.v1 import lock_pb2 as pb
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from services.conftest import OpenChannel, StartApp, end
from support.harness.eventually import eventually
from support.redis.redis_process import RedisProcess
from support.server.call_errors import failure_of

if TYPE_CHECKING:  # the generated module has it for type checkers alone
    from quikstate.v1.lock_pb2_grpc import LockServiceAsyncStub

RESOURCE = "message:42"


@pytest.fixture
def redis_process(own_redis: RedisProcess) -> RedisProcess:
    """The server's, to look for what was written."""
    return own_redis


@pytest.fixture
def locks(channel: grpc.aio.Channel) -> LockServiceAsyncStub:
    return LockServiceStub(channel)


def acquire(**how: Any) -> pb.AcquireLockRequest:
    return pb.AcquireLockRequest(**({"resources": [RESOURCE]} | how))


async def test_a_lease_is_acquired_shown_renewed_and_released(locks: Any) -> None:
    got = await locks.AcquireLock(acquire(owner="worker-1", metadata={"zone": "a"}))
    assert got.acquired
    assert got.fencing_tokens[0].token > 1 << 50
    assert 29 < got.valid_for.seconds + got.valid_for.nanos / 1e9 < 30
    lock = (await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock
    assert (lock.held, lock.mode, lock.holders[0].owner) == (True, pb.LOCK_MODE_EXCLUSIVE, "worker-1")
    assert lock.last_fencing_token == got.fencing_tokens[0].token
    renewed = await locks.RenewLock(pb.RenewLockRequest(lease=got.lease, ttl=Duration(seconds=60)))
    assert renewed.held
    assert renewed.valid_for.seconds == 59
    assert (await locks.ReleaseLock(pb.ReleaseLockRequest(lease=got.lease))).released
    assert not (await locks.ReleaseLock(pb.ReleaseLockRequest(lease=got.lease))).released
    assert not (await locks.RenewLock(pb.RenewLockRequest(lease=got.lease))).held


async def test_busy_is_a_response_that_says_when_to_retry(locks: Any) -> None:
    await locks.AcquireLock(acquire())
    busy = await locks.AcquireLock(acquire())
    assert (busy.acquired, busy.busy_resource) == (False, RESOURCE)
    assert 28 < busy.retry_after.seconds <= 30


async def test_a_waiter_on_another_server_is_granted_the_lock(
    locks: Any, start_app: StartApp, open_channel: OpenChannel
) -> None:
    other: Any = LockServiceStub(open_channel(await start_app()))
    first = await locks.AcquireLock(acquire())
    waiting = asyncio.ensure_future(other.AcquireLock(acquire(wait=Duration(seconds=30))))

    async def queued() -> None:
        assert (await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock.waiters == 1

    await eventually(queued)
    await locks.ReleaseLock(pb.ReleaseLockRequest(lease=first.lease))
    second = await waiting
    assert second.acquired
    assert second.fencing_tokens[0].token > first.fencing_tokens[0].token


async def test_a_caller_that_goes_away_while_waiting_leaves_the_queue(locks: Any) -> None:
    await locks.AcquireLock(acquire())
    waiting = locks.AcquireLock(acquire(wait=Duration(seconds=30)))

    async def queue_is(length: int) -> None:
        assert (await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock.waiters == length

    await eventually(lambda: queue_is(1))
    waiting.cancel()
    await eventually(lambda: queue_is(0))


async def test_a_waiter_gets_unavailable_when_the_server_drains(
    start_app: StartApp, open_channel: OpenChannel, redis_process: RedisProcess
) -> None:
    app = await start_app()
    locks: Any = LockServiceStub(open_channel(app))
    await locks.AcquireLock(acquire())
    waiting = locks.AcquireLock(acquire(wait=Duration(seconds=30)))
    with redis_process.client() as client:
        await eventually(lambda: client.zcard(f"{{lock:{RESOURCE}}}:waiters") == 1)
        await end(app)
        failed = await failure_of(waiting)
        assert client.zcard(f"{{lock:{RESOURCE}}}:waiters") == 0
    assert failed.reason == "ERROR_REASON_SHUTTING_DOWN"


async def test_tokens_are_checked(locks: Any) -> None:
    first = (await locks.AcquireLock(acquire())).fencing_tokens[0].token
    await locks.ForceReleaseLock(pb.ForceReleaseLockRequest(resource=RESOURCE, fencing_token=first))
    second = (await locks.AcquireLock(acquire())).fencing_tokens[0].token
    stale = await locks.CheckFencingToken(pb.CheckFencingTokenRequest(resource=RESOURCE, token=first))
    assert (stale.accepted, stale.lowest_accepted) == (False, second)
    fresh = await locks.CheckFencingToken(pb.CheckFencingTokenRequest(resource=RESOURCE, token=second))
    assert fresh.accepted


async def test_a_token_that_cannot_have_been_granted_is_refused_and_poisons_nothing(locks: Any) -> None:
    first = await locks.AcquireLock(acquire())
    token = first.fencing_tokens[0].token
    for astray in (2**63 - 1, token + (1 << 40), token | 1 << 60):
        judged = await locks.CheckFencingToken(pb.CheckFencingTokenRequest(resource=RESOURCE, token=astray))
        assert (judged.accepted, judged.lowest_accepted) == (False, token)
    assert (
        await locks.CheckFencingToken(pb.CheckFencingTokenRequest(resource=RESOURCE, token=token))
    ).accepted


async def test_a_deadline_shorter_than_the_wait_gets_a_busy_response(locks: Any) -> None:
    await locks.AcquireLock(acquire())
    busy = await locks.AcquireLock(acquire(wait=Duration(seconds=60)), timeout=4)
    assert (busy.acquired, busy.busy_resource) == (False, RESOURCE)

    async def queue_is_empty() -> None:
        assert (await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock.waiters == 0

    await eventually(queue_is_empty)


async def test_permits_that_differ_from_those_of_the_holders_are_refused(locks: Any) -> None:
    semaphore = {"mode": pb.LOCK_MODE_SEMAPHORE}
    await locks.AcquireLock(acquire(permits=2, **semaphore))
    for wait in (0, 30):
        failed = await failure_of(
            locks.AcquireLock(acquire(permits=3, wait=Duration(seconds=wait), **semaphore))
        )
        assert (failed.code, [*failed.fields]) == (grpc.StatusCode.INVALID_ARGUMENT, ["permits"])
    assert (await locks.AcquireLock(acquire(permits=2, **semaphore))).acquired


async def test_a_request_id_of_another_request_is_refused(locks: Any) -> None:
    first = await locks.AcquireLock(acquire(request_id="r"))
    for other in ({"mode": pb.LOCK_MODE_SHARED}, {"owner": "me"}, {"resources": [RESOURCE, "another"]}):
        failed = await failure_of(locks.AcquireLock(acquire(request_id="r", **other)))
        assert (failed.code, [*failed.fields]) == (grpc.StatusCode.INVALID_ARGUMENT, ["request_id"])
    again = await locks.AcquireLock(acquire(request_id="r", ttl=Duration(seconds=60)))
    assert again.lease == first.lease


async def test_callers_that_give_up_at_any_moment_leave_no_lease_if_they_release_by_request_id(
    locks: Any,
) -> None:
    """Of an answer under way no server can know that it is lost: whoever gave the request an id can."""
    for number in range(72):
        resource, request_id = f"r{number}", f"request {number}"
        asked = asyncio.ensure_future(locks.AcquireLock(acquire(resources=[resource], request_id=request_id)))
        await asyncio.wait((asked,), timeout=number % 12 * 0.0005)
        asked.cancel()
        request = pb.LockRequestId(request_id=request_id, resources=[resource])
        await locks.ReleaseLock(pb.ReleaseLockRequest(request=request))

    async def nothing_is_held() -> None:
        assert not (await locks.ListLocks(pb.ListLocksRequest(prefix="r", page_size=1_000))).locks

    await eventually(nothing_is_held)


async def test_a_raw_key_with_a_huge_ttl_is_shown(locks: Any, redis_process: RedisProcess) -> None:
    with redis_process.client() as client:
        client.set(f"lock:{RESOURCE}", "raw", px=2**62)
    assert not (await locks.AcquireLock(acquire())).acquired
    assert (await locks.GetLock(pb.GetLockRequest(resource=RESOURCE))).lock.raw_holder


LEASE = pb.LockLease(lease_id="x", resources=["r"])


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.WatchLocksRequest(), "resources"),
        (pb.WatchLocksRequest(resources=["r", "r"]), "resources"),
        (pb.WatchLocksRequest(resources=["r", ""]), "resources[1]"),
        (pb.WatchLocksRequest(resources=[str(n) for n in range(101)]), "resources"),
        (pb.WatchLocksRequest(resources=["r"], group="g" * 257), "group"),
    ],
)
async def test_a_watch_of_a_bad_value_is_refused_by_its_field(locks: Any, request_: Any, field: str) -> None:
    failed = await failure_of(locks.WatchLocks(request_).read())
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    assert field in failed.fields


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("AcquireLock", pb.AcquireLockRequest(), "resources"),
        ("AcquireLock", acquire(resources=[""]), "resources[0]"),
        ("AcquireLock", acquire(resources=["a\n"]), "resources[0]"),
        ("AcquireLock", acquire(resources=["r" * 257]), "resources[0]"),
        ("AcquireLock", acquire(resources=["r", "r"]), "resources"),
        ("AcquireLock", acquire(resources=[str(n) for n in range(11)]), "resources"),
        ("AcquireLock", acquire(mode=9), "mode"),
        ("AcquireLock", acquire(mode=pb.LOCK_MODE_SEMAPHORE), "permits"),
        ("AcquireLock", acquire(mode=pb.LOCK_MODE_SEMAPHORE, permits=1_001), "permits"),
        ("AcquireLock", acquire(permits=2), "permits"),
        ("AcquireLock", acquire(permits=-1), "permits"),
        ("AcquireLock", acquire(ttl=Duration(nanos=999_999_999)), "ttl"),
        ("AcquireLock", acquire(ttl=Duration(seconds=601)), "ttl"),
        ("AcquireLock", acquire(wait=Duration(seconds=-1)), "wait"),
        ("AcquireLock", acquire(wait=Duration(seconds=3_601)), "wait"),
        ("AcquireLock", acquire(owner="o" * 257), "owner"),
        ("AcquireLock", acquire(metadata={"k": "v" * 4_096}), "metadata"),
        ("AcquireLock", acquire(min_replicas=-1), "min_replicas"),
        ("AcquireLock", acquire(min_replicas=17), "min_replicas"),
        ("AcquireLock", acquire(group="g" * 257), "group"),
        ("AcquireLock", acquire(request_id="a\x7f"), "request_id"),
        ("RenewLock", pb.RenewLockRequest(), "lease"),
        ("RenewLock", pb.RenewLockRequest(lease=pb.LockLease(resources=["r"])), "lease.lease_id"),
        ("RenewLock", pb.RenewLockRequest(lease=pb.LockLease(lease_id="x" * 65)), "lease.lease_id"),
        ("RenewLock", pb.RenewLockRequest(lease=LEASE, ttl=Duration()), "ttl"),
        ("RenewLock", pb.RenewLockRequest(lease=LEASE, min_replicas=17), "min_replicas"),
        ("ReleaseLock", pb.ReleaseLockRequest(), "name"),
        ("ReleaseLock", pb.ReleaseLockRequest(lease=pb.LockLease(lease_id="x")), "lease.resources"),
        (
            "ReleaseLock",
            pb.ReleaseLockRequest(request=pb.LockRequestId(resources=["r"])),
            "request.request_id",
        ),
        ("ReleaseLock", pb.ReleaseLockRequest(request=pb.LockRequestId(request_id="x")), "request.resources"),
        ("GetLock", pb.GetLockRequest(), "resource"),
        ("GetLock", pb.GetLockRequest(resource="r", group="\n"), "group"),
        ("ListLocks", pb.ListLocksRequest(prefix="p" * 257), "prefix"),
        ("ListLocks", pb.ListLocksRequest(group="\n"), "group"),
        ("ListLocks", pb.ListLocksRequest(page_size=-1), "page_size"),
        ("ListLocks", pb.ListLocksRequest(page_token="?"), "page_token"),  # noqa: S106 - no password
        ("ListLocks", pb.ListLocksRequest(page_token="bm93aGVyZQ=="), "page_token"),  # noqa: S106 - no password
        ("ForceReleaseLock", pb.ForceReleaseLockRequest(), "resource"),
        ("ForceReleaseLock", pb.ForceReleaseLockRequest(resource="r", fencing_token=-1), "fencing_token"),
        ("CheckFencingToken", pb.CheckFencingTokenRequest(resource="r"), "token"),
        ("CheckFencingToken", pb.CheckFencingTokenRequest(token=1), "resource"),
        (
            "CheckFencingToken",
            pb.CheckFencingTokenRequest(resource="r", token=1, min_replicas=-1),
            "min_replicas",
        ),
    ],
)
async def test_a_bad_value_is_refused_by_its_field_and_writes_nothing(
    locks: Any, redis_process: RedisProcess, method: str, request_: Any, field: str
) -> None:
    failed = await failure_of(getattr(locks, method)(request_))
    assert failed.code is grpc.StatusCode.INVALID_ARGUMENT
    with redis_process.client() as client:
        assert client.dbsize() == 0
    assert field in failed.fields
