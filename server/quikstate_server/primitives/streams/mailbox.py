"""Bounded mailboxes: the items that one subscriber has not been sent yet. Filling one never waits."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from quikstate_server.errors import Overloaded

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
    """Filled by `put`, emptied by `take`; both in one event loop.

    With `offer` an item may pass it by: while somebody waits for items, all before are sent, so that the next
    one is offered first, and only kept if `offer` returns False.
    """

    # There is one for each stream, of which there are thousands.
    __slots__ = (
        "_bounds",
        "_dropped",
        "_emptied",
        "_ended",
        "_failure",
        "_items",
        "_offer",
        "_pinned",
        "_silences",
        "_size",
        "_waiting",
        "_woken",
        "overflow",
    )

    def __init__(
        self,
        bounds: Bounds,
        overflow: Overflow = Overflow.DISCONNECT,
        offer: Callable[[T], bool] | None = None,
    ) -> None:
        self.overflow = overflow
        self._bounds = bounds
        self._items: OrderedDict[Hashable, tuple[T | Gap, int]] = OrderedDict()
        self._size = 0
        self._pinned = 0
        self._dropped = False
        self._failure: BaseException | None = None
        self._ended = False
        self._offer = offer
        self._silences = 0
        self._woken = False
        self._waiting: asyncio.Future[None] | None = None
        self._emptied: asyncio.Future[None] | None = None

    @property
    def size(self) -> int:
        """Return the bytes that wait to be taken."""
        return self._size

    @property
    def has_ended(self) -> bool:
        """Return True once no more items will come, and all have been taken."""
        return self._ended and not self._woken

    def put(self, item: T, size: int = 0, key: Hashable = None) -> None:
        """Add `item` of `size` bytes; with CONFLATE it replaces the unsent one of the same `key`."""
        waiting = self._waiting
        if self._offer is not None and waiting is not None and not waiting.done() and self._offer(item):
            self._silences = 0
            return
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
        self._wake()

    def end(self) -> None:
        """Accept no more items; those that are here can still be taken."""
        self._ended = True
        self._wake()

    async def wait_emptied(self) -> None:
        """Wait until all items are taken: for a producer that has more than fits, and can wait."""
        while self._items and not self._ended:
            if self._emptied is None:
                self._emptied = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._emptied)

    def wait(self) -> asyncio.Future[None]:
        """Return what is done once there is something to take. Only one task may wait."""
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        if self._woken:
            waiting.set_result(None)
        return waiting

    def note_silence(self, most: int) -> None:
        """Count that some time has passed; after `most` times without an item wake whoever waits."""
        self._silences += 1
        if self._silences >= most:
            self._wake()

    def take(self) -> list[T | Gap]:
        """Return all items, oldest first; none in silence, or at the end.

        Raise Overloaded if the subscriber was too slow and its overflow is DISCONNECT.
        """
        if self._failure:
            raise self._failure
        taken: list[T | Gap] = [item for item, _ in self._items.values()]
        if self._dropped:  # the items dropped stood before the first one here that is not pinned
            slots = enumerate(self._items)
            index = next((index for index, slot in slots if not isinstance(slot, _Pinned)), len(taken))
            taken.insert(index, Gap(GapReason.SLOW_READER))
        self._items.clear()
        self._size, self._pinned, self._silences = 0, 0, 0
        self._dropped = self._woken = False
        if self._emptied:
            self._emptied.set_result(None)
            self._emptied = None
        return taken

    def _add(self, item: T | Gap, size: int, slot: Hashable) -> None:
        if self._ended or self._failure:
            return
        self._items[slot] = item, size
        self._size += size
        self._wake()
        while limit := self._limit_passed():
            self._drop(next(slot for slot in self._items if not isinstance(slot, _Pinned)))
            self._dropped = True
            if self.overflow is Overflow.DISCONNECT:
                self._failure = self._failure or Overloaded(limit)

    def _wake(self) -> None:
        self._woken = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def _limit_passed(self) -> str | None:
        """Return the name of the limit that the items exceed, or None."""
        if len(self._items) - self._pinned > self._bounds.items:
            return "limits.max_mailbox_items"
        return "limits.max_mailbox_bytes" if self._size > self._bounds.size else None

    def _drop(self, slot: Hashable) -> None:
        self._size -= self._items.pop(slot)[1]
