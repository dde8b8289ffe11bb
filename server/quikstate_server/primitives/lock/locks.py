"""Leases, as callers ask for them: taken at once or waited for, and never left behind."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

import structlog

from quikstate_server.background import BackgroundTasks
from quikstate_server.errors import QuikstateError, RedisUnavailable
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.bell import Bell
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
from quikstate_server.primitives.lock.queues import Queues
from quikstate_server.primitives.lock.store import LockStore, events_channel
from quikstate_server.primitives.lock.watch import StateMailbox, Watches
from quikstate_server.primitives.timing import next_look, within
from quikstate_server.settings import Limits
from quikstate_server.topology.subscriber import Topic
from quikstate_server.topology.topology import Topology

_CLEANING_PAUSES = (0.0, 0.1, 0.5, 1.0, 2.0)
_log = structlog.get_logger()

Outcome = Lease | Busy | Ended


class Locks:
    """Several servers may share one Redis; `start` before the first wait."""

    def __init__(self, topology: Topology, limits: Limits, *, key_prefix: str = "") -> None:
        server = secrets.token_urlsafe(9)
        self._topology = topology
        self._limits = limits
        self._store = LockStore(topology, limits, server, f"{key_prefix}quikstate:locks:")
        self._queues = Queues(self._store)
        self._watches = Watches(self._store)
        self._cleaning = BackgroundTasks(topology.monitor)

    async def start(self) -> None:
        self._queues.start()

    async def close(self) -> None:
        await self._queues.close()
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
            if wait and len(wanted.target.resources) > 1:
                return await self._together(wanted, lease_id, until, on_queued)
            outcome = await self._store.acquire(wanted, lease_id, queue=wait > 0)
            if not isinstance(outcome, Queued):
                return outcome
            on_queued(outcome.position)
            lease_id = outcome.lease_id  # of the request before, if it is repeated
            return await self._in_turn(wanted, outcome, until)
        except BaseException:
            self._clean(wanted, lease_id)
            raise

    async def renew(self, target: Target, lease_id: str, ttl: float, min_replicas: int = 0) -> Lease | None:
        """Give the lease its TTL again; None if any of the resources is not held."""
        return await self._store.renew(target, lease_id, ttl, min_replicas)

    async def release(self, target: Target, lease_id: str) -> bool:
        """End the lease and its place in queues; True if it was held."""
        return await self._store.release(target, lease_id)

    async def release_request(self, target: Target, request_id: str) -> bool:
        """End the lease that a request got; one that comes later gets none."""
        return await self._store.release_request(target, request_id)

    async def get(self, space: Keyspace, resource: str) -> State:
        return await self._store.get(space, resource, self._limits.max_lock_holders)

    async def list(self, space: Keyspace, prefix: str, cursor: str, size: int) -> Page:
        """A page of about `size` held resources, each with its first holder, and where the next begins."""
        return await page(self._store, space, prefix, cursor, size)

    def watching(
        self, space: Keyspace, resources: Sequence[str], mailbox: StateMailbox
    ) -> AbstractAsyncContextManager[Sequence[State]]:
        """How the resources are now; while entered, each change is put into `mailbox`."""
        return self._watches.watching(space, resources, mailbox)

    async def force_release(self, space: Keyspace, resource: str, token: Token | None) -> bool:
        """Take the resource from the holder of `token`, or from everyone; it is logged."""
        released = await self._store.force_release(space, resource, token)
        _log.warning("lock.force_released", resource=resource, namespace=space.namespace, released=released)
        return released

    async def check_fencing_token(
        self, space: Keyspace, resource: str, token: Token, min_replicas: int = 0
    ) -> Judgement:
        return await self._store.check_fencing_token(space, resource, token, min_replicas)

    async def _in_turn(self, wanted: Wanted, queued: Queued, until: float) -> Outcome:
        """First come, first served: Redis keeps the queue, and asking again keeps the place."""
        lease_id, lapses_in = queued.lease_id, queued.lapses_in
        with self._queues.waiting(wanted.target, lease_id) as turn:
            while await within(turn, until):
                turn.clear()
                with suppress(RedisUnavailable):  # it is asked again as long as the caller waits
                    outcome = await self._store.acquire(wanted, lease_id, queue=True)
                    if not isinstance(outcome, Queued):
                        return outcome
                    lapses_in = outcome.lapses_in
        self._clean(wanted, lease_id)
        return Busy(wanted.target.resources[0], lapses_in)

    async def _together(
        self, wanted: Wanted, lease_id: str, until: float, on_queued: Callable[[int], None]
    ) -> Outcome:
        """Several at once have no place in a queue: they are asked for whenever one may have become free."""
        told = False
        async with self._changes(wanted.target) as changed:
            while True:
                changed.clear()
                outcome = await self._store.acquire(wanted, lease_id, queue=False)
                now = time.monotonic()
                if isinstance(outcome, Lease | Ended):
                    return outcome
                if isinstance(outcome, Busy) and now >= until:
                    return outcome
                if not told:
                    on_queued(0)
                    told = True
                await within(changed, min(until, now + next_look(outcome.lapses_in)))

    @asynccontextmanager
    async def _changes(self, target: Target) -> AsyncIterator[asyncio.Event]:
        """Set whenever one of the resources changes hands."""
        bell = Bell()
        topics = [Topic(events_channel(target.space, resource)) for resource in target.resources]
        subscriber = self._topology.subscriber
        try:
            await asyncio.gather(*(subscriber.subscribe(topic, bell) for topic in topics))
            yield bell.rung
        finally:
            for topic in topics:
                subscriber.unsubscribe(topic, bell)

    def _clean(self, wanted: Wanted, lease_id: str) -> None:
        """End what a call may have left, when it has ended itself."""
        self._cleaning.spawn("lock.leave", self._leave(wanted, lease_id))

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
                    await self._store.release(wanted.target, lease_id)
                return
        _log.warning("lock.left_to_lapse", resources=len(wanted.target.resources))
