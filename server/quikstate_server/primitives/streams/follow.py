"""Streams to subscribers: the items of a mailbox, heartbeats between them, and a last item at the drain."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import TypeVar

from quikstate_server.drain import Drain
from quikstate_server.primitives.streams.heartbeats import Heartbeats
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, GapReason, Mailbox, Overflow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """There was no item for a while."""


@dataclass(frozen=True, slots=True)
class ServerDraining:
    """The server shuts down: this is the last item of the stream."""


class Streams:
    """What all streams to subscribers share."""

    def __init__(self, drain: Drain, heartbeat_seconds: float, bounds: Bounds) -> None:
        self.heartbeat_seconds = heartbeat_seconds
        self._drain = drain
        self._bounds = bounds
        self._heartbeats = Heartbeats(heartbeat_seconds)
        self.gaps: Counter[GapReason] = Counter()
        """Gaps sent to subscribers that read too slowly, or after Redis was lost, by their reason."""

    @property
    def followed(self) -> int:
        """Return the number of streams to subscribers and watchers."""
        return len(self._heartbeats.mailboxes())

    @property
    def mailbox_bytes(self) -> int:
        """Return the bytes that wait in the mailboxes of all streams."""
        return sum(mailbox.size for mailbox in self._heartbeats.mailboxes())

    def mailbox(self, overflow: Overflow, offer: Callable[[T], bool] | None = None) -> Mailbox[T]:
        return Mailbox(self._bounds, overflow, offer)

    async def follow(
        self, mailbox: Mailbox[T], end: Callable[[], None] | None = None
    ) -> AsyncGenerator[list[T | Gap] | Heartbeat | ServerDraining, None]:
        """Yield the items of `mailbox` as they come, then ServerDraining once the drain has begun.

        If `end` is given, it is called when the drain begins, and must call `mailbox.end`.
        """
        self._heartbeats.add(mailbox)
        try:
            with self._drain.on_begin(end or mailbox.end):
                while not mailbox.has_ended:
                    await mailbox.wait()
                    if items := mailbox.take():
                        self.gaps.update(item.reason for item in items if isinstance(item, Gap))
                        yield items
                        del items
                    elif not mailbox.has_ended:
                        yield Heartbeat()
                yield ServerDraining()
        finally:
            self._heartbeats.remove(mailbox)
