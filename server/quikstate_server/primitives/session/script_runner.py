"""Runs the scripts of sessions and tokens, with or without acknowledgement by replicas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.dispatch import Acknowledged
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import Script, load_script
from quikstate_server.settings import Limits


def script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    """Load a script of this package."""
    return load_script(__package__, file, *parts, flags="allow-oom" if allow_oom else "", read_only=read_only)


@dataclass(frozen=True, slots=True)
class ScriptRunner:
    redis_client: RedisClient
    limits: Limits

    @property
    def mark_memory(self) -> int:
        """Return for how many microseconds a revocation mark is kept: the longest session or token."""
        longest = max(self.limits.max_session_lifetime_seconds, self.limits.max_token_lifetime_seconds)
        return longest * 1_000_000

    async def run(
        self,
        script: Script,
        keys: Sequence[str],
        *args: Argument,
        min_replicas: int = 0,
        safe_to_repeat: bool = True,
    ) -> Acknowledged:
        """Return the reply, and how many replicas have the write."""
        if not min_replicas:
            return Acknowledged(
                await self.redis_client.run(script, keys, *args, safe_to_repeat=safe_to_repeat), 0
            )
        return await self.redis_client.run_acknowledged(
            script, keys, *args, min_replicas=min_replicas, safe_to_repeat=safe_to_repeat
        )
