"""Pub/sub on Redis: one typed method for each script."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quikstate_server.errors import ChannelDurable, InvalidRequest, KeyTypeConflict
from quikstate_server.primitives.pub_sub.channel_keyspace import ChannelKeyspace
from quikstate_server.primitives.pub_sub.model import (
    START,
    ChannelMessage,
    HistoryPage,
    HistoryPosition,
    Publication,
    PublishOutcome,
    PublishReceipt,
    StoredMessage,
)
from quikstate_server.redis_client.client import RedisClient
from quikstate_server.redis_client.packing import Argument
from quikstate_server.redis_client.reply_types import read_bytes_list, read_int, read_list, read_text
from quikstate_server.redis_client.script import RUN_ID, load_script
from quikstate_server.settings import Limits

PUBLISH = load_script(
    __package__, "pub_sub_publish.lua", "pub_sub_next_message_id.lua", "pub_sub_append_message.lua"
)
LIST_HISTORY = load_script(__package__, "pub_sub_list_history.lua", read_only=True)
DELETE_HISTORY = load_script(__package__, "pub_sub_delete_history.lua", flags="allow-oom")

_MAX_PAGE_BYTES = 64 * 1024
"""Of a page; a larger message is read alone. Every caller on the connection waits for the reply."""
MAX_SCRIPT_BYTES = 256 * 1024
"""Of the payloads of one script; a larger message is published alone. Redis serves nobody else meanwhile."""

IndexedPublication = tuple[int, Publication]
"""A publication with its index in the request."""


@dataclass(frozen=True, slots=True)
class PubSubStore:
    """Pub/sub on Redis."""

    redis_client: RedisClient
    limits: Limits

    async def publish(
        self, keyspace: ChannelKeyspace, publications: Sequence[IndexedPublication], min_replicas: int
    ) -> list[PublishOutcome]:
        """Publish with one script; it is retried only if each message has an idempotency key."""
        keys = [key for _, publication in publications for key in _keys(keyspace, publication)]
        args: tuple[Argument, ...] = (
            RUN_ID,
            self.limits.history_messages,
            self._history_microseconds,
            self.limits.request_memory_seconds * 1_000,
            *(arg for _, publication in publications for arg in _args(keyspace, publication)),
        )
        safe_to_repeat = all(publication.idempotency_key for _, publication in publications)
        acknowledged = await self.redis_client.run_acknowledged(
            PUBLISH, keys, *args, min_replicas=min_replicas, safe_to_repeat=safe_to_repeat
        )
        return list(_outcomes(publications, read_list(acknowledged.reply), acknowledged.replicas))

    async def read_page(
        self,
        keyspace: ChannelKeyspace,
        channel: str,
        *,
        after: HistoryPosition = START,
        before: HistoryPosition | None = None,
        max_messages: int = 1_000,
        newest_first: bool = False,
    ) -> HistoryPage:
        """Read the messages between two positions, as many as fit into a page."""
        reply = await self.redis_client.run(
            LIST_HISTORY,
            (keyspace.history(channel),),
            str(after) if after != START else "",
            max_messages,
            _MAX_PAGE_BYTES,
            self._history_microseconds,
            str(before) if before else "",
            int(newest_first),
            self.limits.max_message_bytes // 2,
        )
        last_id, next_id, *rows = read_bytes_list(reply)
        messages = [
            StoredMessage(HistoryPosition.of_entry(id_.decode()), ChannelMessage(payload, int(time)))
            for id_, time, payload in zip(rows[::3], rows[1::3], rows[2::3], strict=True)
        ]
        return HistoryPage(
            messages, HistoryPosition.parse(last_id.decode()), HistoryPosition.parse(next_id.decode())
        )

    async def read_first_messages(
        self, keyspace: ChannelKeyspace, channel: str, after: HistoryPosition
    ) -> HistoryPage:
        """Read the first page after a position that has messages, or the last page."""
        page = await self.read_page(keyspace, channel, after=after)
        while not page.messages and page.next_position:
            page = await self.read_page(keyspace, channel, after=page.next_position)
        return page

    async def delete_history(self, keyspace: ChannelKeyspace, channel: str) -> bool:
        """Delete a channel's history; return False if it has none."""
        keys = (keyspace.history(channel),)
        return read_int(await self.redis_client.run(DELETE_HISTORY, keys, safe_to_repeat=True)) > 0

    @property
    def _history_microseconds(self) -> int:
        return self.limits.history_seconds * 1_000_000


def _keys(keyspace: ChannelKeyspace, publication: Publication) -> tuple[str, str]:
    history = keyspace.history(publication.channel)
    if not publication.idempotency_key:
        return history, history
    return history, keyspace.stored_reply(publication.channel, publication.idempotency_key)


def _args(keyspace: ChannelKeyspace, publication: Publication) -> tuple[Argument, ...]:
    return (
        keyspace.raw_channel(publication.channel),
        keyspace.live_channel(publication.channel),
        publication.durability.value,
        publication.payload,
        _fingerprint(publication) if publication.idempotency_key else "",
    )


def _fingerprint(publication: Publication) -> str:
    """Return what tells a repeated message from another message with the same idempotency key."""
    content = hashlib.sha1(publication.durability.value.encode() + b"\0", usedforsecurity=False)
    content.update(publication.payload)
    return content.hexdigest()


def _outcomes(
    publications: Sequence[IndexedPublication], reply: Sequence[Any], replicas: int
) -> Iterator[PublishOutcome]:
    for (index, publication), raw, duplicate in zip(publications, reply[::2], reply[1::2], strict=True):
        result = read_text(raw)
        position = HistoryPosition.parse(result)
        if position is not None or result == "ephemeral":
            yield PublishReceipt(position, bool(duplicate), replicas)
        elif result == "refused":
            yield ChannelDurable(publication.channel)
        elif result == "reused":
            path = f"publications[{index}].idempotency_key"
            yield InvalidRequest({path: "was already used for a different message"})
        else:
            yield KeyTypeConflict(result.removeprefix("wrong_type "))
