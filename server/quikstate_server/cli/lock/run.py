"""`quikstate lock run`: runs a command while it holds a lock, and no longer."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from quikstate.v1.lock_pb2 import (
    LOCK_MODE_EXCLUSIVE,
    LOCK_MODE_SEMAPHORE,
    LOCK_MODE_SHARED,
    AcquireLockRequest,
    LockGranted,
)
from quikstate_server.cli import BUSY, LOST, NOT_FOUND, SIGNALLED
from quikstate_server.cli.common.channel import exit_on_error, open_async_channel
from quikstate_server.cli.common.output import complain
from quikstate_server.cli.common.server_target import ServerTarget
from quikstate_server.cli.lock.reconnecting_lease import ReconnectingLease
from quikstate_server.redis_client.embedded import tie_to_parent
from quikstate_server.services.common.protobuf_time import seconds_to_duration

_FORWARDED_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)


@dataclass(frozen=True, slots=True)
class LockedCommand:
    """A command and the lock that it needs; `wait` (None: without end) and `kill_after` are in seconds."""

    request: AcquireLockRequest
    wait: float | None
    command: Sequence[str]
    kill_after: float


class HeldWork(Protocol):
    """What happens while a lock is held."""

    @property
    def ended(self) -> asyncio.Future[int]:
        """Return the future of the exit status, done when the work has ended by itself."""

    def send(self, signum: int) -> None:
        """Receive a signal of this process."""

    async def lose(self) -> int:
        """End because the lock was lost; return the exit status."""


def lock_request(
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


def run_under_lock(server: ServerTarget, locked: LockedCommand) -> int:
    """Return the exit status: the command's, or why the command did not run to its end."""
    program = shutil.which(locked.command[0])
    if program is None:
        complain(f"{locked.command[0]}: no such command")
        return NOT_FOUND
    command = [program, *locked.command[1:]]
    return run_while_held(
        server, locked.request, locked.wait, lambda granted: _Process(command, granted, locked.kill_after)
    )


def run_while_held(
    server: ServerTarget,
    request: AcquireLockRequest,
    wait: float | None,
    start: Callable[[LockGranted], HeldWork],
) -> int:
    """Do the work that `start` returns once the lock is held; return the exit status."""
    with exit_on_error(server):
        return asyncio.run(_run(server, request, wait, start))


async def _run(
    server: ServerTarget,
    request: AcquireLockRequest,
    wait: float | None,
    start: Callable[[LockGranted], HeldWork],
) -> int:
    (name,) = request.resources
    async with open_async_channel(server) as channel:
        signals = _Signals()
        lease = ReconnectingLease(channel, request, wait, lambda position: _print_position(name, position))
        await asyncio.wait((lease.granted, lease.ended, signals.early), return_when=asyncio.FIRST_COMPLETED)
        if signals.early.done():
            await lease.release()
            return SIGNALLED + signals.early.result()
        if not lease.granted.done():
            lease.ended.result()  # raises why the lease was not granted
            complain(f"{name}: busy; `quikstate lock show` shows its holders")
            return BUSY
        signals.work = start(lease.granted.result())
        return await _finish(lease, signals.work)


async def _finish(lease: ReconnectingLease, work: HeldWork) -> int:
    """Wait for the end of the work or of the lease; return the exit status."""
    await asyncio.wait((work.ended, lease.ended), return_when=asyncio.FIRST_COMPLETED)
    if work.ended.done():
        await lease.release()
        return work.ended.result()
    return await work.lose()


class _Process:
    """The command. It ends with this process, by kill -9 too (on Linux): without us nobody holds the lock.

    Away from a terminal it has a process group of its own, which gets the signals.
    On a terminal it stays in ours, so that it can read from the terminal and be
    stopped and continued; Ctrl-C reaches it without us.
    """

    def __init__(self, command: list[str], granted: LockGranted, kill_after: float) -> None:
        (token,) = granted.fencing_tokens
        self._name = token.resource
        self._kill_after = kill_after
        self._shares_group = _is_on_terminal()
        variables = {"QUIKSTATE_LOCK": self._name, "QUIKSTATE_FENCING_TOKEN": str(token.token)}
        self._process = subprocess.Popen(  # noqa: S603 - the user's own command
            [*tie_to_parent.exec_prefix(), *command],
            env=os.environ | variables,  # noqa: TID251 - the command inherits our environment
            process_group=None if self._shares_group else 0,
        )
        self.ended: asyncio.Future[int] = asyncio.create_task(self._wait())

    def send(self, signum: int) -> None:
        """Pass a signal on, unless the terminal has sent it to the command too."""
        from_terminal = self._shares_group and signum in (signal.SIGINT, signal.SIGQUIT)
        if not (from_terminal or self.ended.done()):
            self._kill(signum)

    async def lose(self) -> int:
        """Send SIGTERM, and SIGKILL after `kill_after` seconds."""
        complain(f"{self._name}: the lock was lost; ending the command")
        self._kill(signal.SIGTERM)
        await asyncio.wait((self.ended,), timeout=self._kill_after)
        self._kill(signal.SIGKILL)
        await self.ended
        return LOST

    def _kill(self, signum: int) -> None:
        with suppress(ProcessLookupError):
            if self._shares_group:
                self._process.send_signal(signum)
            else:
                os.killpg(self._process.pid, signum)

    async def _wait(self) -> int:
        """Return its exit status as a shell does."""
        status = await asyncio.to_thread(self._process.wait)
        return status if status >= 0 else SIGNALLED - status


class _Signals:
    """Passes our signals on to the work, once there is any; `early` has the one that came before."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.work: HeldWork | None = None
        self.early: asyncio.Future[int] = self._loop.create_future()
        for signum in _FORWARDED_SIGNALS:
            self._loop.add_signal_handler(signum, self._on_signal, signum)

    def _on_signal(self, signum: int) -> None:
        if self.work:
            self.work.send(signum)
        elif not self.early.done():
            self.early.set_result(signum)


def _is_on_terminal() -> bool:
    """Return True if this process is in the foreground of a terminal."""
    try:
        with open("/dev/tty") as terminal:  # noqa: PTH123 - a device
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False


def _print_position(name: str, position: int) -> None:
    """Tell a person why nothing happens; a log needs no such line."""
    if sys.stderr.isatty():
        complain(f"{name}: held by another; waiting, {position} before us")
