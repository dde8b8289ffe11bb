"""A lease held by a HoldLock stream, which is opened again, here or on another server, where it breaks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from enum import Enum
from typing import Any

import grpc
import grpc.aio

from quikstate.v1.lock_pb2 import (
    AcquireLockRequest,
    HoldLockRequest,
    LockGranted,
    LockKeepalive,
    LockLease,
    LockReattach,
    ReleaseLockRequest,
)
from quikstate.v1.lock_pb2_grpc import LockServiceStub
from quikstate_server.cli.common.channel import RETRY_SECONDS
from quikstate_server.services.common.protobuf_time import seconds_from_duration, seconds_to_duration

_KEEPALIVES = 4
"""A TTL: the server asks for three."""
_AT_ONCE = 1e-6
"""A wait of 0 would be one without end."""
_ANSWER_SECONDS = 5.0
_KEEPALIVE = HoldLockRequest(keepalive=LockKeepalive())


class Ending(Enum):
    RELEASED = "released"
    BUSY = "busy"
    LOST = "lost"


class LockHold:
    """`granted` has the lease once it is held; `ended` says how it ended, or raises why it never was.

    Who waits when the stream breaks goes to the end of the queue. Who holds keeps
    the lease if a server answers before it is no longer certain.
    """

    def __init__(
        self,
        channel: grpc.aio.Channel,
        wanted: AcquireLockRequest,
        wait: float,
        on_queued: Callable[[int], None],
    ) -> None:
        self._stub: Any = LockServiceStub(channel)  # its types are those of calls that block
        self._wanted = wanted
        self._until = time.monotonic() + wait
        self._on_queued = on_queued
        self._lease: LockLease | None = None
        self._attached = False
        self._answered = False
        self._failure: grpc.aio.AioRpcError | None = None
        self._enough = asyncio.Event()
        self.granted: asyncio.Future[LockGranted] = asyncio.get_running_loop().create_future()
        self.ended = asyncio.create_task(self._run())

    async def release(self) -> None:
        """Give back the lease, or the place in the queue, at once."""
        self._enough.set()
        if self._attached or not self._lease:
            await asyncio.wait((self.ended,), timeout=_ANSWER_SECONDS)
        if not self.ended.done():
            self.ended.cancel()
            await asyncio.wait((self.ended,))
            await self._release_by_call()

    async def _run(self) -> Ending:
        try:
            async with asyncio.timeout_at(self._until + _ANSWER_SECONDS) as self._limit:
                while True:
                    if ending := await self._attempt():
                        return ending
                    if self._enough.is_set():
                        await self._release_by_call()
                        return Ending.RELEASED
                    await asyncio.sleep(RETRY_SECONDS)
        except TimeoutError:
            if self._failure and not self._lease:
                raise self._failure from None
            return Ending.LOST if self._lease else Ending.BUSY

    async def _attempt(self) -> Ending | None:
        """One stream; None if there should be another."""
        try:
            async for event in self._stub.HoldLock(self._messages()):
                self._answered, self._failure = True, None
                match event.WhichOneof("event"):
                    case "queued":
                        self._on_queued(event.queued.position)
                    case "granted":
                        self._hold(event.granted)
                    case "renewed":
                        self._valid_for(event.renewed)
                    case "detached" if event.detached.superseded:
                        return Ending.LOST
                    case "detached" if event.detached.HasField("lease"):
                        self._valid_for(event.detached)
                    case "lost":
                        return Ending.LOST if self._lease else Ending.BUSY
        except grpc.aio.AioRpcError as error:
            if not (self._answered or self._enough.is_set()):
                raise
            self._failure = error
            return None
        finally:
            self._attached = False
        return Ending.RELEASED if self._enough.is_set() else None

    async def _messages(self) -> AsyncIterator[HoldLockRequest]:
        """What is said on one stream: it is half-closed once it was held for long enough.

        Before the first answer there is nothing to keep alive; and grpc.aio calls a stream that is
        refused while it writes an internal error.
        """
        yield self._first()
        pause = seconds_from_duration(self._wanted.ttl) / _KEEPALIVES
        while not self._enough.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._enough.wait()
                    return
            if self._answered:
                yield _KEEPALIVE

    def _first(self) -> HoldLockRequest:
        if self._lease:
            return HoldLockRequest(reattach=LockReattach(lease=self._lease, ttl=self._wanted.ttl))
        wait = max(_AT_ONCE, self._until - time.monotonic())
        self._wanted.wait.CopyFrom(seconds_to_duration(wait))
        return HoldLockRequest(acquire=self._wanted)

    def _hold(self, granted: LockGranted) -> None:
        self._lease, self._attached = granted.lease, True
        self._valid_for(granted)
        if not self.granted.done():
            self.granted.set_result(granted)

    def _valid_for(self, event: Any) -> None:
        """From now on, whatever happens to the stream."""
        seconds = seconds_from_duration(event.valid_for)
        self._limit.reschedule(asyncio.get_running_loop().time() + seconds)

    async def _release_by_call(self) -> None:
        """Where the stream cannot: it is broken just now. If no server answers, the TTL ends the lease."""
        if self._lease:
            request = ReleaseLockRequest(lease=self._lease)
            with suppress(grpc.aio.AioRpcError):
                await self._stub.ReleaseLock(request, timeout=_ANSWER_SECONDS, wait_for_ready=True)
