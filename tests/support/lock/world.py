"""Servers, callers and raw clients around a few locks, for a test that drives them step by step."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import uvloop

from quikstate_server import keys
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.primitives.lock.model import (
    FencingToken,
    Lease,
    LockMode,
    LockQueued,
    LockRequest,
    LockTarget,
)
from quikstate_server.settings import Limits
from support.harness.eventually import eventually, throughout
from support.lock.history import MARGIN_SECONDS, History
from support.lock.records import Caller, Holding
from support.lock.requests import RELEASE
from support.lock.servers import Server
from support.redis.clients import closed, cut_connections, patient, started
from support.redis.deployments import Deployment

NAMES = ("a", "b")
_SAMPLE_SECONDS = 0.04
_CLEAN_SECONDS = 3.0
_names = itertools.count()


class World:
    """Lives as long as a test; `begin` gives each example its own locks and history."""

    def __init__(self, deployment: Deployment) -> None:
        self._stack = ExitStack()
        self._runner = self._stack.enter_context(asyncio.Runner(loop_factory=uvloop.new_event_loop))
        self._raw = self._stack.enter_context(deployment.client())
        self._raw.flushall()
        self._redis_clients = [self.run(started(deployment.redis_client(patient()))) for _ in range(2)]
        self._observer = Locks(self._redis_clients[1], Limits())
        self._servers: list[Server] = []
        self._dead: list[asyncio.Task[None]] = []
        self._watcher: asyncio.Task[None] | None = None
        self.report = ""
        """The history of the first example that broke a promise, and the promise."""

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(work)

    def close(self) -> None:
        self.run(self._close())
        self._stack.close()

    async def _close(self) -> None:
        for server in self._servers:
            await server.locks.close()
        await asyncio.gather(*self._dead)
        for redis_client in self._redis_clients:
            await closed(redis_client)

    # An example

    def begin(self) -> None:
        self.keyspace = Keyspace(group=f"model{next(_names)}")
        self.history = History()
        self.kills = 0
        self.raw_values: list[str] = []
        self._numbers = itertools.count()
        self.run(self._begin())

    async def _begin(self) -> None:
        if not self._servers:
            self._servers = [await self._server(at) for at in range(len(self._redis_clients))]
        self._watcher = asyncio.create_task(self._watch())

    async def _server(self, at: int) -> Server:
        server = Server(self._redis_clients[at])
        await server.locks.start()
        return server

    def end(self, *, drain: bool) -> None:
        """Check that nothing is left of the example, except what expires soon."""
        self.run(self._end(drain=drain))
        self.report = self.report or self.history.report()

    async def _end(self, *, drain: bool) -> None:
        for server in self._servers:
            server.wire.delay = 0.0
        for name in NAMES:
            self.raw_delete(name)
        try:
            if drain and not self.kills:
                await eventually(self._hand_through, within=6)
            else:
                self._cancel_all()
            await self._give_all_back()
            await eventually(self._is_clean, within=_CLEAN_SECONDS + MARGIN_SECONDS)
        except AssertionError as left:
            self.history.violations.append(f"the end: {left}")
        finally:
            self._cancel_all()
            assert self._watcher
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        for server in self._servers:
            await self._see_out(server)

    def _cancel_all(self) -> None:
        for caller in self.pending():
            self.cancel(caller)

    async def _hand_through(self) -> None:
        """Check that all waiters are served when each lease is released."""
        await self._give_all_back()
        assert not self.pending(), f"{len(self.pending())} callers wait still"

    async def _give_all_back(self) -> None:
        for holding in self.held():
            await self.release(holding, 0)
        for caller in self.history.callers:
            if caller.lock_request.request_id and caller.gone is not None:
                self.history.releases_request(caller.owner)
                lock_request, locks = caller.lock_request, self._servers[0].locks
                with self._noting("release of a request"):
                    await locks.release_request(lock_request.target, lock_request.request_id)

    async def _is_clean(self) -> None:
        """Check that no holder, waiter or key is left; of a killed server's callers, nothing that stays."""
        killed = [caller for caller in self.history.callers if caller.killed]
        for name in NAMES:
            state = await self._observer.get(self.keyspace, name)
            if not killed:
                assert (state.is_held, state.holders, state.waiters) == (False, (), 0), f"{name}: {state}"
            assert state.waiters <= len(killed), f"{name}: {state}"
            left = self._raw.pttl(self._key(name)) / 1_000
            assert left <= self.history.longest_left(name), f"{name} is held for {left} s more"
        for key in self._raw.scan_iter(f"{{{self.keyspace.group}}}*", count=1_000):
            assert self._raw.ttl(key) != -1, f"{key} stays for ever"

    async def _see_out(self, server: Server) -> None:
        for outcome in await asyncio.gather(*server.tasks.values(), return_exceptions=True):
            if isinstance(outcome, Exception):
                self.history.violations.append(f"a call failed: {outcome!r}")
        server.tasks.clear()

    # What is there to act on

    def pending(self) -> list[Caller]:
        return [caller for server in self._servers for caller in server.tasks if caller.pending]

    def holdings(self) -> list[Holding]:
        return [*self.history.holdings.values()]

    def held(self) -> list[Holding]:
        """Return the leases that callers have not released."""
        return [holding for holding in self.holdings() if not holding.given_up]

    # Acts

    async def pause(self, seconds: float) -> None:
        """Let the others run."""
        await throughout(lambda: True, seconds=seconds)

    def acquire(self, at: int, lock_request: LockRequest, wait: float, works: float | None = None) -> Caller:
        """Begin a call; the caller releases its lease after `works` seconds, or leaves that to the steps."""
        caller = self.history.asks(lock_request.owner, lock_request, wait)
        work = self._call(self._servers[at], caller, at, works)
        self._servers[at].tasks[caller] = self._runner.get_loop().create_task(work)
        return caller

    def lock_request(
        self, names: Sequence[str], kind: tuple[LockMode, int], ttl: float, *, request: bool = False
    ) -> LockRequest:
        number, (mode, permits) = str(next(self._numbers)), kind
        target = LockTarget(self.keyspace, tuple(names))
        return LockRequest(
            target, mode, permits, ttl, owner=number, request_id=f"r{number}" if request else ""
        )

    async def _call(self, server: Server, caller: Caller, at: int, works: float | None) -> None:
        def queued(waiting: LockQueued) -> None:
            self.history.queued(caller, waiting.position)

        try:
            outcome = await server.locks.acquire(caller.lock_request, caller.wait, queued)
        except QuikstateError as error:
            if caller.pending:
                self.history.refused(caller, error)
            return
        if not caller.pending:
            self.history.violations.append(f"a cancelled acquire went on: {caller}, {outcome}")
        elif isinstance(outcome, Lease):
            holding = self.history.granted(caller, outcome)
            if works is not None:
                await self.pause(works)
                await self.release(holding, at)
        else:
            self.history.refused(caller, outcome)

    def cancel(self, caller: Caller) -> None:
        for server in self._servers:
            if caller in server.tasks and server.tasks[caller].cancel():
                self.history.cancelled(caller)

    async def renew(self, holding: Holding, at: int, ttl: float) -> None:
        """Renew a lease; that of a request keeps its TTL, so that a repeat cannot shorten it unnoticed."""
        ttl = holding.lock_request.ttl if holding.lock_request.request_id else ttl
        asked = self.history.renews(holding, ttl)
        with self._noting("renewal"):
            lease = await self._servers[at].locks.renew(holding.lease.target, holding.lease.lease_id, ttl)
            self.history.renewed(holding, lease, ttl, asked)

    async def release(self, holding: Holding, at: int) -> None:
        asked = self.history.releases(holding)
        with self._noting("release"):
            was_held = await self._servers[at].locks.release(holding.lease.target, holding.lease.lease_id)
            self.history.has_released(holding, was_held=was_held, asked=asked)

    async def release_by_stranger(self, name: str, at: int) -> None:
        with self._noting("a stranger's release"):
            if await self._servers[at].locks.release(LockTarget(self.keyspace, (name,)), "another"):
                self.history.violations.append("a stranger released a lock")

    async def force_release(self, name: str, at: int, holding: Holding | None) -> None:
        """Take the lock from one holder, or from all."""
        if holding and name not in holding.lock_request.target.resources:
            return
        token = holding.token(name) if holding else None
        with self._noting("force"), self.history.breaking(name, "force", token):
            lock_request = FencingToken.from_int(token) if token is not None else None
            await self._servers[at].locks.force_release(self.keyspace, name, lock_request)

    def slow_down(self, at: int, seconds: float) -> None:
        """Make each command of this server, and each reply, take `seconds` longer."""
        self.history.note("slows down", server=at, seconds=seconds)
        self._servers[at].wire.delay = seconds
        self.history.slack = max(self.history.slack, 4 * seconds)

    async def kill(self, at: int) -> None:
        """End a server as kill -9 does, and start another in its place."""
        self.kills += 1
        server = self._servers[at]
        server.wire.killed = True
        for caller, task in server.tasks.items():
            if task.cancel() and caller.pending:
                self.history.cancelled(caller, killed=True)
        await self._see_out(server)
        self._dead.append(asyncio.create_task(server.locks.close()))
        self._servers[at] = await self._server(at)

    @contextmanager
    def _noting(self, what: str) -> Iterator[None]:
        """Note a failure, as of a call whose connection was cut: its caller knows no more than before."""
        try:
            yield
        except QuikstateError as error:
            self.history.note(f"{what} failed", error=repr(error))

    # Raw clients, which know nothing of quikstate

    def raw_set(self, name: str, ttl: float) -> None:
        value, asked = f"raw{len(self.raw_values)}", time.monotonic()
        self.raw_values.append(value)
        if self._raw.set(self._key(name), value, nx=True, px=round(ttl * 1_000)):
            self.history.raw_set(name, value, asked, ttl)

    def raw_compare_and_delete(self, name: str, value: str) -> None:
        self.history.raw_deletes(name, value)
        self._raw.eval(RELEASE, 1, self._key(name), value)

    def raw_delete(self, name: str) -> None:
        with self.history.breaking(name, "DEL"):
            self._raw.delete(self._key(name))

    def flush_all(self) -> None:
        with ExitStack() as breaks:
            for name in NAMES:
                breaks.enter_context(self.history.breaking(name, "FLUSHALL"))
            self._raw.flushall()

    def cut_connections(self) -> None:
        self.history.note("cuts connections")
        cut_connections(self._raw)

    def _key(self, name: str) -> str:
        return self.keyspace.key(keys.lock(name))

    # The reader

    async def _watch(self) -> None:
        seen = time.monotonic()
        while True:
            for name in NAMES:
                began = time.monotonic()
                try:
                    state = await self._observer.get(self.keyspace, name)
                except QuikstateError:
                    continue
                self.history.saw(state, began, min(began - seen, 2 * _SAMPLE_SECONDS))
            self.history.stood_still(began - seen)
            seen = began
            await self.pause(_SAMPLE_SECONDS)
