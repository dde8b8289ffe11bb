"""What the channels and prefixes of this process share: Redis, how things are told, and when."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Protocol

from quikstate_server.background import BackgroundTasks
from quikstate_server.primitives.pub_sub.model import Encode, Event, Messages
from quikstate_server.primitives.pub_sub.store import PubSubStore
from quikstate_server.primitives.streams.mailbox import Mailbox, Overflow

MOST_BATCH_BYTES = 64 * 1024
"""Of messages told at once, but for one that is larger."""
_MOST_READERS = 64
"""Histories read at once after an outage, so that calls have room beside them."""

_SLICE = 50
"""So many subscribers are told at once; then whoever else waits for this server has a turn."""
_MOST_WAITING = 16
"""Tellings that wait for their turn; with more, mailboxes are filled as they are, and overflow."""
_REST_SECONDS = 30e-6
"""For each of a crowd that was told, before the next are: so messages gather, and other calls have time."""

Box = Mailbox[bytes]


class Flushed(Protocol):
    """Who heard messages, and tells of all of them together when the event loop has read what came."""

    def flush(self) -> None: ...

    def on_gap(self) -> None: ...


class Home:
    """One a process."""

    def __init__(self, store: PubSubStore, encode: Encode, is_durable: Callable[[str], bool]) -> None:
        self.store = store
        self.encode = encode
        self.is_durable = is_durable
        """Whether a channel is durable by setting."""
        self.readers = asyncio.Semaphore(_MOST_READERS)
        self.tasks = BackgroundTasks(store.redis_client.monitor)
        """Those of the channels."""
        limits = store.limits
        # Of a message that is passed on, with room beside it in a mailbox and in a response.
        self.most_bytes = min(limits.max_mailbox_bytes, limits.max_message_bytes) // 2
        self._heard: list[Flushed] = []
        self._flushing: asyncio.Handle | None = None
        self._resting_until = 0.0
        self._waiting: deque[_Telling] = deque()
        self._crowd = 0

    def heard(self, by: Flushed) -> None:
        """`by` has its first message since it last told of any."""
        self._heard.append(by)
        self._plan_flush()

    def tell(self, event: Event, boxes: Collection[Box]) -> None:
        """Put `event` into all of them, soon and in the order of tellings."""
        if boxes:
            try:
                self._waiting.append(_Telling(event, self.encode, list(boxes)))
            except Exception as error:  # noqa: BLE001 - the streams that cannot be told end, the others go on
                self._report(error)
                for box in boxes:
                    box.fail(error)
                return
            if len(self._waiting) > _MOST_WAITING:
                self.settle()
            elif len(self._waiting) == 1:
                self._go_on()

    def settle(self) -> None:
        """Put all that waits where it belongs now."""
        while self._waiting:
            telling = self._waiting.popleft()
            telling.put(len(telling.boxes))

    def _plan_flush(self) -> None:
        if self._heard and not self._waiting and not self._flushing:
            loop = asyncio.get_running_loop()
            if self._resting_until <= loop.time():
                self._flushing = loop.call_soon(self._flush)
            else:
                self._flushing = loop.call_at(self._resting_until, self._flush)

    def _flush(self) -> None:
        heard, self._heard, self._flushing = self._heard, [], None
        for one in heard:
            try:
                one.flush()
            except Exception as error:  # noqa: BLE001 - one channel's fault must not deafen the others
                self._report(error)
                one.on_gap()
        self._plan_flush()

    def _report(self, error: Exception) -> None:
        self.store.redis_client.monitor.report("pub_sub.fan_out", error)

    def _go_on(self) -> None:
        """Tell a slice of those who wait."""
        room = _SLICE
        while self._waiting and room > 0:
            room -= self._waiting[0].put(room)
            if not self._waiting[0].boxes:
                self._waiting.popleft()
        loop = asyncio.get_running_loop()
        if self._waiting:
            self._crowd += _SLICE
            loop.call_soon(self._go_on)
        elif self._crowd:
            self._resting_until = loop.time() + self._crowd * _REST_SECONDS
            self._crowd = 0
            self._plan_flush()


class _Telling:
    """One event on its way to mailboxes: encoded once, and once more for those who want the newest alone."""

    __slots__ = ("_encode", "_encoded", "_event", "_latest", "boxes")

    def __init__(self, event: Event, encode: Encode, boxes: list[Box]) -> None:
        self.boxes = boxes
        self._event = event
        self._encode = encode
        self._encoded = encode(event)
        self._latest: bytes | None = None

    def put(self, most: int) -> int:
        """Into so many boxes, which it then does not go into any more; how many that were."""
        boxes, self.boxes = self.boxes[:most], self.boxes[most:]
        encoded, size = self._encoded, len(self._encoded)
        for box in boxes:
            if box.overflow is Overflow.CONFLATE and isinstance(self._event, Messages):
                self._put_latest(box, self._event)
            else:
                box.put(encoded, size)
        return len(boxes)

    def _put_latest(self, box: Box, event: Messages) -> None:
        if self._latest is None:
            self._latest = self._encode(replace(event, messages=event.messages[-1:]))
        box.put(self._latest, len(self._latest), event.channel)
