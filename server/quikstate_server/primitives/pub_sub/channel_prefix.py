"""All channels with one prefix, as this process receives them from Redis: raw payloads alone."""

from __future__ import annotations

from typing import Protocol

from quikstate_server.primitives.pub_sub.channel_context import ChannelContext
from quikstate_server.primitives.pub_sub.channel_keyspace import ChannelKeyspace, display_name
from quikstate_server.primitives.pub_sub.fanout import MAX_BATCH_BYTES
from quikstate_server.primitives.pub_sub.model import ChannelGap, ChannelMessage, ChannelMessages
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox
from quikstate_server.redis_client.subscriber import ChannelFilter


class PrefixSubscriber(Protocol):
    """A subscriber of a prefix. A message may reach it in several ways, and it takes one of them."""

    mailbox: Mailbox[bytes]

    def takes(self, prefix: str, channel: str) -> bool:
        """Return True if it takes the messages on `channel` from `prefix`."""


class ChannelPrefix:
    """A prefix, and its subscribers in this process."""

    def __init__(self, context: ChannelContext, keyspace: ChannelKeyspace, name: str) -> None:
        self.name = name
        self.joining = 0
        """The number of subscribers that are about to join."""
        self.subscribers: set[PrefixSubscriber] = set()
        self._context = context
        self._keyspace = keyspace
        self._filter = ChannelFilter(keyspace.raw_channel(name), is_prefix=True)
        self._batches: dict[str, list[ChannelMessage]] = {}
        self._batch_bytes = 0

    @property
    def is_idle(self) -> bool:
        """Return True if nobody subscribes or is about to."""
        return not self.subscribers and not self.joining

    async def start(self) -> None:
        """Return once Redis has confirmed the subscription."""
        await self._context.subscriber.subscribe(self._filter, self)

    def stop(self) -> None:
        """End the subscription in Redis."""
        self._context.subscriber.unsubscribe(self._filter, self)

    def on_message(self, channel: str, payload: bytes) -> None:
        """Receive a raw payload on any channel with the prefix."""
        name = self._keyspace.name_of_raw(channel)
        if name is None:
            return
        if len(payload) + len(channel) > self._context.max_payload_bytes:
            self._gap(GapReason.TOO_LARGE)
            return
        if not self._batches:
            self._context.fanout.schedule_flush(self)
        self._batches.setdefault(name, []).append(ChannelMessage(payload))
        self._batch_bytes += len(payload)
        if self._batch_bytes > MAX_BATCH_BYTES:
            self.flush()

    def on_gap(self) -> None:
        """Deliver a gap: the connection to Redis was lost, or a delivery failed."""
        self._gap(GapReason.REDIS_LOST)

    def flush(self) -> None:
        """Deliver the messages that wait, in the order of publishing within each channel."""
        batches, self._batches, self._batch_bytes = self._batches, {}, 0
        for channel, messages in batches.items():
            mailboxes = [each.mailbox for each in self.subscribers if each.takes(self.name, channel)]
            self._context.fanout.deliver(ChannelMessages(display_name(channel), messages), mailboxes)

    def _gap(self, reason: GapReason) -> None:
        self.flush()
        self._context.fanout.deliver(
            ChannelGap(self.name, reason), [each.mailbox for each in self.subscribers]
        )
