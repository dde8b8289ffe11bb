"""The delivery of events to the mailboxes of subscribers: encoded once, in slices, in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Collection
from dataclasses import replace
from typing import Protocol

from quikstate_server.background import FaultMonitor
from quikstate_server.primitives.pub_sub.model import ChannelMessages, EncodeEvent, SubscriptionEvent
from quikstate_server.primitives.streams.mailbox import Mailbox, Overflow

MAX_BATCH_BYTES = 64 * 1024
"""Of the messages of one event; a larger message is delivered alone."""

_SLICE_MAILBOXES = 50
"""Mailboxes that are filled in one turn of the event loop, so that other calls get theirs."""
_MAX_DELIVERIES = 16
"""Deliveries that wait for their turn. With more, all mailboxes are filled at once, and overflow."""
_PAUSE_SECONDS = 30e-6
"""The pause before the next flush, for each mailbox of a large delivery: messages gather, other calls run."""


class MessageBatcher(Protocol):
    """A collector of messages, which delivers them together once the event loop has read what arrived."""

    def flush(self) -> None:
        """Deliver the messages collected."""

    def on_gap(self) -> None:
        """Assume that messages are lost: the flush failed."""


class Fanout:
    """The deliveries of one process."""

    def __init__(self, encode: EncodeEvent, monitor: FaultMonitor) -> None:
        self.encode = encode
        self._monitor = monitor
        self._batchers: list[MessageBatcher] = []
        self._flush_handle: asyncio.Handle | None = None
        self._paused_until = 0.0
        self._deliveries: deque[_Delivery] = deque()
        self._mailboxes_sliced = 0

    def schedule_flush(self, batcher: MessageBatcher) -> None:
        """Flush `batcher` soon: it has its first message since its last flush."""
        self._batchers.append(batcher)
        self._schedule_flush()

    def deliver(self, event: SubscriptionEvent, mailboxes: Collection[Mailbox[bytes]]) -> None:
        """Put `event` into the mailboxes, soon and in the order of calls."""
        if not mailboxes:
            return
        try:
            self._deliveries.append(_Delivery(event, self.encode, list(mailboxes)))
        except Exception as error:  # noqa: BLE001 - it ends these streams alone; the others go on
            self._report(error)
            for mailbox in mailboxes:
                mailbox.fail(error)
            return
        if len(self._deliveries) > _MAX_DELIVERIES:
            self.finish_deliveries()
        elif len(self._deliveries) == 1:
            self._deliver_slice()

    def finish_deliveries(self) -> None:
        """Put every event that waits for its turn into its mailboxes now."""
        while self._deliveries:
            delivery = self._deliveries.popleft()
            delivery.fill(len(delivery.mailboxes))

    def _schedule_flush(self) -> None:
        if self._batchers and not self._deliveries and not self._flush_handle:
            loop = asyncio.get_running_loop()
            if self._paused_until <= loop.time():
                self._flush_handle = loop.call_soon(self._flush)
            else:
                self._flush_handle = loop.call_at(self._paused_until, self._flush)

    def _flush(self) -> None:
        batchers, self._batchers, self._flush_handle = self._batchers, [], None
        for batcher in batchers:
            try:
                batcher.flush()
            except Exception as error:  # noqa: BLE001 - one channel's fault must not silence the others
                self._report(error)
                batcher.on_gap()
        self._schedule_flush()

    def _report(self, error: Exception) -> None:
        self._monitor.report("pub_sub.fan_out", error)

    def _deliver_slice(self) -> None:
        """Fill the next mailboxes; the rest follow in the next turn of the event loop."""
        left = _SLICE_MAILBOXES
        while self._deliveries and left > 0:
            left -= self._deliveries[0].fill(left)
            if not self._deliveries[0].mailboxes:
                self._deliveries.popleft()
        loop = asyncio.get_running_loop()
        if self._deliveries:
            self._mailboxes_sliced += _SLICE_MAILBOXES
            loop.call_soon(self._deliver_slice)
        elif self._mailboxes_sliced:
            self._paused_until = loop.time() + self._mailboxes_sliced * _PAUSE_SECONDS
            self._mailboxes_sliced = 0
            self._schedule_flush()


class _Delivery:
    """An event on its way to mailboxes: encoded once, and once more for those that conflate."""

    __slots__ = ("_encode", "_encoded", "_event", "_newest_encoded", "mailboxes")

    def __init__(
        self, event: SubscriptionEvent, encode: EncodeEvent, mailboxes: list[Mailbox[bytes]]
    ) -> None:
        self.mailboxes = mailboxes
        """The mailboxes that do not have the event yet."""
        self._event = event
        self._encode = encode
        self._encoded = encode(event)
        self._newest_encoded: bytes | None = None

    def fill(self, max_mailboxes: int) -> int:
        """Put the event into the next mailboxes; return how many."""
        mailboxes, self.mailboxes = self.mailboxes[:max_mailboxes], self.mailboxes[max_mailboxes:]
        encoded, size = self._encoded, len(self._encoded)
        for mailbox in mailboxes:
            if mailbox.overflow is Overflow.CONFLATE and isinstance(self._event, ChannelMessages):
                self._put_newest(mailbox, self._event)
            else:
                mailbox.put(encoded, size)
        return len(mailboxes)

    def _put_newest(self, mailbox: Mailbox[bytes], event: ChannelMessages) -> None:
        if self._newest_encoded is None:
            self._newest_encoded = self._encode(replace(event, messages=event.messages[-1:]))
        mailbox.put(self._newest_encoded, len(self._newest_encoded), event.channel)
