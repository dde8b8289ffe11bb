"""The subscribers of one channel in this process, and the messages that wait to be delivered to them."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from quikstate_server.primitives.pub_sub.fanout import MAX_BATCH_BYTES, Fanout
from quikstate_server.primitives.pub_sub.model import (
    NOT_DURABLE,
    ChannelGap,
    ChannelMessage,
    ChannelMessages,
    HistoryPosition,
)
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox


class Audience:
    """The mailboxes of a channel's subscribers, filled batch by batch.

    A batch goes to the mailboxes that are there when it is delivered. So a subscriber that has every message
    up to `position` adds its mailbox and misses none.
    """

    def __init__(self, fanout: Fanout, channel: str, on_gap: Callable[[], None]) -> None:
        self.on_gap = on_gap
        """Called if a delivery fails."""
        self.mailboxes: set[Mailbox[bytes]] = set()
        self.prefix_mailboxes: set[Mailbox[bytes]] = set()
        """Those whose stream also has a matching prefix: on a durable channel they get raw messages too."""
        self.position: HistoryPosition | None = None
        """The position of the last message delivered; None while the channel is not durable."""
        self.delivered_at = monotonic()
        self._fanout = fanout
        self._channel = channel
        self._batch: list[ChannelMessage] = []
        self._batch_bytes = 0
        self._batch_position: HistoryPosition | None = None
        self._prefix_batch: list[ChannelMessage] = []

    @property
    def resume_position(self) -> HistoryPosition:
        """Return the position at which a subscriber resumes that has every message delivered."""
        return NOT_DURABLE if self.position is None else self.position

    def add(self, message: ChannelMessage, position: HistoryPosition | None = None) -> None:
        """Deliver `message` to all subscribers with the next batch."""
        if not self._batch:
            self._fanout.schedule_flush(self)
        self._batch.append(message)
        self._batch_position = position
        self._batch_bytes += len(message.payload)
        if self._batch_bytes > MAX_BATCH_BYTES:
            self.flush()

    def add_for_prefixes(self, message: ChannelMessage) -> None:
        """Deliver `message` to the subscribers with a matching prefix."""
        if not self.prefix_mailboxes:
            return
        if not self._prefix_batch:
            self._fanout.schedule_flush(self)
        self._prefix_batch.append(message)

    def gap(self, reason: GapReason) -> None:
        """Deliver a gap to all subscribers, after the messages before it."""
        self.flush()
        self._fanout.deliver(ChannelGap(self._channel, reason), self.mailboxes)

    def gap_for_prefixes(self, reason: GapReason) -> None:
        """Deliver a gap to the subscribers with a matching prefix."""
        self.flush()
        self._fanout.deliver(ChannelGap(self._channel, reason), self.prefix_mailboxes)

    def flush(self) -> None:
        """Deliver the messages that wait."""
        if self._prefix_batch:
            raw_batch, self._prefix_batch = self._prefix_batch, []
            self._fanout.deliver(ChannelMessages(self._channel, raw_batch), self.prefix_mailboxes)
        if self._batch:
            batch, self._batch, self._batch_bytes = self._batch, [], 0
            self.position = self._batch_position
            self.delivered_at = monotonic()
            self._fanout.deliver(ChannelMessages(self._channel, batch, self.position), self.mailboxes)
