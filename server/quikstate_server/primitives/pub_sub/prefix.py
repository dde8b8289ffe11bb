"""All channels whose names begin alike, as this process hears them: raw payloads alone."""

from __future__ import annotations

from typing import Protocol

from quikstate_server.primitives.pub_sub.fanout import MOST_BATCH_BYTES, Box, Home
from quikstate_server.primitives.pub_sub.model import ChannelGap, Message, Messages
from quikstate_server.primitives.pub_sub.names import ChannelSpace, shown
from quikstate_server.primitives.streams.mailbox import GapReason
from quikstate_server.redis_client.subscriber import ChannelFilter


class Chooser(Protocol):
    """A subscriber, which may hear a message by several ways and is told it by one."""

    box: Box

    def is_told_by(self, prefix: str, channel: str) -> bool: ...


class Prefix:
    """Its subscribers choose among the channels."""

    def __init__(self, home: Home, keyspace: ChannelSpace, name: str) -> None:
        self.name = name
        self.subscribers: set[Chooser] = set()
        self.waiting = 0
        self._home = home
        self._keyspace = keyspace
        self._topic = ChannelFilter(keyspace.channel(name), is_prefix=True)
        self._batches: dict[str, list[Message]] = {}
        self._bytes = 0

    @property
    def idle(self) -> bool:
        return not self.subscribers and not self.waiting

    async def start(self) -> None:
        """Return once it is heard."""
        await self._home.store.redis_client.subscriber.subscribe(self._topic, self)

    def end(self) -> None:
        self._home.store.redis_client.subscriber.unsubscribe(self._topic, self)

    def on_message(self, channel: str, payload: bytes) -> None:
        name = self._keyspace.heard(channel)
        if name is None:
            return
        if len(payload) + len(channel) > self._home.most_bytes:
            self._tell_gap(GapReason.TOO_LARGE)
            return
        if not self._batches:
            self._home.heard(self)
        self._batches.setdefault(name, []).append(Message(payload))
        self._bytes += len(payload)
        if self._bytes > MOST_BATCH_BYTES:
            self.flush()

    def on_gap(self) -> None:
        self._tell_gap(GapReason.REDIS_LOST)

    def flush(self) -> None:
        """Tell what was heard: in the order of publishing within each channel."""
        batches, self._batches, self._bytes = self._batches, {}, 0
        for channel, messages in batches.items():
            boxes = [one.box for one in self.subscribers if one.is_told_by(self.name, channel)]
            self._home.tell(Messages(shown(channel), messages), boxes)

    def _tell_gap(self, reason: GapReason) -> None:
        self.flush()
        self._home.tell(ChannelGap(self.name, reason), [one.box for one in self.subscribers])
