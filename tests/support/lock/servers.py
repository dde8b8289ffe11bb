"""Lock servers within one process, which can be slow and can be killed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from quikstate_server.errors import RedisUnavailable
from quikstate_server.primitives.lock.locks import Locks
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import Script
from quikstate_server.settings import Limits
from support.harness.eventually import throughout
from support.lock.records import Caller


class Wire(RedisClient):
    """A server's Redis client, which can be slow, and fails once the server is killed."""

    def __init__(self, inner: RedisClient) -> None:
        vars(self).update(vars(inner))
        self.killed = False
        self.delay = 0.0

    async def run(
        self,
        script: Script,
        keys: Sequence[str],
        *arguments: Argument,
        safe_to_repeat: bool = False,
    ) -> object:
        await self._pass()
        reply = await super().run(script, keys, *arguments, safe_to_repeat=safe_to_repeat)
        await self._pass()
        return reply

    async def _pass(self) -> None:
        if self.delay:
            await throughout(lambda: True, seconds=self.delay)
        if self.killed:
            raise RedisUnavailable("the server was killed")


class Server:
    """The Locks of one server, and the tasks of its callers."""

    def __init__(self, redis_client: RedisClient) -> None:
        self.wire = Wire(redis_client)
        self.locks = Locks(self.wire, Limits())
        self.tasks: dict[Caller, asyncio.Task[None]] = {}
