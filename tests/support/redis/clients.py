"""Helpers for tests with a Redis client."""

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
    """Return settings whose timeouts do not expire on a busy machine, and that send no probes meanwhile."""
    chosen = {"probe_seconds": 60, "command_seconds": 30, "connect_seconds": 30, "stall_seconds": 30}
    chosen |= {"sentinel_seconds": 5, "sentinel_fence_seconds": 30}
    return RedisSettings.model_validate(chosen | settings)


async def started(redis_client: RedisClient) -> RedisClient:
    """Start `redis_client`; return it once it is available and its subscriber is live."""
    await redis_client.start()
    await eventually(lambda: redis_client.is_available and redis_client.subscriber.is_live)
    return redis_client


async def closed(redis_client: RedisClient) -> None:
    """Close `redis_client`; a test that would hang for ever fails instead."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        await redis_client.close()


def cut_connections(raw: redis.Redis) -> None:
    """Close every connection but that of `raw`, subscribers' too, and remove all loaded scripts."""
    for kind in ("normal", "pubsub"):
        raw.client_kill_filter(_type=kind, skipme=True)
    raw.script_flush()


def make_script(body: str, *, flags: str = "", read_only: bool = False) -> Script:
    """Return a script behind the prelude, as primitives have them, from its lines of Lua."""
    names = ",".join(filter(None, [flags, "no-writes" if read_only else ""]))
    shebang = f"#!lua flags={names}\n" if names else "#!lua\n"
    return Script("test.act", f"{shebang}{_PRELUDE}\n{body}", read_only)


COUNT = make_script("return redis.call('INCR', KEYS[1])")
"""Not safe to repeat: its reply shows how often it ran."""
ECHO = make_script("return ARGV[1]", read_only=True)


async def count_on_own_connection(redis_client: RedisClient, key: str) -> None:
    """Run COUNT as a write that waits for replicas does; there may be none that have it."""
    with suppress(ReplicasNotReached, OutcomeUnknown):
        await within(2, redis_client.run_acknowledged(COUNT, (key,), min_replicas=1))


async def assert_too_few_replicas(write: Callable[[], Awaitable[object]]) -> None:
    """Assert that `write` fails for want of replicas. On a busy machine their number may come too late."""

    async def refused() -> None:
        try:
            await within(2, write())
        except ReplicasNotReached:
            return
        except OutcomeUnknown as late:
            raise AssertionError from late
        pytest.fail("enough replicas have it")

    await eventually(refused)


async def within(seconds: float, work: Awaitable[_T]) -> _T:
    """Return what `work` returns in a call with a deadline of so many seconds."""

    async def called() -> _T:
        call_context.enter(call_context.CallContext(deadline=time.monotonic() + seconds))
        return await work

    return await asyncio.create_task(called())
