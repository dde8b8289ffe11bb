"""`quikstate lock run`: a command that runs while a lock is held, and no longer."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import grpc.aio

from quikstate.v1.lock_pb2 import (
    LOCK_MODE_EXCLUSIVE,
    LOCK_MODE_SEMAPHORE,
    LOCK_MODE_SHARED,
    AcquireLockRequest,
    LockGranted,
)
from quikstate_server.cli import BUSY, LOST, NOT_FOUND, SIGNALLED
from quikstate_server.cli.common.channel import OPTIONS, exit_on_error
from quikstate_server.cli.common.output import complain
from quikstate_server.cli.lock.held_lease import LockHold
from quikstate_server.redis_client.embedded import tie_to_parent
from quikstate_server.services.common.protobuf_time import seconds_to_duration

_FORWARDED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)


@dataclass(frozen=True, slots=True)
class Run:
    """What is asked for; `wait` and `kill_after` in seconds."""

    wanted: AcquireLockRequest
    wait: float
    command: Sequence[str]
    kill_after: float

    @property
    def name(self) -> str:
        return self.wanted.resources[0]


def wanted(
    name: str, ttl: float, *, shared: bool, permits: int, group: str, owner: str, metadata: Mapping[str, str]
) -> AcquireLockRequest:
    return AcquireLockRequest(
        resources=[name],
        mode=LOCK_MODE_SEMAPHORE if permits else LOCK_MODE_SHARED if shared else LOCK_MODE_EXCLUSIVE,
        permits=permits,
        ttl=seconds_to_duration(ttl),
        group=group,
        owner=owner or f"{socket.gethostname()}:{os.getpid()}",
        metadata=metadata,
    )


def run(address: str, asked: Run) -> int:
    """The exit status: the command's, or why it did not run to its end."""
    program = shutil.which(asked.command[0])
    if program is None:
        complain(f"{asked.command[0]}: no such command")
        return NOT_FOUND
    with exit_on_error(address):
        return asyncio.run(_run(address, asked, [program, *asked.command[1:]]))


async def _run(address: str, asked: Run, command: list[str]) -> int:
    async with grpc.aio.insecure_channel(address, options=OPTIONS) as channel:
        signals = _Signals()
        hold = LockHold(channel, asked.wanted, asked.wait, lambda place: _tell_place(asked.name, place))
        await asyncio.wait((hold.granted, hold.ended, signals.early), return_when=asyncio.FIRST_COMPLETED)
        if signals.early.done():
            await hold.release()
            return SIGNALLED + signals.early.result()
        if not hold.granted.done():
            hold.ended.result()  # raises why it could not begin
            complain(f"{asked.name}: busy; `quikstate lock show` tells who holds it")
            return BUSY
        return await _under(hold, asked, signals.process(command, hold.granted.result()))


async def _under(hold: LockHold, asked: Run, process: _Process) -> int:
    """Wait for the command or for the end of the lease, whichever comes first."""
    await asyncio.wait((process.ended, hold.ended), return_when=asyncio.FIRST_COMPLETED)
    if process.ended.done():
        await hold.release()
        return process.ended.result()
    complain(f"{asked.name}: the lock is lost; ending the command")
    await process.end(asked.kill_after)
    return LOST


class _Process:
    """The command. It ends with us, kill -9 included (on Linux): without us nobody holds the lock.

    Away from a terminal it has a process group of its own, and signals are for
    all of it. On a terminal it stays in ours, so that it may read from there and
    be stopped and continued; Ctrl-C reaches it without us.
    """

    def __init__(self, command: list[str], name: str, token: int) -> None:
        self._beside_us = _on_terminal()
        ours = {"QUIKSTATE_LOCK": name, "QUIKSTATE_FENCING_TOKEN": str(token)}
        self._process = subprocess.Popen(  # noqa: S603 - what the caller asks us to run
            [*tie_to_parent.exec_prefix(), *command],
            env=os.environ | ours,  # noqa: TID251 - the command gets the environment that we got
            process_group=None if self._beside_us else 0,
        )
        self.ended = asyncio.create_task(self._wait())

    def send(self, signum: int) -> None:
        """What a terminal sends, it has sent to the command too."""
        from_terminal = self._beside_us and signum in (signal.SIGINT, signal.SIGQUIT)
        if not (from_terminal or self.ended.done()):
            self._kill(signum)

    async def end(self, kill_after: float) -> None:
        """In its own time, but no longer than `kill_after`."""
        self._kill(signal.SIGTERM)
        await asyncio.wait((self.ended,), timeout=kill_after)
        self._kill(signal.SIGKILL)
        await self.ended

    def _kill(self, signum: int) -> None:
        with suppress(ProcessLookupError):
            if self._beside_us:
                self._process.send_signal(signum)
            else:
                os.killpg(self._process.pid, signum)

    async def _wait(self) -> int:
        """Its exit status, as a shell tells it."""
        status = await asyncio.to_thread(self._process.wait)
        return status if status >= 0 else SIGNALLED - status


class _Signals:
    """Those we get are for the command; `early` has the one that came before there was any."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._process: _Process | None = None
        self.early: asyncio.Future[int] = self._loop.create_future()
        for signum in _FORWARDED:
            self._loop.add_signal_handler(signum, self._on_signal, signum)

    def process(self, command: list[str], granted: LockGranted) -> _Process:
        """Start the command; from now on it gets the signals."""
        (token,) = granted.fencing_tokens
        self._process = _Process(command, token.resource, token.token)
        return self._process

    def _on_signal(self, signum: int) -> None:
        if self._process:
            self._process.send(signum)
        elif not self.early.done():
            self.early.set_result(signum)


def _on_terminal() -> bool:
    """Whether we are in the foreground of one."""
    try:
        with open("/dev/tty") as terminal:  # noqa: PTH123 - a device
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False


def _tell_place(name: str, place: int) -> None:
    """To a person who sees nothing happen; a log needs no such line."""
    if sys.stderr.isatty():
        complain(f"{name}: held by another; waiting, {place} before us")
