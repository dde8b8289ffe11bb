"""The clients of `quikstate bench`: processes, each with a connection and an event loop of its own.

grpc shares one connection among all channels of a process to one address, and a process has one core.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.synchronize import Barrier, Event
from typing import Any
from uuid import uuid4

import typer

from quikstate_server.cli import UNAVAILABLE, UNTRUE
from quikstate_server.cli.bench.load import LoadPlan, LoadResult, run_load
from quikstate_server.cli.bench.workloads import BenchCallFailed
from quikstate_server.cli.common.channel import exit_on_error
from quikstate_server.cli.common.output import complain
from quikstate_server.cli.common.server_target import ServerTarget

_STOPPING_SIGNALS = signal.SIGINT, signal.SIGTERM
_START_SECONDS = 60.0
"""The longest wait of a client until all others can begin too."""
_PREFIX = "bench:"


def run_clients(server: ServerTarget, plan: LoadPlan, clients: int) -> LoadResult:
    """Run the plan with so many clients, which share its calls and its rate.

    End the command with one line if the server cannot be reached or refuses the calls. The first signal ends
    the load; what is stored is deleted, and the result has what was measured until then.
    """
    spawn = multiprocessing.get_context("spawn")
    stop, begin = spawn.Event(), spawn.Barrier(clients)
    name = f"{_PREFIX}{uuid4().hex[:12]}"
    with _stopping(stop), _exit_on_failure(server):
        if clients == 1:
            return asyncio.run(run_load(server, plan, f"{name}:0", _begin_at_once, stop.is_set))
        trial = replace(plan, concurrency=1, calls=0)
        asyncio.run(run_load(server, trial, f"{name}:trial", _begin_at_once, stop.is_set))
        with ProcessPoolExecutor(clients, spawn, _keep, (stop, begin)) as pool:
            names = [f"{name}:{index}" for index in range(clients)]
            with _inherited_block():
                running = pool.map(_run_client, [server] * clients, shares(plan, clients), names)
            results = list(running)
    for other in results[1:]:
        results[0].merge(other)
    return results[0]


def _begin_at_once() -> None:
    """Wait for no other client."""


def shares(plan: LoadPlan, clients: int) -> Sequence[LoadPlan]:
    """Return the plans of the clients."""
    rate = None if plan.rate is None else plan.rate / clients
    if plan.calls is None:
        return [replace(plan, rate=rate)] * clients
    each, more = divmod(plan.calls, clients)
    return [replace(plan, rate=rate, calls=each + (index < more)) for index in range(clients)]


@contextmanager
def _stopping(stop: Event) -> Iterator[None]:
    """Set the event at a signal that would end the command."""

    def on_signal(*_: object) -> None:
        stop.set()

    before = {signum: signal.signal(signum, on_signal) for signum in _STOPPING_SIGNALS}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


@contextmanager
def _exit_on_failure(server: ServerTarget) -> Iterator[None]:
    """End the command with one line if the load cannot begin, or a client dies."""
    try:
        with exit_on_error(server):
            yield
    except BenchCallFailed as failed:
        complain(f"{server.address}: what the calls need could not be stored ({failed.code})")
        raise typer.Exit(UNAVAILABLE) from None
    except BrokenProcessPool:
        complain("a client was killed")
        raise typer.Exit(UNTRUE) from None


@contextmanager
def _inherited_block() -> Iterator[None]:
    """Block the signals for processes that start meanwhile: Ctrl-C is for the command, which tells them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Shared:
    """The things that the process of a client shares with the others; only its start can give them to it."""

    stop: Event
    begin: Barrier
    command: int


def _keep(stop: Any, begin: Any) -> None:
    """Begin a client's process."""
    _Shared.stop, _Shared.begin, _Shared.command = stop, begin, os.getppid()


def _is_stopped() -> bool:
    """Return True if the command was told to end, or is gone."""
    return _Shared.stop.is_set() or os.getppid() != _Shared.command


def _run_client(server: ServerTarget, plan: LoadPlan, name: str) -> LoadResult:
    """Run one client; if it cannot begin, no client does, and the first that cannot says why."""
    try:
        return asyncio.run(run_load(server, plan, name, _begin_together, _is_stopped))
    except BaseException:
        if _Shared.begin.broken:
            raise typer.Exit(UNAVAILABLE) from None
        _Shared.begin.abort()
        with _exit_on_failure(server):
            raise


def _begin_together() -> None:
    """Wait for the other clients."""
    _Shared.begin.wait(_START_SECONDS)
