"""The delivery of events to the mailboxes of subscribers: encoded once, in slices, in order."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import islice
from time import monotonic
from typing import Protocol

from quikstate_server.background import FaultMonitor
from quikstate_server.primitives.pub_sub.model import (
    ChannelGap,
    ChannelMessages,
    EncodeEvent,
    SubscriptionEvent,
)
from quikstate_server.primitives.streams.mailbox import GapReason, Mailbox, Overflow

MAX_BATCH_BYTES = 64 * 1024
"""Of the messages of one event; a larger message is delivered alone."""

_TURN_SECONDS = 0.001
"""Time in which mailboxes are filled in one turn of the event loop, so that other calls get theirs."""
_MAILBOXES_AT_ONCE = 16
"""Mailboxes that are filled between two looks at the clock."""
_MAX_DELIVERIES = 16
"""Deliveries that wait for their turn. With more, all mailboxes are filled at once, and overflow."""


class MessageBatcher(Protocol):
    """A collector of messages, which delivers them together once the event loop has read what arrived."""

    def flush(self) -> None:
        """Deliver the messages collected."""

    def on_gap(self) -> None:
        """Assume that messages are lost: the flush failed."""


class Fanout:
    """The deliveries of one process."""

    def __init__(
        self, encode: EncodeEvent, monitor: FaultMonitor, clock: Callable[[], float] = monotonic
    ) -> None:
        self.encode = encode
        self._clock = clock
        self._monitor = monitor
        self._batchers: deque[MessageBatcher] = deque()
        self._deliveries: deque[_Delivery] = deque()
        self._next_turn: asyncio.Handle | None = None
        self.deliveries = 0
        """Messages put into mailboxes: one for each subscriber."""
        self.gaps: Counter[GapReason] = Counter()
        """Gaps put into mailboxes, by their reason."""

    def schedule_flush(self, batcher: MessageBatcher) -> None:
        """Flush `batcher` soon: it has its first message since its last flush."""
        self._batchers.append(batcher)
        self._schedule_turn()

    def deliver(self, event: SubscriptionEvent, mailboxes: Collection[Mailbox[bytes]]) -> None:
        """Put `event` into the mailboxes, soon and in the order of calls."""
        if not mailboxes:
            return
        if isinstance(event, ChannelMessages):
            self.deliveries += len(event.messages) * len(mailboxes)
        elif isinstance(event, ChannelGap):
            self.gaps[event.reason] += len(mailboxes)
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
            self._fill_mailboxes(self._clock() + _TURN_SECONDS)

    def finish_deliveries(self) -> None:
        """Put every event that waits for its turn into its mailboxes now."""
        while self._deliveries:
            while not self._deliveries[0].fill(_MAILBOXES_AT_ONCE):
                pass
            self._deliveries.popleft()

    def _schedule_turn(self) -> None:
        if self._next_turn is None:
            self._next_turn = asyncio.get_running_loop().call_soon(self._take_turn)

    def _take_turn(self) -> None:
        """Go on with what was begun, and then flush: what comes while mailboxes are filled is one event."""
        self._next_turn = None
        until = self._clock() + _TURN_SECONDS
        self._fill_mailboxes(until)
        while self._batchers and not self._deliveries and self._clock() < until:
            self._flush(self._batchers.popleft())
        if self._batchers or self._deliveries:
            self._schedule_turn()

    def _fill_mailboxes(self, until: float) -> None:
        while self._deliveries:
            if self._deliveries[0].fill(_MAILBOXES_AT_ONCE):
                self._deliveries.popleft()
            elif self._clock() >= until:
                self._schedule_turn()
                return

    def _flush(self, batcher: MessageBatcher) -> None:
        try:
            batcher.flush()
        except Exception as error:  # noqa: BLE001 - one channel's fault must not silence the others
            self._report(error)
            batcher.on_gap()

    def _report(self, error: Exception) -> None:
        self._monitor.report("pub_sub.fan_out", error)


class _Delivery:
    """An event on its way to mailboxes: encoded once, and once more for those that conflate."""

    __slots__ = ("_encode", "_encoded", "_event", "_left", "_mailboxes", "_newest_encoded")

    def __init__(
        self, event: SubscriptionEvent, encode: EncodeEvent, mailboxes: list[Mailbox[bytes]]
    ) -> None:
        self._mailboxes = iter(mailboxes)
        self._left = len(mailboxes)
        self._event = event
        self._encode = encode
        self._encoded = encode(event)
        self._newest_encoded: bytes | None = None

    def fill(self, max_mailboxes: int) -> bool:
        """Put the event into the next mailboxes; return True if it is in all of them."""
        event, encoded, size = self._event, self._encoded, len(self._encoded)
        for mailbox in islice(self._mailboxes, max_mailboxes):
            if mailbox.overflow is Overflow.CONFLATE and isinstance(event, ChannelMessages):
                self._put_newest(mailbox, event)
            else:
                mailbox.put(encoded, size)
        self._left -= max_mailboxes
        return self._left <= 0

    def _put_newest(self, mailbox: Mailbox[bytes], event: ChannelMessages) -> None:
        if self._newest_encoded is None:
            self._newest_encoded = self._encode(replace(event, messages=event.messages[-1:]))
        mailbox.put(self._newest_encoded, len(self._newest_encoded), event.channel)
