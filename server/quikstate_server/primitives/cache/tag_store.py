"""The versions of tags. An entry keeps those of its tags when it was stored, and is a hit while they stay.

In a cluster a tag and an entry may be on different nodes, each with a clock of its own. So versions are
compared for equality alone, and the age of a lease with the age of an invalidation, each by one clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quikstate_server import keys
from quikstate_server.errors import QuikstateError
from quikstate_server.keys import Keyspace
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.reply_types import read_fields, read_list, read_optional_bytes
from quikstate_server.redis_client.script import load_script
from quikstate_server.redis_client.slot_batches import run_slot_batches
from quikstate_server.settings import Limits

TOUCH = load_script(__package__, "cache_touch_tags.lua")
INVALIDATE = load_script(__package__, "cache_invalidate_tags.lua", flags="allow-oom")
_MARGIN_SECONDS = 60
"""How much longer than necessary a version is kept, so that no step in between comes too late."""


@dataclass(frozen=True, slots=True)
class TagVersion:
    """The version of a tag."""

    text: str
    """"" for none."""
    invalidated_ago: int = -1
    """Microseconds, when it was read; -1 for never."""


TagVersions = Mapping[str, TagVersion | QuikstateError]


@dataclass(frozen=True, slots=True)
class TagStore:
    """The versions of tags in Redis."""

    redis_client: RedisClient
    limits: Limits

    async def read(self, keyspace: Keyspace, tags: Collection[str]) -> TagVersions:
        """Return the present versions of `tags`; a tag that does not exist has none."""
        if not tags:
            return {}
        distinct, version_keys = self._distinct(keyspace, tags)

        async def read_slot(positions: Sequence[int]) -> Sequence[TagVersion | QuikstateError]:
            slot_keys = [version_keys[position] for position in positions]
            reply = await self.redis_client.command("MGET", *slot_keys, key=slot_keys[0], read_only=True)
            texts = read_optional_bytes(reply)
            return [TagVersion((text or b"").decode(errors="replace")) for text in texts]

        versions = await run_slot_batches(self.redis_client.split_by_slot(version_keys), read_slot)
        return dict(zip(distinct, versions, strict=True))

    async def touch(self, keyspace: Keyspace, tags: Iterable[str], ttl_seconds: float) -> TagVersions:
        """Return the versions of `tags`, created where there are none.

        They are kept as long as the metadata of an entry with this TTL.
        """
        distinct, version_keys = self._distinct(keyspace, tags)
        keep_ms = round((ttl_seconds + self.limits.cache_metadata_seconds + _MARGIN_SECONDS) * 1_000)

        async def touch_slot(positions: Sequence[int]) -> Sequence[TagVersion | QuikstateError]:
            slot_keys = [version_keys[position] for position in positions]
            reply = await self.redis_client.run(TOUCH, slot_keys, keep_ms, safe_to_repeat=True)
            rows = [read_fields(row, bytes, int) for row in read_list(reply)]
            return [TagVersion(text.decode(), invalidated_ago) for text, invalidated_ago in rows]

        versions = await run_slot_batches(self.redis_client.split_by_slot(version_keys), touch_slot)
        return dict(zip(distinct, versions, strict=True))

    async def invalidate(self, keyspace: Keyspace, tags: Iterable[str]) -> list[bool | QuikstateError]:
        """Invalidate every entry that carries one of `tags`, and every fill of one that began before."""
        _, version_keys = self._distinct(keyspace, tags)
        keep_ms = round((self.limits.max_cache_lease_seconds + _MARGIN_SECONDS) * 1_000)

        async def invalidate_slot(positions: Sequence[int]) -> Sequence[bool | QuikstateError]:
            slot_keys = [version_keys[position] for position in positions]
            await self.redis_client.run(INVALIDATE, slot_keys, keep_ms, safe_to_repeat=True)
            return [True] * len(positions)

        return await run_slot_batches(self.redis_client.split_by_slot(version_keys), invalidate_slot)

    @staticmethod
    def _distinct(keyspace: Keyspace, tags: Iterable[str]) -> tuple[list[str], list[str]]:
        """Return the tags, each once, and the keys of their versions in the same order."""
        distinct = list(dict.fromkeys(tags))
        return distinct, [keyspace.sidecar(keys.cache_tag(tag), "version") for tag in distinct]


def invalidations_channel(keyspace: Keyspace, tag: str) -> str:
    """Return the channel on which the scripts publish that a tag was invalidated."""
    return keyspace.sidecar(keys.cache_tag(tag), "invalidated")
