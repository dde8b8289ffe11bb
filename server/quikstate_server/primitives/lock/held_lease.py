"""A lease that lives as long as its holder's stream does.

Only a stream that its caller ends releases the lease. Any other end, that of the
caller's process or of this server, leaves the TTL to run, and a new stream takes
the lease up again: so a deploy of servers costs no leader its lease. From then on
the old stream, should it still be there, has no power over it.

A caller who ends before the lease was told to it leaves none behind, and one who
ends just after, without a word, leaves it for as long as a claim.
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
from quikstate_server.primitives.lock.model import Lease, Superseded, Target, Wanted
from quikstate_server.primitives.streams.signal import Signal

_PART_OF_TTL = 3
"""A lease is renewed each third of its TTL, and its holder says something as often."""
_RETRY_SECONDS = 0.2
_UNHEARD_SECONDS = 1.0
"""Who breaks off so soon after the grant, without a word, may not have heard of it."""
_BROKEN_SECONDS = 0.1
"""A stream that broke looks to its reader as one that was ended, just before its call is cancelled."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`position` callers come first."""

    position: int


@dataclass(frozen=True, slots=True)
class Renewed:
    valid_for: float


@dataclass(frozen=True, slots=True)
class Lost:
    """The lease is not held any more."""


@dataclass(frozen=True, slots=True)
class Detached:
    """This stream holds the lease no more, which goes on.

    This server ends: the lease, if there still is one, was renewed before. Or it
    is `superseded` by another stream, which has taken the lease up.
    """

    lease: Lease | None
    superseded: bool = False


Event = Waiting | Lease | Renewed | Lost | Detached


class Hold:
    """One stream. `messages` are what the caller says: any of them shows that it lives."""

    def __init__(self, locks: Locks, messages: AsyncIterator[object], drain: Drain) -> None:
        self._locks = locks
        self._stream = locks.stream()
        self._messages = messages
        self._drain = drain
        self._events: list[Event] = []
        self._spoke = Signal()
        self._waits = False
        self._closed = False
        self._superseded = False
        self._lease: Lease | None = None
        self._granted_at: float | None = None
        self._answered = False
        self._stirred = Signal()
        self._heard = time.monotonic()

    def acquire(self, wanted: Wanted, wait: float) -> AsyncGenerator[Event, None]:
        """Wait for a lease, then hold it."""
        self._waits = True
        return self._leaving_nothing(replace(wanted, stream=self._stream.name), wait)

    def reattach(self, target: Target, lease_id: str, ttl: float) -> AsyncGenerator[Event, None]:
        """Hold a lease whose stream has ended."""
        return self._run(self._reattach(target, lease_id, ttl))

    async def _run(self, holding: Coroutine[Any, Any, None]) -> AsyncGenerator[Event, None]:
        """What happens to the lease. Whoever stops listening leaves its TTL to run."""
        held, heard = asyncio.create_task(holding), asyncio.create_task(self._listen())
        held.add_done_callback(lambda _: self._spoke.set())

        def stir(_: object = None) -> None:
            if _error_of(heard):
                held.cancel()  # the TTL runs, as when a stream breaks
            self._stir(held)

        heard.add_done_callback(stir)
        try:
            with self._drain.on_begin(stir), self._stream.listening(self._supersede):
                while self._events or not held.done():
                    await self._spoke.wait()
                    self._spoke.clear()
                    events, self._events = self._events, []
                    for event in events:
                        yield event
            if error := _error_of(heard):
                raise error
            if not held.cancelled():
                held.result()
            elif self._drain.has_begun:
                yield Detached(None)
        finally:
            for task in (held, heard):
                task.cancel()
            await asyncio.wait((held, heard))

    async def _leaving_nothing(self, wanted: Wanted, wait: float) -> AsyncGenerator[Event, None]:
        """A lease is left behind only if its caller may know of it."""
        finished = False
        try:
            async with aclosing(self._run(self._acquire(wanted, wait))) as events:
                async for event in events:
                    yield event
                    if isinstance(event, Lease):
                        self._granted_at = time.monotonic()
            finished = True
        finally:
            if self._lease and not finished:
                self._broke_off(wanted, self._lease)

    def _broke_off(self, wanted: Wanted, lease: Lease) -> None:
        if self._closed or self._granted_at is None:
            self._locks.abandon(wanted, lease.lease_id)
        elif not self._answered and time.monotonic() - self._granted_at < _UNHEARD_SECONDS:
            self._locks.shorten(wanted, lease.lease_id)

    async def _listen(self) -> None:
        async for _ in self._messages:
            self._heard = time.monotonic()
            self._answered = self._granted_at is not None
        await asyncio.sleep(_BROKEN_SECONDS)
        self._closed = True

    def _stir(self, held: asyncio.Task[None]) -> None:
        """The caller or the server ends: who still waits for the lease waits no longer."""
        self._stirred.set()
        if self._waits:
            held.cancel()

    def _supersede(self) -> None:
        """Another stream has taken the lease up."""
        self._superseded = True
        self._stirred.set()

    async def _acquire(self, wanted: Wanted, wait: float) -> None:
        outcome = await self._locks.acquire(wanted, wait, lambda place: self._say(Waiting(place)))
        self._waits = False
        if isinstance(outcome, Lease):
            self._lease = outcome
            await self._keep(outcome, wanted.ttl)
        else:
            self._say(Lost())

    async def _reattach(self, target: Target, lease_id: str, ttl: float) -> None:
        lease = await self._stream.take_up(target, lease_id, ttl)
        if lease:
            await self._keep(lease, ttl)
        else:
            self._say(Lost())

    async def _keep(self, lease: Lease, ttl: float) -> None:
        """Renew the lease in time, until it is given back, given over or lost."""
        self._heard = time.monotonic()
        self._say(lease)
        lapses, due = _in(lease.valid_for), _in(ttl / _PART_OF_TTL)
        while time.monotonic() < lapses:
            await self._stirred.wait(max(0.0, min(due, lapses) - time.monotonic()))
            if self._superseded:
                return self._say(Detached(None, superseded=True))
            if self._closed:
                return await self._stream.release(lease)
            if self._drain.has_begun:
                return self._say(await self._last_renewal(lease, lapses, ttl))
            if time.monotonic() - self._heard > 2 * ttl / _PART_OF_TTL:
                due = lapses  # it may be dead: should it speak again, it still has what is left
                continue
            try:
                renewed = await self._stream.renew(lease, ttl)
            except QuikstateError:
                due = _in(_RETRY_SECONDS)
                continue
            if isinstance(renewed, Superseded):
                return self._say(Detached(None, superseded=True))
            if renewed is None:
                break
            lapses, due = _in(renewed.valid_for), _in(ttl / _PART_OF_TTL)
            self._say(Renewed(renewed.valid_for))
        return self._say(Lost())

    async def _last_renewal(self, lease: Lease, lapses: float, ttl: float) -> Detached:
        """The lease with its whole TTL, for another server to take up; with what is left if Redis is gone."""
        try:
            renewed = await self._stream.renew(lease, ttl)
        except QuikstateError:
            return Detached(replace(lease, valid_for=lapses - time.monotonic()))
        if isinstance(renewed, Superseded):
            return Detached(None, superseded=True)
        return Detached(renewed)

    def _say(self, event: Event) -> None:
        self._events.append(event)
        self._spoke.set()


def _in(seconds: float) -> float:
    return time.monotonic() + seconds


def _error_of(task: asyncio.Task[None]) -> BaseException | None:
    return task.exception() if task.done() and not task.cancelled() else None
