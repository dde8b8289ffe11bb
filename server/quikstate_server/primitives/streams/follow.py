"""A subscriber's stream: what its mailbox gets, a heartbeat in silence, a last word at the server's end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import TypeVar

from quikstate_server.drain import Drain
from quikstate_server.primitives.streams.mailbox import Bounds, Gap, Mailbox, Overflow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing was to be said for a while."""


@dataclass(frozen=True, slots=True)
class End:
    """This server ends; nothing comes after."""


@dataclass(frozen=True, slots=True)
class Streams:
    """What all streams to subscribers have in common."""

    drain: Drain
    heartbeat_seconds: float
    bounds: Bounds

    def mailbox(self, overflow: Overflow) -> Mailbox[T]:
        return Mailbox(self.bounds, overflow)

    async def follow(
        self, mailbox: Mailbox[T], end: Callable[[], None] | None = None
    ) -> AsyncGenerator[list[T | Gap] | Heartbeat | End, None]:
        """What waits in `mailbox`, as often as there is something; all of it before the End.

        `end` is called when the server begins to end, in place of `mailbox.end`, which it calls in turn.
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
