"""What tests do with a Topology."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import TypeVar

import redis

from quikstate_server import call
from quikstate_server.settings import RedisSettings
from quikstate_server.topology.script import Script
from quikstate_server.topology.topology import Topology
from support.eventually import PATIENCE_SECONDS, eventually

OpenTopology = Callable[[RedisSettings], Awaitable[Topology]]
Connect = Callable[..., Awaitable[Topology]]
OpenSentinel = Callable[..., Awaitable[Topology]]

_PRELUDE = files("quikstate_server.topology").joinpath("prelude.lua").read_text(encoding="utf-8")
_T = TypeVar("_T")


async def started(topology: Topology) -> Topology:
    """`topology`, once it answers and hears."""
    await topology.start()
    await eventually(lambda: topology.answers and topology.subscriber.live)
    return topology


async def closed(topology: Topology) -> None:
    """Close it; a test that would hang for ever fails instead."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await topology.close()


def cut_connections(raw: redis.Redis) -> None:
    """Every connection but the raw client's own, hints' too, and what Redis knows of scripts."""
    for kind in ("normal", "pubsub"):
        raw.client_kill_filter(_type=kind, skipme=True)
    raw.script_flush()


def act(body: str, *, flags: str = "", read_only: bool = False) -> Script:
    """A script as primitives have them, from its lines of Lua."""
    names = ",".join(filter(None, [flags, "no-writes" if read_only else ""]))
    shebang = f"#!lua flags={names}\n" if names else "#!lua\n"
    return Script("test.act", f"{shebang}{_PRELUDE}\n{body}", read_only)


COUNT = act("return redis.call('INCR', KEYS[1])")
"""Not idempotent: what it returns tells how often it ran."""
ECHO = act("return ARGV[1]", read_only=True)


async def within(seconds: float, work: Awaitable[_T]) -> _T:
    """`work` as part of a call whose caller waits so long."""

    async def called() -> _T:
        call.enter(call.Call(deadline=time.monotonic() + seconds))
        return await work

    return await asyncio.create_task(called())
