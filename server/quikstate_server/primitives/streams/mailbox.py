"""Bounded mailboxes: the items that one subscriber has not been sent yet. Filling one never waits."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from quikstate_server.errors import Overloaded
from quikstate_server.signals import Signal

T = TypeVar("T")


class Overflow(Enum):
    """The treatment of a subscriber that reads too slowly."""

    DISCONNECT = "disconnect"
    """Its stream ends with Overloaded."""
    DROP_OLDEST = "drop_oldest"
    """It misses the oldest items, and gets a gap before the next one."""
    CONFLATE = "conflate"
    """An item replaces the unsent one with its key; otherwise as DROP_OLDEST."""


class GapReason(Enum):
    REDIS_LOST = "redis_lost"
    SLOW_READER = "slow_reader"
    POSITION_LOST = "position_lost"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Gap:
    """Items may be missing before the next one."""

    reason: GapReason


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of a mailbox."""

    items: int
    size: int
    """The sum of the sizes of the items, in bytes."""


class _Pinned:
    """The slot of an item that is never dropped."""

    __slots__ = ()


class Mailbox(Generic[T]):
    """Filled by `put`, emptied by `take`; both in one event loop."""

    # There is one for each stream, of which there are thousands.
    __slots__ = (
        "_bounds",
        "_dropped",
        "_emptied",
        "_ended",
        "_failure",
        "_items",
        "_pinned",
        "_size",
        "_woken",
        "overflow",
    )

    def __init__(self, bounds: Bounds, overflow: Overflow = Overflow.DISCONNECT) -> None:
        self.overflow = overflow
        self._bounds = bounds
        self._items: OrderedDict[Hashable, tuple[T | Gap, int]] = OrderedDict()
        self._size = 0
        self._pinned = 0
        self._dropped = False
        self._failure: BaseException | None = None
        self._ended = False
        self._woken = Signal()
        self._emptied: asyncio.Future[None] | None = None

    @property
    def has_ended(self) -> bool:
        """Return True once no more items will come, and all have been taken."""
        return self._ended and not self._woken.is_set()

    def put(self, item: T, size: int = 0, key: Hashable = None) -> None:
        """Add `item` of `size` bytes; with CONFLATE it replaces the unsent one of the same `key`."""
        conflated = key is not None and self.overflow is Overflow.CONFLATE
        if conflated and key in self._items:
            self._drop(key)
        self._add(item, size, key if conflated else object())

    def pin(self, item: T) -> None:
        """Add `item` outside of the limits, never dropped: a response to the subscriber's own request."""
        if not self._ended:
            self._pinned += 1
            self._add(item, 0, _Pinned())

    def gap(self, reason: GapReason) -> None:
        """Add a gap after the items that are here, unless there is one."""
        if not (self._items and isinstance(next(reversed(self._items.values()))[0], Gap)):
            self._add(Gap(reason), 0, object())

    def fail(self, error: BaseException) -> None:
        """Have the next `take` raise `error`, which ends the stream; accept no more items, and send none.

        This interrupts no write: the transport waits in one while the client reads nothing, and the stream
        ends only once that write returns or the call is cancelled. Meanwhile the mailbox stays bounded.
        """
        self._failure = self._failure or error
        self._woken.set()

    def end(self) -> None:
        """Accept no more items; those that are here can still be taken."""
        self._ended = True
        self._woken.set()

    async def wait_emptied(self) -> None:
        """Wait until all items are taken: for a producer that has more than fits, and can wait."""
        while self._items and not self._ended:
            if self._emptied is None:
                self._emptied = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._emptied)

    async def take(self, seconds: float) -> list[T | Gap]:
        """Return all items, oldest first, as soon as there is one; none after `seconds`, or at the end.

        Raise Overloaded if the subscriber was too slow and its overflow is DISCONNECT.
        """
        await self._woken.wait(time.monotonic() + seconds)
        if self._failure:
            raise self._failure
        taken: list[T | Gap] = [item for item, _ in self._items.values()]
        if self._dropped:  # the items dropped stood before the first one here that is not pinned
            slots = enumerate(self._items)
            index = next((index for index, slot in slots if not isinstance(slot, _Pinned)), len(taken))
            taken.insert(index, Gap(GapReason.SLOW_READER))
        self._items.clear()
        self._size, self._pinned, self._dropped = 0, 0, False
        self._woken.clear()
        if self._emptied:
            self._emptied.set_result(None)
            self._emptied = None
        return taken

    def _add(self, item: T | Gap, size: int, slot: Hashable) -> None:
        if self._ended or self._failure:
            return
        self._items[slot] = item, size
        self._size += size
        self._woken.set()
        while limit := self._limit_passed():
            self._drop(next(slot for slot in self._items if not isinstance(slot, _Pinned)))
            self._dropped = True
            if self.overflow is Overflow.DISCONNECT:
                self._failure = self._failure or Overloaded(limit)

    def _limit_passed(self) -> str | None:
        """Return the name of the limit that the items exceed, or None."""
        if len(self._items) - self._pinned > self._bounds.items:
            return "limits.max_mailbox_items"
        return "limits.max_mailbox_bytes" if self._size > self._bounds.size else None

    def _drop(self, slot: Hashable) -> None:
        self._size -= self._items.pop(slot)[1]
