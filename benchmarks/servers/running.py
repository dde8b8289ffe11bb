"""How each server under test is run: on uvloop, until SIGTERM, after printing its address."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable

import uvloop

Start = Callable[[], Awaitable[str]]
"""Starts a server; the address it listens on."""
Stop = Callable[[], Awaitable[None]]


def run(start: Start, stop: Stop) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(start, stop))


async def _serve(start: Start, stop: Stop) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    print(await start(), flush=True)
    await ended.wait()
    await stop()
