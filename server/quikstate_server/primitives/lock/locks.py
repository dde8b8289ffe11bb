"""Leases: acquired at once or waited for, and never left behind by a call that ends."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from itertools import islice
from typing import Any

from quikstate_server import keys
from quikstate_server.background import BackgroundTasks
from quikstate_server.backoff import Backoff
from quikstate_server.errors import QuikstateError, RedisUnavailable
from quikstate_server.keys import Keyspace
from quikstate_server.logs import get_logger
from quikstate_server.primitives.lock.lease_handle import LeaseHandle
from quikstate_server.primitives.lock.listing import LockPage, list_locks
from quikstate_server.primitives.lock.model import (
    FencingToken,
    FencingVerdict,
    Lease,
    LeaseEnded,
    LockBusy,
    LockQueued,
    LockRequest,
    LockState,
    LockTarget,
)
from quikstate_server.primitives.lock.notifications import LockNotifications
from quikstate_server.primitives.lock.store import CLAIM_SECONDS, LockStore
from quikstate_server.primitives.lock.waiters import LockWaiters
from quikstate_server.primitives.lock.watch import LockStateMailbox, LockWatches
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from quikstate_server.signals import Signal

_CLEAN_UP_BACKOFF = Backoff(0.1, 2.0, factor=4.0, at_once=True)
_CLEAN_UP_ATTEMPTS = 5
_log = get_logger()

AcquireOutcome = Lease | LockBusy | LeaseEnded


class Locks:
    """The locks of one server. Several servers may share one Redis; `start` precedes the first wait."""

    def __init__(self, redis_client: RedisClient, limits: Limits, *, key_prefix: str = "") -> None:
        server = secrets.token_urlsafe(9)
        self._limits = limits
        self._store = LockStore(redis_client, limits, server, f"{{{key_prefix}{keys.LOCK_NOTIFICATIONS}}}:")
        self._notifications = LockNotifications(self._store)
        self._waiters = LockWaiters(self._store, self._notifications)
        self._watches = LockWatches(self._store)
        self._clean_ups = BackgroundTasks(redis_client.monitor)

    async def start(self) -> None:
        self._notifications.start()

    async def close(self) -> None:
        await self._waiters.close()
        await self._notifications.close()
        await self._watches.close()
        await self._clean_ups.close()

    @property
    def waiter_count(self) -> int:
        """Count the calls that wait."""
        return self._waiters.count

    async def acquire(
        self,
        request: LockRequest,
        wait: float = 0.0,
        on_queued: Callable[[LockQueued], None] = lambda _: None,
    ) -> AcquireOutcome:
        """Acquire a lease, waiting up to `wait` seconds. A call that is cancelled leaves nothing behind.

        `on_queued` is called once if the request has to wait.
        """
        self._store.require_one_slot(request.target)
        lease_id = secrets.token_urlsafe(16)
        until = time.monotonic() + wait
        try:
            if wait:
                outcome, may_be_next = await self._enqueue(request, lease_id)
            else:
                outcome, may_be_next = await self._store.acquire(request, lease_id, may_wait=False), False
            if not isinstance(outcome, LockQueued):
                return outcome
            on_queued(outcome)
            lease_id = outcome.lease_id  # that of the first request, if this one repeats it
            return await self._wait_in_queue(request, outcome, until, may_be_next=may_be_next)
        except BaseException:
            self._clean_up_later(request, lease_id)
            raise

    def abandon(self, request: LockRequest, lease_id: str) -> None:
        """Release a lease that its caller does not know of, unless a request_id keeps it for the repeat."""
        if not request.request_id:
            self._clean_up_later(request, lease_id)

    async def renew(
        self, target: LockTarget, lease_id: str, ttl: float, min_replicas: int = 0
    ) -> Lease | None:
        """Give the lease its TTL again; return None if any of the resources is not held."""
        renewed = await self._store.renew(target, lease_id, ttl, min_replicas=min_replicas)
        return renewed if isinstance(renewed, Lease) else None

    async def release(self, target: LockTarget, lease_id: str) -> bool:
        """End the lease and its places in queues; return True if it was held."""
        return await self._store.release(target, lease_id)

    def shorten(self, request: LockRequest, lease_id: str) -> None:
        """Keep a lease that its caller may not know of for no longer than a claim."""
        if not request.request_id and request.ttl > CLAIM_SECONDS:
            self._run_after_call(self._shorten(request, lease_id))

    def lease_handle(self) -> LeaseHandle:
        """Return the handle of a new stream, for the one lease that it will hold."""
        return LeaseHandle(self._store, self._notifications)

    async def release_request(self, target: LockTarget, request_id: str) -> bool:
        """End the lease that a request got; if the request comes later, it gets none."""
        return await self._store.release_request(target, request_id)

    async def get(self, keyspace: Keyspace, resource: str) -> LockState:
        return await self._store.get(keyspace, resource, self._limits.max_lock_holders)

    async def list(self, keyspace: Keyspace, prefix: str, cursor: str, size: int) -> LockPage:
        """Return a page of about `size` held resources, each with its first holder."""
        return await list_locks(self._store, keyspace, prefix, cursor, size)

    def watching(
        self, keyspace: Keyspace, resources: Sequence[str], mailbox: LockStateMailbox
    ) -> AbstractAsyncContextManager[Sequence[LockState]]:
        """Return the states of the resources; while entered, each change is put into `mailbox`."""
        return self._watches.watching(keyspace, resources, mailbox)

    async def force_release(self, keyspace: Keyspace, resource: str, token: FencingToken | None) -> bool:
        """Take the resource from the holder of `token`, or from all holders."""
        return await self._store.force_release(keyspace, resource, token)

    async def check_fencing_token(
        self, keyspace: Keyspace, resource: str, token: FencingToken, min_replicas: int = 0
    ) -> FencingVerdict:
        return await self._store.check_fencing_token(keyspace, resource, token, min_replicas)

    async def _enqueue(
        self, request: LockRequest, lease_id: str
    ) -> tuple[Lease | LockQueued | LockBusy | LeaseEnded, bool]:
        """Take the lease or a place in the queue; return also whether the waiter may be next already.

        It may have been notified before the reply with its place came.
        """
        signal = Signal()
        with self._notifications.to_waiter(lease_id, signal):
            outcome = await self._store.acquire(request, lease_id, may_wait=True)
        is_repeat = isinstance(outcome, LockQueued) and outcome.lease_id != lease_id
        return outcome, is_repeat or signal.is_set()

    async def _wait_in_queue(
        self, request: LockRequest, queued: LockQueued, until: float, *, may_be_next: bool
    ) -> AcquireOutcome:
        """Wait, first come, first served: Redis keeps the queue, and asking again keeps the place."""
        lease_id, expires_in = queued.lease_id, queued.expires_in
        with self._waiters.waiting(request.target, lease_id) as signal:
            if may_be_next:
                signal.set()
            while await signal.wait(until):
                signal.clear()
                with suppress(RedisUnavailable):  # it asks again as long as the caller waits
                    outcome = await self._store.acquire(request, lease_id, may_wait=True)
                    if not isinstance(outcome, LockQueued):
                        return outcome
                    expires_in = outcome.expires_in
        self._clean_up_later(request, lease_id)
        return LockBusy(request.target.resources[0], expires_in)

    def _clean_up_later(self, request: LockRequest, lease_id: str) -> None:
        """End what a call may have left behind, once the call has ended."""
        self._run_after_call(self._clean_up(request, lease_id))

    def _run_after_call(self, work: Coroutine[Any, Any, None]) -> None:
        self._clean_ups.spawn("lock.clean_up", work)

    async def _clean_up(self, request: LockRequest, lease_id: str) -> None:
        """Release the lease, or leave only the queue if a request_id keeps the lease for the repeat.

        A repeat that waits here already keeps its place.
        """
        for pause in islice(_CLEAN_UP_BACKOFF, _CLEAN_UP_ATTEMPTS):
            await asyncio.sleep(pause)
            if self._waiters.is_waiting(request.target, lease_id):
                return
            with suppress(QuikstateError):
                if request.request_id:
                    await self._store.leave_queue(request.target, lease_id)
                else:
                    await self._store.release(request.target, lease_id, request.stream)
                if pause or not request.min_replicas:
                    return  # with replicas, what was sent on another connection may run after this
        _log.warning("lock.clean_up_failed", resources=len(request.target.resources))

    async def _shorten(self, request: LockRequest, lease_id: str) -> None:
        with suppress(QuikstateError):
            await self._store.renew(request.target, lease_id, CLAIM_SECONDS, stream=request.stream)
