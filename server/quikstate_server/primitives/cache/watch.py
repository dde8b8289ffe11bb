"""What becomes of entries and tags, told to callers who keep copies of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from quikstate_server import keys
from quikstate_server.keys import Keyspace
from quikstate_server.primitives.cache.model import Invalidation
from quikstate_server.primitives.cache.store import changes_channel
from quikstate_server.primitives.cache.tags import invalidations_channel
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.redis_client.subscriber import ChannelFilter, Subscriber

InvalidationMailbox = Mailbox[Invalidation]
_ITEM_BYTES = 64


@dataclass(frozen=True, slots=True)
class Subjects:
    """What one watches."""

    names: Sequence[str] = ()
    beginnings: Sequence[str] = ()
    """Of names, as keys.cached_beginning makes them."""
    tags: Sequence[str] = ()


@asynccontextmanager
async def watching(
    subscriber: Subscriber, keyspace: Keyspace, subjects: Subjects, mailbox: InvalidationMailbox
) -> AsyncIterator[None]:
    """While entered, each invalidation is put into `mailbox`, however many of `subjects` it concerns."""
    listener = _Listener(keyspace, subjects.tags, mailbox)
    topics = [
        *(ChannelFilter(changes_channel(keyspace, name)) for name in subjects.names),
        *(ChannelFilter(_before(keyspace, beginning), is_prefix=True) for beginning in subjects.beginnings),
        *(ChannelFilter(invalidations_channel(keyspace, tag)) for tag in subjects.tags),
    ]
    try:
        await asyncio.gather(*(subscriber.subscribe(topic, listener) for topic in topics))
        yield
    finally:
        for topic in topics:
            subscriber.unsubscribe(topic, listener)


def _before(keyspace: Keyspace, beginning: str) -> str:
    """What the channels of all names begin with that begin so."""
    return changes_channel(keyspace, beginning).removesuffix("}:changed")


class _Listener:
    """Others' channels may begin as ours do: what is no entry's is not heard."""

    def __init__(self, keyspace: Keyspace, tags: Sequence[str], mailbox: InvalidationMailbox) -> None:
        self._root = _before(keyspace, "")
        self._tags = {invalidations_channel(keyspace, tag): tag for tag in tags}
        self._mailbox = mailbox

    def on_message(self, channel: str, payload: bytes) -> None:
        what, _, etag = payload.decode(errors="replace").partition(" ")
        if tag := self._tags.get(channel):
            self._put(Invalidation("", tag))
        elif what in ("set", "deleted") and (entry := self._entry(channel)):
            self._put(Invalidation(*entry, etag))

    def on_gap(self) -> None:
        self._mailbox.gap(GapReason.REDIS_LOST)

    def _entry(self, channel: str) -> tuple[str, str] | None:
        name = channel.removeprefix(self._root).removesuffix("}:changed")
        return keys.cached_from(name) if f"{self._root}{name}}}:changed" == channel else None

    def _put(self, invalidation: Invalidation) -> None:
        size = _ITEM_BYTES + len(invalidation.id)
        self._mailbox.put(invalidation, size, (invalidation.kind, invalidation.id))
