"""The acts of publishing on Redis: one typed method for each Lua file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from quikstate_server.errors import ChannelDurable, InvalidRequest, KeyTypeConflict
from quikstate_server.primitives.pub_sub.model import (
    START,
    Kept,
    Message,
    Outcome,
    Page,
    Position,
    Publication,
    Published,
)
from quikstate_server.primitives.pub_sub.names import ChannelSpace
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.script import RUN_ID, load_script
from quikstate_server.settings import Limits

PUBLISH = load_script(__package__, "pub_sub_publish.lua", "pub_sub_next_id.lua", "pub_sub_append.lua")
LIST_HISTORY = load_script(__package__, "pub_sub_list_history.lua", read_only=True)
DELETE_HISTORY = load_script(__package__, "pub_sub_delete_history.lua", flags="allow-oom")

_PAGE_BYTES = 64 * 1024
"""Read at once, but for one message that is larger: whoever shares the connection waits for it."""

Numbered = tuple[int, Publication]
"""A publication, and its place in the request."""
_SCRIPT_BYTES = 256 * 1024
"""Published by one script, but for one message that is larger: Redis serves nobody else meanwhile."""


def few(publications: Sequence[Numbered]) -> Sequence[Numbered]:
    """The first of them, as many as one script may publish."""
    total = 0
    for count, (_, one) in enumerate(publications):
        total += len(one.payload)
        if count and total > _SCRIPT_BYTES:
            return publications[:count]
    return publications


@dataclass(frozen=True, slots=True)
class PubSubStore:
    redis_client: RedisClient
    limits: Limits

    async def publish(
        self, keyspace: ChannelSpace, publications: Sequence[Numbered], min_replicas: int
    ) -> list[Outcome]:
        """Publish what one script may: repeated only if each has an idempotency key."""
        names = [name for _, one in publications for name in _names(keyspace, one)]
        arguments: tuple[Argument, ...] = (
            RUN_ID,
            self.limits.history_messages,
            self._age,
            self.limits.request_memory_seconds * 1_000,
            *(word for _, one in publications for word in _words(keyspace, one)),
        )
        safe_to_repeat = all(one.idempotency_key for _, one in publications)
        reply: object
        replicas = 0
        if min_replicas:
            acknowledged = await self.redis_client.run_acknowledged(
                PUBLISH, names, *arguments, min_replicas=min_replicas, safe_to_repeat=safe_to_repeat
            )
            reply, replicas = acknowledged.reply, acknowledged.replicas
        else:
            reply = await self.redis_client.run(PUBLISH, names, *arguments, safe_to_repeat=safe_to_repeat)
        return list(_outcomes(publications, cast("list[bytes | int]", reply), replicas))

    async def read(
        self,
        keyspace: ChannelSpace,
        channel: str,
        *,
        after: Position = START,
        before: Position | None = None,
        most: int = 1_000,
        newest_first: bool = False,
    ) -> Page:
        """Messages after one position and before another, as many as fit a page."""
        reply = await self.redis_client.run(
            LIST_HISTORY,
            (keyspace.history(channel),),
            str(after) if after != START else "",
            most,
            _PAGE_BYTES,
            self._age,
            str(before) if before else "",
            int(newest_first),
            self.limits.max_message_bytes // 2,
        )
        last, next_, *parts = cast("list[bytes]", reply)
        rows = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        messages = [
            Kept(Position.of(row.decode()), Message(payload, int(time))) for row, time, payload in rows
        ]
        return Page(messages, Position.parse(last.decode()), Position.parse(next_.decode()))

    async def read_some(self, keyspace: ChannelSpace, channel: str, after: Position) -> Page:
        """The first page after a position that has messages, or the last one."""
        page = await self.read(keyspace, channel, after=after)
        while not page.messages and page.next:
            page = await self.read(keyspace, channel, after=page.next)
        return page

    async def delete_history(self, keyspace: ChannelSpace, channel: str) -> bool:
        return bool(
            await self.redis_client.run(DELETE_HISTORY, (keyspace.history(channel),), safe_to_repeat=True)
        )

    @property
    def _age(self) -> int:
        return self.limits.history_seconds * 1_000_000


def _names(keyspace: ChannelSpace, one: Publication) -> tuple[str, str]:
    history = keyspace.history(one.channel)
    return history, keyspace.memory(one.channel, one.idempotency_key) if one.idempotency_key else history


def _words(keyspace: ChannelSpace, one: Publication) -> tuple[Argument, ...]:
    names = keyspace.channel(one.channel), keyspace.live(one.channel)
    return *names, one.durability.value, one.payload, _digest(one) if one.idempotency_key else ""


def _digest(one: Publication) -> str:
    """What tells a repeat from another message with the same key."""
    content = hashlib.sha1(one.durability.value.encode() + b"\0", usedforsecurity=False)
    content.update(one.payload)
    return content.hexdigest()


def _outcomes(
    publications: Sequence[Numbered], reply: Sequence[bytes | int], replicas: int
) -> Iterator[Outcome]:
    for (index, one), what, known in zip(publications, reply[::2], reply[1::2], strict=True):
        words = cast(bytes, what).decode(errors="replace")
        position = Position.parse(words)
        if position is not None or words == "ephemeral":
            yield Published(position, bool(known), replicas)
        elif words == "refused":
            yield ChannelDurable(one.channel)
        elif words == "reused":
            path = f"publications[{index}].idempotency_key"
            yield InvalidRequest({path: "was given to another message before"})
        else:
            yield KeyTypeConflict(words.removeprefix("foreign "))
