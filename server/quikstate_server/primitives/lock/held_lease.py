"""A lease that lives as long as its holder's HoldLock stream.

Only a half-close by the client releases the lease. Any other end of the stream,
such as a crash of the client or a drain of this server, leaves the TTL to run, and
a new stream can reattach to the lease: so a deploy of servers costs no leader its
lease. From then on the old stream, should it still exist, neither renews nor
releases it.

A client whose stream ends before the grant is sent leaves no lease behind. One
whose stream breaks while the grant is sent or just after it, before it sent a
message, may know of the lease or not: it leaves it for as long as a claim.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from quikstate_server.drain import Drain
from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import Lease, LeaseSuperseded, LockQueued, LockRequest, LockTarget
from quikstate_server.primitives.streams.client_stream import ClientStream
from quikstate_server.signals import Signal

_RENEWALS_PER_TTL = 3
"""A lease is renewed each third of its TTL, and its client sends something as often."""
_RETRY_SECONDS = 0.2
_UNKNOWN_GRANT_SECONDS = 1.0
"""A client whose stream breaks so soon after the grant, and that sent nothing since, may not know of it."""


@dataclass(frozen=True, slots=True)
class LeaseRenewed:
    """The lease is held for `valid_for` seconds more, at least."""

    valid_for: float


@dataclass(frozen=True, slots=True)
class LeaseLost:
    """The lease is not held any more."""


@dataclass(frozen=True, slots=True)
class LeaseDetached:
    """The stream ends, and its lease lives on.

    Either this server drains: `lease`, if the stream had one, was renewed before. Or
    another stream has reattached to the lease: this one is `superseded`.
    """

    lease: Lease | None
    superseded: bool = False


LeaseEvent = LockQueued | Lease | LeaseRenewed | LeaseLost | LeaseDetached


class HeldLease(ClientStream[object]):
    """One HoldLock stream. Any message of the client shows that it lives."""

    def __init__(self, locks: Locks, messages: AsyncIterator[object], drain: Drain) -> None:
        super().__init__(messages, drain)
        self._locks = locks
        self._handle = locks.lease_handle()
        self._events: list[LeaseEvent] = []
        self._has_events = Signal()
        self._driver: asyncio.Task[None] | None = None
        self._acquiring = False
        self._superseded = False
        self._lease: Lease | None = None
        self._granted_at: float | None = None
        self._client_knows = False
        self._last_message_at = time.monotonic()

    def acquire(self, request: LockRequest, wait: float) -> AsyncGenerator[LeaseEvent, None]:
        """Wait up to `wait` seconds for a lease, then hold it."""
        self._acquiring = True
        return self._acquire_and_hold(replace(request, stream=self._handle.stream), wait)

    def reattach(self, target: LockTarget, lease_id: str, ttl: float) -> AsyncGenerator[LeaseEvent, None]:
        """Hold a lease whose stream has ended."""
        return self._run(self._reattach(target, lease_id, ttl))

    async def receive(self, message: object) -> None:  # noqa: ARG002 - only the arrival matters
        self._last_message_at = time.monotonic()
        self._client_knows = self._granted_at is not None

    def wake(self) -> None:
        """Wake the driver, or end it if it still waits for the lease or the client sent a bad message."""
        super().wake()
        if self._driver and (self._acquiring or self.reading_error):
            self._driver.cancel()  # a lease that is held keeps its TTL, as when a stream breaks

    async def _run(self, holding: Coroutine[Any, Any, None]) -> AsyncGenerator[LeaseEvent, None]:
        """Yield what happens to the lease. If the generator is closed, the lease keeps its TTL."""
        self._driver = driver = asyncio.create_task(holding)
        driver.add_done_callback(lambda _: self._has_events.set())
        try:
            async with self:
                with self._handle.on_superseded(self._on_superseded):
                    while self._events or not driver.done():
                        await self._has_events.wait()
                        self._has_events.clear()
                        events, self._events = self._events, []
                        for event in events:
                            yield event
                if error := self.reading_error:
                    raise error
                if not driver.cancelled():
                    driver.result()
                elif self.draining:
                    yield LeaseDetached(None)
        finally:
            driver.cancel()
            await asyncio.wait((driver,))

    async def _acquire_and_hold(self, request: LockRequest, wait: float) -> AsyncGenerator[LeaseEvent, None]:
        """Acquire and hold the lease; clean up if the stream breaks before the client can know of it."""
        finished = False
        try:
            async with aclosing(self._run(self._acquire(request, wait))) as events:
                async for event in events:
                    if isinstance(event, Lease):
                        self._granted_at = time.monotonic()  # it may arrive before the transport says so
                    yield event
            finished = True
        finally:
            if self._lease and not finished:
                self._clean_up(request, self._lease)

    def _clean_up(self, request: LockRequest, lease: Lease) -> None:
        if self.half_closed or self._granted_at is None:
            self._locks.abandon(request, lease.lease_id)
        elif not self._client_knows and time.monotonic() - self._granted_at < _UNKNOWN_GRANT_SECONDS:
            self._locks.shorten(request, lease.lease_id)

    def _on_superseded(self) -> None:
        """Stop: another stream has reattached to the lease."""
        self._superseded = True
        self.wakeup.set()

    async def _acquire(self, request: LockRequest, wait: float) -> None:
        outcome = await self._locks.acquire(request, wait, self._emit)
        self._acquiring = False
        if isinstance(outcome, Lease):
            self._lease = outcome
            await self._keep(outcome, request.ttl)
        else:
            self._emit(LeaseLost())

    async def _reattach(self, target: LockTarget, lease_id: str, ttl: float) -> None:
        lease = await self._handle.reattach(target, lease_id, ttl)
        if lease:
            await self._keep(lease, ttl)
        else:
            self._emit(LeaseLost())

    async def _keep(self, lease: Lease, ttl: float) -> None:
        """Renew the lease each third of its TTL, until it is released, detached or lost."""
        self._last_message_at = time.monotonic()
        self._emit(lease)
        renewal_interval = ttl / _RENEWALS_PER_TTL
        expires_at, renew_at = _after(lease.valid_for), _after(renewal_interval)
        while time.monotonic() < expires_at:
            await self.wakeup.wait(min(renew_at, expires_at))
            if self._superseded:
                return self._emit(LeaseDetached(None, superseded=True))
            if self.half_closed:
                return await self._handle.release(lease)
            if self.draining:
                return self._emit(await self._renew_at_drain(lease, expires_at, ttl))
            if time.monotonic() - self._last_message_at > 2 * renewal_interval:
                renew_at = expires_at  # the client may be dead: the lease is not renewed any more
                continue
            try:
                renewed = await self._handle.renew(lease, ttl)
            except QuikstateError:
                renew_at = _after(_RETRY_SECONDS)
                continue
            if isinstance(renewed, LeaseSuperseded):
                return self._emit(LeaseDetached(None, superseded=True))
            if renewed is None:
                break
            expires_at, renew_at = _after(renewed.valid_for), _after(renewal_interval)
            self._emit(LeaseRenewed(renewed.valid_for))
        return self._emit(LeaseLost())

    async def _renew_at_drain(self, lease: Lease, expires_at: float, ttl: float) -> LeaseDetached:
        """Detach the lease with its whole TTL, or with what is left of it if Redis does not answer."""
        try:
            renewed = await self._handle.renew(lease, ttl)
        except QuikstateError:
            return LeaseDetached(replace(lease, valid_for=expires_at - time.monotonic()))
        if isinstance(renewed, LeaseSuperseded):
            return LeaseDetached(None, superseded=True)
        return LeaseDetached(renewed)

    def _emit(self, event: LeaseEvent) -> None:
        self._events.append(event)
        self._has_events.set()


def _after(seconds: float) -> float:
    """Return the monotonic time `seconds` from now."""
    return time.monotonic() + seconds
