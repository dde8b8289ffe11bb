"""The versions of tags. An entry holds those of its tags when it was stored, and is a hit while they stay.

In a cluster a tag and an entry may be on different nodes, each with a clock of its own. So versions are
compared for equality alone, and the age of a lease with the age of an invalidation, each by one clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from quikstate_server import keys
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.slots import by_slot
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.script import load_script
from quikstate_server.settings import Limits

TOUCH = load_script(__package__, "cache_touch_tags.lua")
INVALIDATE = load_script(__package__, "cache_invalidate_tags.lua", flags="allow-oom")
_MARGIN_SECONDS = 60
"""A version outlives what it is for by this, so that no step between the two comes too late."""


@dataclass(frozen=True, slots=True)
class Version:
    text: str
    """"" for none."""
    invalidated_ago: int = -1
    """Microseconds, when it was looked at; -1 for never."""


Versions = Mapping[str, Version | QuikstateError]


@dataclass(frozen=True, slots=True)
class Tags:
    redis_client: RedisClient
    limits: Limits

    async def versions(self, keyspace: Keyspace, tags: Collection[str]) -> Versions:
        """As they are; one that is not there has no version."""
        if not tags:
            return {}
        names, distinct = self._names(keyspace, tags)

        async def read(places: Sequence[int]) -> Sequence[Version | QuikstateError]:
            chosen = [names[place] for place in places]
            reply = await self.redis_client.command("MGET", *chosen, key=chosen[0], read_only=True)
            return [
                Version((text or b"").decode(errors="replace")) for text in cast("list[bytes | None]", reply)
            ]

        return dict(zip(distinct, await by_slot(self.redis_client, names, read), strict=True))

    async def touch(self, keyspace: Keyspace, tags: Iterable[str], seconds: float) -> Versions:
        """As they are, made where they are not, and kept as long as the metadata of one that lives so."""
        names, tags = self._names(keyspace, tags)
        keep = round((seconds + self.limits.cache_metadata_seconds + _MARGIN_SECONDS) * 1_000)

        async def touch(places: Sequence[int]) -> Sequence[Version | QuikstateError]:
            reply = await self.redis_client.run(
                TOUCH, [names[place] for place in places], keep, safe_to_repeat=True
            )
            return [Version(text.decode(), ago) for text, ago in cast("list[tuple[bytes, int]]", reply)]

        return dict(zip(tags, await by_slot(self.redis_client, names, touch), strict=True))

    async def invalidate(self, keyspace: Keyspace, tags: Iterable[str]) -> list[bool | QuikstateError]:
        """No entry that carries them is a hit any more, and no fill of one that began before."""
        names, _ = self._names(keyspace, tags)
        keep = round((self.limits.max_cache_lease_seconds + _MARGIN_SECONDS) * 1_000)

        async def invalidate(places: Sequence[int]) -> Sequence[bool | QuikstateError]:
            await self.redis_client.run(
                INVALIDATE, [names[place] for place in places], keep, safe_to_repeat=True
            )
            return [True] * len(places)

        return await by_slot(self.redis_client, names, invalidate)

    @staticmethod
    def _names(keyspace: Keyspace, tags: Iterable[str]) -> tuple[list[str], list[str]]:
        """Where their versions are, and the tags in the same order, each once."""
        distinct = list(dict.fromkeys(tags))
        return [keyspace.sidecar(keys.cache_tag(tag), "version") for tag in distinct], distinct


def invalidations_channel(keyspace: Keyspace, tag: str) -> str:
    """Where the scripts say that a tag was invalidated."""
    return keyspace.sidecar(keys.cache_tag(tag), "invalidated")
