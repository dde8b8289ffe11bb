"""A lease on a HoldLock stream, which is opened again, on this or another server, when it breaks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from enum import Enum
from typing import Any, NoReturn

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

_KEEPALIVES_PER_TTL = 4
"""The server requires three."""
_SHORTEST_WAIT_SECONDS = 1e-6
"""A wait of 0 would be unlimited."""
_REPLY_SECONDS = 5.0
_KEEPALIVE = HoldLockRequest(keepalive=LockKeepalive())


class LeaseEnding(Enum):
    RELEASED = "released"
    BUSY = "busy"
    LOST = "lost"


class ReconnectingLease:
    """`granted` has the lease once it is held; `ended` has how it ended, or raises why it never was granted.

    `wait` is in seconds; None waits for as long as it takes.
    If the stream breaks, a waiter goes to the end of the queue. A holder keeps the
    lease if a server answers while the lease is certainly held.
    """

    def __init__(
        self,
        channel: grpc.aio.Channel,
        request: AcquireLockRequest,
        wait: float | None,
        on_queued: Callable[[int], None],
    ) -> None:
        self._stub: Any = LockServiceStub(channel)  # typed as a blocking stub
        self._request = request
        self._until = None if wait is None else time.monotonic() + wait
        self._on_queued = on_queued
        self._lease: LockLease | None = None
        self._is_attached = False
        self._has_answered = False
        self._last_error: grpc.aio.AioRpcError | None = None
        self._releasing = asyncio.Event()
        self.granted: asyncio.Future[LockGranted] = asyncio.get_running_loop().create_future()
        self.ended = asyncio.create_task(self._run())

    async def release(self) -> None:
        """Release the lease, or leave the queue, at once."""
        self._releasing.set()
        if self._is_attached or not self._lease:
            await asyncio.wait((self.ended,), timeout=_REPLY_SECONDS)
        if not self.ended.done():
            self.ended.cancel()
            await asyncio.wait((self.ended,))
            await self._release_by_call()

    async def _run(self) -> LeaseEnding:
        try:
            until = None if self._until is None else self._until + _REPLY_SECONDS
            async with asyncio.timeout_at(until) as self._limit:
                while True:
                    if ending := await self._attempt():
                        return ending
                    if self._releasing.is_set():
                        await self._release_by_call()
                        return LeaseEnding.RELEASED
                    await asyncio.sleep(RETRY_SECONDS)
        except TimeoutError:
            if self._last_error and not self._lease:
                raise self._last_error from None
            return LeaseEnding.LOST if self._lease else LeaseEnding.BUSY

    async def _attempt(self) -> LeaseEnding | None:
        """Run one stream; return None if another should follow."""
        try:
            async for event in self._stub.HoldLock(self._messages()):
                self._has_answered, self._last_error = True, None
                match event.WhichOneof("event"):
                    case "queued":
                        self._on_queued(event.queued.position)
                    case "granted":
                        self._on_granted(event.granted)
                    case "renewed":
                        self._extend(event.renewed)
                    case "detached" if event.detached.superseded:
                        return LeaseEnding.LOST
                    case "detached" if event.detached.HasField("lease"):
                        self._extend(event.detached)
                    case "lost":
                        return LeaseEnding.LOST if self._lease else LeaseEnding.BUSY
        except grpc.aio.AioRpcError as error:
            if not (self._has_answered or self._releasing.is_set()):
                await self._raise_refusal(error)
            self._last_error = error
            return None
        finally:
            self._is_attached = False
        return LeaseEnding.RELEASED if self._releasing.is_set() else None

    async def _raise_refusal(self, error: grpc.aio.AioRpcError) -> NoReturn:
        """Raise why the server refused the stream.

        grpc.aio hides that if the refusal comes while the first message is written. A unary call, which needs
        the same right, gets it: this one releases a lease that does not exist.
        """
        if error.code() is grpc.StatusCode.INTERNAL:
            nothing = LockLease(lease_id="none", resources=self._request.resources)
            await self._stub.ReleaseLock(ReleaseLockRequest(lease=nothing), timeout=_REPLY_SECONDS)
        raise error

    async def _messages(self) -> AsyncIterator[HoldLockRequest]:
        """Yield the messages of one stream, until the release half-closes it.

        Before the first response there is nothing to keep alive; and grpc.aio reports a stream that is
        refused while it writes as an internal error.
        """
        yield self._first_message()
        pause = seconds_from_duration(self._request.ttl) / _KEEPALIVES_PER_TTL
        while not self._releasing.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._releasing.wait()
                    return
            if self._has_answered:
                yield _KEEPALIVE

    def _first_message(self) -> HoldLockRequest:
        if self._lease:
            return HoldLockRequest(reattach=LockReattach(lease=self._lease, ttl=self._request.ttl))
        if self._until is not None:
            wait = max(_SHORTEST_WAIT_SECONDS, self._until - time.monotonic())
            self._request.wait.CopyFrom(seconds_to_duration(wait))
        return HoldLockRequest(acquire=self._request)

    def _on_granted(self, granted: LockGranted) -> None:
        self._lease, self._is_attached = granted.lease, True
        self._extend(granted)
        if not self.granted.done():
            self.granted.set_result(granted)

    def _extend(self, event: Any) -> None:
        """Keep the lease for `valid_for` from now on, whatever happens to the stream."""
        seconds = seconds_from_duration(event.valid_for)
        self._limit.reschedule(asyncio.get_running_loop().time() + seconds)

    async def _release_by_call(self) -> None:
        """Release while the stream is broken. If no server answers, the TTL ends the lease."""
        if self._lease:
            request = ReleaseLockRequest(lease=self._lease)
            with suppress(grpc.aio.AioRpcError):
                await self._stub.ReleaseLock(request, timeout=_REPLY_SECONDS, wait_for_ready=True)
