"""This server but for the Redis client: redis.asyncio as it comes, a pool connection a command."""

from __future__ import annotations

from collections.abc import Sequence
from unittest.mock import patch

import redis.asyncio
from pydantic import SecretStr
from redis.exceptions import NoScriptError

from benchmarks.servers.ours import serve, settings
from quikstate_server import app
from quikstate_server.background import FaultMonitor
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.factory import create_redis_client
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.router import OnChange
from quikstate_server.redis_client.script import Script
from quikstate_server.settings import Settings

_NEVER = 2**53
"""A not_after that no script is too late for."""


def naive(chosen: Settings, on_change: OnChange, monitor: FaultMonitor) -> RedisClient:
    """Return what `create_redis_client` makes, with scripts run by redis.asyncio."""
    redis_client = create_redis_client(chosen, on_change, monitor)
    client = redis.asyncio.Redis.from_url((chosen.redis_url or SecretStr("")).get_secret_value())

    async def run(
        script: Script,
        keys: Sequence[str],
        *arguments: Argument,
        safe_to_repeat: bool = False,
    ) -> object:
        del safe_to_repeat  # it never repeats
        keys = script.with_absent(keys)
        try:
            return await client.evalsha(script.digest, len(keys), *keys, *arguments, _NEVER)
        except NoScriptError:
            return await client.eval(script.source, len(keys), *keys, *arguments, _NEVER)

    redis_client.run = run  # type: ignore[method-assign] # all that differs
    return redis_client


if __name__ == "__main__":
    with patch.object(app, "create_redis_client", naive):
        serve(settings(__doc__))
