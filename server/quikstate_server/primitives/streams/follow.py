"""Streams to subscribers: the items of a mailbox, heartbeats between them, and an end at the drain."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import TypeVar

from quikstate_server.drain import Drain
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, Mailbox, Overflow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """There was no item for a while."""


@dataclass(frozen=True, slots=True)
class End:
    """The server drains: this is the last item."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The settings that all streams to subscribers share."""

    drain: Drain
    heartbeat_seconds: float
    bounds: Bounds

    def mailbox(self, overflow: Overflow) -> Mailbox[T]:
        return Mailbox(self.bounds, overflow)

    async def follow(
        self, mailbox: Mailbox[T], end: Callable[[], None] | None = None
    ) -> AsyncGenerator[list[T | Gap] | Heartbeat | End, None]:
        """Yield the items of `mailbox` as they come, all of them before the End.

        `end` is called when the drain begins, in place of `mailbox.end`, which it must call itself.
        """
        with self.drain.on_begin(end or mailbox.end):
            while not mailbox.ended:
                items = await mailbox.take(self.heartbeat_seconds)
                if items:
                    yield items
                    del items
                elif not mailbox.ended:
                    yield Heartbeat()
            yield End()
