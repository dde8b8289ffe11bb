"""`quikstate queue consume`: one item after another is printed, or given to a command."""

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
from quikstate_server.cli.common.channel import CALL_SECONDS, OPTIONS, RETRY_SECONDS, ending_on_fault, why
from quikstate_server.cli.common.output import complain, say
from quikstate_server.services.common.protobuf_time import seconds_to_duration

_EXTENSIONS = 3
"""A lease is prolonged so often in its time."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is asked for; `lease` and `retry` in seconds."""

    names: Sequence[str]
    command: Sequence[str]
    lease: float
    retry: float

    @property
    def start(self) -> ConsumeRequest:
        """One item at a time: another consumer may have the rest."""
        begun = ConsumeStart(
            queues=self.names, lease=seconds_to_duration(self.lease), credit=ConsumeCredit(max_items=1)
        )
        return ConsumeRequest(start=begun)


def run(address: str, work: Work) -> int:
    with ending_on_fault(address):
        return asyncio.run(_run(address, work))


async def _run(address: str, work: Work) -> int:
    async with grpc.aio.insecure_channel(address, options=OPTIONS) as channel:
        consumer = _Consumer(QueueServiceStub(channel), work)
        for signum in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(signum, consumer.stop)
        return await consumer.run()


class _Consumer:
    def __init__(self, stub: Any, work: Work) -> None:
        self._stub = stub  # grpc-stubs know only the stubs of calls that block
        self._work = work
        self._stopping = asyncio.Event()
        self._busy = asyncio.Lock()
        self._half_closed = False
        self._answered = False
        self._complained = False

    def stop(self) -> None:
        """Once what is being worked on is settled."""
        self._stopping.set()

    async def run(self) -> int:
        """Until it is stopped; a server that cannot be reached at the start ends it."""
        while not self._stopping.is_set():
            reason = "the server ends"
            try:
                if not self._answered:
                    await self._stub.InspectQueue(
                        InspectQueueRequest(queue=self._work.names[0]), timeout=CALL_SECONDS
                    )
                    self._answered = True
                if status := await self._attempt():
                    return status
            except grpc.aio.AioRpcError as error:
                if not self._answered:
                    raise
                reason = why(error)
            if not (self._stopping.is_set() or self._complained):
                complain(f"{reason}; looking for a server")
                self._complained = True
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), RETRY_SECONDS)
        return 0

    async def _attempt(self) -> int:
        """One stream, to its end; not 0 if the command cannot be run."""
        stream = self._stub.Consume()
        await stream.write(self._work.start)
        closing = asyncio.create_task(self._half_close(stream))
        status = 0
        try:
            async for event in stream:
                self._complained = False
                _complain_of(event.settled)
                for item in event.items.items:
                    async with self._busy:
                        if not self._half_closed and not await self._work_on(stream, item):
                            status = NOT_FOUND
                            self.stop()
        finally:
            closing.cancel()
            await asyncio.gather(closing, return_exceptions=True)
        return status

    async def _half_close(self, stream: Any) -> None:
        """Once we are to stop and nothing is being worked on: what comes after is given back by that."""
        await self._stopping.wait()
        async with self._busy:
            self._half_closed = True
            await stream.done_writing()

    async def _work_on(self, stream: Any, item: QueueItem) -> bool:
        """False if the command cannot be run: the item is then given back."""
        if not self._work.command:
            say(item.payload.decode(errors="replace"))
            await self._settle(stream, Settlement(receipt=item.receipt, ack=QueueAck()))
            return True
        extending = asyncio.create_task(self._extend(stream, item))
        try:
            status = await _run_command(self._work.command, item)
        except OSError as error:
            complain(f"{self._work.command[0]}: {error.strerror or error}")
            status = None
        finally:
            extending.cancel()
            await asyncio.gather(extending, return_exceptions=True)
        if status:
            complain(f"{item.queue} {item.item_id}: the command ended with {status}, attempt {item.attempt}")
        done = QueueNack(delay=seconds_to_duration(self._work.retry))
        settlement = Settlement(receipt=item.receipt, nack=done)
        if status == 0:
            settlement = Settlement(receipt=item.receipt, ack=QueueAck())
        await self._settle(stream, settlement)
        return status is not None

    async def _extend(self, stream: Any, item: QueueItem) -> None:
        lease = QueueExtend(lease=seconds_to_duration(self._work.lease))
        while True:
            await asyncio.sleep(self._work.lease / _EXTENSIONS)
            await self._settle(stream, Settlement(receipt=item.receipt, extend=lease))

    async def _settle(self, stream: Any, settlement: Settlement) -> None:
        """On the stream, or by a call where that is broken; if no server answers, the lease ends."""
        request = SettleRequest(settlements=[settlement])
        if not stream.done():
            with suppress(grpc.aio.AioRpcError, asyncio.InvalidStateError):
                await stream.write(ConsumeRequest(settle=request))
                return
        with suppress(grpc.aio.AioRpcError):
            _complain_of(await self._stub.Settle(request, timeout=CALL_SECONDS, wait_for_ready=True))


async def _run_command(command: Sequence[str], item: QueueItem) -> int:
    about = {
        "QUIKSTATE_QUEUE": item.queue,
        "QUIKSTATE_ITEM_ID": item.item_id,
        "QUIKSTATE_ATTEMPT": str(item.attempt),
    }
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        env=os.environ | about,  # noqa: TID251 - the command's own, with what it is given
        start_new_session=True,  # Ctrl-C is for us: what is begun is done
    )
    await process.communicate(item.payload)
    return process.returncode or 0


def _complain_of(settled: SettleResponse) -> None:
    for result in settled.results:
        if result.outcome == SETTLE_OUTCOME_NOT_HELD:
            complain("an item was not ours any more: its lease had ended")
