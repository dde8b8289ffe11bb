"""Publishes the invalidations of entries and tags to callers who keep copies of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.entry_store import changes_channel
from quikstate_server.primitives.cache.model import Invalidation
from quikstate_server.primitives.cache.tag_store import invalidations_channel
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.redis_client.subscriber import ChannelFilter, Subscriber

InvalidationMailbox = Mailbox[Invalidation]
_ITEM_BYTES = 64


@dataclass(frozen=True, slots=True)
class InvalidationFilter:
    """The entries and tags that a caller watches."""

    names: Sequence[str] = ()
    prefixes: Sequence[str] = ()
    """Prefixes of names, as keys.cached_prefix returns them."""
    tags: Sequence[str] = ()


@asynccontextmanager
async def watch_invalidations(
    subscriber: Subscriber, keyspace: Keyspace, watched: InvalidationFilter, mailbox: InvalidationMailbox
) -> AsyncIterator[None]:
    """Put each invalidation that `watched` includes into `mailbox`, once, while entered."""
    listener = _InvalidationListener(keyspace, watched.tags, mailbox)
    channels = [
        *(ChannelFilter(changes_channel(keyspace, name)) for name in watched.names),
        *(ChannelFilter(_channel_prefix(keyspace, prefix), is_prefix=True) for prefix in watched.prefixes),
        *(ChannelFilter(invalidations_channel(keyspace, tag)) for tag in watched.tags),
    ]
    try:
        await asyncio.gather(*(subscriber.subscribe(channel, listener) for channel in channels))
        yield
    finally:
        for channel in channels:
            subscriber.unsubscribe(channel, listener)


def _channel_prefix(keyspace: Keyspace, name_prefix: str) -> str:
    """Return the prefix of the channels of all names with this prefix."""
    return changes_channel(keyspace, name_prefix).removesuffix("}:changed")


class _InvalidationListener:
    """Turns messages into invalidations.

    Channels of others may have the same prefix: a message on a channel that belongs to no entry is ignored.
    """

    def __init__(self, keyspace: Keyspace, tags: Sequence[str], mailbox: InvalidationMailbox) -> None:
        self._root = _channel_prefix(keyspace, "")
        self._tags = {invalidations_channel(keyspace, tag): tag for tag in tags}
        self._mailbox = mailbox

    def on_message(self, channel: str, payload: bytes) -> None:
        """Put what the message says into the mailbox."""
        change, _, etag = payload.decode(errors="replace").partition(" ")
        if tag := self._tags.get(channel):
            self._put(Invalidation("", tag))
        elif change in ("set", "deleted") and (entry := self._entry(channel)):
            self._put(Invalidation(*entry, etag))

    def on_gap(self) -> None:
        """Put a gap into the mailbox: messages may be lost."""
        self._mailbox.gap(GapReason.REDIS_LOST)

    def _entry(self, channel: str) -> tuple[str, str] | None:
        """Return the kind and id of the entry whose channel this is."""
        name = channel.removeprefix(self._root).removesuffix("}:changed")
        return keys.cached_from(name) if f"{self._root}{name}}}:changed" == channel else None

    def _put(self, invalidation: Invalidation) -> None:
        size = _ITEM_BYTES + len(invalidation.id)
        self._mailbox.put(invalidation, size, (invalidation.kind, invalidation.id))
