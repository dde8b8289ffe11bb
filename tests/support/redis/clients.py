"""What tests do with a Redis client."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.resources import files
from typing import TypeVar

import pytest

import redis
from quikstate_server import call_context
from quikstate_server.errors import OutcomeUnknown, ReplicasNotReached
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.script import Script
from quikstate_server.settings import RedisSettings
from support.harness.eventually import PATIENCE_SECONDS, eventually

OpenRedisClient = Callable[[RedisSettings], Awaitable[RedisClient]]
Connect = Callable[..., Awaitable[RedisClient]]
OpenSentinel = Callable[..., Awaitable[RedisClient]]

_PRELUDE = files("quikstate_server.redis_client").joinpath("prelude.lua").read_text(encoding="utf-8")
_T = TypeVar("_T")


def patient(**settings: object) -> RedisSettings:
    """Settings under which no Redis is doubted that a busy machine keeps waiting, nor probed meanwhile."""
    chosen = {"probe_seconds": 60, "command_seconds": 30, "connect_seconds": 30, "stall_seconds": 30}
    chosen |= {"sentinel_seconds": 5, "sentinel_fence_seconds": 30}
    return RedisSettings.model_validate(chosen | settings)


async def started(redis_client: RedisClient) -> RedisClient:
    """`redis_client`, once it answers and hears."""
    await redis_client.start()
    await eventually(lambda: redis_client.is_available and redis_client.subscriber.is_live)
    return redis_client


async def closed(redis_client: RedisClient) -> None:
    """Close it; a test that would hang for ever fails instead."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await redis_client.close()


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


async def count_on_own_connection(redis_client: RedisClient, key: str) -> None:
    """Run COUNT as a write that waits for replicas does; there may be none that have it."""
    with suppress(ReplicasNotReached, OutcomeUnknown):
        await within(0.5, redis_client.run_acknowledged(COUNT, (key,), min_replicas=1))


async def reaches_too_few(act: Callable[[], Awaitable[object]]) -> None:
    """`act` fails for want of replicas; how many there are may be told too late on a busy machine."""

    async def refused() -> None:
        try:
            await within(2, act())
        except ReplicasNotReached:
            return
        except OutcomeUnknown as late:
            raise AssertionError from late
        pytest.fail("enough replicas have it")

    await eventually(refused)


async def within(seconds: float, work: Awaitable[_T]) -> _T:
    """`work` as part of a call whose caller waits so long."""

    async def called() -> _T:
        call_context.enter(call_context.CallContext(deadline=time.monotonic() + seconds))
        return await work

    return await asyncio.create_task(called())
