"""One channel, as this process hears it: for all who listen to it here.

Of a durable channel every message is told once and in order. One that does not
follow the last is not believed: the history is read from there on, as it is
after each reconnect, and what that has not is a gap. So nobody buffers what
comes meanwhile, and whoever resumes reads the history up to where the channel
stands, and then joins it.

A channel that is not durable by setting may become so at any time, by the first
message of a history, and cease to be with it. So both of its names in Redis are
heard. Of a durable message the raw copy comes right after it, and is left out;
another raw one makes us look whether there still is a history.
"""

from __future__ import annotations

import asyncio
import re
from contextvars import Context
from time import monotonic

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.pub_sub.home import MOST_BATCH_BYTES, Box, Home
from quikstate_server.primitives.pub_sub.model import START, ChannelGap, Kept, Message, Messages, Position
from quikstate_server.primitives.pub_sub.names import ChannelSpace
from quikstate_server.primitives.streams.mailbox import GapReason
from quikstate_server.topology.subscriber import Topic

_RETRY_SECONDS = 0.2
_MOST_FOREIGN = 100
_LAST = Position(2**64 - 1, 0)
_ENVELOPE = re.compile(rb"(\d+)-(\d+) (\d+) ")


class Channel:
    """Its listeners are mailboxes. `position` is the last message told; None while it is not durable."""

    def __init__(self, home: Home, space: ChannelSpace, name: str) -> None:
        self.name = name
        self.position: Position | None = None
        self.boxes: set[Box] = set()
        self.waiting = 0
        """Who will join, or leave again."""
        self.started: asyncio.Task[None]
        self._home = home
        self._space = space
        self._is_durable = home.is_durable(name)
        self._live = Topic(space.live(name))
        self._raw = None if self._is_durable else Topic(space.channel(name))
        self._raw_ear = _RawEar(self)
        self._received = START
        self._seen = START
        self._batch: list[Message] = []
        self._batch_bytes = 0
        self._mirror: bytes | None = None
        self._foreign: list[Message] = []
        self._lost = False
        self._stale = True
        self._begun = False
        self._heard = monotonic()
        self._reading = asyncio.get_running_loop().create_task(self._catch_up(), context=Context())
        self.started = self._reading

    @property
    def idle(self) -> bool:
        return not self.boxes and not self.waiting

    def end(self) -> None:
        """Nobody listens any more."""
        self._reading.cancel()
        subscriber = self._home.store.topology.subscriber
        subscriber.unsubscribe(self._live, self)
        if self._raw:
            subscriber.unsubscribe(self._raw, self._raw_ear)

    def look(self, seconds: float) -> None:
        """Read the history if nothing was heard for so long: a cluster may not pass on everything."""
        now = monotonic()
        if self.position is not None and now - self._heard >= seconds:
            self._heard = now
            self._read()

    async def reach(self, position: Position) -> None:
        """Return once it stands at `position`, or has read its history to the end."""
        if self.position is not None and self.position < position:
            self._read()
            await asyncio.shield(self._reading)

    def on_message(self, channel: str, payload: bytes) -> None:  # noqa: ARG002 - there is one
        """An envelope: position, time and payload."""
        if not (match := _ENVELOPE.match(payload)):
            return  # a raw client's
        position = Position(int(match[1]), int(match[2]))
        self._mirror = payload[match.end() :]
        if self._stale:
            self._seen = position
            return
        if self.position is None:
            self._become_durable(position)
        if position.follows(self._received):
            self._add(Kept(position, Message(self._mirror, int(match[3]))))
        elif self._is_missed(position):
            self._seen = position
            self._read()

    def _become_durable(self, position: Position) -> None:
        """With the first message of a history; what came before was heard as it was."""
        self.flush()
        self.position = self._received = Position(position.epoch, position.offset - 1)
        if position.offset != 1:
            self._gap(GapReason.POSITION_LOST)

    def _is_missed(self, position: Position) -> bool:
        """Whether a message at `position` was not received yet."""
        return position > self._received or position.epoch != self._received.epoch

    def on_raw(self, payload: bytes) -> None:
        if payload == self._mirror:
            self._mirror = None
        elif self.position is not None:
            if len(self._foreign) < _MOST_FOREIGN:
                self._foreign.append(Message(payload))
                self._read()
        elif len(payload) > self._home.most_bytes:
            self._gap(GapReason.TOO_LARGE)
        else:
            self._append(Message(payload))

    def on_gap(self) -> None:
        self._lost = True
        self._mirror = None
        self._read()

    def on_raw_gap(self) -> None:
        if self.position is None:
            self._gap(GapReason.REDIS_LOST)

    def flush(self) -> None:
        """Tell what was heard."""
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        if batch:
            self._heard = monotonic()
            if self.position is not None:
                self.position = self._received
            self._home.tell(Messages(self.name, batch, self.position), self.boxes)

    def _append(self, message: Message) -> None:
        if not self._batch:
            self._home.heard(self)
        self._batch.append(message)
        self._batch_bytes += len(message.payload)
        if self._batch_bytes > MOST_BATCH_BYTES:
            self.flush()

    def _add(self, kept: Kept) -> None:
        self._received = kept.position
        if len(kept.message.payload) > self._home.most_bytes:
            self._gap(GapReason.TOO_LARGE)
            self.position = kept.position
        else:
            self._append(kept.message)

    def _gap(self, reason: GapReason) -> None:
        self.flush()
        self._home.tell(ChannelGap(self.name, reason), self.boxes)

    def _read(self) -> None:
        """Read on in the history, now or again."""
        self._stale = True
        if self._reading.done():
            self._reading = asyncio.get_running_loop().create_task(self._catch_up(), context=Context())

    async def _catch_up(self) -> None:
        """Hear the channel, and tell what its history has beyond the last message told.

        The first time whoever waits to join is told that it cannot be had; later it is tried on and on.
        """
        while self._stale:
            try:
                async with self._home.readers:
                    await self._listen()
                    await self._read_on()
            except QuikstateError:
                if not self._begun:
                    raise
                await asyncio.sleep(_RETRY_SECONDS)

    async def _listen(self) -> None:
        subscriber = self._home.store.topology.subscriber
        listening = [subscriber.subscribe(self._live, self)]
        if self._raw:
            listening.append(subscriber.subscribe(self._raw, self._raw_ear))
        await asyncio.gather(*listening)

    async def _read_on(self) -> None:
        store, more = self._home.store, True
        self._seen = START
        after = _LAST if self.position is None else self._received
        while more:
            page = await store.read(self._space, self.name, after=after)
            for kept in page.messages:
                self._tell_missing(kept.position)
                self._add(kept)
            self.flush()
            after, more = self._received, page.more and self.position is not None
        self._stand(page.last)
        self._begun, self._lost = True, False
        self._stale = self._seen != START and self._is_missed(self._seen)

    def _stand(self, last: Position | None) -> None:
        """Nothing of the history is left to be told, and its last message is at `last`."""
        foreign, self._foreign = self._foreign, []
        if self.position is None:
            if last is not None or self._is_durable:
                self.position = self._received = last or START
        elif last is None:
            self._stand_without_history()
        elif last != self._received:
            self._gap(GapReason.POSITION_LOST)  # its end is lost, or was too old
            self.position = self._received = last
        if self.position is None:
            for message in foreign:
                self._append(message)

    def _stand_without_history(self) -> None:
        """It has ended, or never began."""
        if self._lost:
            self._gap(GapReason.REDIS_LOST)
        if not self._is_durable:
            self.position, self._received = None, START

    def _tell_missing(self, position: Position) -> None:
        if not position.follows(self._received):
            self._gap(GapReason.POSITION_LOST)


class _RawEar:
    """Hears the raw name, where the channel itself hears the one with positions."""

    def __init__(self, channel: Channel) -> None:
        self.on_message = lambda _, payload: channel.on_raw(payload)
        self.on_gap = channel.on_raw_gap
