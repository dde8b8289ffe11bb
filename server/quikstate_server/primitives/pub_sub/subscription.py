"""What one subscriber listens to, and where it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, Self

from quikstate_server.errors import Overloaded
from quikstate_server.primitives.pub_sub.channel import Channel
from quikstate_server.primitives.pub_sub.fanout import Box, Home
from quikstate_server.primitives.pub_sub.model import (
    ChannelGap,
    Event,
    Kept,
    Messages,
    Position,
    Subscribed,
    Wanted,
)
from quikstate_server.primitives.pub_sub.names import ChannelSpace
from quikstate_server.primitives.pub_sub.prefix import Prefix
from quikstate_server.primitives.streams.mailbox import GapReason

_MOST_REPLAYS = 4
"""Histories read at once for one subscriber: what was read waits in its mailbox beyond the bounds."""


class Registry(Protocol):
    """The channels and prefixes of this process, each while someone listens to it."""

    def channel(self, keyspace: ChannelSpace, name: str) -> Channel: ...

    def prefix(self, keyspace: ChannelSpace, name: str) -> Prefix: ...

    def leave(self, keyspace: ChannelSpace, one: Channel | Prefix) -> None:
        """It may be that nobody listens to it any more."""


class Subscription:
    """One stream's. All that it is told goes through its mailbox."""

    # There are thousands, most of them with one channel.
    __slots__ = (
        "_channels",
        "_home",
        "_keyspace",
        "_prefixes",
        "_registry",
        "_replayed",
        "_replays",
        "_working",
        "box",
        "last",
    )

    def __init__(self, home: Home, registry: Registry, keyspace: ChannelSpace, box: Box) -> None:
        self.box = box
        self.last: Mapping[str, Position] = {}
        """Where it stood in each channel when it ended."""
        self._home = home
        self._registry = registry
        self._keyspace = keyspace
        self._channels: dict[str, Channel] = {}
        self._prefixes: dict[str, Prefix] = {}
        self._replayed: dict[str, Position] = {}
        self._replays: asyncio.Semaphore | None = None
        self._working: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._working:
            self._working.cancel()
            await asyncio.wait((self._working,))
        self.remove(list(self._channels), list(self._prefixes))

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this while the subscriber is told things, until it leaves; what it raises ends the stream."""
        self._working = asyncio.create_task(work)
        self._working.add_done_callback(self._on_worked)

    def _on_worked(self, done: asyncio.Task[None]) -> None:
        self._working = None  # soon, for most: it is not kept as long as the stream
        if not done.cancelled() and (error := done.exception()):
            self.box.fail(error)

    async def add(self, wanted: Sequence[Wanted], prefixes: Sequence[str]) -> None:
        """Listen to these too: to all, or if one fails to none of them."""
        limits = self._home.store.limits
        new = [one for one in wanted if one.channel not in self._channels]
        new_prefixes = [name for name in prefixes if name not in self._prefixes]
        if len(self._channels) + len(new) > limits.max_subscriptions:
            raise Overloaded("limits.max_subscriptions")
        if len(self._prefixes) + len(new_prefixes) > limits.max_prefixes:
            raise Overloaded("limits.max_prefixes")
        heard_by = (*self._prefixes, *new_prefixes)
        joins = [self._join(one, overhears=one.channel.startswith(heard_by)) for one in new]
        joins += map(self._join_prefix, new_prefixes)
        try:
            await _all(joins)
        except BaseException:
            self.remove([one.channel for one in new], new_prefixes)
            raise

    def remove(self, channels: Iterable[str], prefixes: Iterable[str]) -> None:
        for name in channels:
            self._replayed.pop(name, None)
            if channel := self._channels.pop(name, None):
                channel.boxes.discard(self.box)
                channel.overhearing.discard(self.box)
                self._registry.leave(self._keyspace, channel)
        for name in prefixes:
            if prefix := self._prefixes.pop(name, None):
                prefix.subscribers.discard(self)
                self._registry.leave(self._keyspace, prefix)
                self._overhear_no_more()

    def _overhear_no_more(self) -> None:
        """A prefix is gone: what raw clients publish is heard on the channels that another one fits."""
        left = tuple(self._prefixes)
        for channel in self._channels.values():
            if not channel.name.startswith(left):
                channel.overhearing.discard(self.box)

    def end(self) -> None:
        """The server ends: nothing is told any more beyond what is in the mailbox."""
        self._home.settle()  # where a channel stands is what was told of it
        standing = {
            name: channel.standing for name, channel in self._channels.items() if self.box in channel.boxes
        }
        self.last = standing | self._replayed
        self.box.end()

    def is_told_by(self, prefix: str, channel: str) -> bool:
        """By the channel itself if it is listened to, else by the first prefix that fits."""
        if channel in self._channels:
            return False
        return len(self._prefixes) == 1 or prefix == next(
            (name for name in self._prefixes if channel.startswith(name)), None
        )

    async def _join_prefix(self, name: str) -> None:
        prefix = self._registry.prefix(self._keyspace, name)
        with self._waiting(prefix):
            await prefix.start()
            both = [channel for channel in self._channels.values() if channel.name.startswith(name)]
            await asyncio.gather(*(channel.overhear() for channel in both))
            self._prefixes[name] = prefix
            prefix.subscribers.add(self)
            for channel in both:
                channel.overhearing.add(self.box)
        self._tell(Subscribed(name, prefix=True))

    async def _join(self, wanted: Wanted, *, overhears: bool) -> None:
        channel = self._registry.channel(self._keyspace, wanted.channel)
        with self._waiting(channel):
            await asyncio.shield(channel.started)
            if overhears:
                await channel.overhear()
            if channel.position is None:
                self._tell(Subscribed(wanted.channel, position=channel.standing))
                if wanted.since is not None:
                    self._tell(ChannelGap(wanted.channel, GapReason.POSITION_LOST))
            elif wanted.since is not None or wanted.rewind:
                self._replays = self._replays or asyncio.Semaphore(_MOST_REPLAYS)
                async with self._replays:
                    await self._replay(channel, wanted)
            else:
                self._tell(Subscribed(wanted.channel, position=channel.position))
            self._channels[wanted.channel] = channel
            channel.boxes.add(self.box)
            if overhears:
                channel.overhearing.add(self.box)
            self._replayed.pop(wanted.channel, None)

    @contextmanager
    def _waiting(self, one: Channel | Prefix) -> Iterator[None]:
        """It is kept while we are about to join it."""
        one.waiting += 1
        try:
            yield
        finally:
            one.waiting -= 1
            self._registry.leave(self._keyspace, one)

    async def _replay(self, channel: Channel, wanted: Wanted) -> None:
        """Tell what the history has, up to where the channel stands when this returns."""
        after = wanted.since if wanted.since is not None else _back(channel.standing, wanted.rewind)
        begun, exact = False, wanted.since is not None
        while True:
            await channel.reach(after)
            standing = channel.standing
            if after == standing:
                if not begun:
                    whole = channel.position is not None
                    self._tell_begin(channel.name, after, (), standing, exact=exact, whole=whole)
                return
            page = await self._home.store.read_some(self._keyspace, channel.name, after)
            standing = channel.standing
            rows = [kept for kept in page.messages if kept.position <= standing]
            whole = bool(rows) and rows[0].position.follows(after)
            if not begun:
                self._tell_begin(channel.name, after, rows, standing, exact=exact, whole=whole)
                begun = True
            elif not whole:
                self._tell(ChannelGap(channel.name, GapReason.POSITION_LOST))
            for event in _told(channel.name, rows):
                self._tell(event)
            after = self._replayed[channel.name] = rows[-1].position if rows else standing
            await self.box.emptied()

    def _tell_begin(
        self,
        name: str,
        after: Position,
        rows: Sequence[Kept],
        standing: Position,
        *,
        exact: bool,
        whole: bool,
    ) -> None:
        first = rows[0].position if rows else None
        start = after if whole else Position(first.epoch, first.offset - 1) if first else standing
        self._tell(Subscribed(name, position=start, recovered=exact and whole))
        if exact and not whole:
            self._tell(ChannelGap(name, GapReason.POSITION_LOST))

    def _tell(self, event: Event) -> None:
        self.box.pin(self._home.encode(event))


def _back(position: Position, messages: int) -> Position:
    return Position(position.epoch, max(0, position.offset - messages))


def _told(name: str, rows: Sequence[Kept]) -> Iterator[Event]:
    """Rows in as few events as may be, with a gap wherever one does not follow the other."""
    begin = 0
    for index in range(1, len(rows) + 1):
        if index < len(rows) and rows[index].position.follows(rows[index - 1].position):
            continue
        part = rows[begin:index]
        yield Messages(name, [kept.message for kept in part], part[-1].position)
        if index < len(rows):
            yield ChannelGap(name, GapReason.POSITION_LOST)
        begin = index


async def _all(works: Sequence[Awaitable[None]]) -> None:
    """Return when all have ended; the first that failed is raised when none runs any more."""
    if len(works) == 1:
        await works[0]
        return
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
