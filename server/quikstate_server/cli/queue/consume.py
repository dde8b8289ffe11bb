"""`quikstate queue consume`: prints items one after another, or runs a command for each."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import grpc.aio

from quikstate.v1.queue_pb2 import (
    SETTLE_OUTCOME_NOT_HELD,
    ConsumeCredit,
    ConsumeRequest,
    ConsumeStart,
    InspectQueueRequest,
    QueueAck,
    QueueExtend,
    QueueItem,
    QueueNack,
    Settlement,
    SettleRequest,
    SettleResponse,
)
from quikstate.v1.queue_pb2_grpc import QueueServiceStub
from quikstate_server.cli import NOT_FOUND
from quikstate_server.cli.common.channel import (
    CALL_SECONDS,
    RETRY_SECONDS,
    describe,
    exit_on_error,
    is_refused_caller,
    open_async_channel,
)
from quikstate_server.cli.common.output import complain, say
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.services.common.protobuf_time import seconds_to_duration

_EXTENSIONS = 3
"""How often a lease is extended within its length."""


@dataclass(frozen=True, slots=True)
class ConsumeOptions:
    """The options of the command; `lease` and `retry` in seconds."""

    names: Sequence[str]
    command: Sequence[str]
    lease: float
    retry: float

    @property
    def start(self) -> ConsumeRequest:
        """Return the first message: one item at a time, so that other consumers get the rest."""
        start = ConsumeStart(
            queues=self.names, lease=seconds_to_duration(self.lease), credit=ConsumeCredit(max_items=1)
        )
        return ConsumeRequest(start=start)


def run(server: ServerTarget, options: ConsumeOptions) -> int:
    """Consume until stopped. Return the exit status."""
    with exit_on_error(server):
        return asyncio.run(_run(server, options))


async def _run(server: ServerTarget, options: ConsumeOptions) -> int:
    async with open_async_channel(server) as channel:
        consumer = _Consumer(QueueServiceStub(channel), options)
        for signum in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signum, consumer.stop)
        return await consumer.run()


class _Consumer:
    """Keeps a Consume stream open, on one server after another."""

    def __init__(self, stub: Any, options: ConsumeOptions) -> None:
        self._stub = stub  # grpc-stubs has only blocking stubs
        self._options = options
        self._stopping = asyncio.Event()
        self._working = asyncio.Lock()
        self._half_closed = False
        self._has_connected = False
        self._has_complained = False
        self._was_refused = False

    def stop(self) -> None:
        """Stop after the current item is settled."""
        self._stopping.set()

    async def run(self) -> int:
        """Consume until stopped. Fail only if no server can be reached at the start, or the caller may not.

        A caller that has lost its right calls once more, perhaps with a renewed token.
        """
        while not self._stopping.is_set():
            reason = "the server is shutting down"
            try:
                if not self._has_connected:
                    await self._reach_server()
                    self._has_connected = True
                if status := await self._consume():
                    return status
            except grpc.aio.AioRpcError as error:
                refusal = await self._refusal(error)
                if not self._has_connected or (refusal and self._was_refused):
                    raise (refusal or error) from None
                self._was_refused = refusal is not None
                reason = describe(refusal or error)
            if not (self._stopping.is_set() or self._has_complained):
                complain(f"{reason}; reconnecting")
                self._has_complained = True
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), RETRY_SECONDS)
        return 0

    async def _refusal(self, error: grpc.aio.AioRpcError) -> grpc.aio.AioRpcError | None:
        """Return the error if the server refused the caller.

        grpc.aio hides that if the refusal comes while the first message is written. A unary call, which needs
        the same right, gets it: this one settles an item that does not exist.
        """
        if error.code() is grpc.StatusCode.INTERNAL:
            try:
                nothing = Settlement(receipt="none", ack=QueueAck())
                await self._stub.Settle(SettleRequest(settlements=[nothing]), timeout=CALL_SECONDS)
            except grpc.aio.AioRpcError as answer:
                error = answer
        return error if is_refused_caller(error) else None

    async def _reach_server(self) -> None:
        """Raise the error of a server that does not answer; the right to consume needs none to inspect."""
        request = InspectQueueRequest(queue=self._options.names[0])
        try:
            await self._stub.InspectQueue(request, timeout=CALL_SECONDS)
        except grpc.aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.PERMISSION_DENIED:
                raise

    async def _consume(self) -> int:
        """Consume one stream to its end. Return NOT_FOUND if the command cannot be run, else 0."""
        stream = self._stub.Consume()
        await stream.write(self._options.start)
        closing = asyncio.create_task(self._half_close(stream))
        status = 0
        try:
            async for event in stream:
                self._has_complained = self._was_refused = False
                _complain_of(event.settled)
                for item in event.items.items:
                    async with self._working:
                        if not self._half_closed and not await self._work_on(stream, item):
                            status = NOT_FOUND
                            self.stop()
        finally:
            closing.cancel()
            await asyncio.gather(closing, return_exceptions=True)
        return status

    async def _half_close(self, stream: Any) -> None:
        """Half-close when the command stops and no item is in work: the server gives later items back."""
        await self._stopping.wait()
        async with self._working:
            self._half_closed = True
            await stream.done_writing()

    async def _work_on(self, stream: Any, item: QueueItem) -> bool:
        """Run the command and settle the item. Return False if the command cannot be run."""
        if not self._options.command:
            say(item.payload.decode(errors="replace"))
            await self._settle(stream, Settlement(receipt=item.receipt, ack=QueueAck()))
            return True
        extending = asyncio.create_task(self._extend(stream, item))
        try:
            status = await _run_command(self._options.command, item)
        except OSError as error:
            complain(f"{self._options.command[0]}: {error.strerror or error}")
            status = None
        finally:
            extending.cancel()
            await asyncio.gather(extending, return_exceptions=True)
        if status:
            complain(
                f"{item.queue} {item.item_id}: the command exited with {status} on attempt {item.attempt}"
            )
        if status == 0:
            settlement = Settlement(receipt=item.receipt, ack=QueueAck())
        else:
            nack = QueueNack(delay=seconds_to_duration(self._options.retry))
            settlement = Settlement(receipt=item.receipt, nack=nack)
        await self._settle(stream, settlement)
        return status is not None

    async def _extend(self, stream: Any, item: QueueItem) -> None:
        """Extend the item's lease until cancelled."""
        lease = QueueExtend(lease=seconds_to_duration(self._options.lease))
        while True:
            await asyncio.sleep(self._options.lease / _EXTENSIONS)
            await self._settle(stream, Settlement(receipt=item.receipt, extend=lease))

    async def _settle(self, stream: Any, settlement: Settlement) -> None:
        """Settle on the stream, or by a call if the stream broke. If no server answers, the lease ends."""
        request = SettleRequest(settlements=[settlement])
        if not stream.done():
            with suppress(grpc.aio.AioRpcError, asyncio.InvalidStateError):
                await stream.write(ConsumeRequest(settle=request))
                return
        with suppress(grpc.aio.AioRpcError):
            _complain_of(await self._stub.Settle(request, timeout=CALL_SECONDS, wait_for_ready=True))


async def _run_command(command: Sequence[str], item: QueueItem) -> int:
    """Run the command with the item's payload on stdin. Return its exit status."""
    variables = {
        "QUIKSTATE_QUEUE": item.queue,
        "QUIKSTATE_ITEM_ID": item.item_id,
        "QUIKSTATE_ATTEMPT": str(item.attempt),
    }
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        env=os.environ | variables,  # noqa: TID251 - the command inherits the environment
        start_new_session=True,  # Ctrl-C stops the consumer, not the running command
    )
    await process.communicate(item.payload)
    return process.returncode or 0


def _complain_of(response: SettleResponse) -> None:
    for result in response.results:
        if result.outcome == SETTLE_OUTCOME_NOT_HELD:
            complain("an item could not be settled: its lease had ended")
