"""How an act of sessions and tokens runs on Redis, with or without the word of replicas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import Script, load
from quikstate_server.settings import Limits


def script(file: str, *parts: str, allow_oom: bool = False, read_only: bool = False) -> Script:
    return load(__package__, file, *parts, flags="allow-oom" if allow_oom else "", read_only=read_only)


@dataclass(frozen=True, slots=True)
class Acts:
    """`limits` are those of the settings."""

    redis_client: RedisClient
    limits: Limits

    @property
    def memory(self) -> int:
        """How long marks are kept, in microseconds: as long as the longest session and the longest token."""
        longest = max(self.limits.max_session_lifetime_seconds, self.limits.max_token_lifetime_seconds)
        return longest * 1_000_000

    async def run(
        self,
        act: Script,
        names: Sequence[str],
        *arguments: Argument,
        min_replicas: int = 0,
        safe_to_repeat: bool = True,
    ) -> tuple[object, int]:
        """The reply, and how many replicas have the write."""
        if not min_replicas:
            return await self.redis_client.run(act, names, *arguments, safe_to_repeat=safe_to_repeat), 0
        answer = await self.redis_client.run_acknowledged(
            act, names, *arguments, min_replicas=min_replicas, safe_to_repeat=safe_to_repeat
        )
        return answer.reply, answer.replicas
