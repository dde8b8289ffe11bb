"""One channel, as this process hears it: for all who listen to it here.

Of a durable channel every message is told once and in order. One that does not
follow the last is not believed: the history is read from there on, as it is
after each reconnect, and what that has not is a gap. So nobody buffers what
comes meanwhile, and whoever resumes reads the history up to where the channel
stands, and then joins it.

A channel that is not durable by setting may become so at any time, by the first
message of a history, and cease to be with it. So both of its names in Redis are
heard. Of a durable message the raw copy comes right after it, and is left out;
another raw one makes us look whether there still is a history. If there is, only
those are told of it who also listen by a prefix, as all do who do so.
"""

from __future__ import annotations

import asyncio
from time import monotonic

from quikstate_server.errors import QuikstateError
from quikstate_server.primitives.pub_sub.fanout import MOST_BATCH_BYTES, Box, Home
from quikstate_server.primitives.pub_sub.model import (
    NOT_DURABLE,
    START,
    ChannelGap,
    Kept,
    Message,
    Messages,
    Position,
)
from quikstate_server.primitives.pub_sub.names import ChannelSpace
from quikstate_server.primitives.streams.mailbox import GapReason
from quikstate_server.redis_client.subscriber import ChannelFilter

_RETRY_SECONDS = 0.2
_MOST_FOREIGN = 1_000
_LAST = Position(2**64 - 1, 0)


class Channel:
    """Its listeners are mailboxes. `position` is the last message told; None while it is not durable."""

    def __init__(self, home: Home, keyspace: ChannelSpace, name: str) -> None:
        self.name = name
        self.position: Position | None = None
        self.boxes: set[Box] = set()
        self.overhearing: set[Box] = set()
        """Those of them that listen by a prefix too: they hear what raw clients publish on a durable one."""
        self.waiting = 0
        """Who will join, or leave again."""
        self.started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done once it is heard; its exception says why it cannot be."""
        self._home = home
        self._keyspace = keyspace
        self._is_durable = home.is_durable(name)
        self._live = ChannelFilter(keyspace.live(name))
        self._raw = None if self._is_durable else ChannelFilter(keyspace.channel(name))
        self._raw_ear = _RawEar(self)
        self._received = self._seen = START
        self._batch: list[Message] = []
        self._batch_bytes = 0
        self._mirror: bytes | None = None
        self._foreign: list[Message | GapReason] = []
        self._overheard: list[Message] = []
        self._lost = self._begun = False
        self._stale = True
        self._heard = monotonic()
        self._reading = self._start_reading()

    @property
    def idle(self) -> bool:
        return not self.boxes and not self.waiting

    @property
    def standing(self) -> Position:
        """Where a subscriber resumes that has heard all that was told."""
        return NOT_DURABLE if self.position is None else self.position

    def end(self) -> None:
        """Nobody listens any more."""
        self._reading.cancel()
        self.started.cancel()
        subscriber = self._home.store.redis_client.subscriber
        subscriber.unsubscribe(self._live, self)
        if self._raw:
            subscriber.unsubscribe(self._raw, self._raw_ear)

    async def overhear(self) -> None:
        """Return once it hears the raw name, which one that is durable by setting does not by itself."""
        if self._raw is None:
            self._raw = ChannelFilter(self._keyspace.channel(self.name))
        await self._home.store.redis_client.subscriber.subscribe(self._raw, self._raw_ear)

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
        kept = Kept.parse(payload)
        if not kept:
            return  # a raw client's
        position, self._mirror = kept.position, kept.message.payload
        if self._stale:
            self._seen = position
            return
        if self.position is None:
            self._become_durable(position)
        if position.follows(self._received):
            self._add(kept)
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
            return
        heard = GapReason.TOO_LARGE if len(payload) > self._home.most_bytes else Message(payload)
        if self.position is None:
            self._tell_raw(heard)
        elif self._is_durable and not self.overhearing:
            return
        elif len(self._foreign) <= _MOST_FOREIGN:
            full = len(self._foreign) == _MOST_FOREIGN
            self._foreign.append(GapReason.SLOW_READER if full else heard)
            self._read()

    def _tell_raw(self, heard: Message | GapReason) -> None:
        """To all, or to those who hear it while there is a history."""
        if self.position is None:
            if isinstance(heard, GapReason):
                self._gap(heard)
            else:
                self._append(heard)
        elif isinstance(heard, GapReason):
            self.flush()
            self._home.tell(ChannelGap(self.name, heard), self.overhearing)
        elif self.overhearing:
            self._overheard.append(heard)
            self._home.heard(self)

    def on_gap(self) -> None:
        self._lost = True
        self._mirror = None
        self._read()

    def on_raw_gap(self) -> None:
        if self.position is None:
            self._gap(GapReason.REDIS_LOST)

    def flush(self) -> None:
        """Tell what was heard."""
        if self._overheard:
            overheard, self._overheard = self._overheard, []
            self._home.tell(Messages(self.name, overheard), self.overhearing)
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
            self._reading = self._start_reading()

    def _start_reading(self) -> asyncio.Task[None]:
        return self._home.tasks.keep_running("pub_sub.channel", self._catch_up, on_fault=self._on_fault)

    def _on_fault(self, error: Exception) -> None:
        if self._begun:
            self.on_gap()
            self.on_raw_gap()
        else:
            self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        if not self.started.done():
            self.started.set_exception(error)
            self.started.exception()  # it counts as seen, though all who wait may have gone

    async def _catch_up(self) -> None:
        """Hear the channel, and tell what its history has beyond the last message told.

        The first time whoever waits to join is told that it cannot be had; later it is tried on and on.
        """
        while self._stale:
            try:
                async with self._home.readers:
                    await self._listen()
                    await self._read_on()
            except QuikstateError as error:
                if not self._begun:
                    self._refuse(error)
                    return
                await asyncio.sleep(_RETRY_SECONDS)

    async def _listen(self) -> None:
        subscriber = self._home.store.redis_client.subscriber
        listening = [subscriber.subscribe(self._live, self)]
        if self._raw:
            listening.append(subscriber.subscribe(self._raw, self._raw_ear))
        await asyncio.gather(*listening)

    async def _read_on(self) -> None:
        store = self._home.store
        self._seen = START
        after: Position | None = _LAST if self.position is None else self._received
        while after is not None:
            page = await store.read(self._keyspace, self.name, after=after)
            for kept in page.messages:
                self._tell_missing(kept.position)
                self._add(kept)
            self.flush()
            after = page.next if self.position is not None else None
        self._stand(page.last)
        self._begun, self._lost = True, False
        if not self.started.done():
            self.started.set_result(None)
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
        for heard in foreign:
            self._tell_raw(heard)

    def _stand_without_history(self) -> None:
        """It has ended, or never began."""
        if self._lost:
            self._gap(GapReason.REDIS_LOST)
        if not self._is_durable:
            self.position, self._received = None, START

    def _tell_missing(self, position: Position) -> None:
        """Before the first message of all there may have been others, while Redis was not heard."""
        if not position.follows(self._received):
            self._gap(GapReason.POSITION_LOST)
        elif self._received == START and self._lost:
            self._gap(GapReason.REDIS_LOST)


class _RawEar:
    """Hears the raw name, where the channel itself hears the one with positions."""

    def __init__(self, channel: Channel) -> None:
        self.on_message = lambda _, payload: channel.on_raw(payload)
        self.on_gap = channel.on_raw_gap
