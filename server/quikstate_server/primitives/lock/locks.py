"""Leases, as callers ask for them: taken at once or waited for, and never left behind."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any

import structlog

from quikstate_server import keys
from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError, RedisUnavailable
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.hints import Hints
from quikstate_server.primitives.lock.hold_stream import HoldStream
from quikstate_server.primitives.lock.listing import Page, page
from quikstate_server.primitives.lock.model import (
    Busy,
    Ended,
    Judgement,
    Lease,
    Queued,
    State,
    Target,
    Token,
    Wanted,
)
from quikstate_server.primitives.lock.store import CLAIM_SECONDS, LockStore
from quikstate_server.primitives.lock.waiters import Queues
from quikstate_server.primitives.lock.watch import LockWatches, StateMailbox
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.settings import Limits
from quikstate_server.signals import Signal

_CLEANING_PAUSES = (0.0, 0.1, 0.5, 1.0, 2.0)
_log = structlog.get_logger()

Outcome = Lease | Busy | Ended


class Locks:
    """Several servers may share one Redis; `start` before the first wait."""

    def __init__(self, redis_client: RedisClient, limits: Limits, *, key_prefix: str = "") -> None:
        server = secrets.token_urlsafe(9)
        self._limits = limits
        self._store = LockStore(redis_client, limits, server, f"{{{key_prefix}{keys.LOCK_HINTS}}}:")
        self._hints = Hints(self._store)
        self._queues = Queues(self._store, self._hints)
        self._watches = LockWatches(self._store)
        self._cleaning = BackgroundTasks(redis_client.monitor)

    async def start(self) -> None:
        self._hints.start()

    async def close(self) -> None:
        await self._queues.close()
        await self._hints.close()
        await self._watches.close()
        await self._cleaning.close()

    async def acquire(
        self, wanted: Wanted, wait: float = 0.0, on_queued: Callable[[int], None] = lambda _: None
    ) -> Outcome:
        """Take a lease, waiting `wait` seconds at most. A call that is cancelled leaves nothing behind.

        `on_queued` is told, once, how many come first, if it must be waited for.
        """
        self._store.require_one_slot(wanted.target)
        lease_id = secrets.token_urlsafe(16)
        until = time.monotonic() + wait
        try:
            if wait:
                outcome, told = await self._queue_up(wanted, lease_id)
            else:
                outcome, told = await self._store.acquire(wanted, lease_id, queue=False), False
            if not isinstance(outcome, Queued):
                return outcome
            on_queued(outcome.position)
            lease_id = outcome.lease_id  # of the request before, if it is repeated
            return await self._in_turn(wanted, outcome, until, told=told)
        except BaseException:
            self._clean(wanted, lease_id)
            raise

    def abandon(self, wanted: Wanted, lease_id: str) -> None:
        """Give back a lease of which its caller never heard, unless a request_id keeps it for the repeat."""
        if not wanted.request_id:
            self._clean(wanted, lease_id)

    async def renew(self, target: Target, lease_id: str, ttl: float, min_replicas: int = 0) -> Lease | None:
        """Give the lease its TTL again; None if any of the resources is not held."""
        renewed = await self._store.renew(
            target, lease_id, ttl, min_replicas=min_replicas, stream="", takes_up=False
        )
        return renewed if isinstance(renewed, Lease) else None

    async def release(self, target: Target, lease_id: str) -> bool:
        """End the lease and its place in queues; True if it was held."""
        return await self._store.release(target, lease_id)

    def shorten(self, wanted: Wanted, lease_id: str) -> None:
        """Keep a lease of which its caller may not have heard for no longer than a claim."""
        if not wanted.request_id and wanted.ttl > CLAIM_SECONDS:
            self._after_call(self._shorten(wanted, lease_id))

    def stream(self) -> HoldStream:
        """A new stream, which may renew one lease for as long as no other takes it up."""
        return HoldStream(self._store, self._hints)

    async def release_request(self, target: Target, request_id: str) -> bool:
        """End the lease that a request got; one that comes later gets none."""
        return await self._store.release_request(target, request_id)

    async def get(self, keyspace: Keyspace, resource: str) -> State:
        return await self._store.get(keyspace, resource, self._limits.max_lock_holders)

    async def list(self, keyspace: Keyspace, prefix: str, cursor: str, size: int) -> Page:
        """A page of about `size` held resources, each with its first holder, and where the next begins."""
        return await page(self._store, keyspace, prefix, cursor, size)

    def watching(
        self, keyspace: Keyspace, resources: Sequence[str], mailbox: StateMailbox
    ) -> AbstractAsyncContextManager[Sequence[State]]:
        """How the resources are now; while entered, each change is put into `mailbox`."""
        return self._watches.watching(keyspace, resources, mailbox)

    async def force_release(self, keyspace: Keyspace, resource: str, token: Token | None) -> bool:
        """Take the resource from the holder of `token`, or from everyone; it is logged."""
        released = await self._store.force_release(keyspace, resource, token)
        _log.warning(
            "lock.force_released", resource=resource, namespace=keyspace.namespace, released=released
        )
        return released

    async def check_fencing_token(
        self, keyspace: Keyspace, resource: str, token: Token, min_replicas: int = 0
    ) -> Judgement:
        return await self._store.check_fencing_token(keyspace, resource, token, min_replicas)

    async def _queue_up(self, wanted: Wanted, lease_id: str) -> tuple[Lease | Queued | Busy | Ended, bool]:
        """Take the lease or a place; and whether its turn may have been told before the place was."""
        turn = Signal()
        with self._hints.of_turn(lease_id, turn):
            outcome = await self._store.acquire(wanted, lease_id, queue=True)
        repeated = isinstance(outcome, Queued) and outcome.lease_id != lease_id
        return outcome, repeated or turn.is_set()

    async def _in_turn(self, wanted: Wanted, queued: Queued, until: float, *, told: bool) -> Outcome:
        """First come, first served: Redis keeps the queue, and asking again keeps the place.

        `told`: it may have been handed on already.
        """
        lease_id, lapses_in = queued.lease_id, queued.lapses_in
        with self._queues.waiting(wanted.target, lease_id) as turn:
            if told:
                turn.set()
            while await turn.wait(until):
                turn.clear()
                with suppress(RedisUnavailable):  # it is asked again as long as the caller waits
                    outcome = await self._store.acquire(wanted, lease_id, queue=True)
                    if not isinstance(outcome, Queued):
                        return outcome
                    lapses_in = outcome.lapses_in
        self._clean(wanted, lease_id)
        return Busy(wanted.target.resources[0], lapses_in)

    def _clean(self, wanted: Wanted, lease_id: str) -> None:
        """End what a call may have left, when it has ended itself."""
        self._after_call(self._leave(wanted, lease_id))

    def _after_call(self, work: Coroutine[Any, Any, None]) -> None:
        self._cleaning.spawn("lock.clean_up", work)

    async def _leave(self, wanted: Wanted, lease_id: str) -> None:
        """With a request_id the lease itself stays, for the repeat to find: only the queue is left.

        A repeat that waits here already keeps its place.
        """
        for pause in _CLEANING_PAUSES:
            await asyncio.sleep(pause)
            if self._queues.waits(wanted.target, lease_id):
                return
            with suppress(QuikstateError):
                if wanted.request_id:
                    await self._store.leave(wanted.target, lease_id)
                else:
                    await self._store.release(wanted.target, lease_id, wanted.stream)
                if pause or not wanted.min_replicas:
                    return  # with replicas, what was sent on another connection may run after this
        _log.warning("lock.left_to_lapse", resources=len(wanted.target.resources))

    async def _shorten(self, wanted: Wanted, lease_id: str) -> None:
        with suppress(QuikstateError):
            await self._store.renew(
                wanted.target, lease_id, CLAIM_SECONDS, min_replicas=0, stream=wanted.stream, takes_up=False
            )
