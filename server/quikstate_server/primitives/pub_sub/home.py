"""What the channels and prefixes of this process share: Redis, how things are told, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from quikstate_server.primitives.pub_sub.model import Encode, Event, Messages
from quikstate_server.primitives.pub_sub.store import PubSubStore
from quikstate_server.primitives.streams.mailbox import Mailbox, Overflow

MOST_BATCH_BYTES = 64 * 1024
"""Of messages told at once, but for one that is larger."""
_MOST_READERS = 64
"""Histories read at once after an outage, so that calls have room beside them."""

Box = Mailbox[bytes]


class Flushed(Protocol):
    """Who heard messages, and tells of all of them together when the event loop has read what came."""

    def flush(self) -> None: ...


class Home:
    """One a process."""

    def __init__(self, store: PubSubStore, encode: Encode, is_durable: Callable[[str], bool]) -> None:
        self.store = store
        self.encode = encode
        self.is_durable = is_durable
        """Whether a channel is durable by setting."""
        self.readers = asyncio.Semaphore(_MOST_READERS)
        limits = store.limits
        # Of a message that is passed on, with room beside it in a mailbox and in a response.
        self.most_bytes = min(limits.max_mailbox_bytes, limits.max_message_bytes) // 2
        self._heard: list[Flushed] = []

    def heard(self, by: Flushed) -> None:
        """`by` has its first message since it last told of any."""
        if not self._heard:
            asyncio.get_running_loop().call_soon(self._flush)
        self._heard.append(by)

    def _flush(self) -> None:
        heard, self._heard = self._heard, []
        for one in heard:
            one.flush()

    def tell(self, event: Event, boxes: Iterable[Box]) -> None:
        """Put `event` into all of them, encoded once, and once more for those who want the newest alone."""
        encoded = self.encode(event)
        latest: bytes | None = None
        size = len(encoded)
        for box in boxes:
            if box.overflow is Overflow.CONFLATE and isinstance(event, Messages):
                latest = latest or self.encode(replace(event, messages=event.messages[-1:]))
                box.put(latest, len(latest), event.channel)
            else:
                box.put(encoded, size)
